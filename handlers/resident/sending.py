"""From answers to a request: sent, or changed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.resident.draft import NEW, home_of, is_on_behalf, moment_of, remember_home, where_of
from handlers.resident.summary import KNOW
from models.category import Category
from models.event import Event, EventKind
from models.lifecycle import State
from models.person import Person
from models.refused import Reason, Refused
from models.request import CODE_LETTERS, Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.area import Area
    from models.form import Answers

CODE_LENGTH = 4


def send(turn: Turn, answers: Answers) -> Request:
    """Send what was asked; everybody concerned hears of it."""
    where, what = where_of(turn, answers), answers["what"]
    resident = _resident(turn, answers, where.area)
    remember_home(resident, answers, where.area)
    request = Request(
        code=_unused_code(turn),
        resident=resident,
        category=Category(answers["category"]),
        wants_to_know=answers["who"] == KNOW,
        state=State.OPEN,
        sent_at=turn.now,
    )
    set_text(request, what)
    set_place(turn, request, answers)
    request.phone = answers.get("phone") or None
    request.for_name, request.for_relation = answers.get("for_name"), answers.get("for_relation")
    request.set_moment(moment_of(answers), turn.calendar)
    turn.session.add(request)
    turn.session.flush()
    turn.announce(request.note(EventKind.SENT, turn.now, resident))
    return request


def _resident(turn: Turn, answers: Answers, area: Area) -> Person:
    """Who asks; or for whom this coordinator does, who is written down when it is the first time."""
    if not is_on_behalf(answers):
        return turn.person
    person = home_of(turn, answers)
    if not turn.person.coordinates_area(area) or (person is None and answers["who_asks"] != NEW):
        raise Refused(Reason.NOT_FOUND)
    if person is None:
        person = Person(first_name=answers["name"], area=area, since=turn.now, seen_at=turn.now)
        turn.session.add(person)
        turn.session.flush()
        turn.announce(Event(kind=EventKind.ENTERED, by=turn.person, person=person, at=turn.now, area=area))
    person.phone, person.seen_at = answers.get("phone") or answers["number"], turn.now
    turn.acting_for = person
    return person


def set_text(request: Request, what: Answers) -> None:
    """Set what is asked."""
    request.text, request.media_kind, request.media_id = what.get("text", ""), what.get("kind"), what.get("file")
    request.message_id = what.get("message")


def set_place(turn: Turn, request: Request, answers: Answers) -> None:
    """Set where it is."""
    where = where_of(turn, answers)
    request.place, request.area, request.address = where.place, where.area, where.address
    request.bell, request.location = where.bell, where.location


def drafted(turn: Turn) -> None:
    """Somebody began to ask: only that is written down, for the figures."""
    turn.announce(Event(kind=EventKind.DRAFTED, by=turn.person, at=turn.now))


def _unused_code(turn: Turn) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if turn.session.scalars(select(Request.id).where(Request.code == code)).first() is None:
            return code
