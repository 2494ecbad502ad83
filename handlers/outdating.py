"""Messages that were true when they were sent: what stands in the chats changes when it is not true any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.coordinator.alerts import alert_card
from handlers.coordinator.cards import standing_of, title_of
from models.asked import Side
from models.event import EventKind
from models.lifecycle import Attention
from models.matching import coordinators_for

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Translator
    from bot.turn import Turn
    from models.person import Person
    from models.request import Request

_NO_LONGER = N_("This message no longer counts.")
ALERT, ASKING, REMINDER = "alert", "asking", "reminder"  # the cards that speak of one moment


def outdate(turn: Turn, request: Request, person: Person | None, *cards: str) -> None:
    """What `person` was reminded of or asked does not count any more."""
    if person is None:
        return
    for card in cards:
        turn.retract(person, outdated_card(turn.t_for(person), request, card))


def outdated_card(t: Translator, request: Request, card: str) -> Screen:
    """What stands there instead."""
    return Screen(t(_NO_LONGER)).as_card(card, about(request)).retold("outdated", card, request.id).as_trace()


def outdate_reminders(turn: Turn, request: Request) -> None:
    """Another moment, place or helper: what both were reminded of is not true any more."""
    for side in Side:
        outdate(turn, request, request.person_on(side), REMINDER)


def calm(turn: Turn, request: Request) -> None:
    """Nobody need look at it any more: coordinators see it on the alert, or never get one that waits."""
    if request.attention is Attention.UNREACHABLE:  # one of the two is to be called still: that, and nothing older
        for person in coordinators_for(turn.session, request.area):
            turn.revise(person, alert_card(turn.t_for(person), request, EventKind.UNREACHABLE))
        return
    if request.attention is not None:
        return
    for person in coordinators_for(turn.session, request.area):
        turn.retract(person, calm_card(turn.t_for(person), request, turn.now))


def calm_card(t: Translator, request: Request, now: datetime) -> Screen:
    """How it stands, where an alert stood."""
    return Screen.of(
        "\n".join(standing_of(t, request, now)),
        row(Button(t("See the question"), "case", request.id)),
        title=title_of(t, request),
    ).as_card(ALERT, about(request))
