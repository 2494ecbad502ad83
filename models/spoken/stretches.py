"""Stretches of hours, of which one is chosen: "tussen 14 en 16 uur", "9-11u", "voor 12u"."""

from __future__ import annotations

from datetime import time

from models.moment import PART_HOURS, Part
from models.spoken.clocks import clock_of, daytime
from models.spoken.grammar import Clock, Clocks, Known, Wish, Wishes, rule
from models.spoken.lexicon import Number

NOON = time(12)
LONG_ENOUGH = 2  # hours of a part of the day, so that it can be chosen
MOST_HOURS = 6  # between which one may choose


@rule("bound", "number", "clock")
def bound(known: Known, said: Number | Clocks) -> Clock | None:
    """One end of a stretch of time."""
    clock = clock_of(said) if isinstance(said, Number) else said[0]
    return clock if isinstance(clock, Clock) and (not isinstance(said, Number) or said.digits < 3) else None


@rule("clock", "between bound and bound")
def between(known: Known, _: None, first: Clock, __: None, last: Clock) -> Clocks:
    """`tussen 14 en 16 uur`: which of the hours between them?"""
    start, end = daytime(first), daytime(last)
    hours = range(start.hour, end.hour + 1)
    if not 0 < len(hours) <= MOST_HOURS or (start.minute, end.minute) != (0, 0):
        return (first, last)
    if first.open and last.open:
        return tuple(Clock((hour - 1) % 12 + 1, 0, open=True) for hour in hours)
    return tuple(Clock(hour, 0, open=False) for hour in hours)


@rule("clock", "bound dash clock")
@rule("clock", "bound and clock", cost=2)
def stretch(known: Known, first: Clock, _: None, last: Clocks) -> Clocks | None:
    """`14-16u`, `14h à 16h`."""
    end = last[0]
    return between(known, None, first, None, end) if isinstance(end, Clock) and len(last) == 1 else None


@rule("clock", "bound and bound", cost=3)
def stretch_of_numbers(known: Known, first: Clock, _: None, last: Clock) -> Clocks | None:
    """`9 to 11`."""
    return None if known.sentence else between(known, None, first, None, last)


@rule("wish", "before clock", "until clock", "before number", "until number")
def before(known: Known, _: None, said: Clocks | Number) -> Wishes | None:
    """`voor 12u`: the parts of the day before it, or in the morning the hours."""
    clock = clock_of(said) if isinstance(said, Number) else said[0]
    if not isinstance(clock, Clock) or known.sentence:  # "voor twee uur" may be as long as it lasts
        return None
    latest = daytime(clock)
    if latest >= NOON:
        starts = {part: start.hour for part, (start, _end) in PART_HOURS.items() if part is not Part.ANY}
        return tuple(Wish(part=part) for part, start in starts.items() if start + LONG_ENOUGH <= latest.hour)
    hours = [time(hour, minute) for hour in (8, 9, 10, 11) for minute in (0, 30) if time(hour, minute) < latest]
    return tuple(Wish(clock=Clock(hour.hour, hour.minute, open=False)) for hour in hours[-MOST_HOURS:]) or None
