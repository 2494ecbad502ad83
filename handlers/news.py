"""What happened, and who hears of it. Nobody is told what they did themselves: they see it on their screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from bot.routing import hears
from bot.turn import about
from handlers.asking import ask_unless_asked
from handlers.coordinator.cards import CASE, applicant_card, case_card
from handlers.coordinator.leaving import take_the_old_text_away
from handlers.coordinator.relinking import relinked_card
from handlers.outdating import ASKING, calm, outdate, outdate_reminders
from handlers.resident.cards import request_card
from handlers.searching import (
    alert,
    ask_again,
    ask_around,
    ask_further,
    offer_what_is_open,
    still_asked,
    was_on_reserve,
)
from handlers.telling import forget_task, others, show_others, tell_helper, tell_resident, tell_the_end
from handlers.volunteer.cards import OFFER, card_for
from handlers.volunteer.showing import show_media_of
from handlers.volunteer.welcome import welcome_card
from models.asked import Asked, AskedState, Outcome, Side
from models.call import message_to_tell, told_of_hour
from models.event import TAKEN_BACK, EventKind
from models.letter import Letter
from models.lifecycle import Attention, State
from models.matching import coordinators_for
from models.person import Person
from models.reminder import Reminder, ReminderKind, ReminderState
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.event import Event

# ── a request begins ──


@hears(EventKind.SENT)
def ask_the_neighbours(turn: Turn, event: Event) -> None:
    """Whoever fits is asked."""
    ask_around(turn, _request(event))


@hears(EventKind.OFFERED, EventKind.ACCEPTED, EventKind.AGREED, EventKind.ASSIGNED)
def bring_the_two_together(turn: Turn, event: Event) -> None:
    """The resident knows who comes, or decides about it first; the others see that somebody was first."""
    request = _request(event)
    _release(turn, event)
    tell_resident(turn, request)
    if request.helper is not turn.actor:
        tell_helper(turn, request)
    if request.helper is not None and request.state is State.TAKEN:
        show_media_of(turn, request.helper, request)
        if request.helper is not turn.actor:  # they were told with the task; that they wait is not true any more
            outdate(turn, request, request.helper, OFFER)
    show_others(turn, request)
    calm(turn, request)


@hears(EventKind.PASSED)
def ask_further_when_all_said_no(turn: Turn, event: Event) -> None:
    """The last one who was asked says no: somebody else is asked at once, not only when the clock strikes."""
    request = _request(event)
    if request.state is not State.OPEN:
        return
    waiting = still_asked(request)
    if not waiting:
        ask_further(turn, request)
    elif was_on_reserve(request, event.by) and not any(was_on_reserve(request, person) for person in waiting):
        ask_again(turn, request)  # the reserve was asked first: now the others


# ── the helper changes ──


@hears(EventKind.HANDED_BACK)
def find_somebody_else(turn: Turn, event: Event) -> None:
    """The resident knows at once, the reserve is asked first, on the last day a coordinator hears of it."""
    request = _request(event)
    forget_task(turn, request, event.by)
    ask_again(turn, request)
    tell_resident(turn, request, event)
    if request.attention is Attention.HANDED_BACK:
        alert(turn, request, EventKind.HANDED_BACK)


@hears(EventKind.PUT_BACK)
def find_somebody_else_after_a_call(turn: Turn, event: Event) -> None:
    """A coordinator took the task from whoever helped, or offered to."""
    request = _request(event)
    forget_task(turn, request, event.person)
    ask_again(turn, request)
    tell_resident(turn, request, event)


@hears(EventKind.PREFERRED_OTHER)
def thank_the_former_helper(turn: Turn, event: Event) -> None:
    """The resident prefers somebody else: said kindly, without a reason; and somebody else is looked for."""
    request = _request(event)
    forget_task(turn, request, event.person)
    ask_again(turn, request)


# ── the appointment ──


@hears(EventKind.PROPOSED)
def ask_whether_the_hour_suits(turn: Turn, event: Event) -> None:
    """The resident confirms the hour."""
    tell_resident(turn, _request(event))


@hears(EventKind.CONFIRMED)
def say_that_the_hour_suits(turn: Turn, event: Event) -> None:
    """The appointment stands."""
    outdate_reminders(turn, _request(event))  # of the hour that was agreed before
    tell_helper(turn, _request(event), event)


@hears(EventKind.TIME_REFUSED)
def ask_for_another_hour(turn: Turn, event: Event) -> None:
    """The helper proposes again; who did not answer in time reads that too."""
    request = _request(event)
    if event.detail == TAKEN_BACK:
        _say_that_the_agreed_hour_stays(turn, request, event)
        return
    tell_helper(turn, request, event)
    if event.by is None:
        tell_resident(turn, request, event)


def _say_that_the_agreed_hour_stays(turn: Turn, request: Request, event: Event) -> None:
    """Who was asked about another one reads it; who was called about it hears it, in the words of the helper."""
    if not request.is_by_phone:
        tell_resident(turn, request, event)
    elif told_of_hour(turn.session, request):
        t = turn.t_for(request.resident)
        turn.session.flush()
        message_to_tell(turn.session, event, t("I come at the agreed hour after all."))
        turn.announce(request.note(EventKind.TO_CALL, turn.now))


@hears(EventKind.CHANGED)
def tell_what_changed(turn: Turn, event: Event) -> None:
    """Who helps or offered hears it; who was asked sees it on the card; who fits now is asked."""
    request, detail = _request(event), event.detail or ""
    if detail in {"moment", "place"}:
        outdate_reminders(turn, request)
    if request.state is State.TAKEN or (request.state is State.OFFERED and detail in {"moment", "place"}):
        tell_helper(turn, request, event)
    for person in others(request):
        turn.revise(person, card_for(turn.t_for(person), request, person, turn.now))
    if request.state is State.OPEN:
        ask_around(turn, request)
    if detail == "moment":
        calm(turn, request)


@hears(EventKind.EDITED)
def tell_that_the_text_is_another(turn: Turn, event: Event) -> None:
    """A coordinator changed it: the resident knows, who helps reads the new one, and the old one leaves every chat."""
    request = _request(event)
    take_the_old_text_away(turn, request)
    tell_resident(turn, request, event)
    if request.state is State.TAKEN:
        tell_helper(turn, request, event)


# ── the end ──


@hears(EventKind.REPORTED)
def ask_the_other_side(turn: Turn, event: Event) -> None:
    """One side said how it went: the other is asked too. Nobody came, or they disagree: a coordinator looks."""
    request, detail = _request(event), event.detail or ""
    outdate(turn, request, turn.actor, ASKING)
    if request.state is State.ENDED:
        tell_the_end(turn, request)
        return
    just_said = detail.endswith(f":{Outcome.NOBODY_CAME}")
    said_before = [report.outcome for report in request.reports].count(Outcome.NOBODY_CAME) > 1
    if request.attention is Attention.DISAGREED or (just_said and not said_before):
        alert(turn, request, EventKind.REPORTED)
    for side in Side:
        if request.person_on(side) is not turn.actor and request.report_of(side) is None:
            ask_unless_asked(turn, request, side)
    calm(turn, request)


@hears(EventKind.CANCELLED, EventKind.ENDED, EventKind.LAPSED)
def say_that_it_is_over(turn: Turn, event: Event) -> None:
    """Everybody concerned knows; addresses leave the chats."""
    request = _request(event)
    tell_the_end(turn, request, offered=event.person)
    if event.kind is EventKind.LAPSED:
        alert(turn, request, EventKind.LAPSED)


@hears(EventKind.ESCALATED, EventKind.SILENT)
def ask_a_coordinator_to_look(turn: Turn, event: Event) -> None:
    """Nobody was found, or nobody answers. The resident reads it too, in a message of its own: nobody sees an edit."""
    request = _request(event)
    alert(turn, request, event.kind)
    if request.state is State.OPEN and _honest_message_soon(turn, request):
        turn.revise(request.resident, request_card(turn.t_for(request.resident), request))
    elif request.state is State.OPEN:
        tell_resident(turn, request)


@hears(
    EventKind.OFFERED, EventKind.ACCEPTED, EventKind.AGREED, EventKind.ASSIGNED,
    EventKind.HANDED_BACK, EventKind.PUT_BACK, EventKind.PREFERRED_OTHER,
    EventKind.PROPOSED, EventKind.CONFIRMED, EventKind.TIME_REFUSED, EventKind.CHANGED,
    EventKind.REPORTED, EventKind.ESCALATED, EventKind.SILENT,
)  # fmt: skip
def show_who_looks_how_it_stands(turn: Turn, event: Event) -> None:
    """A coordinator who has the question open sees on it what is true now; what they have not opened is not sent.

    That it is over stands there when the address leaves it: `handlers.coordinator.leaving`.
    """
    request = _request(event)
    cards = select(Letter.person_id).where(Letter.about == about(request), Letter.card == CASE)
    for coordinator in turn.session.scalars(select(Person).where(Person.id.in_(cards)).order_by(Person.id)).all():
        if coordinator is not turn.actor and coordinator.coordinates_area(request.area):
            turn.revise(coordinator, case_card(turn.t_for(coordinator), request, turn.now))


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
    """Everything this person is in that is not over goes to a coordinator; where they alone were asked, others are."""
    person = event.person
    if person is None:
        return
    mine = or_(Request.resident_id == person.id, Request.helper_id == person.id)
    for request in turn.lock_all(select(Request).where(mine, Request.state != State.ENDED).order_by(Request.id)):
        turn.session.add(request.note(EventKind.UNREACHABLE, turn.now, attention=Attention.UNREACHABLE))
        alert(turn, request, EventKind.UNREACHABLE)
        if person is request.helper and request.state is State.TAKEN:
            tell_resident(turn, request)
    asked = select(Request).join(Asked).where(Asked.person_id == person.id, Asked.state == AskedState.ASKED)
    for request in turn.lock_all(asked.where(Request.state == State.OPEN).order_by(Request.id)):
        if not still_asked(request):
            ask_further(turn, request)


@hears(EventKind.REACHABLE)
def need_nobody_to_call(turn: Turn, event: Event) -> None:
    """They are back: where the other is not missing too, a coordinator need not call; a volunteer sees what waits."""
    person = event.person
    if person is None:
        return
    mine = or_(Request.resident_id == person.id, Request.helper_id == person.id)
    missed = select(Request).where(mine, Request.attention == Attention.UNREACHABLE)
    for request in turn.lock_all(missed.order_by(Request.id)):
        request.mind_who_is_gone()
        calm(turn, request)
        if request.attention is None and person is request.helper and request.state is State.TAKEN:
            tell_resident(turn, request)  # the last they read is that nobody can be reached
        elif request.attention is None:
            turn.revise(request.resident, request_card(turn.t_for(request.resident), request))
    if person.volunteer is not None:
        offer_what_is_open(turn, person.volunteer)


@hears(EventKind.RELINKED)
def tell_the_coordinators_who_moved(turn: Turn, event: Event) -> None:
    """Who answers for this person knows that their account is another one: it might be somebody else's."""
    person = event.person
    if person is None:
        return
    for coordinator in coordinators_for(turn.session, person.home):
        if coordinator is not person:
            turn.tell(coordinator, relinked_card(turn.t_for(coordinator), event))


def _honest_message_soon(turn: Turn, request: Request) -> bool:
    """Whether what is as good as the same is said within the hour."""
    soon = select(Reminder.id).where(Reminder.request_id == request.id, Reminder.kind == ReminderKind.WARN)
    soon = soon.where(Reminder.state == ReminderState.WAITING, Reminder.due_at <= turn.now + timedelta(hours=1))
    return turn.session.scalars(soon).first() is not None and request.resident is not turn.actor


def _request(event: Event) -> Request:
    if event.request is None:
        raise LookupError(f"the event {event.kind} is about no request")
    return event.request


def _release(turn: Turn, event: Event) -> None:
    """Who had the task before a coordinator gave it to somebody else no longer sees the address."""
    former = (event.detail or "").removeprefix("from:")
    if former.isdecimal():
        forget_task(turn, _request(event), turn.session.get(Person, int(former)))
