"""What the software counts by itself: numbers about a period, never about a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select

from models.asked import Asked, Outcome
from models.event import Event, EventKind
from models.request import Request
from models.volunteer import Volunteer, VolunteerState

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from models.area import Area

YES = (EventKind.OFFERED, EventKind.ACCEPTED, EventKind.ASSIGNED)
GIVEN = (EventKind.ACCEPTED, EventKind.AGREED, EventKind.ASSIGNED)


@dataclass(frozen=True)
class Figures:
    """One period. `first_yes` is the median time from sending to the first yes, `None` where nobody said yes."""

    drafted: int  # everywhere: a draft has no place yet
    sent: int
    answered: int  # of those sent: how many had a yes
    first_yes: timedelta | None
    outcomes: dict[Outcome, int]  # of those sent; what is not over is missing
    volunteers: int  # approved at this moment
    never_asked: int  # of these: asked for nothing, ever
    never_given: int  # of these: asked, and never given a task


def figures(session: Session, since: datetime, until: datetime, areas: Collection[Area] | None = None) -> Figures:
    """Count what was sent from `since` until before `until`, in `areas` and below them, or everywhere."""
    below = None if areas is None else {each.id for area in areas for each in area.and_below()}
    sent = _sent(session, since, until, below)
    waits = _first_yes(session, sent)
    volunteers = _volunteers(session, below)
    asked = set(session.scalars(select(Asked.person_id).distinct()))
    given = set(session.scalars(select(Event.person_id).where(Event.kind.in_(GIVEN)).distinct()))
    return Figures(
        drafted=session.scalar(_events(EventKind.DRAFTED, since, until)) or 0,
        sent=len(sent),
        answered=len(waits),
        first_yes=timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None,
        outcomes=dict(Counter(request.outcome for request in sent if request.outcome is not None)),
        volunteers=len(volunteers),
        never_asked=len(volunteers - asked),
        never_given=len(volunteers & asked - given),
    )


def _events(kind: EventKind, since: datetime, until: datetime) -> Select[int]:
    return select(func.count()).select_from(Event).where(Event.kind == kind, Event.at >= since, Event.at < until)


def _sent(session: Session, since: datetime, until: datetime, areas: set[int] | None) -> list[Request]:
    found = session.scalars(select(Request).where(Request.sent_at >= since, Request.sent_at < until))
    return [request for request in found if areas is None or request.area_id in areas]


def _first_yes(session: Session, sent: list[Request]) -> list[timedelta]:
    first = select(Event.request_id, func.min(Event.at)).where(Event.kind.in_(YES)).group_by(Event.request_id)
    yes = dict(iter(session.execute(first)))
    return [yes[request.id] - request.sent_at for request in sent if request.id in yes]


def _volunteers(session: Session, areas: set[int] | None) -> set[int]:
    """Ids of the people who may help."""
    found = session.scalars(Volunteer.in_state(VolunteerState.APPROVED))
    return {
        volunteer.person_id
        for volunteer in found
        if areas is None or areas & {each.id for chosen in volunteer.areas for each in chosen.and_below()}
    }
