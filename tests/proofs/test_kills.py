"""The real process over real HTTP, killed with -9 between any two steps: nothing is lost; doubles are counted."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commands.storage import migrate
from bot.database import open_engine
from models import Area, AreaKind, Coordinator, DeadUpdate, Letter, Person, SeenUpdate
from models.letter import WAITING, LetterState
from simulator.actors import Phones
from simulator.server import Simulator
from tests.proofs.killing.keeper import Keeper
from tests.proofs.killing.people import Pair
from tests.proofs.killing.points import AT_RANDOM, POINTS
from tests.support.clock import START
from tests.support.proving import Proof
from tests.support.telling import BRUSSELS
from tests.support.town import settings_for

PAIRS = 3
POLLS_AGAIN = 5.0  # seconds
COORDINATOR = 1001
NEED = "1733"  # stands in the fixed text


class RunningClock:
    """Goes on from a Monday morning."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return START + timedelta(seconds=time.monotonic() - self._begun)


class Place:
    """A local Telegram, a database, and the keeper of the bot."""

    def __init__(self, sim: Simulator, phones: Phones, folder: Path, rng: Random, points: list[str]) -> None:
        self.sim, self.phones, self.rng = sim, phones, rng
        settings = settings_for(sim, folder)
        self.engine = open_engine(settings.database_url, settings.key_ring())
        migrate(settings.database_url, settings.key_ring(), START, lambda _: None)
        with Session(self.engine) as session, session.begin():
            session.add(Area(id=1, kind=AreaKind.MUNICIPALITY, name="Lindebeek", slug="lindebeek"))
            session.flush()
            an = Person(first_name="An", since=START, seen_at=START)
            an.use_telegram_id(COORDINATOR)
            session.add(Coordinator(person=an, area_id=1, since=START))
        env = {
            "BUREN_TOKEN": sim.token, "BUREN_KEY": settings.key.get_secret_value() if settings.key else "",
            "BUREN_API_URL": sim.url, "BUREN_CLOCK_URL": sim.url, "BUREN_DATABASE_URL": settings.database_url,
            "BUREN_RATE_LIMITS": "false", "BUREN_LOG_LEVEL": "WARNING", "BUREN_BACKUP_DIR": str(folder / "copies"),
            "BUREN_PHONE": "016 12 34 56",
        }  # fmt: skip
        self.keeper = Keeper(sim, rng, env, folder / "bot.log", points)
        self.sent: set[int] = set()  # updates
        self._hear_updates()

    def _hear_updates(self) -> None:
        real = self.sim.world.queue_raw

        def queue_raw(body: dict[str, object]) -> int:
            update_id = real(body)
            self.sent.add(update_id)
            return update_id

        self.sim.world.queue_raw = queue_raw  # type: ignore[method-assign]  # to know all that was sent

    async def jump(self, day: int, hour: int, minute: int) -> None:
        """Go on to this time of that day after the first."""
        there = START.astimezone(BRUSSELS).replace(hour=hour, minute=minute) + timedelta(days=day)
        self.keeper.by_the_clock = True
        await self.phones.jump(to=there.astimezone(UTC))
        await self.sim.world.ticked.until(lambda: self.sim.clock.target is None, 120)
        assert self.sim.clock.target is None, "the jump arrives"
        self.keeper.by_the_clock = False

    async def drained(self) -> None:
        """Until nothing waits any more, neither at Telegram nor here."""
        async with asyncio.timeout(180):
            while len(self.sim.world.updates) > 0 or await asyncio.to_thread(self._waiting):
                pass

    def _waiting(self) -> bool:
        with Session(self.engine) as session:
            due = Letter.state.in_(WAITING), Letter.not_before <= self.sim.now()
            return session.scalars(select(Letter.id).where(*due).limit(1)).first() is not None


async def live_through(place: Place, number: int, kills: int, how_many: int = PAIRS) -> Counter[str]:
    """Two days of some people, under kills; returns what was lost and doubled."""
    keeper, day = place.keeper, 2 * number
    before = keeper.kills.total()
    pairs = [
        await Pair.arrive(place.phones, place.engine, Random(place.rng.random()), PAIRS * number + n, place.sim.now())
        for n in range(how_many)
    ]
    keeper.begin(kills)
    await asyncio.gather(*(pair.agree(place.phones) for pair in pairs))
    await place.jump(day, 18, 30)
    await asyncio.gather(*(pair.is_reminded("morgen") for pair in pairs))
    await place.jump(day + 1, 13, 30)
    await asyncio.gather(*(pair.is_reminded("vandaag") for pair in pairs))
    await place.jump(day + 1, 16, 45)
    await asyncio.gather(*(pair.say_how_it_went() for pair in pairs))
    await keeper.rest()
    await place.drained()
    found = await asyncio.to_thread(look, place, pairs, before)
    await place.jump(day + 2, 10, 30)
    return found


def look(place: Place, pairs: list[Pair], before: int) -> Counter[str]:
    """What became of all that was sent and written in this round."""
    found: Counter[str] = Counter()
    with Session(place.engine) as session:
        seen = set(session.scalars(select(SeenUpdate.update_id)))
        found["updates"] = len(place.sent)
        found["lost"] += len(place.sent - seen)
        found["dead"] = len(session.scalars(select(DeadUpdate.id)).all()) - sum(pair.poisons for pair in pairs)
        session.query(DeadUpdate).delete()
        found["letters"] = len(session.scalars(select(Letter.id)).all())
        found["lost"] += len(session.scalars(select(Letter.id).where(Letter.state == LetterState.DEAD)).all())
        ids = {COORDINATOR, *(human.actor.id for pair in pairs for human in pair.everybody)}
        letters = session.scalars(select(Letter).where(Letter.chat_key.in_(str(each) for each in ids))).all()
        known = {(int(letter.chat_id), letter.message_id) for letter in letters}
        session.commit()  # the next round counts its own
    place.sent.clear()
    marks = place.keeper.marks[before:]
    doubled: Counter[int] = Counter()
    chats: Counter[tuple[int, int]] = Counter()
    for chat_id in ids:
        needed = sum(pair.needed for pair in pairs if pair.needs.actor.id == chat_id)
        for message_id, fixed in _twice(place, chat_id, known, needed):
            kill = sum(mark < message_id for mark in marks)
            doubled[kill] += 1
            chats[kill, chat_id] += not fixed  # which is sent without waiting for its turn in the chat
    found["doubled"] = doubled.total()
    found["most_doubled"] = max(doubled.values(), default=0)
    found["most_in_a_chat"] = max(chats.values(), default=0)
    return found


def _twice(place: Place, chat_id: int, known: set[tuple[int, int | None]], needed: int) -> list[tuple[int, bool]]:
    """The messages in this chat that no letter knows (it arrived once more after them, and knows that one), and whether
    it is the fixed text.

    The fixed text for words of need is no letter: there each but the last ones is one too many.
    """
    unknown = [
        entry
        for entry in place.sim.world.entries(chat_id)
        if not entry.outgoing and (chat_id, entry.message_id) not in known
    ]
    fixed = [entry.message_id for entry in unknown if NEED in entry.body["text"]]
    owed = set(fixed[-needed:]) if needed else set()
    return [(entry.message_id, entry.message_id in fixed) for entry in unknown if entry.message_id not in owed]


@pytest.mark.long
@pytest.mark.sqlite("the points and faults are those of its single writer")
@pytest.mark.proof(
    "kill",
    promise="Killed with -9 between any two steps, the bot loses nothing that was acknowledged, and polls again within "
    "5 seconds; what was in flight may come twice",
    how=f"the real process over real HTTP, killed at {len(POINTS)} named points of intake, turn, sender and clock, and "
    "at random, while people ask, help, hand back, write each other, and the clock strikes",
    figure="{kills} kills ({at_random} of them at random, {alone} of programs that load everything anew) at {points} "
    "points, {updates} updates and {letters} letters: {lost} lost, {doubled} doubled, at most {most_doubled} at one "
    "kill and {most_in_a_chat} in one chat, "
    "polled again after at most {slowest_seconds} s ({slowest_alone_seconds} s with all to load)",
    goal={"kills": 1000},
    alone=True,
)
async def test_killed_between_any_two_steps_nothing_is_lost(
    proof: Proof, tmp_path: Path, request: pytest.FixtureRequest
):
    seed = request.config.getoption("randomly_seed", 1) if not proof.full else 1
    rng = Random(seed)
    kills = proof.size(small=4)
    async with Simulator(limits=False, clock=RunningClock()) as sim, Phones(sim.url) as phones:
        place = Place(sim, phones, tmp_path, rng, POINTS)
        async with place.keeper as keeper:
            number = 0
            while (left := kills - keeper.kills.total()) > 0:
                found = await live_through(place, number, left, PAIRS if proof.full else 1)
                number += 1
                proof.count(**{name: found[name] for name in ("updates", "letters", "lost", "doubled")})
                proof.most(most_doubled=found["most_doubled"], most_in_a_chat=found["most_in_a_chat"])
                assert not found["lost"], found
                assert not found["dead"], found
                assert found["most_in_a_chat"] <= 1, found  # of each chat one letter is in flight
                if left > 1:
                    await keeper.kill_once_more()
        proof.count(kills=keeper.kills.total(), at_random=keeper.kills[AT_RANDOM], alone=keeper.alone)
        proof.most(points=len(set(keeper.kills) - {AT_RANDOM}))
        proof.most(slowest_seconds=keeper.slowest, slowest_alone_seconds=keeper.slowest_alone)
    if proof.full:
        assert set(keeper.kills) >= set(POINTS), set(POINTS) - set(keeper.kills)
        assert max(keeper.slowest, keeper.slowest_alone) < POLLS_AGAIN
