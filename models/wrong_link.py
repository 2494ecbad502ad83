"""Links that work once and were opened in vain: who tries many of them is guessing, and looks up nothing more."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.event import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from models.person import Person

MOST = 5  # different ones: who taps the same one again and again only waits that it works
WITHIN = timedelta(hours=1)
REPORTED = timedelta(days=1)  # so long after a report the same person is not reported again


def may_try(session: Session, person: Person, at: datetime) -> bool:
    """Whether a link that `person` opens is looked up at all."""
    return len(_tried(session, person, at - WITHIN)) < MOST


def tried_in_vain(session: Session, person: Person, link: str, at: datetime) -> Event | None:
    """Write down that `link` did not work; `None` where they tried that one just now, or too many already."""
    which = hashlib.sha256(link.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    tried = _tried(session, person, at - WITHIN)
    if len(tried) >= MOST or which in {each.detail for each in tried}:
        return None
    return Event(kind=EventKind.TRIED_LINK, by=person, person=person, at=at, detail=which)


def is_to_be_reported(session: Session, person: Person) -> bool:
    """Whether the newest one was one too many, for the first time in a day."""
    reported, tries = None, _tried(session, person)
    for earlier, last in zip(tries, tries[MOST - 1 :], strict=False):
        if last.at - earlier.at < REPORTED and (reported is None or last.at - reported.at >= REPORTED):
            reported = last
    return reported is not None and reported is tries[-1]


def _tried(session: Session, person: Person, since: datetime | None = None) -> Sequence[Event]:
    tried = select(Event).where(Event.person_id == person.id, Event.kind == EventKind.TRIED_LINK)
    recent = tried if since is None else tried.where(Event.at > since)
    return session.scalars(recent.order_by(Event.id)).all()
