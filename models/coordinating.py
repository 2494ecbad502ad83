"""Who coordinates: inviting somebody, and taking the role away or giving it up."""

from __future__ import annotations

import secrets
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy import delete, inspect

from models.event import Event, EventKind
from models.person import Coordinator, Invitation
from models.refused import Reason, Refused
from models.relink import Relink

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.area import Area
    from models.person import Person

VALID = timedelta(hours=24)
INVITATION = "c-"  # how the payload of a link begins that makes somebody a coordinator
SECRET_BYTES = 24
OF_A_PIN = {EventKind.PIN_CHOSEN, EventKind.PIN_LOCKED, EventKind.PIN_TAKEN_AWAY}


def invite(session: Session, area: Area, by: Person | None, at: datetime) -> tuple[str, Event]:
    """The payload of a link that makes somebody a coordinator of `area`, once; refuses unless `by` answers for it.

    Only the digest of its secret is kept. `by`: `None` for the operator.
    """
    if by is not None and not by.coordinates_area(area):
        raise Refused(Reason.NOT_FOUND)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(Invitation(secret=secret, area=area, by=by, expires_at=at + VALID))
    return f"{INVITATION}{secret}", Event(kind=EventKind.INVITED, by=by, at=at, area=area, detail=area.slug)


def may_remove(role: Coordinator, by: Person | None) -> bool:
    """Whether `by` may take this role away: a coordinator of the area or of what is above; the operator any."""
    return by is None or by.coordinates_area(role.area)


def leave(session: Session, role: Coordinator, by: Person | None, at: datetime) -> Event:
    """They do not answer for the area any more, and no link that they made works.

    The last one cannot go, unless the operator (`None`) takes the role away: then it is known that nobody is left.
    """
    person, area = role.person, role.area
    if not may_remove(role, by):
        raise Refused(Reason.NOT_FOUND)
    if by is not None and role.is_last(session):
        raise Refused(Reason.LAST_COORDINATOR)
    if inspect(role).deleted or role not in person.coordinates:
        raise Refused(Reason.NOT_NOW)
    person.coordinates.remove(role)
    if not person.coordinates:
        person.pin = None
    below = {each.id for each in area.and_below()}
    session.execute(
        delete(Invitation).where(
            Invitation.by_id == person.id, Invitation.area_id.in_(below), Invitation.used_at.is_(None)
        )
    )
    session.execute(delete(Relink).where(Relink.by_id == person.id))
    session.flush()
    return Event(kind=EventKind.LEFT_COORDINATING, by=by, person=person, at=at, area=area, detail=area.slug)


def take_pin_away(role: Coordinator, by: Person | None, at: datetime) -> list[Event]:
    """They forgot it, and choose another one when it is needed; nobody does that for themselves."""
    person = role.person
    if not may_remove(role, by) or person is by:
        raise Refused(Reason.NOT_FOUND)
    if person.pin is None:
        raise Refused(Reason.NOT_NOW)
    person.pin = None
    return everywhere(EventKind.PIN_TAKEN_AWAY, person, by, at)


def everywhere(kind: EventKind, person: Person, by: Person | None, at: datetime) -> list[Event]:
    """What concerns all that `person` coordinates: their PIN is the same for each area, so each has it in its log."""
    return [Event(kind=kind, by=by, person=person, at=at, area=each.area) for each in person.coordinates]


def areas_before(event: Event) -> list[Area]:
    """Where the same was written down before this one: who answers for these areas has heard of it."""
    if event.kind not in OF_A_PIN or event.person is None:
        return []
    return [each.area for each in takewhile(lambda each: each.area is not event.area, event.person.coordinates)]
