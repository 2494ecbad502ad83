"""Choosing a day and an hour: large buttons, a small calendar of one week a page, or typed like `24/12` and `14u30`."""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from babel.dates import get_day_names, get_month_names

from bot.forms import Again, Step
from bot.i18n import languages
from bot.screen import Choice, Row, Screen, pairs, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FAR = timedelta(days=92)  # nobody knows three months ahead whether they will need it
HOURS = tuple(time(hour) for hour in range(8, 21))
LAST_HOUR = HOURS[-1]
EARLIEST, LATEST = time(7), time(21)  # before and after nobody comes; "2" is a slip for "14"
_HOUR = "uur|uhr|u|h|o'clock"


class DayStep(Step):
    """Which day. Leaves `answers[name]` as an ISO date, or as the value of one of `others`."""

    name: ClassVar[str] = "day"
    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    @abstractmethod
    def question(self, turn: Turn, answers: Answers) -> str:
        """The sentence above the buttons."""

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        """More choices than days, such as "the day does not matter"."""
        return ()

    def first(self, turn: Turn) -> date:
        """The first day that can be chosen: today, as long as something can still happen today."""
        return turn.today + timedelta(days=turn.calendar.wall(turn.now).time() >= LAST_HOUR)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """The nearest days, or one week of the calendar."""
        week = answers.get(self._page)
        if week is not None:
            rows = self._week(turn, date.fromisoformat(week))
        else:
            near = {turn.today: turn.t("Today"), turn.today + timedelta(days=1): turn.t("Tomorrow")}
            days = [Choice(label, day) for day, label in near.items() if day >= self.first(turn)]
            rows = (*pairs(*days), row(Choice(turn.t("Another day"), f"week{turn.today + timedelta(days=2)}")))
        return Screen(self.question(turn, answers), (*rows, *(row(each) for each in self.others(turn, answers))))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """A day, another week of the calendar, or a day that was typed."""
        chosen = given.choice
        if chosen is not None and chosen in {each.value for each in self.others(turn, answers)}:
            answers[self.name] = chosen
            return
        if chosen == "near":
            answers.pop(self._page, None)
            return
        if chosen is not None and chosen.startswith("week"):
            if (week := read_iso(chosen.removeprefix("week"))) is not None:
                answers[self._page] = week.isoformat()
            return
        day = read_iso(chosen) if chosen is not None else read_day(given.text, turn.today)
        if day is None:
            raise Again(turn.t("I do not know that day. Tap a button, or type it like this: 24/12."))
        if day < self.first(turn):
            raise Again(turn.t("That day is over. Please choose a later one."))
        if day > turn.today + FAR:
            raise Again(turn.t("That is very far away. Please choose a day in the next three months."))
        answers[self.name] = day.isoformat()

    def turn_back(self, answers: Answers) -> bool:
        """Out of the calendar, whatever week it shows, to the nearest days."""
        return answers.pop(self._page, None) is not None

    @property
    def _page(self) -> str:
        return f"{self.name}_week"

    def _week(self, turn: Turn, shown: date) -> tuple[Row, ...]:
        first, last = self.first(turn), turn.today + FAR
        monday = min(max(shown, first), last)
        monday -= timedelta(days=monday.weekday())
        days = [day for day in (monday + timedelta(days=n) for n in range(7)) if first <= day <= last]
        turning = []
        if monday > first:
            turning.append(Choice(turn.t("Week earlier"), f"week{monday - timedelta(days=7)}"))
        else:
            turning.append(Choice(turn.t("Today or tomorrow"), "near"))
        if monday + timedelta(days=7) <= last:
            turning.append(Choice(turn.t("Week later"), f"week{monday + timedelta(days=7)}"))
        return (*pairs(*(Choice(turn.t.short_day(day), day) for day in days)), row(*turning))


class HourStep(Step):
    """Which hour of `answers["day"]`. Leaves `answers[name]` as `14:00`, or as the value of one of `others`."""

    name: ClassVar[str] = "hour"
    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    @abstractmethod
    def question(self, turn: Turn, answers: Answers) -> str:
        """The sentence above the buttons."""

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        """More choices than hours."""
        return ()

    def hours(self, turn: Turn, answers: Answers) -> Sequence[time]:
        """The hours on the buttons, which are not over."""
        return [hour for hour in HOURS if not self._over(turn, answers, hour)]

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """The hours."""
        hours = [Choice(turn.t.hour(hour), f"{hour:%H.%M}") for hour in self.hours(turn, answers)]
        return Screen(
            self.question(turn, answers), (*pairs(*hours), *(row(each) for each in self.others(turn, answers)))
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """An hour, tapped or typed."""
        if given.choice is not None and given.choice in {each.value for each in self.others(turn, answers)}:
            answers[self.name] = given.choice
            return
        hour = read_hour(given.choice or given.text)
        if hour is None:
            raise Again(turn.t("I do not know that hour. Tap a button, or type it like this: 14:30."))
        if not EARLIEST <= hour <= LATEST:
            raise Again(turn.t("Please choose an hour between 7 and 21. Two in the afternoon is 14."))
        if self._over(turn, answers, hour):
            raise Again(turn.t("That hour is over. Please choose a later one."))
        answers[self.name] = f"{hour:%H:%M}"

    def _over(self, turn: Turn, answers: Answers, hour: time) -> bool:
        day = read_iso(str(answers.get("day", "")))
        return day is not None and turn.calendar.at(day, hour) <= turn.now


def read_iso(text: str) -> date | None:
    """A date as our own buttons carry it; `None` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_day(text: str, today: date) -> date | None:
    """A typed day, in any of our languages: `24/12`, `24 december`, `dinsdag`; the next one there is."""
    words = text.strip().casefold().rstrip(".")
    if (weekday := _names("days").get(words)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = re.fullmatch(r"(?:\w+ )?(\d{1,2})[-/. ]+(\d{1,2}|[^\W\d]+)(?:[-/. ]+(\d{4}))?", words)
    if found is None:
        return None
    month = int(found[2]) if found[2].isdecimal() else _names("months").get(found[2], 0)
    for year in [int(found[3])] if found[3] else [today.year, today.year + 1]:
        try:
            day = date(year, month, int(found[1]))
        except ValueError:
            continue
        if day >= today or found[3]:
            return day
    return None


def read_hour(text: str) -> time | None:
    """A typed hour: `14`, `14u`, `14u30`, `14.30`, `14:30`, `14h30`, `14 uur`."""
    found = re.fullmatch(rf"(\d{{1,2}})(?:\s*(?:[:.]|{_HOUR})\s*([0-5]\d)?(?:\s*(?:{_HOUR}))?)?", _plain(text))
    if found is None or int(found[1]) > 23:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _plain(text: str) -> str:
    return text.strip().casefold().rstrip(".")


def _names(kind: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in languages():
        for width in ("wide", "abbreviated"):
            names = get_day_names(width, locale=language) if kind == "days" else get_month_names(width, locale=language)
            found |= {_plain(name): number for number, name in names.items()}
    return found
