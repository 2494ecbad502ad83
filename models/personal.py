"""All that is stored about one person, as they may see it: nothing in it is about anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from models.asked import Asked
from models.call import Call
from models.event import Event
from models.request import Request

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.person import Person
    from models.volunteer import Volunteer

OWN_DIALOGUES = {"ask", "change", "volunteer", "correct"}  # in others somebody else may be named


def requests_of(session: Session, person: Person) -> list[Request]:
    """What they asked, the newest first."""
    own = select(Request).where(Request.resident_id == person.id).order_by(Request.id.desc())
    return list(session.scalars(own))


def tasks_of(session: Session, person: Person) -> list[Request]:
    """What they did or do for others, the newest first."""
    theirs = Request.helper_id == person.id, Request.taken_at.is_not(None)
    return list(session.scalars(select(Request).where(*theirs).order_by(Request.id.desc())))


def all_about(session: Session, person: Person) -> dict[str, Any]:
    """Names and values that JSON can hold; times in ISO 8601, UTC."""
    form = person.form
    concerned = Event.by_id == person.id, Event.via_id == person.id, Event.person_id == person.id
    events = select(Event).where(or_(*concerned)).order_by(Event.id)
    asked = select(func.count()).where(Asked.person_id == person.id)
    waiting = select(Call.words).where(Call.writer_id == person.id, Call.words.is_not(None)).order_by(Call.id)
    return {
        "first_name": person.first_name,
        "telegram_id": person.telegram_id,
        "phone": person.phone,
        "address": person.street,
        "name_on_the_bell": person.bell,
        "neighbourhood": person.area.name if person.area else None,
        "language": person.language,
        "here_since": _at(person.since),
        "last_seen": _at(person.seen_at),
        "unreachable_since": _at(person.unreachable_since),
        "coordinator_of": [each.area.name for each in person.coordinates],
        "has_a_pin": person.pin is not None,
        "volunteer": _volunteer(person.volunteer) if person.volunteer else None,
        "times_asked_to_help": session.scalar(asked),
        "questions": [_question(each) for each in requests_of(session, person)],
        "tasks": [_task(each) for each in tasks_of(session, person)],
        "begun_and_not_sent": {
            "what": form.name,
            "answers": form.answers if form.name in OWN_DIALOGUES else None,
        }
        if form is not None
        else None,
        "to_be_told_by_phone": list(session.scalars(waiting)),
        "history": [
            {
                "at": _at(each.at),
                "what": each.kind.value,
                "by_you": person in {each.by, each.via},
                "question": each.request.code if each.request else None,
            }
            for each in session.scalars(events)
        ],
    }


def _volunteer(known: Volunteer) -> dict[str, Any]:
    return {
        "state": known.state.value,
        "kinds_of_help": known.categories,
        "times": known.times,
        "neighbourhoods": [area.name for area in known.areas],
        "information_note": known.note_version,
        "information_note_read_at": _at(known.note_read_at),
        "applied_at": _at(known.applied_at),
    }


def _question(request: Request) -> dict[str, Any]:
    return {
        **_task(request),
        "text": request.text,
        "attached": request.media_kind,
        "for": request.for_name,
        "you_are_their": request.for_relation,
        "place": request.place.value,
        "address": request.address,
        "name_on_the_bell": request.bell,
        "location": request.location,
        "phone": request.phone,
    }


def _task(request: Request) -> dict[str, Any]:
    """Without a word about who asked it."""
    return {
        "code": request.code,
        "kind_of_help": request.category.value,
        "neighbourhood": request.area.name,
        "day": request.day.isoformat() if request.day else None,
        "hour": request.hour.isoformat("minutes") if request.hour else None,
        "state": request.state.value,
        "outcome": request.outcome.value if request.outcome else None,
        "asked_at": _at(request.sent_at),
        "taken_at": _at(request.taken_at),
        "closed_at": _at(request.closed_at),
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
