"""What else words to the other side may want: that it is off, or at another hour. Passed on alone they do neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.everyone.another_moment import button_to_move
from handlers.everyone.calling_off import button_to_call_off
from models.spoken import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.screen import Button
    from bot.turn import Turn
    from models.relay import Reader
    from models.request import Request


def buttons_besides(turn: Turn, request: Request, text: str) -> list[Button]:
    """The buttons that do what these words may mean, beside those that pass them on."""
    may = button_to_call_off(turn, request, text), button_to_move(turn, request, text)
    return [button for button in may if button is not None]


def besides(turn: Turn, readers: Sequence[Reader], text: str) -> tuple[Reader | None, list[Button]]:
    """The same where one task that goes on may be meant, and to whom the words go then."""
    going_on = [each for each in readers if each.request.closed_at is None]
    if len(going_on) > 1:
        found = find(text, turn.now, turn.calendar, turn.t.language)
        said = [each for each in (found.reading.moments if found is not None else ()) if each.day is not None]
        that_day = [each for each in going_on if any(map(each.request.moment.suits, said))]
        asked = [each for each in going_on if each.request.proposed and each.request.resident is turn.person]
        going_on = that_day or asked  # the hour of which it was just asked whether it suits
    if len(going_on) != 1:
        return None, []
    return going_on[0], buttons_besides(turn, going_on[0].request, text)
