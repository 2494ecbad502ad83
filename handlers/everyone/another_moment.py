"""Words that may name another hour or day: passed on alone they fix nothing, and reminders keep to the old one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.dates import format_date

from bot.legible import plain
from bot.screen import Button
from handlers.resident.cards import no_to_hour, proposal_words
from handlers.spoken import coded, objection
from models.asked import Side
from models.moment import Moment
from models.spoken import find, read

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.request import Request

_MOVES = r"""
      ander(e)?\s+(uur|dag|moment|tijdstip) | verzet\w* | verplaatsen | verschuiv\w* | uitstel\w*
    | (later|vroeger|eerder)\s+(\w+\s+)?(komen|kunnen|afspreken)
    | autre\s+(heure|jour|moment|date) | chang\w+\s+(l'heure|d'heure|(le\s+|de\s+)?jour|(la\s+|de\s+)?date|le\s+moment)
    | decaler | reporter | (?<!me\s)deplacer | plus\s+(tard|tot)\s+(\w+\s+)?(venir|passer)
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


# "14 uur past mij niet": the hour that is named is the one that does not suit, unless another one is preferred.
_NOT = re.compile(
    r"\b(niet|geen|pas(?!\s+om)|nicht|kein\w*|not|can't|cannot|don't|te\s+(vroeg|laat)|trop|zu\s+(fruh|spat)|too\s+(early|late))\b"
)
_INSTEAD = re.compile(
    r"\b(liever|beter|wel\s+om|plutot|mieux|prefer\w*|lieber|besser|rather|better|instead)\b(?!\s+(niet|pas|nicht|not))"
)
FEW = 5  # words: with so few an hour is all that is said


def button_to_move(turn: Turn, request: Request, text: str) -> Button | None:
    """The button that fixes what these words to the other side may mean: another moment, or the hour there was none of.

    A helper proposes; a resident chooses, and the helper can still say no.
    """
    side = request.side_of(turn.person)
    if request.closed_at is not None or request.is_over(turn.now) or request.reports:
        return None
    words = plain(text.replace("’", "'"))
    moment, against = _meant(turn, request, text), bool(_NOT.search(words) and not _INSTEAD.search(words))
    wanted = bool(_RATHER.search(words)) or (request.needs_hour and len(words.split()) <= FEW)
    if moment is not None and not against and (wanted or moment in {request.moment, request.proposed}):
        named = _to_propose if side is Side.HELPER else _to_choose
        return named(turn, request, moment)
    if side is Side.RESIDENT and moment is not None and moment == request.proposed and against:
        return Button(no_to_hour(turn.t, request), "refuse_time", request.id, *proposal_words(moment))
    if side is Side.RESIDENT and _SPEAKS_OF_IT.search(words):
        return Button(turn.t("Choose another moment"), "change", request.id, "moment")
    return None


def _to_propose(turn: Turn, request: Request, moment: Moment) -> Button | None:
    """For who helps; naming the agreed hour takes another one back."""
    if moment == request.proposed:
        return None
    t, short = turn.t, _short(turn, request, moment)
    if moment == request.moment:
        return Button(t("Keep {moment}", moment=short), "keep_hour", request.id, coded(moment))
    return Button(t("Propose {moment}", moment=short), "propose", request.id, coded(moment))


def _to_choose(turn: Turn, request: Request, moment: Moment) -> Button:
    """For who asked: yes to the proposed hour, no to it by naming the agreed one, or another one."""
    t = turn.t
    if moment == request.proposed:
        return Button(t("That suits me"), "confirm_time", request.id, *proposal_words(moment))
    if moment == request.moment and request.proposed is not None:
        return Button(no_to_hour(t, request), "refuse_time", request.id, *proposal_words(request.proposed))
    return Button(t("Choose {moment}", moment=_short(turn, request, moment)), "move", request.id, coded(moment))


def _meant(turn: Turn, request: Request, text: str) -> Moment | None:
    """The one day and hour that they name and that can be; an hour alone is that of the day that is spoken of."""
    found, day = find(text, turn.now, turn.calendar, turn.t.language), request.proposed_day or request.day
    said = found.reading if found is not None else read(text, turn.now, turn.calendar, turn.t.language)
    full = {Moment(each.day or day, None, each.hour) for each in said.moments if each.hour is not None}
    can_be = {each for each in full if each.day is not None and objection(turn, each) is None}
    if request.proposed is None or request.needs_hour:
        can_be.discard(request.moment)  # it is agreed, and nobody asked for another one
    if len(can_be) > 1:
        can_be.discard(request.proposed or request.moment)  # "pas à 16h, plutôt 17h"
    return can_be.pop() if len(can_be) == 1 else None


def _short(turn: Turn, request: Request, moment: Moment) -> str:
    """`16 uur`; on another day than the one that stands `27/11 16:00`."""
    if moment.hour is None or moment.day is None:
        return ""
    if moment.day == (request.proposed_day or request.day):
        return turn.t.hour(moment.hour)
    return f"{format_date(moment.day, 'd/M', locale=turn.t.language)} {moment.hour:%H:%M}"
