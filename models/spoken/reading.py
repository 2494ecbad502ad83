"""What was understood of words about time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.moment import Moment


class Kind(StrEnum):
    """How much is known. The first six are clear: they leave nothing to be asked but what is not there yet."""

    DAY = "day"  # its part or hour is still to be asked
    DAY_PART = "day with a part of it"
    DAY_HOUR = "day with an hour"
    PART = "only a part of the day"  # the day is still to be asked
    HOUR = "only an hour"
    NO_MATTER = "does not matter"
    AMBIGUOUS = "ambiguous"  # `moments` are the readings, in order of time; ask which
    PAST = "past"
    IMPOSSIBLE = "impossible"  # no such day or hour: 31 November, 25:00, the hour that clocks skip in March
    NOT_UNDERSTOOD = "not understood"


UNCLEAR = frozenset({Kind.AMBIGUOUS, Kind.PAST, Kind.IMPOSSIBLE, Kind.NOT_UNDERSTOOD})


@dataclass(frozen=True)
class Reading:
    """`moments` holds one moment where it is clear, all readings where it is ambiguous, and nothing otherwise.

    A moment has only what was said: a day without part and hour, an hour without a day, …
    """

    kind: Kind
    moments: tuple[Moment, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether there is one moment, to be shown back."""
        return self.kind not in UNCLEAR

    @property
    def moment(self) -> Moment:
        """The one moment of a clear reading."""
        (moment,) = self.moments
        return moment

    @classmethod
    def of(cls, moments: tuple[Moment, ...]) -> Reading:
        """Of one moment, or of several between which the person chooses."""
        if len(moments) > 1:
            return cls(Kind.AMBIGUOUS, moments)
        return cls(kind_of(moments[0]), moments)


class Found(NamedTuple):
    """A moment inside a sentence. `spans` are the places of its words, from `start` up to before `end`."""

    reading: Reading
    spans: tuple[tuple[int, int], ...]

    @property
    def length(self) -> int:
        """How many letters of the sentence it is."""
        return sum(end - start for start, end in self.spans)

    def without(self, text: str) -> str:
        """The sentence without the words about time."""
        for start, end in reversed(self.spans):
            text = text[:start] + text[end:]
        return " ".join(text.split())


def kind_of(moment: Moment) -> Kind:
    """What a single moment says."""
    if moment.day is None:
        return Kind.HOUR if moment.hour is not None else Kind.PART if moment.part is not None else Kind.NO_MATTER
    if moment.hour is not None:
        return Kind.DAY_HOUR
    return Kind.DAY if moment.part is None else Kind.DAY_PART
