"""With whom somebody may write now, because one of them helps the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select

from models.event import Event, EventKind
from models.request import RELAY, Request

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from models.person import Person


class Reader(NamedTuple):
    """Who would read it, and about which request."""

    person: Person
    request: Request


def readers_of(session: Session, person: Person, at: datetime) -> list[Reader]:
    """To whom `person` may write, each once: tasks that go on, then who wrote last, then whose help comes first.

    Whom Telegram cannot reach is left out where somebody else may be meant; alone, they are named and cannot be told.
    """
    found = session.scalars(_open(person, at)).all()
    wrote = _wrote(session, person, found)
    first = sorted(found, key=lambda each: (each.closed_at is not None, -wrote.get(each.id, 0)))
    readers: dict[Person, Request] = {}
    for request in first:
        other = request.person_on(request.side_of(person).other)
        if request.relay_open(at) and other is not None and other.erased_at is None:
            readers.setdefault(other, request)
    known = [Reader(*each) for each in readers.items()]
    return [each for each in known if each.person.unreachable_since is None] or known


def _open(person: Person, at: datetime) -> Select[Request]:
    """The requests that `relay_open` may be true of."""
    mine = or_(Request.resident_id == person.id, Request.helper_id == person.id)
    now = or_(Request.closed_at.is_(None), Request.closed_at > at - RELAY)
    taken = Request.helper_id.is_not(None), Request.taken_at.is_not(None)
    return select(Request).where(mine, now, *taken).order_by(Request.deadline_at, Request.id)


def _wrote(session: Session, person: Person, about: Sequence[Request]) -> dict[int, int]:
    """The last message to `person` about each request, by the number of its event."""
    ids = [request.id for request in about]
    last = select(Event.request_id, func.max(Event.id)).group_by(Event.request_id)
    mine = last.where(Event.kind == EventKind.WROTE, Event.person_id == person.id, Event.request_id.in_(ids))
    return {request: event for request, event in session.execute(mine) if request is not None}
