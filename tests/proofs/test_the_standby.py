"""The process that works is killed with -9; the one that stands by answers, sends and reminds within ten seconds."""

import asyncio
import random
import signal
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import open_engine
from models import Area, Calendar, Category, Moment, Person, Place, Reminder, Request, State
from models.letter import Letter
from models.reminder import ReminderKind, ReminderState
from simulator.actors import Message, Phones
from simulator.actors import Person as Actor
from simulator.server import Simulator
from tests.bot.test_processes import process
from tests.support.processes import Program, first_line
from tests.support.proving import Proof
from tests.support.town import populate, settings_for

pytestmark = pytest.mark.postgresql
KILLS, SHARDS = 20, 5
SOON = 10.0  # seconds
EACH = 10  # reminders that are due while the one dies and the other takes over
_numbers = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In full in parts, none of which takes minutes."""
    if "shard" in metafunc.fixturenames:
        metafunc.parametrize("shard", range(SHARDS if metafunc.config.getoption("--prove") else 1))


def plan(session: Session) -> set[int]:
    """Reminders that are due now; returns their numbers."""
    now = datetime.now(UTC)
    with session.begin():
        here = session.scalars(select(Area).order_by(Area.id)).first()
        request = Request(
            code=f"R{next(_numbers)}", resident=session.scalars(select(Person)).one(), text="Melk",
            category=Category.GROCERIES, place=Place.HOME, area=here, wants_to_know=False, state=State.OPEN,
            sent_at=now,
        )  # fmt: skip
        request.set_moment(Moment(), Calendar())
        session.add(request)
        session.flush()
        due = [
            Reminder(key=f"{request.code}:{n}", kind=ReminderKind.WIDEN, request_id=request.id, due_at=now)
            for n in range(EACH)
        ]
        session.add_all(due)
        session.flush()
        return {reminder.id for reminder in due}


def told(chat: list[Message], numbers: set[int]) -> Counter[str]:
    """How often each of these reminders was read."""
    wanted = {f"Herinnering {number}." for number in numbers}
    return Counter(message.text for message in chat if message.text in wanted)


async def seconds_until_followed(anna: Actor, session: Session, working: Program, n: int) -> float:
    """Kill the one that works, at one of three moments; how long until the other has answered and reminded."""
    numbers, loop = plan(session), asyncio.get_running_loop()
    await anna.writes(f"voor {n}")
    match random.randrange(3):
        case 0:
            await anna.sees(f"Gehoord: voor {n}")
        case 1:
            await anna.until(lambda chat: told(chat, numbers), wait=30)
    working.send_signal(signal.SIGKILL)
    await working.wait()
    killed = loop.time()
    await anna.writes(f"na {n}")
    await anna.sees(f"Gehoord: na {n}", wait=3 * SOON)
    await anna.until(lambda chat: len(told(chat, numbers)) == EACH, wait=3 * SOON)
    seconds = loop.time() - killed
    assert sum(told(await anna.chat(), numbers).values()) <= EACH + 1, "the one in flight at the kill perhaps twice"
    return seconds


@pytest.mark.long
@pytest.mark.proof(
    "standby",
    promise="Killed with -9, who works is followed by who stands by, and no reminder is missed or doubled",
    how="PostgreSQL, real processes, killed while reminders are due; until a new message is answered and all are sent",
    figure="{kills} kills, at most {seconds} s, {reminders} reminders, {doubled} doubled, {missed} missed",
    goal={"kills": KILLS},
    alone=True,
    shards=SHARDS,
)
async def test_killed_with_9_it_is_followed_within_ten_seconds_and_no_reminder_is_doubled(
    tmp_path: Path, proof: Proof, shard: int
):
    async with AsyncExitStack() as stack:
        sim = await stack.enter_async_context(Simulator(limits=False))
        phones = await stack.enter_async_context(Phones(sim.url))
        settings = settings_for(sim, tmp_path)
        engine = open_engine(settings.database_url, settings.key_ring())
        stack.callback(engine.dispose)
        populate(engine)
        session = stack.enter_context(Session(engine))
        anna = await phones.person("Anna", language="nl")
        await anna.start()
        working = await stack.enter_async_context(process(settings, "tests.proofs.reminding"))
        assert await first_line(working) == "works"
        await anna.sees("Hallo Anna", wait=30)
        for n in range(proof.size(small=1)):
            standby = await stack.enter_async_context(process(settings, "tests.proofs.reminding"))
            assert await first_line(standby) == "stands by"
            seconds = await seconds_until_followed(anna, session, working, n)
            proof.count(kills=1, reminders=EACH)
            proof.most(seconds=seconds)
            assert seconds < SOON
            working = standby
        with session.begin():
            waiting = select(func.count()).where(Reminder.state != ReminderState.DONE)
            missed = session.scalar(waiting) or 0
            sent = select(Letter.about, func.count()).where(Letter.about.startswith("reminder:")).group_by(Letter.about)
            doubled = sum(number - 1 for _, number in session.execute(sent))
        proof.count(doubled=doubled, missed=missed)
        assert (doubled, missed) == (0, 0)
