"""What the bot began, shown anew in another language: as it is true now, and only to who may still see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.retelling import account_left, taken_away
from bot.routing import renders
from handlers.asking import how_did_it_go
from handlers.clock.reminding import reminder_card
from handlers.clock.searching import nobody_yet
from handlers.coordinator.alerts import alert_card
from handlers.coordinator.call_alerts import ALERT as CALLS
from handlers.coordinator.call_alerts import call_alert
from handlers.coordinator.calls import waiting_for
from handlers.coordinator.cards import applicant_card, case_card
from handlers.coordinator.overview import own_case, own_volunteer
from handlers.outdating import ALERT, ASKING, REMINDER, calm_card, outdated_card
from handlers.resident.answering import mine
from handlers.resident.cards import CARD as REQUEST
from handlers.telling import helper_news, resident_news
from handlers.volunteer.cards import OFFER, TASK, card_for, gone_card
from handlers.volunteer.welcome import DECISION, welcome_card
from models.event import Event, EventKind
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request
from models.volunteer import Volunteer

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn


# ── resident and helper ──


@renders(REQUEST)
def request_anew(turn: Turn, request_id: int, event_id: int = 0) -> Screen:
    """The card of who asked."""
    request = mine(turn, request_id)
    return resident_news(turn.t, request, _event(turn, request, event_id))


@renders("nobody_yet")
def nobody_yet_anew(turn: Turn, request_id: int) -> Screen:
    """The honest message; somebody may have been found since."""
    request = mine(turn, request_id)
    return nobody_yet(turn.t, request) if request.state is State.OPEN else resident_news(turn.t, request, None)


@renders(OFFER)
@renders(TASK)
def task_anew(turn: Turn, request_id: int, event_id: int = 0) -> Screen:
    """The card of who helps, helped, or was only asked: a former helper sees neither name nor address."""
    request = turn.get(Request, request_id)
    if turn.person is not request.helper:
        return card_for(turn.t, request, turn.person, turn.now)
    if request.state is State.ENDED and request.taken_at is None:  # they only offered
        return gone_card(turn.t, request)
    return helper_news(turn.t, request, _event(turn, request, event_id))


@renders(REMINDER)
def reminder_anew(turn: Turn, request_id: int) -> Screen:
    """The reminder, as long as there is an appointment to remind of."""
    request, going_on = _between_two(turn, request_id)
    if not going_on or request.starts_at is None or request.starts_at <= turn.now:
        return _standing(turn, request)
    return reminder_card(turn.t, request, request.side_of(turn.person), turn.today)


@renders(ASKING)
def question_anew(turn: Turn, request_id: int) -> Screen:
    """How did it go? Unless they said so."""
    request, going_on = _between_two(turn, request_id)
    if not going_on or request.report_of(request.side_of(turn.person)) is not None:
        return _standing(turn, request)
    return how_did_it_go(turn.t, request, request.side_of(turn.person))


@renders("outdated")
def outdated_anew(turn: Turn, card: str, request_id: int) -> Screen:
    """It says nothing more than that it no longer counts."""
    if card not in {ASKING, REMINDER, OFFER}:
        raise Refused(Reason.NOT_FOUND)
    request, _ = _between_two(turn, request_id)
    return outdated_card(turn.t, request, card)


@renders("taken_away")
def taken_away_anew(turn: Turn) -> Screen:
    """Nothing is left of it."""
    return taken_away(turn.t)


@renders("account_left")
def account_left_anew(turn: Turn) -> Screen:
    """It names nobody, and whoever has that account may read it."""
    return account_left(turn.t, turn.settings.phone)


# ── volunteers and coordinators ──


@renders(DECISION)
def decision_anew(turn: Turn, volunteer_id: int) -> Screen:
    """What a coordinator decided about who wants to help."""
    volunteer = turn.get(Volunteer, volunteer_id)
    if volunteer.person is not turn.person:
        raise Refused(Reason.NOT_FOUND)
    return welcome_card(turn.t, volunteer)


@renders("applicant")
def applicant_anew(turn: Turn, volunteer_id: int) -> Screen:
    """Who wants to be a volunteer."""
    return applicant_card(turn.t, own_volunteer(turn, volunteer_id))


@renders("case")
def case_anew(turn: Turn, request_id: int) -> Screen:
    """A request with its history."""
    return case_card(turn.t, own_case(turn, request_id), turn.now)


@renders(ALERT)
def alert_anew(turn: Turn, request_id: int, kind: str = "") -> Screen:
    """Why a coordinator should look; or how it stands, where nobody need look any more."""
    request = own_case(turn, request_id)
    found = turn.pick(EventKind, kind) if kind else None
    to_call = request.attention is not None or found is EventKind.LAPSED
    if found is None or not to_call:
        return calm_card(turn.t, request, turn.now)
    return alert_card(turn.t, request, found)


@renders(CALLS)
def calls_anew(turn: Turn) -> Screen:
    """How many calls wait now."""
    return call_alert(turn.t, len(waiting_for(turn)))


# ── everybody ──


@renders("form")
def question_of_the_dialogue(turn: Turn, token: str) -> Screen:
    """The present question."""
    dialogue = turn.dialogue
    if dialogue is None or dialogue.row.token != token:
        raise Refused(Reason.EXPIRED)
    return dialogue.screen()


def _between_two(turn: Turn, request_id: int) -> tuple[Request, bool]:
    """A request that this person asked or may see as a volunteer; and whether they are one of the two in it now."""
    request = turn.get(Request, request_id)
    if turn.person is not request.resident and turn.person is not request.helper:
        card_for(turn.t, request, turn.person, turn.now)  # refuses who was never asked
        return request, False
    return request, request.state is State.TAKEN


def _standing(turn: Turn, request: Request) -> Screen:
    """How it stands now."""
    if turn.person is request.resident:
        return resident_news(turn.t, request, None)
    return card_for(turn.t, request, turn.person, turn.now)


def _event(turn: Turn, request: Request, event_id: int) -> Event | None:
    """What happened to `request`; nothing of another one."""
    event = turn.session.get(Event, event_id) if event_id else None
    return event if event is not None and event.request is request else None
