"""Saying yes, no, or "ask me if it comes free"; giving a task back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.asking import how_did_it_go
from handlers.volunteer.cards import OFFER, TASK, card_for
from models import State
from models.asked import AskedState, Side
from models.lifecycle import PROMISED
from models.person import Role
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn


@button("accept", Role.VOLUNTEER)
def accept(turn: Turn, request_id: int) -> Screen:
    """The first volunteer gets the task; who comes later sees the truth, and may join the reserve."""
    request = turn.get(Request, request_id, lock=True)
    asked = request.asked_of(turn.person)
    chosen_against = asked is not None and asked.state is AskedState.REFUSED
    if request.resident is turn.person or (request.state is State.OPEN and not chosen_against):
        turn.announce(request.offer(turn.person, turn.now))
    return card_for(turn.t, request, turn.person, turn.now)


@button("pass", Role.VOLUNTEER)
def decline(turn: Turn, request_id: int) -> Screen:
    """Not this time, or off the reserve list; who has the task gives it back with another button."""
    request = turn.get(Request, request_id, lock=True)
    asked = request.asked_of(turn.person)
    waits = asked is not None and asked.state in {AskedState.ASKED, AskedState.RESERVE}
    if waits and request.state is not State.ENDED and request.helper is not turn.person:
        turn.announce(request.decline(turn.person, turn.now))
    return card_for(turn.t, request, turn.person, turn.now)


@button("reserve", Role.VOLUNTEER)
def join_reserve(turn: Turn, request_id: int) -> Screen:
    """To be asked first when the task comes free; where it is free by now, they can have it at once."""
    request = turn.get(Request, request_id, lock=True)
    asked = request.asked_of(turn.person)
    waits = asked is not None and asked.state in {AskedState.ASKED, AskedState.PASSED} and not request.is_over(turn.now)
    if waits and request.state in PROMISED and request.helper is not turn.person:
        turn.announce(request.join_reserve(turn.person, turn.now))
    return card_for(turn.t, request, turn.person, turn.now)


@button("hand_back")
def hand_back(turn: Turn, request_id: int) -> Screen:
    """Ask once more: somebody counts on them."""
    request = turn.get(Request, request_id)
    if not _may_give_back(turn, request):
        return _how_it_stands(turn, request)
    t = turn.t
    return Screen.of(
        t("Are you sure that you cannot come? The resident is told at once, and we look for somebody else."),
        row(Button(t("Yes, give it back"), "give_back", request.id)),
        row(Button(t("No, I will come"), "task", request.id)),
    ).as_card(OFFER if request.state is State.OFFERED else TASK, about(request))


@button("give_back")
def give_back(turn: Turn, request_id: int) -> Screen:
    """They cannot come: the request is open again, and everybody concerned hears it."""
    request = turn.get(Request, request_id, lock=True)
    if not _may_give_back(turn, request):
        return _how_it_stands(turn, request)
    turn.announce(request.hand_back(turn.person, turn.now))
    return card_for(turn.t, request, turn.person, turn.now).after(turn.t("Good that you let us know."))


def _may_give_back(turn: Turn, request: Request) -> bool:
    if request.helper is not turn.person and not request.may_be_seen_by(turn.person):
        raise Refused(Reason.NOT_FOUND)
    promised = request.helper is turn.person and request.state in PROMISED
    return promised and not _over(turn, request)


def _over(turn: Turn, request: Request) -> bool:
    """Nobody else can come in time: what is left to say is how it went, and that nobody came stays to be looked at."""
    return request.state is State.TAKEN and request.is_over(turn.now)


def _how_it_stands(turn: Turn, request: Request) -> Screen:
    if request.helper is turn.person and _over(turn, request) and request.report_of(Side.HELPER) is None:
        return how_did_it_go(turn.t, request, Side.HELPER)
    return card_for(turn.t, request, turn.person, turn.now)
