"""A call that one coordinator made: the others read who did, and do not call again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.routing import renders
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.coordinator.history import when_of
from handlers.coordinator.overview import own_case
from models import Call, Reason, Refused
from models.matching import coordinators_for

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Event


def card_of(call: Call) -> str:
    """Which card it is: of two calls about one question each has its own."""
    return f"call_{call.id}"


def leave_it_to(turn: Turn, call: Call) -> None:
    """Who acts made it: where a colleague has it open, it says so."""
    if (made := call.made) is None:
        return
    for person in coordinators_for(turn.session, call.request.area):
        if not turn.acts(person):
            turn.revise(person, _made_card(turn.t_for(person), call, made))


def called_already(t: Translator, call: Call, made: Event) -> str:
    """`An belde Maria al (24/11, 14.30 uur).`"""
    who = made.via or made.by
    return t(
        "{who} called {name} already ({when}).",
        who=(who.first_name if who else "") or t("somebody"),
        name=call.request.resident.first_name or t("somebody"),
        when=when_of(t, made, ZoneInfo(call.request.zone)),
    )


@renders("call_made")
def call_made_anew(turn: Turn, call_id: int) -> Screen:
    """The same in another language."""
    call = turn.get(Call, call_id)
    own_case(turn, call.request_id)
    if (made := call.made) is None:
        raise Refused(Reason.NOT_NOW, call.request)
    return _made_card(turn.t, call, made)


def _made_card(t: Translator, call: Call, made: Event) -> Screen:
    screen = Screen.of(called_already(t, call, made), row(Button(t("See whom to call"), "calls")))
    return screen.as_card(card_of(call), about(call.request), private=True).retold("call_made", call.id)
