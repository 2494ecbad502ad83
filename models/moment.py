"""When help is wanted: a day with a part of it or an hour, or no day at all."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """A part of the day; `PART_HOURS` says from when to when."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    ANY = "any"


PART_HOURS = {
    Part.MORNING: (time(8), time(12)),
    Part.NOON: (time(12), time(14)),
    Part.AFTERNOON: (time(14), time(18)),
    Part.EVENING: (time(18), time(21)),
    Part.ANY: (time(8), time(21)),
}


class Moment(NamedTuple):
    """Wall-clock time as people say it. No `day`: it does not matter when. With `hour`, `part` does not count."""

    day: date | None = None
    part: Part | None = None
    hour: time | None = None

    @property
    def part_of_day(self) -> Part:
        """The part of the day, also when an hour was given."""
        if self.hour is None:
            return self.part or Part.ANY
        for part in (Part.MORNING, Part.NOON, Part.AFTERNOON):
            if self.hour < PART_HOURS[part][1]:
                return part
        return Part.EVENING

    def suits(self, said: Moment) -> bool:
        """Whether this is a moment of which one would say `said`: "Tuesday afternoon" of Tuesday at three."""
        if said.day not in {None, self.day}:
            return False
        if said.hour is not None and self.hour is not None:
            return said.hour == self.hour
        parts = {said.part_of_day, self.part_of_day}
        return self.day is None or Part.ANY in parts or len(parts) == 1
