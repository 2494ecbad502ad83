"""Timers are rows: struck in order, once, with patience for what fails; a local Telegram's clock is followed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.app import build
from bot.clock import FollowedClock
from bot.routing import Router
from bot.screen import Screen
from bot.turn import Turn
from models import Person, Request
from models.category import Category
from models.letter import Letter, LetterState
from models.place import Place
from models.reminder import Reminder, ReminderKind, ReminderState
from models.seen import Fact
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.machine import letters, locked, routes
from tests.support.clock import START, HandClock
from tests.support.town import Neighbour, Town, open_town, populate, settings_for

SOON = timedelta(hours=1)


def with_timers(struck: list[tuple[str, datetime]], faults: list[str]) -> Router:
    """Routes with three kinds of reminders and a sweep; a fault that is armed is raised once."""
    router = routes()

    def fail(what: str) -> None:
        if f"{what} without a database" in faults:
            faults.remove(f"{what} without a database")
            raise OperationalError(what, {}, Exception())
        if what in faults:
            faults.remove(what)
            raise ArithmeticError(what)

    @router.due(ReminderKind.WIDEN, ReminderKind.WARN)
    def tell(turn: Turn, reminder: Reminder) -> None:
        turn.tell(reminder.request.resident, Screen(f"Het is {reminder.kind}"), urgent=True)
        fail(reminder.kind)
        struck.append((reminder.kind, turn.now))

    @router.due(ReminderKind.TWO_HOURS)
    def tell_in_time(turn: Turn, reminder: Reminder) -> None:
        struck.append((reminder.kind, turn.now))
        late = turn.now >= reminder.due_at + SOON
        words = "Verzet, het is later geworden." if late else "Over twee uur."
        limit = None if late else reminder.due_at + SOON
        letter = turn.tell(reminder.request.resident, Screen(words), urgent=True, valid_until=limit)
        assert letter is not None
        turn.session.flush()
        reminder.letter_id = letter.id

    @router.every(timedelta(hours=6))
    def count_hours(turn: Turn) -> None:
        fail("sweep")
        struck.append(("sweep", turn.now))

    @router.every(timedelta(hours=6))
    def remember(turn: Turn) -> None:
        turn.session.merge(Fact(name="remembered", value=turn.now.isoformat()))

    return router


class Timers:
    """What was struck when, and what fails next."""

    def __init__(self) -> None:
        self.struck: list[tuple[str, datetime]] = []
        self.faults: list[str] = []

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.struck if kind != "sweep"]


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
async def town(tmp_path: Path, timers: Timers) -> AsyncIterator[Town]:
    async with open_town(tmp_path, with_timers(timers.struck, timers.faults)) as town:
        yield town


def plan(town: Town, who: Neighbour, *due: tuple[ReminderKind, datetime]) -> None:
    """A request of this person, and reminders about it."""
    with town.session() as session, session.begin():
        now = town.clock.now()
        request = Request(
            code="K7RM", resident=town.person(session, who), area=town.area(session, "Centrum"), text="Brood",
            category=Category.GROCERIES, place=Place.HOME, wants_to_know=False, sent_at=now, zone="Europe/Brussels",
            deadline_at=now + timedelta(days=2), waiting_since=now,
        )  # fmt: skip
        session.add(request)
        session.flush()
        session.add_all(Reminder(key=f"{kind}:{at}", kind=kind, request_id=request.id, due_at=at) for kind, at in due)


def states(town: Town) -> dict[str, ReminderState]:
    with town.session() as session:
        return {row.kind: row.state for row in session.scalars(select(Reminder))}


async def test_a_jump_visits_every_due_time_in_its_order(town: Town, anna: Neighbour, timers: Timers):
    hours = [START + timedelta(hours=each) for each in (3, 1, 30)]
    plan(town, anna, (ReminderKind.WARN, hours[0]), (ReminderKind.WIDEN, hours[1]), (ReminderKind.TWO_HOURS, hours[2]))
    await town.jump(hours=29)
    assert [each for each in timers.struck if each[0] != "sweep"] == [("widen", hours[1]), ("warn", hours[0])]
    assert [at for kind, at in timers.struck if kind == "sweep"] == [START + timedelta(hours=6 * n) for n in range(5)]
    assert [message.text for message in await anna.messages()][1:] == ["Het is widen", "Het is warn"]


async def test_a_reminder_is_struck_once(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.WIDEN, START + SOON))
    await town.jump(hours=2)
    await town.restart()
    await town.jump(hours=2)
    assert timers.kinds() == ["widen"]
    assert states(town) == {"widen": ReminderState.DONE}


async def test_one_that_fails_leaves_nothing_and_is_tried_again(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.WIDEN, START + SOON), (ReminderKind.WARN, START + SOON))
    timers.faults.append("widen")
    await town.jump(minutes=60)
    assert timers.kinds() == ["warn"]
    assert "widen" not in await anna.reads()
    await town.jump(minutes=2)
    assert timers.kinds() == ["warn", "widen"]
    assert (await anna.reads()).count("Het is widen") == 1


async def test_one_that_always_fails_is_left_to_the_operator(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.WIDEN, START + SOON))
    timers.faults += ["widen"] * 5
    await town.jump(hours=2)
    assert states(town) == {"widen": ReminderState.DEAD}
    assert len(timers.faults) == 2


async def test_one_that_nobody_handles_holds_no_other_up(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.LAPSE, START + SOON), (ReminderKind.WIDEN, START + 2 * SOON))
    await town.jump(hours=3)
    assert states(town) == {"lapse": ReminderState.DEAD, "widen": ReminderState.DONE}


async def test_a_sweep_that_fails_holds_no_other_up_and_has_its_turn_again(town: Town, anna: Neighbour, timers: Timers):
    timers.faults.append("sweep")
    before = len(timers.struck)
    await town.jump(hours=6)
    assert len(timers.struck) == before
    with town.session() as session:
        assert session.get_one(Fact, "remembered").value == town.clock.now().isoformat()
    await town.jump(hours=6)
    assert len(timers.struck) == before + 1


async def test_a_sweep_that_lost_the_database_is_tried_again_at_the_next_tick(
    town: Town, anna: Neighbour, timers: Timers
):
    timers.faults.append("sweep without a database")
    before = len(timers.struck)
    await town.clock.set(START + timedelta(hours=6))
    await town.app.sweeper.strike()
    assert len(timers.struck) == before
    await town.app.sweeper.strike()
    assert len(timers.struck) == before + 1


async def test_a_sweep_remembers_across_a_restart_when_it_was(town: Town, anna: Neighbour, timers: Timers):
    before = len(timers.struck)
    await town.jump(hours=1)
    await town.restart()
    assert len(timers.struck) == before


async def test_while_the_database_is_away_what_is_due_waits(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.WIDEN, START + SOON))
    with locked(town):
        await town.clock.set(START + SOON)
        await town.app.sweeper.strike()
        assert timers.kinds() == []
    await town.settled()
    assert timers.kinds() == ["widen"]


async def test_a_reminder_that_came_too_late_is_said_anew(town: Town, anna: Neighbour, timers: Timers):
    plan(town, anna, (ReminderKind.TWO_HOURS, START + SOON))
    await town.phones.fault("error", "sendMessage", error_code=429, description="-", retry_after=2 * 3600)
    await town.jump(hours=1)
    assert await anna.last_text() == "Hallo Anna"
    await town.jump(hours=2, seconds=2)
    assert await anna.last_text() == "Verzet, het is later geworden."
    assert "Over twee uur" not in await anna.reads()
    assert [letter.error for letter in letters(town, LetterState.CANCELLED)] == ["expired"]


@asynccontextmanager
async def followed(folder: Path, timers: Timers) -> AsyncIterator[tuple[Town, Neighbour]]:
    """The bot follows the clock of the local Telegram, as in the demo."""
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        settings = settings_for(sim, folder, clock_url=sim.url)
        town = Town(sim, phones, HandClock(), settings, with_timers(timers.struck, timers.faults))
        town.app.turns.close()
        town.app = build(settings, routes=with_timers(timers.struck, timers.faults))
        populate(town.app.turns.engine)
        async with town.app:
            anna = await town.somebody("Anna")
            await anna.actor.start()
            await anna.actor.sees("Hallo")
            yield town, anna


async def test_a_jump_of_the_local_telegram_visits_every_due_time_in_order(tmp_path: Path, timers: Timers):
    async with followed(tmp_path, timers) as (town, anna):
        assert isinstance(town.app.clock, FollowedClock)
        now = town.app.clock.now()
        with town.session() as session, session.begin():
            person = session.scalars(Person.with_telegram_id(anna.id)).one()
            request = Request(
                code="K7RM", resident=person, area=town.area(session, "Centrum"), text="Brood", sent_at=now,
                category=Category.GROCERIES, place=Place.HOME, wants_to_know=False, zone="Europe/Brussels",
                deadline_at=now + timedelta(days=2), waiting_since=now,
            )  # fmt: skip
            session.add(request)
            session.flush()
            for kind, hours in ((ReminderKind.WARN, 5), (ReminderKind.WIDEN, 2)):
                at = now + timedelta(hours=hours)
                session.add(Reminder(key=kind, kind=kind, request_id=request.id, due_at=at))
        await town.phones.jump(hours=7)
        await anna.actor.sees("Het is warn")
        clock = await town.phones.get("clock")
        while clock["target"] is not None:
            clock = await town.phones.get("clock", revision=clock["revision"], wait=20)
        moments = [at - now for kind, at in timers.struck if kind in {"widen", "warn"}]
        assert [round(moment / SOON) for moment in moments] == [2, 5]
        with town.session() as session:
            sent = session.scalars(select(Letter.sent_at).order_by(Letter.id.desc()).limit(2)).all()
        assert [round((at - now) / SOON) for at in sent if at is not None] == [5, 2]
        assert round((town.app.clock.now() - now) / SOON) == 7


async def test_a_clock_that_is_away_for_a_moment_is_asked_again(tmp_path: Path, timers: Timers):
    async with Simulator(limits=False) as sim:
        settings = settings_for(sim, tmp_path, clock_url=f"{sim.url}/nowhere")
        app = build(settings, routes=routes())
        populate(app.turns.engine)
        with pytest.raises(Exception, match="404"):
            await app.__aenter__()
        await app.__aexit__(None, None, None)
