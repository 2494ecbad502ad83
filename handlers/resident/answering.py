"""The resident's answers to who wants to help: good, rather somebody else, that hour, another hour.

Who taps late or twice sees the request as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.coordinator.cards import case_card
from handlers.resident.cards import proposal_words, request_card
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from datetime import datetime

    from bot.turn import Turn
    from models.person import Person

YES = "yes"


@button("agree")
def agree(turn: Turn, request_id: int, helper_id: int) -> Screen:
    """Good: this volunteer may come."""
    request = mine(turn, request_id)
    helper = _meant(request, helper_id)
    if request.state is State.OFFERED:
        turn.announce(request.agree(request.resident, turn.now, helper))
    return card_of(turn, request)


@button("prefer_other")
def prefer_other(turn: Turn, request_id: int, helper_id: int, sure: str = "") -> Screen:
    """Rather somebody else; nobody asks why. Who was promised help confirms it once, for a tap is easily wrong."""
    request, t = mine(turn, request_id), turn.t
    helper = _meant(request, helper_id)
    if helper is None or request.state is State.ENDED:
        return card_of(turn, request)
    if request.state is State.TAKEN and sure != YES:
        return Screen.of(
            t("Shall I look for somebody else than {name}? You need not say why.", name=helper.first_name),
            row(Button(t("Yes, look further"), "prefer_other", request.id, helper.id, YES)),
            row(Button(t("No, leave it so"), "request", request.id)),
        )
    turn.announce(request.prefer_other(request.resident, turn.now))
    return card_of(turn, request).after(t("Fine. I look for somebody else."))


@button("confirm_time")
def confirm_time(turn: Turn, request_id: int, day: str, hour: str) -> Screen:
    """That suits me: the appointment stands."""
    request = mine(turn, request_id)
    if _is_proposed(request, day, hour):
        turn.announce(request.confirm(request.resident, turn.now, turn.calendar))
    return card_of(turn, request)


@button("refuse_time")
def refuse_time(turn: Turn, request_id: int, day: str, hour: str) -> Screen:
    """Another hour, please."""
    request = mine(turn, request_id)
    if not _is_proposed(request, day, hour):
        return card_of(turn, request)
    turn.announce(request.refuse_time(request.resident, turn.now))
    if not request.needs_hour:
        return card_of(turn, request).after(turn.t("Fine. It stays as it was agreed."))
    return card_of(turn, request).after(turn.t("Fine. I ask for another hour. You may also choose it yourself."))


def _is_proposed(request: Request, day: str, hour: str) -> bool:
    """Whether an answer is still waited for; refuses where it is another hour than the card named."""
    if request.proposed is not None and proposal_words(request.proposed) != (day, hour):
        raise Refused(Reason.NOT_NOW, request)
    return request.proposed is not None


def _meant(request: Request, helper_id: int) -> Person | None:
    """Who helps or offered, the one whom the card named; refuses where somebody else has come since it was read."""
    if request.helper is not None and request.helper.id != helper_id:
        raise Refused(Reason.NOT_NOW, request)
    return request.helper


def mine(turn: Turn, request_id: int) -> Request:
    """A request of the person who acts; for anybody else it does not exist.

    Where the resident has no Telegram, a coordinator of the area does what they say on the phone.
    """
    request = turn.get(Request, request_id, lock=True)
    if not request.may_be_answered_by(turn.person):
        raise Refused(Reason.NOT_FOUND)
    if request.resident is not turn.person:
        turn.acting_for = request.resident
    return request


def card_of(turn: Turn, request: Request, now: datetime | None = None) -> Screen:
    """The request as it stands, for who decides about it: the resident, or the coordinator who acts for them."""
    return case_card(turn.t, request, turn.now) if turn.acting_for else request_card(turn.t, request, now)
