"""Random and mutated updates through the real intake: nothing fails, nothing is refused, nobody loses a dialogue."""

import faulthandler
import importlib
import pkgutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from structlog.testing import capture_logs
from telegram import Update

import handlers
from bot import shape
from bot.given import Given
from bot.hearing import EDITABLE
from bot.legible import number, plain
from bot.routing import router
from bot.screen import spoken
from handlers.everyone.smalltalk import Small, small
from models import DeadUpdate, Letter, LetterState, Person
from tests.handlers.test_edges_every_update import ENOUGH, put
from tests.support.asking import asks
from tests.support.fuzzing import Fuzz
from tests.support.kinds import Json
from tests.support.proving import Proof
from tests.support.raw import sender
from tests.support.town import Neighbour, Town, open_town

for _module in pkgutil.walk_packages(handlers.__path__, "handlers."):
    importlib.import_module(_module.name)

SHARDS = 4
TOWN = 1000  # updates until another town takes its place
FEW = 8  # updates that each sends in most rounds; in the others one
WITHOUT_END = 10**9  # of the flood limit: it measures, and never holds back
PUT = 0.3  # how often somebody is put before another question
ROSA = ("ask", "care", "change", "correct", "for_whom", "no_danger", "write", "write_coordinator")
COORDINATORS = ("answer_person", "behalf", "edit_text", "pin")
BURIED = "update could not be handled"  # counted from what was buried
# These buttons end the dialogue that somebody is in, or begin it anew.
ENDING = {"drop", "erase_now", "stop_all_now", "form", "leave_now", "end_volunteer_now"}


class Place(NamedTuple):
    """Where somebody is: the tokens of their dialogues, and what answers the question (or one of those that follow)."""

    tokens: list[str]
    takes: frozenset[str]


class TownOver(Exception):  # noqa: N818  # no error
    """Somebody had themselves erased, or is not any more what they were: another town is needed."""


def tokens(person: Person | None) -> list[str]:
    """Those of the dialogue that somebody is in, and of those that wait below it."""
    found, row = [], person.form if person else None
    if row is not None:
        found, below = [row.token], row.below
        while below is not None:
            found.append(below["token"])
            below = below["below"]
    return found


class Storm:
    """One town, and everybody in it in some dialogue."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.seed = town, seed
        self.forms: dict[Neighbour, tuple[str, ...]] = {}
        self.lost: list[str] = []

    async def settle_in(self) -> None:
        """Who lives here."""
        town = self.town
        rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
        an, els, lea = await town.coordinator("An"), await town.coordinator("Els"), await town.resident("Lea")
        await asks(rosa)
        await jef.taps("Ik help")
        self.forms = {rosa: ROSA, jef: ("propose",), an: COORDINATORS, els: COORDINATORS, lea: ("volunteer",)}
        assert {*ROSA, *COORDINATORS, "propose", "volunteer"} == set(ENOUGH), "everybody can be everywhere"
        self.fuzz = Fuzz(self.seed, int(town.clock.now().timestamp()), sorted({*router.buttons, "form", "nothing"}))
        self.shown = {who: (await who.last()).id for who in self.forms}

    async def round(self) -> int:
        """Everybody sends a few updates, all at once; returns how many."""
        chance, world = self.fuzz.random, self.town.sim.world
        before = self.places()
        each_sends = chance.choice((1, FEW, FEW))
        thrown: dict[Neighbour, list[Json]] = {who: [] for who in before}
        last = 0
        for who in list(before) * each_sends:
            update = self.fuzz.update(sender(who), self.shown[who], before[who].tokens[0])
            thrown[who].append(update)
            last = world.queue_raw(update)
        world.commit()
        await self.town.settled(last)
        with self.town.session() as session:
            for who, person in self.persons(session).items():
                gone = set(before[who].tokens) - set(tokens(person))
                if gone and not any(self.may_end(session, who, each, before[who]) for each in thrown[who]):
                    self.lost.append(f"{who.name} lost a dialogue by one of {thrown[who]!r:.900}")
        return each_sends * len(before)

    def persons(self, session: Session) -> dict[Neighbour, Person | None]:
        """Who is who."""
        ids = {str(who.id): who for who in self.forms}
        known = select(Person).where(Person.telegram_key.in_(ids)).options(joinedload(Person.form))
        found: dict[Neighbour, Person | None] = dict.fromkeys(self.forms)
        return found | {ids[person.telegram_id or ""]: person for person in session.scalars(known)}

    def places(self) -> dict[Neighbour, Place]:
        """Where everybody is now; who is nowhere, and by chance somebody else, is put before a question."""
        chance, found = self.fuzz.random, {}
        with self.town.session() as session, session.begin():
            for who, person in self.persons(session).items():
                names = self.forms[who]
                if person is None or not all(person.has(router.forms.known[name].role) for name in names):
                    raise TownOver
                if person.form is None or chance.random() < PUT:
                    name = chance.choice(names)
                    step = chance.choice(router.forms.known[name].steps)
                    _, takes = put(self.town, session, who, name, step.name)
                else:
                    takes = frozenset[str]().union(*(step.takes for step in router.forms.known[person.form.name].steps))
                session.refresh(person)
                found[who] = Place(tokens(person), takes)
        return found

    def may_end(self, session: Session, who: Neighbour, update: Json, place: Place) -> bool:
        """Whether this can rightly end a dialogue of theirs or begin it anew: an answer, a command, a button."""
        try:
            given = Given.of(Update.de_json({"update_id": 1, **update}, self.town.app.client), 1)
        except Exception:  # noqa: BLE001  # what cannot be read means nothing
            return False
        if given is None or given.user_id != who.id or not given.private:
            return False
        if given.kind == "tap":
            return [*spoken(given.data)[1].split(":"), ""][1] in ENDING
        if given.edited:
            return given.kind in EDITABLE
        if given.kind == "text" and (given.text.startswith("/") or small(given.text) is Small.STOP):
            return True
        typed = given.kind == "text" and (number(given.text) or plain(given.text) in self.labels(session, who))
        return bool(typed) or given.kind in place.takes

    def labels(self, session: Session, who: Neighbour) -> set[str]:
        """The buttons in their chat, as they are typed."""
        kept = session.scalars(select(Letter.keys).where(Letter.chat_key == str(who.id), Letter.keys.is_not(None)))
        return {plain(label) for keys in kept for label, _ in keys or ()}

    def unhandled(self) -> tuple[int, list[str]]:
        """How many updates nobody could read, and those that could be read and were not handled all the same."""
        unreadable, found = 0, []
        with self.town.session() as session:
            for dead in session.scalars(select(DeadUpdate)):
                try:
                    shape.check(dead.raw)
                    Update.de_json(dict(dead.raw), self.town.app.client)
                except Exception:  # noqa: BLE001  # that is what is asked
                    unreadable += 1
                else:
                    found.append(f"{dead.error}: {dead.raw!r:.500}")
        return unreadable, found

    async def refused(self) -> list[str]:
        """What the bot said to people who exist, and Telegram would not take."""
        known = {str(who.id) for who in self.forms}
        calls = [each for each in await self.town.phones.log() if each["error_code"] == 400]
        said = [each for each in calls if each["method"].startswith("send")]
        found = [f"{each['params']!r:.500}" for each in said if str(each["params"].get("chat_id")) in known]
        with self.town.session() as session:
            dead = session.scalars(select(Letter).where(Letter.state == LetterState.DEAD))
            found += [f"{each.error}: {each.method} {each.body!r:.500}" for each in dead if each.chat_id in known]
        return found


async def storm(folder: Path, seed: int, updates: int, proof: Proof) -> int:
    """One town; returns how many updates were thrown at it."""
    thrown = 0
    async with open_town(folder, flood_limit=WITHOUT_END) as town:
        weather = Storm(town, seed)
        await weather.settle_in()
        with capture_logs() as lines, suppress(TownOver):
            while thrown < updates:
                thrown += await weather.round()
        failed = [f"{each}" for each in lines if each["log_level"] == "error" and each["event"] != BURIED]
        unreadable, unhandled = weather.unhandled()
        refused = await weather.refused()
        for who in weather.forms:
            assert await who.starts(), "everybody is still answered"
    proof.count(updates=thrown, unreadable=unreadable, lost=len(weather.lost))
    proof.count(unhandled=len(unhandled) + len(failed), refused=len(refused))
    wrong = [*weather.lost, *unhandled, *failed, *refused]
    assert not wrong, f"seed {seed}:\n" + "\n".join(wrong)
    return thrown


@pytest.mark.proof(
    "fuzz",
    promise="No update, however odd, stops the bot, makes it say what Telegram refuses, or costs somebody a dialogue",
    how="random and mutated updates through the real intake to people in every step of every dialogue, "
    "the simulator judges what is sent",
    figure="{updates} updates, {unhandled} unhandled, {refused} messages refused, {lost} dialogues lost "
    "({unreadable} that nobody could read were buried with an apology)",
    goal={"updates": 100_000},
    shards=SHARDS,
)
@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
async def test_a_storm_of_odd_updates(tmp_path: Path, shard: int, proof: Proof) -> None:
    faulthandler.cancel_dump_traceback_later()  # in full it takes longer than one test usually does
    left, town = proof.size(small=125), 0
    while left > 0:
        town += 1
        folder = tmp_path / str(town)
        folder.mkdir()
        left -= await storm(folder, shard * 1000 + town, min(left, TOWN), proof)
