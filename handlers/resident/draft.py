"""What a half-written request says: the answers of its dialogue, read as facts."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.i18n import N_
from models.area import Area
from models.helped import Relation
from models.moment import Moment, Part
from models.person import Person
from models.place import Place
from models.refused import Reason, Refused
from models.request import Request
from models.whom import heard_whom

if TYPE_CHECKING:
    from datetime import datetime

    from bot.turn import Turn
    from models.calendar import Calendar
    from models.form import Answers

ANY = "any"  # the day does not matter
NEW = "new"  # nobody asked for this person before
HOUR = "hour"  # not a part of the day, but an hour

# What can be changed, and the answers that go with it.
LINES = {
    "for": (
        N_("For whom"),
        ("somebody", "myself", "for_name", "for_relation", "for_agreed", "for_waits", "for_contact", "wants_phone"),
    ),
    "category": (N_("Kind of help"), ("category",)),
    "text": (N_("What exactly"), ("what", "held")),
    "moment": (N_("When"), ("day", "day_week", "part", "hour", "over", "readings", "unclear")),
    "place": (
        N_("Where"),
        ("place", "moved", "area", "areas", "spot", "address", "street", "typed", "meant", "bell", "keep"),
    ),
    "phone": (N_("Phone"), ("phone",)),
}


class Where(NamedTuple):
    """Where help is wanted."""

    place: Place
    area: Area
    address: str | None
    bell: str | None
    location: str | None


def ask_anew(answers: Answers, line: str) -> None:
    """Forget one line, so that its questions are asked again; what was written may stay after all."""
    if line == "text":
        answers["earlier"] = answers.get("what")
    elif line == "for" and "for_name" in answers:  # whoever it is for now lives elsewhere, and has another number
        forget_where(answers)
    for name in LINES[line][1]:
        answers.pop(name, None)
    if line == "phone":
        answers["wants_phone"] = True
    elif line == "for":
        answers["somebody"] = True


def forget_where(answers: Answers) -> None:
    """Forget where help is wanted and who is called: it is of another person."""
    for name in (*LINES["place"][1], *LINES["phone"][1]):
        answers.pop(name, None)


def is_for_somebody(answers: Answers) -> bool:
    """Whether who asks said that it is for somebody else: on the summary, or in the sentence."""
    if "myself" in answers:
        return False
    return "somebody" in answers or heard_whom(answers["what"].get("text") or "") is not None


def somebody_in(answers: Answers) -> str | None:
    """The first name of who is helped, where that is not the person who acts."""
    return answers.get("for_name") or answers.get("name")


def home_of(turn: Turn, answers: Answers) -> Person | None:
    """Whose home may be known: of who asks, or for whom a coordinator asks; of nobody, where it is for another one."""
    if answers.get("for_name"):
        return None
    if not is_on_behalf(answers):
        return turn.person
    person = turn.session.get(Person, answers["who_asks"]) if answers["who_asks"] != NEW else None
    return person if person is not None and turn.person.may_speak_for(person) else None


def is_on_behalf(answers: Answers) -> bool:
    """Whether a coordinator asks for somebody without Telegram: `who_asks` is their id, or that they are new here."""
    return "who_asks" in answers


def on_behalf_answers(turn: Turn, request: Request) -> Answers:
    """For whom a coordinator acts, where one does."""
    who = turn.acting_for
    return {"who_asks": who.id, "name": who.first_name, "number": request.phone or who.phone or ""} if who else {}


def areas_for(turn: Turn, answers: Answers) -> list[Area]:
    """Where help may be asked for; a coordinator asks for who lives in their own areas."""
    areas = list(turn.session.scalars(Area.neighbourhoods()))
    return [each for each in areas if turn.person.coordinates_area(each)] if is_on_behalf(answers) else areas


def moment_of(answers: Answers) -> Moment:
    """When: a day with a part of it or an hour, or no day."""
    if answers["day"] == ANY:
        return Moment()
    day = date.fromisoformat(answers["day"])
    if answers["part"] == HOUR:
        return Moment(day, None, time.fromisoformat(answers["hour"]))
    return Moment(day, Part(answers["part"]))


def moment_answers(moment: Moment) -> Answers:
    """The same, the other way round."""
    if moment.day is None:
        return {"day": ANY}
    if moment.hour is not None:
        return {"day": moment.day.isoformat(), "part": HOUR, "hour": moment.hour.isoformat("minutes")}
    return {"day": moment.day.isoformat(), "part": moment.part or Part.ANY}


def is_over(moment: Moment, now: datetime, calendar: Calendar) -> bool:
    """Whether nobody can come in time any more."""
    last = calendar.bounds(moment, timedelta(0))[1]
    return last is not None and last <= now


def home_area(person: Person | None) -> Area | None:
    """The neighbourhood of `person`, where known; a municipality with neighbourhoods says too little."""
    area = person.area if person is not None else None
    return area if area is not None and not area.children else None


def area_of(turn: Turn, answers: Answers) -> Area:
    """The neighbourhood: the chosen one, else where they live, else the only one that there is."""
    if chosen := answers.get("area"):
        return turn.get(Area, chosen)
    known = home_area(home_of(turn, answers)) if answers["place"] == Place.HOME else None
    there = [known] if known else areas_for(turn, answers)
    if not there:  # a coordinator has none any more
        raise Refused(Reason.NOT_FOUND)
    return there[0]


def where_of(turn: Turn, answers: Answers) -> Where:
    """Where, when all its questions are answered."""
    place = Place(answers["place"])
    at_home = place is Place.HOME
    area = area_of(turn, answers)
    address = answers["street"] if at_home else answers["address"]
    return Where(place, area, address or None, answers["bell"] or None if at_home else None, answers.get("spot"))


def where_answers(request: Request) -> Answers:
    """The same, the other way round."""
    found: Answers = {"place": request.place, "area": request.area_id, **for_answers(request)}
    if request.place is Place.HOME:
        return {**found, "street": request.address or "", "bell": request.bell or "", "keep": False}
    return {**found, "spot": request.location, "address": request.address or ""}


def for_answers(request: Request) -> Answers:
    """For whom, and on which number they are called; whether they agree is asked each time."""
    if request.for_name is None:
        return {}
    known = {"for_name": request.for_name, "for_relation": request.for_relation or Relation.OTHER}
    return {"somebody": True, **known, "for_contact": "known", "phone": request.phone or ""}


def remember_home(person: Person, answers: Answers, area: Area) -> None:
    """Keep the address where the person said so; forget the old one of who has moved. Never that of somebody else."""
    if answers["place"] != Place.HOME or answers.get("for_name"):
        return
    if person.area is None or answers.get("moved"):
        person.area = area
    if answers.get("keep", is_on_behalf(answers)):
        person.street, person.bell = answers["street"], answers["bell"] or None
    elif answers.get("moved"):
        person.street = person.bell = None
