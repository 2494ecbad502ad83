"""Days and hours as people here live them: Belgian holidays, the two odd nights of summer time, quiet hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from holidays import country_holidays

from models.moment import PART_HOURS, Moment, Part


@dataclass
class Calendar:
    """Wall time of one zone. `quiet_from` to `quiet_until` is night, on free days to `quiet_until_holiday`."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Brussels"))
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    quiet_until_holiday: time = time(10)

    @cached_property
    def _holidays(self) -> dict[date, str]:
        return country_holidays("BE", language="nl")

    def at(self, day: date, hour: time) -> datetime:
        """The moment (UTC) when clocks here show `hour` on `day`; in the hour skipped in March, the one after."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def wall(self, moment: datetime) -> datetime:
        """`moment` as clocks here show it."""
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        """The date here at `moment`."""
        return self.wall(moment).date()

    def days_after(self, moment: datetime, days: int) -> datetime:
        """When clocks here show the same hour `days` later; twice a year a day has 23 or 25 hours."""
        wall = self.wall(moment)
        return self.at(wall.date() + timedelta(days=days), wall.time())

    def is_holiday(self, day: date) -> bool:
        """Whether people sleep longer: Sundays and Belgian public holidays."""
        return day.isoweekday() == 7 or day in self._holidays

    def quiet_end(self, day: date) -> datetime:
        """When night ends on the morning of `day`."""
        return self.at(day, self.quiet_until_holiday if self.is_holiday(day) else self.quiet_until)

    def quiet_start(self, day: date) -> datetime:
        """When night begins on the evening of `day`."""
        return self.at(day, self.quiet_from)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether `moment` is in the night."""
        day = self.day(moment)
        return moment < self.quiet_end(day) or moment >= self.quiet_start(day)

    def before_quiet(self, moment: datetime) -> datetime:
        """`moment`, or where that is at night half an hour before it began: people still look at their phone then."""
        if not self.is_quiet(moment):
            return moment
        day = self.day(moment)
        evening = day - timedelta(days=1) if moment < self.quiet_end(day) else day
        return self.quiet_start(evening) - timedelta(minutes=30)

    def after_quiet(self, moment: datetime) -> datetime:
        """`moment`, or where that is at night the end of it."""
        if not self.is_quiet(moment):
            return moment
        day = self.day(moment)
        return self.quiet_end(day if moment < self.quiet_end(day) else day + timedelta(days=1))

    def awake(self, moment: datetime, earliest: datetime, latest: datetime) -> datetime:
        """`moment` kept out of the night: the evening before, or where that is before `earliest` the morning after.

        Where the morning is not before `latest` either, it stays: what cannot wait breaks the night.
        """
        evening = max(self.before_quiet(moment), earliest)
        if not self.is_quiet(evening):
            return evening
        morning = self.after_quiet(moment)
        return morning if morning < latest else moment

    def bounds(self, moment: Moment, length: timedelta) -> tuple[datetime | None, datetime | None]:
        """From when to when (UTC): an hour lasts `length`, a part of the day as long as it is; no day, no bounds."""
        if moment.day is None:
            return None, None
        if moment.hour is not None:
            starts = self.at(moment.day, moment.hour)
            return starts, starts + length
        first, last = PART_HOURS[moment.part or Part.ANY]
        return self.at(moment.day, first), self.at(moment.day, last)
