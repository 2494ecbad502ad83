"""How the people in a request are told: the resident, who helps, who was asked; and what must leave their chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.retelling import taken_away
from handlers.outdating import ASKING, REMINDER, calm, outdate, outdate_reminders
from handlers.resident.cards import CARD, request_card
from handlers.volunteer.cards import card_for, done_card, for_who_waits, gone_card, over_card, task_card
from models.asked import AskedState
from models.event import TAKEN_BACK, EventKind
from models.lifecycle import State

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.screen import Screen
    from bot.turn import Turn
    from models.event import Event
    from models.person import Person
    from models.request import Request

# What the helper reads above the new card.
_CHANGED = {
    "text": N_("{name} changed what is needed."),
    "moment": N_("{name} chose another moment. If you cannot come then, please give the task back."),
    "place": N_("{name} changed the place."),
    "phone": N_("{name} changed the phone number."),
}
_OFFERED = {  # before acceptance nobody is named
    "moment": N_("The resident chose another moment."),
    "place": N_("The resident chose another place."),
}
_ANSWERED = {
    EventKind.CONFIRMED: N_("The hour suits {name}."),
    EventKind.TIME_REFUSED: N_("The hour does not suit {name}."),
    EventKind.EDITED: N_("The coordinator changed what is needed."),
}
# What the resident reads above the new card.
_HAPPENED = {
    EventKind.HANDED_BACK: N_("{name} cannot come after all."),
    EventKind.PUT_BACK: N_("{name} does not come after all."),
    EventKind.EDITED: N_("The coordinator changed the text of your question."),
    EventKind.TIME_REFUSED: N_("The hour that {name} proposed is over."),
}
KEEPS = N_("{name} comes at the agreed hour after all.")
STAYS = N_("The other hour does not suit {name}: it stays as it was agreed.")
NO_ANSWER = N_("{name} did not answer before the hour that you proposed.")


def others(request: Request) -> list[Person]:
    """Who was asked and may still see it, the helper apart."""
    open_to = {AskedState.ASKED, AskedState.PASSED, AskedState.RESERVE}
    asked = [each.person for each in request.asked if each.state in open_to and each.person is not request.helper]
    return [person for person in asked if request.may_be_seen_by(person)]


def tell_resident(turn: Turn, request: Request, event: Event | None = None) -> None:
    """The live card anew; what happened may stand above it."""
    resident = request.resident
    if resident is not turn.actor:
        card = resident_news(turn.t_for(resident), request, event)
        turn.tell(resident, card, urgent=request.is_urgent(turn.now))


def tell_helper(turn: Turn, request: Request, event: Event | None = None) -> None:
    """The card anew; what happened may stand above it."""
    helper = request.helper
    if helper is not None:
        card = helper_news(turn.t_for(helper), request, event)
        turn.tell(helper, card, urgent=request.is_urgent(turn.now))


def resident_news(t: Translator, request: Request, event: Event | None) -> Screen:
    """What the resident reads when `event` has happened."""
    card = request_card(t, request)
    if event is None or event.kind not in _HAPPENED:
        return card
    former, what = event.by if event.kind is EventKind.HANDED_BACK else event.person, _HAPPENED[event.kind]
    if event.kind is EventKind.TIME_REFUSED:
        former, what = event.by or request.helper, KEEPS if event.detail == TAKEN_BACK else what
        if former is not request.helper:  # somebody else helps since then, and the card says who
            return card
    why = t(what, name=former.first_name if former else "")
    if former is not None and former.erased_at is not None:
        why = t("Your helper cannot come after all.")
    return card.after(why).retold(CARD, request.id, event.id)


def helper_news(t: Translator, request: Request, event: Event | None) -> Screen:
    """What the helper reads when `event` has happened."""
    card, why = task_card(t, request), ""
    if event is not None and request.state is State.TAKEN:
        why = _answer_of(request, event) or _CHANGED.get(event.detail or "", "")
    elif event is not None and request.state is State.OFFERED:
        why = _OFFERED.get(event.detail or "", "")
    if event is None or not why:
        return card
    return card.after(t(why, name=request.resident.first_name)).retold(card.card, request.id, event.id)


def _answer_of(request: Request, event: Event) -> str | None:
    if event.kind is EventKind.TIME_REFUSED and event.by is None:
        return NO_ANSWER
    if event.kind is EventKind.TIME_REFUSED and not request.needs_hour:
        return STAYS
    return _ANSWERED.get(event.kind)


def show_others(turn: Turn, request: Request) -> None:
    """For all others the card changes in silence; who has not read it yet is not troubled at all."""
    for person in others(request):
        if person is not turn.actor:
            turn.retract(person, card_for(turn.t_for(person), request, person, turn.now))


def close_for_others(turn: Turn, request: Request) -> None:
    """The moment is over: who was only asked keeps no card of it, who is on the reserve list need not wait any more."""
    if not request.is_over(turn.now):
        return
    for person in others(request):
        card = card_for(turn.t_for(person), request, person, turn.now)
        turn.retract(person, for_who_waits(request, person, card))


def forget_task(turn: Turn, request: Request, former: Person | None) -> None:
    """A former helper no longer sees name and address; who did not hand back themselves is told."""
    outdate_reminders(turn, request)
    if former is None:
        return
    outdate(turn, request, former, REMINDER, ASKING)
    _take_away(turn, request, former, gone_card(turn.t_for(former), request))
    if former is not turn.actor:
        turn.withdraw_earlier(former, request)


def tell_the_end(turn: Turn, request: Request, offered: Person | None = None) -> None:
    """The request is over: both sides know, and every open card says so. `offered`: who waited for the resident."""
    tell_resident(turn, request)
    outdate(turn, request, request.resident, REMINDER, ASKING)
    helper = request.helper if request.taken_at is not None else None
    if helper is not None:
        outdate(turn, request, helper, REMINDER, ASKING)
        _take_away(turn, request, helper, done_card(turn.t_for(helper), request))
    elif offered is not None:
        turn.tell(offered, gone_card(turn.t_for(offered), request), urgent=request.is_urgent(turn.now))
        turn.withdraw_earlier(offered, request)
    for person in others(request):
        if person is not offered:
            turn.retract(person, over_card(turn.t_for(person), request, person))
    calm(turn, request)


def _take_away(turn: Turn, request: Request, person: Person, card: Screen) -> None:
    """Address and numbers leave the chat; whoever acts sees on the screen what is true now, others are told."""
    turn.withdraw(person, request, taken_away(turn.t_for(person)))
    if person is not turn.actor:
        turn.tell(person, card, urgent=request.is_urgent(turn.now))
