"""Words that may name another hour or day: passed on alone they fix nothing, and reminders keep to the old one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.dates import format_date

from bot.legible import plain
from bot.screen import Button
from handlers.resident.cards import proposal_words
from handlers.spoken import coded, objection
from models.asked import Side
from models.moment import Moment
from models.spoken import find, read

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.request import Request

_MOVES = r"""
      ander(e)?\s+(uur|dag|moment|tijdstip) | verzet\w* | verplaats\w* | verschuiv\w* | uitstel\w*
    | (later|vroeger|eerder)\s+(\w+\s+)?(komen|kunnen|afspreken)
    | autre\s+(heure|jour|moment|date) | chang\w+\s+(l'heure|d'heure|(le\s+|de\s+)?jour|(la\s+|de\s+)?date|le\s+moment)
    | (decaler|reporter|deplacer) | plus\s+(tard|tot)\s+(\w+\s+)?(venir|passer)
    | ander\w*\s+(uhrzeit|zeit|stunde|tag|termin) | verschieb\w* | verleg\w*
    | (spater|fruher)\s+(\w+\s+)?(kommen|konnen)
    | (another|different|change\s+the)\s+(time|hour|day|date|moment) | reschedule | postpone
    | (later|earlier)\s+(instead|than) | come\s+(later|earlier)
"""
_SPEAKS_OF_IT = re.compile(rf"\b({_MOVES})\b", re.VERBOSE)
# Beside a moment that is fixed, another one is meant only where it is compared: "om 16 uur komt mijn zus ook".
_RATHER = re.compile(
    rf"""\b({_MOVES} | liever | (in\s+)?plaats\s+van | later | vroeger | eerder | niet\s+om | wel\s+om
    | beter | (past|kan|kun|kunt|zou|komt?)\s+(je|u|het|jij|dat|ik|me|mij) | ik\s+(kom|ben\s+er|kan)
    | plutot | au\s+lieu | plus\s+tard | plus\s+tot | pas\s+a | prefer\w* | mieux | possible
    | (on\s+)?peut | peux | pouvez | je\s+(viens|viendrai|passe|peux)
    | lieber | statt | spater | fruher | nicht\s+um | besser | (konnen|konnten|kannst)\s+(sie|wir|du)
    | geht | ginge | passt | ich\s+(komme|kann|bin)
    | rather | instead | earlier | not\s+at | better | could | can\s+(you|we|i) | i\s+(come|can|will)\s )\b""",
    re.VERBOSE,
)


def button_to_move(turn: Turn, request: Request, text: str) -> Button | None:
    """The button that fixes what these words to the other side may mean: another moment, or the hour there was none of.

    A helper proposes; a resident chooses, and the helper can still say no.
    """
    side = request.side_of(turn.person)
    if request.closed_at is not None or request.is_over(turn.now) or request.report_of(side) is not None:
        return None
    t, words, moment = turn.t, plain(text.replace("’", "'")), _meant(turn, request, text)
    if side is Side.HELPER:
        if moment is None or moment == request.proposed or not (request.needs_hour or _RATHER.search(words)):
            return None
        return Button(t("Propose {moment}", moment=_short(turn, request, moment)), "propose", request.id, coded(moment))
    if moment is not None and moment == request.proposed:
        return Button(t("That suits me"), "confirm_time", request.id, *proposal_words(moment))
    if moment is not None and (request.needs_hour or _RATHER.search(words)):
        return Button(t("Choose {moment}", moment=_short(turn, request, moment)), "move", request.id, coded(moment))
    if _SPEAKS_OF_IT.search(words):
        return Button(t("Choose another moment"), "change", request.id, "moment")
    return None


def _meant(turn: Turn, request: Request, text: str) -> Moment | None:
    """The one day and hour that they name and that can be; an hour alone is that of the day that is spoken of."""
    found, day = find(text, turn.now, turn.calendar, turn.t.language), request.proposed_day or request.day
    said = found.reading if found is not None else read(text, turn.now, turn.calendar, turn.t.language)
    full = {Moment(each.day or day, None, each.hour) for each in said.moments if each.hour is not None}
    can_be = {each for each in full if each.day is not None and objection(turn, each) is None} - {request.moment}
    if len(can_be) > 1:
        can_be.discard(request.proposed or request.moment)  # "pas à 16h, plutôt 17h"
    return can_be.pop() if len(can_be) == 1 else None


def _short(turn: Turn, request: Request, moment: Moment) -> str:
    """`16 uur`; the date too where it is another day than the one that stands."""
    hour, day = turn.t.hour(moment.hour) if moment.hour else "", request.proposed_day or request.day
    if moment.day != day and moment.day is not None:
        hour = f"{format_date(moment.day, 'd/M', locale=turn.t.language)} {hour}"
    return hour
