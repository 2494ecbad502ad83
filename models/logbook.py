"""What coordinators and the operator did, in the areas of who asks, without content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, or_, select

from models.asked import Asked
from models.event import Event, EventKind
from models.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.area import Area

# Only coordinators and the operator do these;
THEIRS = (
    EventKind.ASSIGNED, EventKind.PUT_BACK, EventKind.EDITED, EventKind.CALLED, EventKind.NOT_REACHED,
    EventKind.APPROVED, EventKind.DECLINED, EventKind.ENTERED, EventKind.INVITED, EventKind.BECAME_COORDINATOR,
    EventKind.LEFT_COORDINATING, EventKind.PIN_CHOSEN, EventKind.PIN_LOCKED, EventKind.PIN_TAKEN_AWAY,
    EventKind.RELINK_OFFERED, EventKind.RELINKED, EventKind.OPERATED,
)  # fmt: skip
# these too, where it is about somebody else;
FOR_OTHERS = (EventKind.LEFT, EventKind.PAUSED, EventKind.RESUMED, EventKind.ERASED, EventKind.OFFERED)


def logbook(areas: Iterable[Area], by: int | None = None) -> Select[Event]:
    """The newest first; `by`: only what this person did or noted."""
    ids = {each.id for area in areas for each in area.and_below()}
    one_of_both = Event.by_id == Request.resident_id
    asked = select(Asked.id).where(Asked.request_id == Event.request_id, Asked.person_id == Event.by_id)
    theirs = or_(
        Event.via_id.is_not(None),
        Event.kind.in_(THEIRS),
        and_(Event.kind.in_(FOR_OTHERS), Event.by_id != Event.person_id),
        and_(Event.kind == EventKind.ENDED, Event.by_id.is_not(None)),
        # and writing, but for the two who ask and help
        and_(Event.kind == EventKind.WROTE, Event.person_id.is_not(None), ~one_of_both, ~asked.exists()),
    )
    found = select(Event).outerjoin(Request, Request.id == Event.request_id).where(theirs)
    found = found.where(or_(Event.area_id.in_(ids), Request.area_id.in_(ids)))
    if by is not None:
        found = found.where(or_(Event.via_id == by, and_(Event.via_id.is_(None), Event.by_id == by)))
    return found.order_by(Event.at.desc(), Event.id.desc())
