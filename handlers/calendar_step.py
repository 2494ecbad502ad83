"""Choosing a day and an hour: large buttons, a small calendar of one week a page, or typed as people say it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from bot.forms import Again, Step
from bot.screen import Choice, Row, Screen, pairs, row
from handlers.spoken import (
    DAY_EXAMPLES,
    FAR,
    HOUR_EXAMPLES,
    HOURS,
    OTHER,
    READINGS,
    chosen,
    first_day,
    hear,
    objection,
    pointed_at,
    which,
)
from models.moment import Moment, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers


class MomentStep(Step, ABC):
    """A question about when: what is typed may say more than what was asked, or something else."""

    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    @abstractmethod
    def put(self, turn: Turn, answers: Answers, moment: Moment) -> None:
        """Write into the answers what is known of the moment now; without a day, part and hour it does not matter."""

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """Which of the readings, where something was typed that has several; else the question."""
        return which(turn, answers) or self.ask(turn, answers)

    @abstractmethod
    def ask(self, turn: Turn, answers: Answers) -> Screen:
        """The question with its buttons."""

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """One of the readings, something typed, or a button of the question."""
        if given.choice is None:
            moment = pointed_at(turn, answers, given.text)
            answers.pop(READINGS, None)
            moment = moment or hear(turn, answers, given.text, day_in(answers))
        else:
            moment = chosen(answers, given.choice)
            if moment is None and given.choice != OTHER:
                self.tapped(turn, answers, given.choice)
        if moment is not None:
            self.put(turn, answers, self.fitting(turn, answers, moment))

    def said(self, answers: Answers) -> tuple[Part | None, time | None]:
        """The part of the day or the hour, where it was typed before the day."""
        hour = read_hour(str(answers.get("hour", "")))
        return (None, hour) if hour is not None else (read_part(str(answers.get("part", ""))), None)

    def fitting(self, turn: Turn, answers: Answers, moment: Moment) -> Moment:
        """A day with the part or the hour that were said before it. Raises `Again` where nobody can come then."""
        if moment.day is not None and moment.part is None and moment.hour is None:
            moment = Moment(moment.day, *self.said(answers))
        if (why := objection(turn, moment)) is not None:
            raise Again(why)
        return moment

    @abstractmethod
    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        """A button of the question."""

    def turn_back(self, answers: Answers) -> bool:
        """From the readings to the question."""
        return answers.pop(READINGS, None) is not None


class DayStep(MomentStep):
    """Which day. Leaves `answers[name]` as an ISO date, or as the value of one of `others`."""

    name: ClassVar[str] = "day"

    @abstractmethod
    def question(self, turn: Turn, answers: Answers) -> str:
        """The sentence above the buttons."""

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        """More choices than days, such as "the day does not matter"."""
        return ()

    def said_before(self, turn: Turn, answers: Answers) -> str:
        """A line with the part of the day or the hour that was typed before the day; empty where there is none."""
        part, hour = self.said(answers)
        if part is None and hour is None:
            return ""
        t = turn.t
        said = t.hour(hour) if hour is not None else t.part(part or Part.ANY)
        return t("{label}: {fact}", label=t("When"), fact=said) + "\n"

    def ask(self, turn: Turn, answers: Answers) -> Screen:
        """The nearest days, or one week of the calendar."""
        week = answers.get(self._page)
        if week is not None:
            rows = self._week(turn, date.fromisoformat(week))
        else:
            near = {turn.today: turn.t("Today"), turn.today + timedelta(days=1): turn.t("Tomorrow")}
            days = [Choice(label, day) for day, label in near.items() if day >= first_day(turn)]
            rows = (*pairs(*days), row(Choice(turn.t("Another day"), f"week{turn.today + timedelta(days=2)}")))
        return Screen(self.question(turn, answers), (*rows, *(row(each) for each in self.others(turn, answers))))

    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        """A day, or another week of the calendar."""
        if choice in {each.value for each in self.others(turn, answers)}:
            answers[self.name] = choice
        elif choice == "near":
            answers.pop(self._page, None)
        elif choice.startswith("week"):
            if (week := read_iso(choice.removeprefix("week"))) is not None:
                answers[self._page] = week.isoformat()
        elif (day := read_iso(choice)) is not None:
            self.put(turn, answers, self.fitting(turn, answers, Moment(day)))
        else:
            raise Again(turn.t(DAY_EXAMPLES))

    def turn_back(self, answers: Answers) -> bool:
        """Out of the calendar, whatever week it shows, to the nearest days."""
        return super().turn_back(answers) or answers.pop(self._page, None) is not None

    @property
    def _page(self) -> str:
        return f"{self.name}_week"

    def _week(self, turn: Turn, shown: date) -> tuple[Row, ...]:
        last = turn.today + FAR
        first = max(first_day(turn), turn.today + timedelta(days=2))  # the days before have buttons of their own
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


class HourStep(MomentStep):
    """Which hour of `answers["day"]`. Leaves `answers[name]` as `14:00`, or as the value of one of `others`."""

    name: ClassVar[str] = "hour"

    @abstractmethod
    def question(self, turn: Turn, answers: Answers) -> str:
        """The sentence above the buttons."""

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        """More choices than hours."""
        return ()

    def hours(self, turn: Turn, answers: Answers) -> Sequence[time]:
        """The hours on the buttons, which are not over."""
        day = day_in(answers)
        return [hour for hour in HOURS if objection(turn, Moment(day, None, hour)) is None]

    def ask(self, turn: Turn, answers: Answers) -> Screen:
        """The hours."""
        hours = [Choice(turn.t.hour(hour), f"{hour:%H.%M}") for hour in self.hours(turn, answers)]
        return Screen(
            self.question(turn, answers), (*pairs(*hours), *(row(each) for each in self.others(turn, answers)))
        )

    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        """An hour."""
        hour = read_hour(choice)
        if hour is None:
            raise Again(turn.t(HOUR_EXAMPLES))
        self.put(turn, answers, self.fitting(turn, answers, Moment(day_in(answers), None, hour)))


def day_in(answers: Answers) -> date | None:
    """The day that is answered already."""
    return read_iso(str(answers.get("day", "")))


def read_iso(text: str) -> date | None:
    """A date as our own buttons carry it; `None` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_hour(text: str) -> time | None:
    """An hour as our own buttons (`14.30`) and answers (`14:30`) carry it; `None` for anything else."""
    try:
        return datetime.strptime(text.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007 – an hour on the wall, of no day yet
    except ValueError:
        return None


def read_part(text: str) -> Part | None:
    """A part of the day as answers carry it; `None` for anything else."""
    return Part(text) if text in set(Part) else None
