"""A small town for stories: a local Telegram, the real bot on a real SQLite file, and people who write and tap.

town.anna = await town.resident("Anna")
await anna.taps("Ik zoek hulp")       # returns when the bot has answered and everything due was sent
assert "Waarmee" in await anna.last_text()
await town.jump(hours=3)              # visits every due time in order

What is the same in every town is made once: its tables and areas, and what Telegram shows of the bot.
"""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot import profile
from bot.app import App, build
from bot.clock import visit
from bot.database import open_engine
from bot.legible import plain
from bot.routing import Router
from bot.sealing import KeyRing, new_key
from bot.settings import Settings, load
from bot.turns import Turns
from models import Area, AreaKind, Base, Coordinator, Person, Pin, Street, Volunteer, VolunteerState
from models.category import Category
from simulator.actors import Message, Phones
from simulator.actors import Person as Actor
from simulator.nearby import NearbyPhones
from simulator.server import Simulator
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.engines import give_back, lend
from tests.support.locks import watched

ALL_TIMES = [f"{week}-{part}" for week in ("week", "weekend") for part in ("morning", "noon", "afternoon", "evening")]
NEIGHBOURHOODS = ("Centrum", "Kerkhoek", "Molenveld")


class Neighbour:
    """Somebody with a telephone. Every act waits until the bot has answered."""

    def __init__(self, town: "Town", actor: Actor) -> None:
        self._town = town
        self.actor = actor
        self.id = actor.id
        self.name = actor.first_name

    async def _settled(self, update_id: int | None) -> None:
        await self._town.settled(update_id)

    async def starts(self, payload: str | None = None) -> str:
        """Tap Start, or follow a deep link. Returns the newest message, like all acts."""
        await self._settled(await self.actor.start(payload))
        return await self.last_text()

    async def writes(self, text: str) -> str:
        """Send a text."""
        await self._settled(await self.actor.writes(text))
        return await self.last_text()

    async def taps(self, label: str, on: Message | None = None) -> str:
        """Tap the newest button with this label."""
        await self._settled(await self.actor.taps(label, on=on))
        return await self.last_text()

    async def forges(self, data: str, message: Message | int | None = None) -> str:
        """Tap with invented data."""
        await self._settled(await self.actor.forges(message or await self.actor.last(), data))
        return await self.last_text()

    async def does(self, update: Any) -> str:
        """Wait for any other act: `await anna.does(anna.actor.sends_voice())`."""
        await self._settled(await update)
        return await self.last_text()

    async def messages(self) -> list[Message]:
        """The bot's messages, oldest first."""
        return [message for message in await self.actor.chat() if not message.outgoing]

    async def last(self) -> Message:
        """The newest message of the bot."""
        return (await self.messages())[-1]

    async def last_text(self) -> str:
        """Its words."""
        found = await self.messages()
        return found[-1].text if found else ""

    async def reads(self) -> str:
        """All that the bot wrote, as it stands in the chat now."""
        return "\n\n".join(message.text for message in await self.messages())

    async def labels(self) -> list[str]:
        """The buttons of the newest message, but for the one with the other languages, below what the bot began."""
        return [label for label in (await self.last()).labels if " · " not in label]

    async def toast(self) -> str:
        """The short word over the screen after the last tap."""
        return (await self.actor.answer()).text or ""


class Town:
    """One municipality with three neighbourhoods, and everybody in it."""

    def __init__(
        self,
        sim: Simulator,
        phones: Phones,
        clock: HandClock,
        settings: Settings,
        routes: Router | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sim, self.phones, self.clock, self.settings = sim, phones, clock, settings
        self._parts = (settings, clock, routes, monotonic)
        self._engines: list[Engine] = []
        self.app = self._build()
        self._next_id = 1001

    def _build(self) -> App:
        engine = lend(self.settings.database_url, self.settings.key_ring())
        self._engines.append(engine)
        return build(*self._parts, engine=engine)

    def give_back(self) -> None:
        """The town is over; its engines serve the next one."""
        while self._engines:
            give_back(self._engines.pop())

    async def settled(self, update_id: int | None = None) -> None:
        """Wait until the bot has handled this update and sent what is due."""
        if update_id is not None:
            await self.phones.waits_for(update_id)
        await self.app.settled()

    async def jump(self, to: datetime | None = None, **by: float) -> None:
        """Move the clock, visiting every due time in order."""
        target = to or self.clock.now() + timedelta(**by)
        await visit(self.app.sweeper, self.app.outbox, self.clock.now(), target, self.clock.set)

    async def restart(self, at: datetime | None = None) -> None:
        """Stop the bot and start it again on the same file, `at` a later time: what was due meanwhile comes late."""
        await self.app.__aexit__(None, None, None)
        if at is not None:
            await self.clock.set(at)
        await self.begin()

    async def begin(self) -> None:
        """Start the bot again after its end."""
        self.app = self._build()
        await self.app.__aenter__()
        await self.settled()

    def session(self) -> Session:
        """A look into the database, for arranging a story; what people read is asserted, not rows."""
        return Session(self.app.turns.engine)

    async def somebody(self, name: str, language: str = "nl") -> Neighbour:
        """A person with a telephone who has not spoken to the bot yet."""
        actor = await self.phones.person(name, language=language, id=self._next_id)
        self._next_id += 1
        return Neighbour(self, actor)

    async def resident(self, name: str, area: str = "Centrum", *, home: bool = True, language: str = "nl") -> Neighbour:
        """Somebody who came before: Start was tapped, the neighbourhood (and the address) is known."""
        who = await self.somebody(name, language)
        await who.starts()
        with self.session() as session, session.begin():
            person = self.person(session, who)
            person.area = self.area(session, area)
            if home:
                person.street, person.bell = "Dorpsstraat 12", f"Familie {name}"
        return who

    async def volunteer(
        self,
        name: str,
        areas: Sequence[str] = ("Centrum",),
        categories: Sequence[str] = tuple(Category),
        times: Sequence[str] = tuple(ALL_TIMES),
        language: str = "nl",
    ) -> Neighbour:
        """An approved volunteer."""
        who = await self.resident(name, areas[0], home=False, language=language)
        with self.session() as session, session.begin():
            session.add(
                Volunteer(
                    person=self.person(session, who),
                    state=VolunteerState.APPROVED,
                    categories=[str(category) for category in categories],
                    times=list(times),
                    areas=[self.area(session, name) for name in areas],
                    note_version="test",
                    note_read_at=self.clock.now(),
                    applied_at=self.clock.now(),
                )
            )
        return who

    async def coordinator(self, name: str, area: str = "Lindebeek", *, pin: bool = True) -> Neighbour:
        """A coordinator of the municipality; with `pin` they entered theirs, and it is not asked in this story."""
        who = await self.somebody(name)
        await who.starts()
        with self.session() as session, session.begin():
            person = self.person(session, who)
            session.add(Coordinator(person=person, area=self.area(session, area), since=self.clock.now()))
            if pin:
                person.pin = Pin(secret="", tries=0, open_until=self.clock.now() + timedelta(days=365))
        return who

    def person(self, session: Session, who: Neighbour) -> Person:
        """The row of somebody."""
        return session.scalars(Person.with_telegram_id(who.id)).one()

    @staticmethod
    def area(session: Session, name: str) -> Area:
        """The row of an area."""
        return session.scalars(select(Area).where(Area.name == name)).one()


def settings_for(sim: Simulator, folder: Path, **given: object) -> Settings:
    """Settings of a test: a SQLite file of its own, a key of its own."""
    usual: dict[str, object] = {
        "token": sim.token,
        "api_url": sim.url,
        "database_url": databases.url_in(folder),
        "key": new_key(),
        "rate_limits": False,
        "flood_limit": 0,  # the clock stands still, so all is said in one second
        "organisation": "OCMW Lindebeek",
        "phone": "016 12 34 56",
    }
    return load(_env_file=None, **usual | given)


def populate(engine: Engine) -> None:
    """Create the tables, one municipality and its neighbourhoods, in a database that is not there yet."""
    url = engine.url
    if engine.dialect.name == "sqlite" and url.database:
        Path(url.database).write_bytes(_populated())
    elif databases.is_ours(str(url)):
        databases.make(str(url), databases.populated(_populate_at))
    else:
        _populate(engine)


@cache
def _populated() -> bytes:
    """A populated SQLite file. Nothing in it is sealed, so that it serves under every key."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "buren.db"
        engine = open_engine(f"sqlite:///{file}", KeyRing(new_key()))
        _populate(engine)
        engine.dispose()  # which also empties the write-ahead log into the file
        return file.read_bytes()


def _populate_at(url: str) -> None:
    engine = open_engine(url, KeyRing(new_key()))
    _populate(engine)
    engine.dispose()


def _populate(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        areas(session)


def areas(session: Session) -> None:
    """One municipality and its neighbourhoods."""
    town = Area(kind=AreaKind.MUNICIPALITY, name="Lindebeek", slug="lindebeek")
    for name in NEIGHBOURHOODS:
        place = Area(kind=AreaKind.NEIGHBOURHOOD, name=name, slug=name.lower())
        place.streets = [Street(name=f"{name}straat")]
        town.children.append(place)
    session.add(town)


@asynccontextmanager
async def open_town(
    folder: Path,
    routes: Router | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    *,
    first_start: bool = False,
    **given: object,
) -> AsyncIterator[Town]:
    """Build the town, and take it down again; `routes` are other ones than those of the product.

    With `first_start` the bot tells Telegram its commands and descriptions, of which otherwise nobody sees anything,
    and sweeps for the first time.
    """
    clock = HandClock()
    async with Simulator(limits=False, clock=clock) as sim, NearbyPhones(sim) as phones:
        town = Town(sim, phones, clock, settings_for(sim, folder, **given), routes, monotonic)
        populate(town.app.turns.engine)
        if not first_start:
            _as_after_a_start(town.app.turns, sim, swept=routes is None)
        await town.app.__aenter__()
        with watched() as unlocked:
            try:
                yield town
            finally:
                await town.app.__aexit__(None, None, None)
                town.give_back()
        assert not unlocked, f"what a turn decides about is locked first: {unlocked}"
        assert not twins(sim), "on each screen each button can be told apart by its words alone"


def _as_after_a_start(turns: Turns, sim: Simulator, *, swept: bool) -> None:
    """What a bot that runs remembers: Telegram shows its commands, and it has `swept` a moment ago."""
    turns.bot_id = int(sim.token.partition(":")[0])
    shown = {name: wanted for name, wanted, *_ in profile.news(turns, {})}
    now = turns.clock.now().isoformat()
    turns.remember(shown | {f"swept.{name}": now for name in (turns.router.sweeps if swept else ())})


def twins(sim: Simulator) -> list[list[str]]:
    """The buttons of each message, as it stands in the end, of which two are typed alike or one not at all."""
    found = []
    for chat in sim.world.messages.values():
        for entry in chat.values():
            rows = entry.body.get("reply_markup", {}).get("inline_keyboard", ())
            labels = [button["text"] for row in rows for button in row]
            typed = [plain(label) for label in labels]
            if len(set(typed)) < len(typed) or not all(typed):
                found.append(labels)
    return found
