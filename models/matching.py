"""Who is asked for a request, in which order, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from models.asked import Asked, AskedState, Outcome
from models.event import ALL_REST, Event, EventKind
from models.lifecycle import State
from models.moment import Part
from models.person import Coordinator, Person
from models.request import Request
from models.volunteer import Volunteer, VolunteerState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from models.area import Area

# Two queries more, instead of two for every volunteer.
AT_ONCE = (selectinload(Volunteer.person), selectinload(Volunteer.areas))
FURTHER = {EventKind.WIDENED, EventKind.ESCALATED}  # where nobody fits, it is asked further away before a coordinator
CAME = (Outcome.DONE, Outcome.PARTLY)
WEEKLY_CAP = 3  # tasks in seven days after which a volunteer is left in peace,
LAST_CALL = timedelta(hours=24)  # until so long before the end of a search in which nobody at all was asked


class Ring(StrEnum):
    """How far the search has gone."""

    NEAR = "near"  # volunteers of the request's own neighbourhood
    WIDER = "wider"  # and of the whole municipality


def fits(volunteer: Volunteer, request: Request, ring: Ring) -> bool:
    """Whether category, place and moment of `request` are what `volunteer` wants to be asked for."""
    if request.category.value not in volunteer.categories:
        return False
    wanted = set((request.area if ring is Ring.NEAR else request.area.municipality).and_below())
    if not wanted & {area for chosen in volunteer.areas for area in chosen.and_below()}:
        return False
    return not (times := times_of(request)) or bool(times & set(volunteer.times))


def ring_of(request: Request) -> Ring:
    """How far the search for `request` has gone."""
    further = any(event.kind in FURTHER for event in request.history)
    return Ring.WIDER if further or any(asked.ring == Ring.WIDER for asked in request.asked) else Ring.NEAR


def times_of(request: Request) -> set[str]:
    """The parts of the week in which `request` falls, as in `Volunteer.times`; empty where the day does not matter."""
    if request.day is None:
        return set()
    week = "weekend" if request.day.isoweekday() >= 6 else "week"
    part = request.moment.part_of_day
    parts = [part] if part is not Part.ANY else [each for each in Part if each is not Part.ANY]
    return {f"{week}-{each}" for each in parts}


def candidates(session: Session, request: Request, ring: Ring, now: datetime) -> list[Volunteer]:
    """Volunteers to ask now: who fits, is not worn out and was not asked before; the longest without a task first.

    Where the moment is near and nobody at all was asked, who is worn out is asked too, rather than nobody.
    """
    last = _last_task(session)
    fitting = _fitting(session, request, ring)
    found = list(filter(_rested(session, now), fitting))
    if not found and ring is Ring.WIDER and nobody_asked(request) and now >= request.search_until - LAST_CALL:
        found = [volunteer for volunteer in fitting if fits(volunteer, request, Ring.NEAR)] or fitting
    return sorted(found, key=lambda volunteer: (last.get(volunteer.person_id, volunteer.applied_at), volunteer.id))


def all_rest(session: Session, request: Request) -> bool:
    """Whether it fits somebody, where nobody could be asked: they helped often this week."""
    return nobody_asked(request) and bool(_fitting(session, request, Ring.WIDER))


def nobody_asked(request: Request) -> bool:
    """Whether nobody was asked, but for who gave it back or was not wanted."""
    return all(each.state in {AskedState.HANDED_BACK, AskedState.REFUSED} for each in request.asked)


def waits_for_rest(request: Request) -> bool:
    """Whether nobody was asked yet because all whom it fits helped often this week."""
    since = [event for event in request.history if event.at >= request.waiting_since]
    told = [event for event in since if event.kind is EventKind.ESCALATED]
    return nobody_asked(request) and bool(told) and told[-1].detail == ALL_REST


def _fitting(session: Session, request: Request, ring: Ring) -> list[Volunteer]:
    """Whom it fits, who can be told, and who was not asked before."""
    asked = {row.person_id for row in request.asked}
    return [
        volunteer
        for volunteer in session.scalars(Volunteer.in_state(VolunteerState.APPROVED).options(*AT_ONCE))
        if volunteer.person is not request.resident
        and volunteer.person_id not in asked
        and may_be_asked(volunteer.person)
        and fits(volunteer, request, ring)
    ]


def open_for(session: Session, volunteer: Volunteer, now: datetime) -> list[tuple[Request, Ring]]:
    """What is open and `volunteer` was not asked for yet, where they would be now, and how far away it then is."""
    if not _rested(session, now)(volunteer):
        return []
    found = []
    for request in session.scalars(select(Request).where(Request.state == State.OPEN).order_by(Request.id)):
        ring = Ring.NEAR if fits(volunteer, request, Ring.NEAR) else ring_of(request)
        known = volunteer.person is request.resident or request.asked_of(volunteer.person) is not None
        if not known and request.last_chance_at > now and fits(volunteer, request, ring):
            found.append((request, ring))
    return found


def _rested(session: Session, now: datetime) -> Callable[[Volunteer], bool]:
    """Who may be asked for something new: an approved volunteer who can be told, and is not worn out."""
    recent = _tasks_since(session, now - timedelta(days=7))
    return lambda volunteer: may_be_asked(volunteer.person) and recent.get(volunteer.person_id, 0) < WEEKLY_CAP


def _last_task(session: Session) -> dict[int, datetime]:
    rows = session.execute(
        select(Request.helper_id, func.max(Request.taken_at))
        .where(Request.helper_id.is_not(None))
        .group_by(Request.helper_id)
    )
    return {person_id: at for person_id, at in rows if person_id is not None and at is not None}


def _tasks_since(session: Session, since: datetime) -> dict[int, int]:
    rows = session.execute(
        select(Request.helper_id, func.count())
        .where(Request.taken_at >= since, Request.helper_id.is_not(None))
        .group_by(Request.helper_id)
    )
    return {person_id: count for person_id, count in rows if person_id is not None}


def may_be_asked(person: Person) -> bool:
    """Whether this volunteer is asked for tasks now, and can be."""
    return person.volunteer is not None and person.volunteer.may_help and person.can_be_told()


def stayed_away(session: Session, request: Request) -> set[int]:
    """The ids of who should have come to this resident and, as one of the two says, did not, or not in the end."""
    said = select(Event).join(Request).where(Event.kind == EventKind.REPORTED, Event.person_id.is_not(None))
    said = said.where(Request.resident_id == request.resident_id)
    another_came = func.coalesce(Request.helper_id, 0) != Event.person_id
    said = said.where(or_(Request.outcome.is_(None), Request.outcome.not_in(CAME), another_came))
    last = {
        (event.request_id, event.by_id, event.person_id): event.detail
        for event in session.scalars(said.order_by(Event.id))
    }
    return {
        person_id
        for (_, _, person_id), detail in last.items()
        if person_id is not None and (detail or "").endswith(f":{Outcome.NOBODY_CAME}")
    }


def reserve_of(request: Request) -> list[Asked]:
    """Who waits on the reserve list and may still be asked, the longest first."""
    waiting = [asked for asked in request.asked if asked.state is AskedState.RESERVE and may_be_asked(asked.person)]
    return sorted(waiting, key=lambda asked: (asked.reserve_at or asked.at, asked.id))


def coordinators_for(session: Session, area: Area | None) -> Sequence[Person]:
    """Who hears of `area`: its coordinators who can be reached, else those of the level above; empty: the operator."""
    for level in area.and_above() if area is not None else ():
        people = [person for person in session.scalars(Coordinator.people_of(level)) if person.can_be_told()]
        if people:
            return people
    return []


def needing_attention(session: Session, areas: Sequence[Area]) -> list[Request]:
    """Everything in `areas` that is not over, the most urgent first."""
    ids = {each.id for area in areas for each in area.and_below()}
    rows = session.scalars(select(Request).where(Request.area_id.in_(ids), Request.state != State.ENDED))

    def urgency(request: Request) -> tuple[int, datetime, int]:
        calm = 0 if request.attention is not None else 1 if request.state is not State.TAKEN else 2
        return calm, request.deadline_at, request.id

    return sorted(rows, key=urgency)


def ended_since(session: Session, areas: Sequence[Area], since: datetime) -> Sequence[Request]:
    """Everything in `areas` that ended since then, what ended last first."""
    ids = {each.id for area in areas for each in area.and_below()}
    ended = select(Request).where(Request.area_id.in_(ids), Request.state == State.ENDED, Request.closed_at >= since)
    return session.scalars(ended.order_by(Request.closed_at.desc(), Request.id.desc())).all()
