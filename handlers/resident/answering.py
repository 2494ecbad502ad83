"""The resident's answers to who wants to help: good, rather somebody else, that hour, another hour.

Who taps late or twice sees the request as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.resident.cards import proposal_words, request_card
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.person import Person

YES = "yes"


@button("agree")
def agree(turn: Turn, request_id: int, helper_id: int) -> Screen:
    """Good: this volunteer may come."""
    request = mine(turn, request_id)
    helper = _meant(request, helper_id)
    if request.state is State.OFFERED:
        turn.announce(request.agree(turn.person, turn.now, helper))
    return request_card(turn.t, request)


@button("prefer_other")
def prefer_other(turn: Turn, request_id: int, helper_id: int, sure: str = "") -> Screen:
    """Rather somebody else; nobody asks why. Who was promised help confirms it once, for a tap is easily wrong."""
    request, t = mine(turn, request_id), turn.t
    helper = _meant(request, helper_id)
    if helper is None or request.state is State.ENDED:
        return request_card(t, request)
    if request.state is State.TAKEN and sure != YES:
        return Screen.of(
            t("Shall I look for somebody else than {name}? You need not say why.", name=helper.first_name),
            row(Button(t("Yes, look further"), "prefer_other", request.id, helper.id, YES)),
            row(Button(t("No, leave it so"), "request", request.id)),
        )
    turn.announce(request.prefer_other(turn.person, turn.now))
    return request_card(t, request).after(t("Fine. I look for somebody else."))


@button("confirm_time")
def confirm_time(turn: Turn, request_id: int, day: str, hour: str) -> Screen:
    """That suits me: the appointment stands."""
    request = mine(turn, request_id)
    if _is_proposed(request, day, hour):
        turn.announce(request.confirm(turn.person, turn.now, turn.calendar))
    return request_card(turn.t, request)


@button("refuse_time")
def refuse_time(turn: Turn, request_id: int, day: str, hour: str) -> Screen:
    """Another hour, please."""
    request = mine(turn, request_id)
    if not _is_proposed(request, day, hour):
        return request_card(turn.t, request)
    turn.announce(request.refuse_time(turn.person, turn.now))
    return request_card(turn.t, request).after(turn.t("Fine. I ask for another hour."))


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
    """A request of the person who acts; for anybody else it does not exist."""
    request = turn.get(Request, request_id, lock=True)
    if request.resident is not turn.person:
        raise Refused(Reason.NOT_FOUND)
    return request
