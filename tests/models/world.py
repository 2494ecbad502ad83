"""A small village to try the rules on: objects in memory, no database."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from models import (
    Area,
    AreaKind,
    Calendar,
    Category,
    Coordinator,
    Moment,
    Person,
    Place,
    Request,
    State,
    Volunteer,
    VolunteerState,
)

CALENDAR = Calendar()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, 10:00 in Brussels
ALWAYS = [f"{week}-{part}" for week in ("week", "weekend") for part in ("morning", "noon", "afternoon", "evening")]
SOME_TIME = Moment()
_codes = count()


def brussels(text: str) -> datetime:
    """`"2026-03-02 10:00"` on the clocks of Brussels, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone).astimezone(UTC)


def shown(moment: datetime) -> str:
    """The other way round."""
    return f"{CALENDAR.wall(moment):%Y-%m-%d %H:%M}"


def starts(request: Request) -> datetime:
    """When it begins; only for what has a day."""
    assert request.starts_at is not None
    return request.starts_at


def ends(request: Request) -> datetime:
    """When it is over; only for what has a day."""
    assert request.ends_at is not None
    return request.ends_at


class Village:
    """A zone, a municipality, two neighbourhoods."""

    def __init__(self) -> None:
        self.zone = Area(kind=AreaKind.ZONE, name="Oost", slug="oost")
        self.town = Area(kind=AreaKind.MUNICIPALITY, name="Hoegaarden", slug="hoegaarden", parent=self.zone)
        self.centre = Area(kind=AreaKind.NEIGHBOURHOOD, name="Centrum", slug="centrum", parent=self.town)
        self.meldert = Area(kind=AreaKind.NEIGHBOURHOOD, name="Meldert", slug="meldert", parent=self.town)
        self._ids = count(1)

    def person(self, name: str) -> Person:
        person = Person(first_name=name, since=NOW, seen_at=NOW)
        person.use_telegram_id(next(self._ids))
        return person

    def volunteer(self, name: str, *areas: Area, applied: datetime = NOW, **given: Any) -> Person:
        person = self.person(name)
        facts = {"state": VolunteerState.APPROVED, "categories": list(Category), "times": ALWAYS} | given
        person.volunteer = Volunteer(note_version="1", note_read_at=applied, applied_at=applied, **facts)
        person.volunteer.areas = list(areas or [self.centre])
        return person

    def coordinator(self, name: str, area: Area) -> Person:
        person = self.person(name)
        person.coordinates = [Coordinator(area=area, since=NOW)]
        return person

    def request(
        self,
        resident: Person,
        moment: Moment = SOME_TIME,
        *,
        at: datetime = NOW,
        asked: tuple[Person, ...] = (),
        **given: Any,
    ) -> Request:
        facts = {"category": Category.GROCERIES, "wants_to_know": False, "area": self.centre} | given
        code = f"C{next(_codes)}"
        request = Request(
            code=code, resident=resident, text="Melk", place=Place.HOME, state=State.OPEN, sent_at=at, **facts
        )
        request.set_moment(moment, CALENDAR)
        for person in asked:
            request.ask(person, at, "near")
        return request


def in_hours(hours: float) -> Moment:
    """An appointment so many hours after `NOW`."""
    wall = CALENDAR.wall(NOW + timedelta(hours=hours))
    return Moment(wall.date(), None, wall.time())
