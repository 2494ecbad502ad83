"""The municipality of the demo: three neighbourhoods, and a handful of people with telephones."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.commands import CannotError
from models import (
    Area,
    AreaKind,
    Coordinator,
    Event,
    EventKind,
    Moment,
    Person,
    Place,
    Request,
    State,
    Street,
    Volunteer,
    VolunteerState,
)
from models.call import want_call
from models.category import Category
from models.moment import Part
from models.reminder import replan

if TYPE_CHECKING:
    import aiohttp
    from sqlalchemy.orm import Session

    from bot.app import App
    from models import Calendar

MUNICIPALITY = "Lindebeek"
STREETS = {
    "Centrum": ("Dorpsstraat", "Kerkplein", "Lindelaan", "Stationsstraat"),
    "Kerkhoek": ("Kapelstraat", "Pastorijweg", "Tiensesteenweg"),
    "Molenveld": ("Beekstraat", "Korenbloemlaan", "Molenweg", "Waterstraat"),
}
TIMES = [f"{week}-{part}" for week in ("week", "weekend") for part in Part if part is not Part.ANY]
FIRST_HOUR, LAST_HOUR, MORNING = time(9), time(14), time(9, 30)
CARD = "request"  # the card on which somebody with Telegram would read how it ended
ANSWERS = 20  # seconds to wait for the first ones


@dataclass(frozen=True)
class Somebody:
    """Who has a telephone in the demo, with their role in Dutch, French, English and German.

    `known`: came before, and tapped Start.
    """

    id: int
    name: str
    roles: tuple[str, str, str, str]
    known: bool = True

    def as_phone(self) -> dict[str, Any]:
        """As the local Telegram takes it."""
        label, *others = self.roles
        labels = dict(zip(("fr", "en", "de"), others, strict=True))
        return {"id": self.id, "first_name": self.name, "label": label, "labels": labels, "language_code": "nl"}


ANNA = Somebody(
    5001, "Anna", ("Bewoner, nieuw", "Habitante, nouvelle", "Resident, new", "Bewohnerin, neu"), known=False
)
ROSA = Somebody(5002, "Rosa", ("Bewoner", "Habitante", "Resident", "Bewohnerin"))
JEF = Somebody(5003, "Jef", ("Vrijwilliger", "Bénévole", "Volunteer", "Freiwilliger"))
MIEKE = Somebody(5004, "Mieke", ("Vrijwilliger", "Bénévole", "Volunteer", "Freiwillige"))
AN = Somebody(5005, "An", ("Coördinator", "Coordinatrice", "Coordinator", "Koordinatorin"))
PEOPLE = (ANNA, JEF, MIEKE, AN, ROSA)


class LocalTelegram:
    """The people's side of the simulator (docs/simulator.md)."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        """Call `/api/PATH`; returns its JSON. Raises CannotError with what it says."""
        async with self._http.request(method, f"{self._url}/api/{path}", json=body, params=query) as response:
            told = await response.json()
            if response.status != 200:
                raise CannotError(f"The local Telegram refuses {path}: {told.get('error')}")
            return told

    async def now(self) -> datetime:
        """The time there."""
        return datetime.fromisoformat((await self.ask("GET", "clock"))["now"])


def friendly(now: datetime, calendar: Calendar) -> datetime:
    """`now` where the day is young, else the next morning after the quiet hours, so that the demo begins with answers.

    Whoever then asks for tomorrow afternoon sees the ordinary way, in which there is a whole day to find somebody else.
    """
    wall = calendar.wall(now)
    if FIRST_HOUR <= wall.time() < LAST_HOUR and not calendar.is_quiet(now):
        return now
    day = wall.date() if wall.time() < MORNING else wall.date() + timedelta(days=1)
    return max(now, calendar.after_quiet(calendar.at(day, MORNING)))


async def give_telephones(telegram: LocalTelegram, calendar: Calendar) -> None:
    """Make the telephones that are not there yet; at the very first start the day begins at a friendly hour."""
    there = {phone["id"] for phone in await telegram.ask("GET", "phones")}
    now = await telegram.now()
    if not there and (hour := friendly(now, calendar)) > now:
        await telegram.ask("POST", "clock/jump", {"to": hour.isoformat()})
    for person in PEOPLE:
        if person.id not in there:
            await telegram.ask("POST", "phones", person.as_phone())


def is_inhabited(session: Session) -> bool:
    """Whether the municipality is there."""
    return session.scalars(select(Area.id).limit(1)).first() is not None


def settle(app: App, now: datetime) -> None:
    """Put the municipality and those who came before into an empty database, all or nothing."""
    with app.turns.session() as session, session.begin():
        if is_inhabited(session):
            return
        town = Area(kind=AreaKind.MUNICIPALITY, name=MUNICIPALITY, slug=MUNICIPALITY.lower())
        for name, streets in STREETS.items():
            area = Area(kind=AreaKind.NEIGHBOURHOOD, name=name, slug=name.lower())
            area.streets = [Street(name=street) for street in streets]
            town.children.append(area)
        session.add(town)
        centre, church, mill = town.children
        rosa = _person(ROSA, now, area=church, street="Kapelstraat 7", bell="Peeters")
        jef = _person(JEF, now, area=centre)
        _volunteer(session, jef, now, [centre, church, mill], list(Category), TIMES)
        mieke = _person(MIEKE, now, area=mill)
        chosen = [Category.GROCERIES, Category.PHARMACY, Category.COMPANY, Category.DIGITAL, Category.PAPERS]
        _volunteer(
            session, mieke, now, [centre, mill], chosen, [each for each in TIMES if not each.endswith("evening")]
        )
        an = _person(AN, now)
        session.add(Coordinator(person=an, area=town, since=now))
        for person in (rosa, jef, mieke, an):  # they came before: nobody is welcomed twice
            session.add(Event(kind=EventKind.JOINED, by=person, person=person, at=person.since))
        _by_telephone(session, now, app.settings.calendar, mill, an)
        session.flush()
        from bot.turn import Turn

        turn = Turn(session, now, app.settings, app.turns.router)
        for person in (jef, mieke, an):
            turn.show_commands(person)


def _by_telephone(session: Session, now: datetime, calendar: Calendar, area: Area, coordinator: Person) -> None:
    """Omer has no Telegram. Nobody was found for his lawn yesterday, and he must still hear it."""
    asked, over = calendar.days_after(now, -4), calendar.days_after(now, -1)
    home = {"area": area, "street": "Korenbloemlaan 4", "bell": "Goossens"}
    omer = Person(first_name="Omer", phone="+32470123456", since=asked, seen_at=asked, **home)
    request = Request(
        code="GRAS",
        resident=omer,
        area=area,
        category=Category.GARDEN,
        text="Het gras maaien",
        place=Place.HOME,
        address=omer.street,
        bell=omer.bell,
        phone=omer.phone,
        wants_to_know=False,
        state=State.OPEN,
        sent_at=asked,
    )
    request.set_moment(Moment(calendar.day(over), Part.ANY), calendar)
    session.add_all([omer, request])
    session.flush()
    request.note(EventKind.SENT, asked, omer).via = coordinator
    request.lapse(min(now, request.last_chance_at))
    request.note(EventKind.TO_CALL, now)
    replan(session, request, now, calendar)
    want_call(session, request, CARD, now)


def _person(somebody: Somebody, now: datetime, **facts: Any) -> Person:
    before = now - timedelta(days=30)
    person = Person(first_name=somebody.name, since=before, seen_at=before, **facts)
    person.use_telegram_id(somebody.id)
    return person


def _volunteer(
    session: Session, person: Person, now: datetime, areas: list[Area], categories: list[Category], times: list[str]
) -> None:
    read = now - timedelta(days=30)
    session.add(
        Volunteer(
            person=person,
            state=VolunteerState.APPROVED,
            categories=[category.value for category in categories],
            times=times,
            areas=areas,
            note_version="2026-11-22",
            note_read_at=read,
            applied_at=read,
        )
    )


async def say_hello(telegram: LocalTelegram) -> None:
    """Those who came before tap Start, where they have not: their chats shall not be empty. Waits for the answers."""
    new = []
    for person in PEOPLE:
        if person.known and not (await telegram.ask("GET", f"phones/{person.id}/chat"))["started"]:
            await telegram.ask("POST", f"phones/{person.id}/start")
            new.append(person)
    with suppress(TimeoutError):  # a slow machine: then the answers come while somebody looks
        async with asyncio.timeout(ANSWERS):
            for person in new:
                view = f"phones/{person.id}/chat"
                chat = await telegram.ask("GET", view)
                while chat["messages"][-1]["outgoing"]:
                    chat = await telegram.ask("GET", view, revision=str(chat["revision"]), wait=str(ANSWERS))
