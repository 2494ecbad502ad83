"""Words that may call something off: passed on alone they would tell one person, and reminders would go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.legible import plain
from handlers.resident.ending import cancel
from handlers.volunteer.helping import hand_back
from models.asked import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.screen import Screen
    from bot.turn import Turn
    from models.relay import Reader

HAND_BACK, CANCEL = "hand_back", "cancel"

# Generous: it only puts one more button below the question for whom the words are.
_CANNOT = re.compile(
    r"""\b(
      kan\s+(\w+\s+){0,4}?niet | niet\s+(kunnen\s+)?komen | lukt\s+(\w+\s+)?niet | ziek | ziekenhuis
    | peux\s+(\w+\s+){0,2}?(pas|plus) | pas\s+(pouvoir\s+)?venir | empechee? | malade
    | (can't|cannot|can\s+not|won't)\s+(\w+\s+){0,2}?(come|make|help|be\s+there) | ill | sick
    | kann\s+(\w+\s+){0,4}?nicht | nicht\s+kommen | verhindert | krank
    )\b""",
    re.VERBOSE,
)
_NOT_NEEDED = re.compile(
    r"""\b(
      niet\s+meer\s+nodig | hoeft\s+niet\s+meer | (vraag|afspraak)\s+(\w+\s+)?(stoppen|annuleren|intrekken|afzeggen)
    | annuleer\w* | afgezegd | afzeggen
    | plus\s+(besoin|necessaire|la\s+peine) | annule\w*
    | (not|no\s+longer)\s+needed | don't\s+need\s+it | cancel\w*
    | nicht\s+mehr\s+(notig|gebraucht) | brauche\s+(\w+\s+){0,2}nicht\s+mehr | stornier\w* | absag\w* | abgesagt
    )\b""",
    re.VERBOSE,
)


class WayOut(NamedTuple):
    """The button that calls it off, and its value."""

    label: str
    value: str


def way_out(turn: Turn, readers: Sequence[Reader], text: str) -> WayOut | None:
    """Where one task that goes on may be meant, the way to give it back, or to stop the question."""
    words, t = plain(text.replace("’", "'")), turn.t
    going_on = [each.request for each in readers if each.request.closed_at is None]
    if len(going_on) != 1:
        return None
    (request,) = going_on
    if request.side_of(turn.person) is Side.HELPER:
        return WayOut(t("I can't any more"), f"{HAND_BACK}-{request.id}") if _CANNOT.search(words) else None
    return WayOut(t("Stop question"), f"{CANCEL}-{request.id}") if _NOT_NEEDED.search(words) else None


def take_it(turn: Turn, chosen: str) -> Screen | None:
    """What that button asks first; `None` where another one was chosen."""
    what, _, key = chosen.partition("-")
    if what not in {HAND_BACK, CANCEL} or not key.isdecimal():
        return None
    return hand_back(turn, int(key)) if what == HAND_BACK else cancel(turn, int(key))
