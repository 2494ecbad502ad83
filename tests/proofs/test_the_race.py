"""Fifty people tap *Ik help* at once, on two processes: one gets the task, the others read the truth."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import open_engine
from bot.screen import Button
from models import Area, Calendar, Category, Moment, Person, Place, Request, State, Volunteer, VolunteerState
from models.event import Event, EventKind
from simulator.actors import Phones
from simulator.server import Simulator
from tests.proofs.race import ROOT, SECRET, hook, migrated, running, sabotaged
from tests.support import databases
from tests.support.processes import first_line
from tests.support.proving import Proof
from tests.support.town import ALL_TIMES, areas, settings_for

pytestmark = pytest.mark.postgresql
PEOPLE, FEW, ROUNDS, SHARDS = 50, 12, 1000, 20
WAIT = 60.0  # seconds
ROAD, FOUND = "Raceweg", "Er is al iemand gevonden"
# What must not be there to be removed: each of them must make the race fail.
NO_CHECK = (
    ("handlers/volunteer/helping.py", "(request.state is State.OPEN and not chosen_against)", "not chosen_against"),
    ("models/guarded.py", "if target is None:", "if target is None and action is not Action.ACCEPT:"),
    ("models/guarded.py", "        self.state = target\n", "        self.state = target or State.TAKEN\n"),
)
NO_LOCK = (("bot/rows.py", "with_for_update=lock or None)", "with_for_update=None)"),)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In full in parts, none of which takes minutes."""
    if "shard" in metafunc.fixturenames:
        metafunc.parametrize("shard", range(SHARDS if metafunc.config.getoption("--prove") else 1))


@dataclass
class Race:
    """Everybody is at the start."""

    sim: Simulator
    session: Session
    doors: Sequence[str]
    people: dict[int, int]  # who, and the message on which they tap
    http: aiohttp.ClientSession
    update_ids: "count[int]"

    async def round(self, number: int) -> tuple[list[int], list[int], int]:
        """Who reads that they have the task, who reads that it is taken, and how often it was given away."""
        request_id, now = self._ask(number), {who: self._reads(who) for who in self.people}
        data = Button("", "accept", request_id).data
        order = random.sample(sorted(self.people), len(self.people))
        told = await asyncio.gather(
            *(self._taps(self.doors[place % len(self.doors)], who, data) for place, who in enumerate(order))
        )
        assert set(told) == {200}
        changed = self.sim.world.events.changed
        assert await changed.until(lambda: all(self._reads(who) != now[who] for who in now), WAIT), "all read something"
        words = {who: self._reads(who) for who in self.people}
        won = [who for who, text in words.items() if f"{ROAD} {number}" in text]
        lost = [who for who, text in words.items() if FOUND in text and ROAD not in text]
        given = select(func.count()).where(Event.request_id == request_id, Event.kind == EventKind.ACCEPTED)
        with self.session.begin():
            return won, lost, self.session.scalar(given) or 0

    def _reads(self, who: int) -> str:
        entry = self.sim.world.entry(who, self.people[who])
        return str(entry.body["text"]) if entry else ""

    def _ask(self, number: int) -> int:
        """Somebody asks, and everybody was asked."""
        now = datetime.now(UTC)
        with self.session.begin():
            resident = self.session.scalars(select(Person).where(Person.telegram_key.is_(None))).one()
            request = Request(
                code=f"R{number}", resident=resident, text="Melk", category=Category.GROCERIES, place=Place.HOME,
                address=f"{ROAD} {number}", area=resident.area, wants_to_know=False, state=State.OPEN, sent_at=now,
            )  # fmt: skip
            # Another day in each round, so that everybody reads something new.
            request.set_moment(Moment((now + timedelta(days=3 + number % 20)).date()), Calendar())
            self.session.add(request)
            for person in self.session.scalars(select(Person).where(Person.telegram_key.is_not(None))):
                request.ask(person, now, "near")
            self.session.flush()
            return request.id

    async def _taps(self, door: str, who: int, data: str) -> int:
        chat = {"id": who, "type": "private", "first_name": "Jan"}
        person = {"id": who, "is_bot": False, "first_name": "Jan", "language_code": "nl"}
        message = {"message_id": self.people[who], "date": 1_800_000_000, "chat": chat, "text": "?"}
        update_id = next(self.update_ids)
        tap = {"id": str(update_id), "from": person, "message": message, "chat_instance": "1", "data": data}
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        body = {"update_id": update_id, "callback_query": tap}
        async with self.http.post(door, json=body, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def at_the_start(folder: Path, number: int = PEOPLE, root: Path = ROOT) -> AsyncIterator[Race]:
    """One process works, two more take taps; all these volunteers have spoken to the bot before."""
    async with AsyncExitStack() as stack:
        sim = await stack.enter_async_context(Simulator(limits=False))
        phones = await stack.enter_async_context(Phones(sim.url))
        given: dict[str, Any] = {"database_url": databases.empty_in(folder), "log_level": "ERROR"}
        leader = settings_for(sim, folder, **given, **hook())
        settings = [
            leader,
            *(leader.model_copy(update={"webhook_listen": str(hook()["webhook_listen"])}) for _ in "ab"),
        ]
        migrated(leader)
        engine = open_engine(leader.database_url, leader.key_ring())
        stack.callback(engine.dispose)
        session = stack.enter_context(Session(engine))
        with session.begin():
            areas(session)
        begun = [await stack.enter_async_context(running(each, root)) for each in settings[:1]]
        assert "answers" in await first_line(begun[0])
        begun += [await stack.enter_async_context(running(each, root)) for each in settings[1:]]
        for each in begun[1:]:
            assert "stands by" in await first_line(each)
        actors = [await phones.person(f"Jan {n}", language="nl", id=2001 + n) for n in range(number)]
        for actor in actors:
            await actor.acknowledged(await actor.start())
        with session.begin():
            _approve(session)
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        people = {actor.id: await _ask_by_hand(http, sim, actor.id) for actor in actors}
        doors = [f"http://{each.webhook_listen}/hook" for each in settings[1:]]
        yield Race(sim, session, doors, people, http, count(5_000_000))


def _approve(session: Session) -> None:
    """Everybody who spoke to the bot is a volunteer; and somebody without Telegram will ask."""
    now, here = datetime.now(UTC), session.scalars(select(Area).where(Area.name == "Centrum")).one()
    found = session.scalars(select(Person)).all()
    for person in found:
        kinds = [str(each) for each in Category]
        session.add(
            Volunteer(
                person=person, state=VolunteerState.APPROVED, categories=kinds, times=ALL_TIMES, areas=[here],
                note_version="test", note_read_at=now, applied_at=now,
            )
        )  # fmt: skip
    session.add(Person(first_name="Rosa", area=here, since=now, seen_at=now))


async def _ask_by_hand(http: aiohttp.ClientSession, sim: Simulator, who: int) -> int:
    fields = {"chat_id": who, "text": "Kan je helpen?"}
    async with http.post(f"{sim.base_url}{sim.token}/sendMessage", json=fields) as answer:
        return int((await answer.json())["result"]["message_id"])


@pytest.mark.long
@pytest.mark.proof(
    "race",
    promise="Who taps first gets the task, and everybody else reads that at once",
    how="PostgreSQL, one process that sends and two that take taps; 50 volunteers tap *Ik help* at the same time",
    figure="{rounds} rounds, {taps} taps, {winners} winners, {told} told that it is taken",
    goal={"rounds": ROUNDS},
    shards=SHARDS,
)
async def test_of_fifty_who_tap_at_once_one_gets_the_task_and_all_others_read_the_truth(
    tmp_path: Path, proof: Proof, shard: int
):
    people = PEOPLE if proof.full else FEW
    async with at_the_start(tmp_path, people) as race:
        for number in range(proof.size(small=3)):
            won, lost, given = await race.round(number)
            proof.count(rounds=1, taps=people, winners=len(won), told=len(lost))
            assert (len(won), len(lost), given) == (1, people - 1, 1)


@pytest.mark.long
@pytest.mark.proof(
    "race-sabotaged",
    promise="The race would see it if the check of the state, or the lock, were gone",
    how="the same race, of 12, on a copy of the product without that line; it has to fail",
    figure="{caught} of 2 caught",
    goal={"caught": 2},
    shards=2,
    only_in_full=True,
)
@pytest.mark.parametrize("without", [NO_CHECK, NO_LOCK], ids=["check", "lock"])
async def test_without_the_check_or_without_the_lock_there_are_more(
    tmp_path: Path, proof: Proof, without: tuple[tuple[str, str, str], ...]
):
    copy = sabotaged(tmp_path / "copy", *without)
    async with at_the_start(tmp_path, FEW, copy) as race:
        for number in range(20):
            won, lost, given = await race.round(number)
            if (len(won), len(lost), given) != (1, FEW - 1, 1):
                proof.count(caught=1)
                return
    pytest.fail("it went well all the same")


@pytest.mark.parametrize(("file", "line", "_"), [*NO_CHECK, *NO_LOCK])
def test_what_is_removed_in_the_copy_stands_there_once(file: str, line: str, _: str):
    assert (ROOT / file).read_text(encoding="utf-8").count(line) == 1
