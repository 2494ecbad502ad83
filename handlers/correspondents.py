"""Who would read what somebody writes now: the other side of a task, or whoever coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from models import Area, AreaKind
from models.matching import coordinators_for
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.turn import Turn
    from models.person import Person
    from models.request import Request

OFFICE = "office"  # in the history: a coordinator wrote it


def other_side(turn: Turn, request: Request) -> Person | None:
    """Who would read it; nobody, where the two may not write each other now."""
    if turn.person not in {request.resident, request.helper}:
        if not request.may_be_seen_by(turn.person):
            raise Refused(Reason.NOT_FOUND)
        return None
    if not request.relay_open(turn.now):
        return None
    return request.person_on(request.side_of(turn.person).other)


def concerns(request: Request, person: Person) -> bool:
    """Whether `person` asked, helps, or was asked."""
    return person in {request.resident, request.helper} or request.asked_of(person) is not None


def coordinators_of(turn: Turn, request: Request | None) -> Sequence[Person]:
    """Who coordinates where it is, or where who acts belongs; not who acts."""
    found = coordinators_for(turn.session, request.area if request else home_of(turn, turn.person))
    return [person for person in found if person is not turn.person]


def home_of(turn: Turn, person: Person) -> Area | None:
    """Where somebody belongs: as they said, as they want to help, else the only municipality that there is."""
    if person.area is not None:
        return person.area
    if person.volunteer is not None and person.volunteer.areas:
        return person.volunteer.areas[0]
    towns = turn.session.scalars(select(Area).where(Area.kind == AreaKind.MUNICIPALITY).limit(2)).all()
    return towns[0] if len(towns) == 1 else None
