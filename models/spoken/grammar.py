"""The grammar that all languages share. The rules stand in `clocks`, `stretches`, `days`, `dates` and `wishes`.

`words` says what each word may be; a rule says what neighbours make together. Where "half drie" is understood:
`words/nl.py` has `half` and the numbers, `clocks.half_of` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from models.spoken.chart import Grammar

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.calendar import Calendar
    from models.moment import Part

Each = TypeVar("Each")
GRAMMAR = Grammar()
rule = GRAMMAR.rule


@dataclass(frozen=True)
class Known:
    """What is known before a word is read. `day`: the day that is spoken of already. `sentence`: of more than time."""

    now: datetime
    today: date
    calendar: Calendar
    day: date | None = None
    sentence: bool = False


class Wrong(Enum):
    """Why there is no such day or hour."""

    PAST = "past"
    IMPOSSIBLE = "impossible"


class Clock(NamedTuple):
    """An hour of the clock; `open`: nobody said whether before or after noon."""

    hour: int
    minute: int
    open: bool


class Wish(NamedTuple):
    """What was said of one moment, piece by piece. `free`: it does not matter when."""

    day: date | Wrong | None = None
    part: Part | None = None
    clock: Clock | Wrong | None = None
    free: bool = False


Days = tuple["date | Wrong", ...]
Clocks = tuple["Clock | Wrong", ...]
Wishes = tuple[Wish, ...]


def united(*several: tuple[Each, ...]) -> tuple[Each, ...]:
    """All of them, each once, in their order."""
    return tuple(dict.fromkeys(each for some in several for each in some))
