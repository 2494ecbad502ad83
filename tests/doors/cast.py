"""Everybody who can stand before a door, and a request in each state, so that each door can be tried by all of them."""

from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from models import (
    Area,
    Asked,
    Call,
    CallKind,
    Category,
    Coordinator,
    Moment,
    Outcome,
    Person,
    Place,
    Request,
    State,
    Volunteer,
    VolunteerState,
)
from models.asked import AskedState
from models.pin import Pin
from tests.support.town import ALL_TIMES, Town

# Who tries. The letters head the columns of the table.
PEOPLE = {
    "st": "a stranger, who never wrote before",
    "nb": "a resident next door, who has no part in it",
    "ow": "the resident who asked",
    "as": "a volunteer who was asked for it, and has not answered",
    "pa": "a volunteer who said not this time",
    "re": "a volunteer on the reserve list",
    "he": "the helper: who offered, has it, or had it when it ended",
    "ex": "a former helper, who gave it back",
    "rf": "a volunteer whom the resident did not want",
    "ap": "somebody who wants to be a volunteer",
    "de": "somebody who was not taken as a volunteer",
    "en": "a volunteer who was asked for it, and is none any more",
    "ps": "a volunteer who was asked for it, and pauses",
    "co": "a coordinator of the municipality",
    "oc": "a coordinator of another neighbourhood",
    "rc": "somebody who was a coordinator",
}
VOLUNTEERS = {
    "as": VolunteerState.APPROVED,
    "pa": VolunteerState.APPROVED,
    "re": VolunteerState.APPROVED,
    "he": VolunteerState.APPROVED,
    "ex": VolunteerState.APPROVED,
    "rf": VolunteerState.APPROVED,
    "ap": VolunteerState.APPLIED,
    "de": VolunteerState.DECLINED,
    "en": VolunteerState.ENDED,
    "ps": VolunteerState.PAUSED,
}
ASKED = {
    "as": AskedState.ASKED,
    "pa": AskedState.PASSED,
    "re": AskedState.RESERVE,
    "he": AskedState.ASKED,
    "ex": AskedState.HANDED_BACK,
    "rf": AskedState.REFUSED,
    "en": AskedState.ASKED,
    "ps": AskedState.ASKED,
}
STATES = ("open", "offered", "taken", "ended", "phone")  # `phone`: taken, and the resident has no Telegram

# What must not be seen by who may not: a letter of the table for each.
SECRETS = {
    "N": ("Rosalinde",),  # who asked
    "A": ("Geheimstraat 7", "Bel Mysterie"),
    "T": ("kanariezaad",),  # what is needed
    "P": ("470 99 88 77", "470998877"),
    "C": ("zonnebloem",),  # the code word at the door
    "H": ("Hendrik",),  # who helps
    "V": ("Astrid", "Pascal", "Reinout", "Exalt", "Renée", "Apollo", "Detlef", "Enora", "Pstefan"),  # other volunteers
    "L": ("50.793", "4.894"),
    "M": ("a-secret-photo",),
}
NAMES = {
    "st": "Stella", "nb": "Nabil", "ow": "Rosalinde", "as": "Astrid", "pa": "Pascal", "re": "Reinout", "he": "Hendrik",
    "ex": "Exalt", "rf": "Renée", "ap": "Apollo", "de": "Detlef", "en": "Enora", "ps": "Pstefan", "co": "Corry",
    "oc": "Octave", "rc": "Rachid",
}  # fmt: skip


class Cast(NamedTuple):
    """The numbers by which people, requests and the rest are tried."""

    telegram: dict[str, int]
    people: dict[str, int]
    volunteers: dict[str, int]
    requests: dict[str, int]
    roles: dict[str, int]
    call: int
    area: int

    def words(self, template: str, state: str) -> str:
        """The data of a button: `accept:{r}` as it is for the request in `state`."""
        return template.format(
            r=self.requests.get(state, 999_999),
            he=self.people["he"],
            pa=self.people["pa"],
            ap=self.volunteers["ap"],
            vas=self.volunteers["as"],
            vps=self.volunteers["ps"],
            vde=self.volunteers["de"],
            cco=self.roles["co"],
            coc=self.roles["oc"],
            call=self.call,
            area=self.area,
            nb=self.people["nb"],
        )


def arrange(session: Session, town: Town, telegram: dict[str, int]) -> Cast:
    """Put everybody and everything into an empty town."""
    now, centre, far = town.clock.now(), town.area(session, "Centrum"), town.area(session, "Molenveld")
    people = {key: _person(now, NAMES[key], telegram[key], centre) for key in PEOPLE if key != "st"}
    people["ow"].street, people["ow"].bell = "Geheimstraat 7", "Bel Mysterie"
    session.add_all(people.values())
    for key, state in VOLUNTEERS.items():
        people[key].volunteer = Volunteer(
            state=state, categories=list(Category), times=list(ALL_TIMES), areas=[centre], note_version="test",
            note_read_at=now, applied_at=now,
        )  # fmt: skip
    people["co"].coordinates.append(Coordinator(area=town.area(session, "Lindebeek"), since=now))
    people["oc"].coordinates.append(Coordinator(area=far, since=now))
    for key in ("co", "oc"):  # what a PIN guards is tried by who has just entered it
        people[key].pin = Pin.of_hash("00:00", now)
    by_phone = Person(first_name="Rosalinde", since=now, seen_at=now, area=centre, phone="+32470998877")
    session.add(by_phone)
    session.flush()
    requests = {
        state: _request(session, town, state, by_phone if state == "phone" else people["ow"], people, centre)
        for state in STATES
    }
    call = Call(key="how", kind=CallKind.HOW, request=requests["phone"], wanted_at=now)
    session.add(call)
    session.flush()
    return Cast(
        telegram,
        {key: each.id for key, each in people.items()},
        {key: each.volunteer.id for key, each in people.items() if each.volunteer},
        {key: each.id for key, each in requests.items()},
        {key: people[key].coordinates[0].id for key in ("co", "oc")},
        call.id,
        centre.id,
    )


def _person(now: Any, name: str, telegram_id: int, area: Area) -> Person:
    person = Person(first_name=name, since=now, seen_at=now, area=area)
    person.use_telegram_id(telegram_id)
    return person


def _request(
    session: Session, town: Town, state: str, resident: Person, people: dict[str, Person], area: Area
) -> Request:
    now, calendar = town.clock.now(), town.settings.calendar
    request = Request(
        code=f"{state[:3].upper()}2", resident=resident, area=area, text="kanariezaad", category=Category.GROCERIES,
        place=Place.LOCATION, address="Geheimstraat 7", bell="Bel Mysterie", location="50.79300,4.89400",
        media_kind="photo", media_id="a-secret-photo", phone="+32470998877", wants_to_know=state == "offered",
        state=State.OPEN, sent_at=now,
    )  # fmt: skip
    request.set_moment(Moment(date(2026, 11, 24), None, time(14)), calendar)
    session.add(request)
    for key, stands in ASKED.items():
        request.asked.append(Asked(person=people[key], at=now, ring="near", state=stands))
    session.flush()
    if state != "open":
        request.offer(people["he"], now)
        request.code_word = "zonnebloem" if request.state is State.TAKEN else None
    if state == "ended":
        request.close(Outcome.DONE, people["co"], now)
    session.flush()
    return request
