"""Words that may call something off: passed on alone they would tell one person, and reminders would go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.legible import plain
from bot.screen import Button
from models.asked import Side

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.request import Request

# Generous: it only puts one more button beside what people meant to do.
_OFF = r"""
      annuleer\w* | annuleren | afgezegd | afzeg\w* | zeg\s+(\w+\s+){0,2}?af | annule\w* | cancel\w*
    | stornier\w* | absag\w* | abgesagt | sage\s+(\w+\s+){0,2}?ab
"""
_CANNOT = re.compile(
    rf"""\b({_OFF}
    | kan\s+(\w+\s+){{0,4}}?niet | kom\s+(\w+\s+){{0,3}}?niet | niet\s+(kunnen\s+)?komen
    | (ge)?raak\s+er\s+(\w+\s+)?niet
    | lukt\s+(\w+\s+)?niet | niet\s+(gaan\s+)?lukken | verhinderd | ziek | ziekenhuis
    | peux\s+(\w+\s+){{0,2}}?(pas|plus) | (viens|viendrai)\s+(\w+\s+)?pas | pas\s+(pouvoir\s+)?venir
    | empechee? | malade
    | (can't|cannot|can\s+not|won't)\s+(\w+\s+){{0,2}}?(come|make|help|be\s+there) | not\s+coming | ill | sick
    | kann\s+(\w+\s+){{0,4}}?nicht | komme\s+(\w+\s+){{0,3}}?nicht | nicht\s+kommen | verhindert | krank
    )\b""",
    re.VERBOSE,
)
_NOT_NEEDED = re.compile(
    rf"""\b({_OFF}
    | niet\s+meer\s+nodig | hoeft\s+niet\s+meer | (vraag|afspraak)\s+(\w+\s+)?(stoppen|intrekken)
    | plus\s+(besoin|necessaire|la\s+peine) | (not|no\s+longer)\s+needed | don't\s+need\s+it
    | nicht\s+mehr\s+(notig|gebraucht) | brauche\s+(\w+\s+){{0,2}}nicht\s+mehr
    )\b""",
    re.VERBOSE,
)


def button_to_call_off(turn: Turn, request: Request, text: str) -> Button | None:
    """The button that tells everybody, where these words to the other side may call it off."""
    side = request.side_of(turn.person)
    if request.closed_at is not None or request.is_over(turn.now) or not may_call_off(text, side):
        return None
    if side is Side.HELPER:
        return Button(turn.t("I can't any more"), "hand_back", request.id)
    return Button(turn.t("Stop question"), "cancel", request.id)


def may_call_off(text: str, side: Side) -> bool:
    """Whether these words of this side may mean that nobody comes, or need come."""
    words = plain(text.replace("’", "'"))
    return (_CANNOT if side is Side.HELPER else _NOT_NEEDED).search(words) is not None
