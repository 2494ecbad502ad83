"""What happened, and who hears of it. Nobody is told what they did themselves: they see it on their screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from bot.routing import hears
from handlers.asking import how_did_it_go
from handlers.coordinator.cards import applicant_card
from handlers.resident.cards import request_card
from handlers.searching import alert, ask_again, ask_around, ask_further, offer_what_is_open, still_asked
from handlers.volunteer.cards import done_card, found_card, gone_card, offer_card, task_card
from handlers.volunteer.showing import show_media_of
from handlers.volunteer.welcome import welcome_card
from models.asked import AskedState, Side
from models.event import EventKind
from models.lifecycle import Attention, State
from models.matching import coordinators_for
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.event import Event
    from models.person import Person

LAST_DAY = timedelta(hours=24)


# ── a request begins ──


@hears(EventKind.SENT)
def ask_the_neighbours(turn: Turn, event: Event) -> None:
    """Whoever fits is asked."""
    ask_around(turn, _request(event))


@hears(EventKind.OFFERED)
def say_who_wants_to_help(turn: Turn, event: Event) -> None:
    """The resident, who wanted to know first, decides; the others see that somebody was first."""
    request = _request(event)
    _tell_resident(turn, request)
    _show_others(turn, request)


@hears(EventKind.ACCEPTED, EventKind.AGREED, EventKind.ASSIGNED)
def bring_the_two_together(turn: Turn, event: Event) -> None:
    """Resident and helper know each other's first name and the code word; the others see that somebody was first."""
    request = _request(event)
    _tell_resident(turn, request)
    if request.helper is not turn.actor:
        _tell_helper(turn, request)
    if request.helper is not None:
        show_media_of(turn, request.helper, request)
    _show_others(turn, request)


@hears(EventKind.PASSED)
def ask_further_when_all_said_no(turn: Turn, event: Event) -> None:
    """The last one who was asked says no: somebody else is asked at once, not only when the clock strikes."""
    request = _request(event)
    if request.state is State.OPEN and not still_asked(request):
        ask_further(turn, request)


# ── the helper changes ──


@hears(EventKind.HANDED_BACK)
def find_somebody_else(turn: Turn, event: Event) -> None:
    """The resident knows at once, the reserve is asked first, on the last day a coordinator hears of it."""
    request = _request(event)
    _forget_task(turn, request, event.by)
    t, former = turn.t_for(request.resident), event.by.first_name if event.by else ""
    _tell_resident(turn, request, t("{name} cannot come after all.", name=former))
    ask_again(turn, request)
    if request.starts_at is not None and request.starts_at - turn.now <= LAST_DAY:
        alert(turn, request, EventKind.HANDED_BACK)


@hears(EventKind.PREFERRED_OTHER)
def thank_the_former_helper(turn: Turn, event: Event) -> None:
    """The resident prefers somebody else: said kindly, without a reason; and somebody else is looked for."""
    request = _request(event)
    _forget_task(turn, request, event.person)
    ask_again(turn, request)


@hears(EventKind.ASSIGNED)
def release_the_former_helper(turn: Turn, event: Event) -> None:
    """Who had the task before a coordinator gave it to somebody else no longer sees the address."""
    request = _request(event)
    for asked in request.asked:
        if asked.state is AskedState.HANDED_BACK:
            _forget_task(turn, request, asked.person)


# ── the appointment ──


@hears(EventKind.PROPOSED)
def ask_whether_the_hour_suits(turn: Turn, event: Event) -> None:
    """The resident confirms the hour."""
    _tell_resident(turn, _request(event))


@hears(EventKind.CONFIRMED, EventKind.TIME_REFUSED)
def say_whether_the_hour_suits(turn: Turn, event: Event) -> None:
    """The helper knows whether the hour stands."""
    _tell_helper(turn, _request(event))


@hears(EventKind.CHANGED)
def tell_what_changed(turn: Turn, event: Event) -> None:
    """The helper hears it; who was asked sees it on the card; who fits now is asked."""
    request = _request(event)
    if request.state is State.TAKEN:
        _tell_helper(turn, request)
    elif request.state is State.OPEN:
        for person in _asked(request):
            turn.revise(person, offer_card(turn.t_for(person), request, request.asked_of(person)))
        ask_around(turn, request)


# ── the end ──


@hears(EventKind.REPORTED)
def ask_the_other_side(turn: Turn, event: Event) -> None:
    """One side said how it went: the other is asked at once. Nobody came, or they disagree: a coordinator looks."""
    request = _request(event)
    if request.state is State.ENDED:
        _close(turn, request)
        return
    if request.attention is not None:
        alert(turn, request, EventKind.REPORTED)
    for side in Side:
        person = request.person_on(side)
        if person is not None and person is not turn.actor and request.report_of(side) is None:
            turn.tell(person, how_did_it_go(turn.t_for(person), request, side))


@hears(EventKind.CANCELLED, EventKind.ENDED, EventKind.LAPSED)
def say_that_it_is_over(turn: Turn, event: Event) -> None:
    """Everybody concerned knows; addresses leave the chats."""
    request = _request(event)
    _close(turn, request)
    if event.kind is EventKind.LAPSED:
        alert(turn, request, EventKind.LAPSED)


@hears(EventKind.ESCALATED, EventKind.SILENT)
def ask_a_coordinator_to_look(turn: Turn, event: Event) -> None:
    """Nobody was found, or nobody answers."""
    alert(turn, _request(event), event.kind)


# ── volunteers ──


@hears(EventKind.APPLIED)
def introduce_to_the_coordinators(turn: Turn, event: Event) -> None:
    """A coordinator of their first neighbourhood decides."""
    volunteer = event.person.volunteer if event.person else None
    if volunteer is None:
        return
    area = volunteer.areas[0] if volunteer.areas else volunteer.person.area
    for coordinator in coordinators_for(turn.session, area):
        turn.tell(coordinator, applicant_card(turn.t_for(coordinator), volunteer))


@hears(EventKind.APPROVED, EventKind.DECLINED)
def say_what_was_decided(turn: Turn, event: Event) -> None:
    """The applicant knows, and sees the commands that are theirs now."""
    if event.person is not None and event.person.volunteer is not None:
        turn.tell(event.person, welcome_card(turn.t_for(event.person), event.person.volunteer))
        turn.show_commands(event.person)
        if event.kind is EventKind.APPROVED:
            offer_what_is_open(turn, event.person.volunteer)


@hears(EventKind.WISHES_CHANGED)
def offer_what_fits_now(turn: Turn, event: Event) -> None:
    """Who wants to help with more sees what waits already."""
    if event.person is not None and event.person.volunteer is not None and event.person.volunteer.may_help:
        offer_what_is_open(turn, event.person.volunteer)


# ── people ──


@hears(EventKind.UNREACHABLE)
def replan_for_who_is_gone(turn: Turn, event: Event) -> None:
    """Everything this person is in that is not over goes to a coordinator."""
    person = event.person
    if person is None:
        return
    mine = or_(Request.resident_id == person.id, Request.helper_id == person.id)
    for request in turn.session.scalars(select(Request).where(mine, Request.state != State.ENDED)):
        turn.session.add(request.note(EventKind.UNREACHABLE, turn.now, attention=Attention.UNREACHABLE))
        alert(turn, request, EventKind.UNREACHABLE)


# ── how they are told ──


def _request(event: Event) -> Request:
    if event.request is None:
        raise LookupError(f"the event {event.kind} is about no request")
    return event.request


def _asked(request: Request) -> list[Person]:
    """Who may still see an offer, the helper apart."""
    open_to = {AskedState.ASKED, AskedState.RESERVE}
    return [asked.person for asked in request.asked if asked.state in open_to and asked.person is not request.helper]


def _tell_resident(turn: Turn, request: Request, why: str = "") -> None:
    resident = request.resident
    if resident is not turn.actor:
        card = request_card(turn.t_for(resident), request)
        turn.tell(resident, card.after(why) if why else card, urgent=request.is_urgent(turn.now))


def _tell_helper(turn: Turn, request: Request) -> None:
    helper = request.helper
    if helper is not None:
        turn.tell(helper, task_card(turn.t_for(helper), request), urgent=request.is_urgent(turn.now))


def _show_others(turn: Turn, request: Request) -> None:
    """For all others the card changes in silence; who has not read it yet is not troubled at all."""
    for person in _asked(request):
        if person is not turn.actor:
            turn.retract(person, found_card(turn.t_for(person), request))


def _forget_task(turn: Turn, request: Request, former: Person | None) -> None:
    """A former helper no longer sees name and address; who did not hand back themselves is told."""
    if former is None:
        return
    t = turn.t_for(former)
    turn.withdraw(former, request, gone_card(t, request))
    if former is not turn.actor:
        turn.tell(former, gone_card(t, request), urgent=request.is_urgent(turn.now))


def _close(turn: Turn, request: Request) -> None:
    """The request is over: both sides know, and every open card says so."""
    _tell_resident(turn, request)
    helper = request.helper
    if helper is not None:
        card = done_card(turn.t_for(helper), request)
        turn.withdraw(helper, request, card)
        if helper is not turn.actor:
            turn.tell(helper, card, urgent=request.is_urgent(turn.now))
    for person in _asked(request):
        turn.retract(person, gone_card(turn.t_for(person), request))
