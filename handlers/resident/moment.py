"""When: which day, and which part of it or which hour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.screen import Choice, Screen, pairs, row
from handlers.calendar_step import DayStep, HourStep
from handlers.resident.draft import ANY, HOUR, is_over, somebody_in
from models.moment import PART_HOURS, Moment, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.given import Given
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers

OTHER_DAY = "other_day"
_LABELS = {
    Part.MORNING: N_("Morning"),
    Part.NOON: N_("Noon"),
    Part.AFTERNOON: N_("Afternoon"),
    Part.EVENING: N_("Evening"),
    Part.ANY: N_("Does not matter"),
}


class WishedDayStep(DayStep):
    """Today, tomorrow, another day, or it does not matter."""

    def question(self, turn: Turn, answers: Answers) -> str:
        t = turn.t
        question = t("On which day is help needed?") if somebody_in(answers) else t("On which day would you like help?")
        return t("That moment is over now.") + "\n" + question if answers.get("over") else question

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        return [Choice(turn.t("Does not matter"), ANY)]


class PartStep(Step):
    """A part of the day, or that it is to be an hour; what is over today is not offered."""

    name = "part"
    takes = frozenset({"text"})

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("day", ANY) != ANY)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, day = turn.t, date.fromisoformat(answers["day"])
        parts = [part for part in _LABELS if not is_over(Moment(day, part), turn.now, turn.calendar)]
        if not parts:  # the dialogue was left open overnight
            return Screen.of(
                t("That day is over. Please choose another one."), row(Choice(t("Another day"), OTHER_DAY))
            )
        choices = [Choice(_label(t, part), part) for part in parts] + [Choice(t("Choose an hour"), HOUR)]
        return Screen.of(t("Which time suits you, {day}?", day=t.near_day(day, turn.today)), *pairs(*choices))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == OTHER_DAY:
            del answers["day"]
        elif given.choice == HOUR:
            answers[self.name] = HOUR
        elif given.choice is None:
            WishedHourStep().take(turn, answers, given)
            answers[self.name] = HOUR
        else:
            part = turn.pick(Part, given.choice)
            if is_over(Moment(date.fromisoformat(answers["day"]), part), turn.now, turn.calendar):
                raise Again(turn.t("That moment is over. Please choose a later one."))
            answers[self.name] = part


class WishedHourStep(HourStep):
    """Which hour, tapped or typed."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("part") == HOUR)

    def question(self, turn: Turn, answers: Answers) -> str:
        return turn.t("At what hour? Tap it, or type it like this: 14:30.")

    def show(self, turn: Turn, answers: Answers) -> Screen:
        screen = super().show(turn, answers)
        if screen.rows:
            return screen
        t = turn.t
        return Screen.of(t("There is no hour left on that day."), row(Choice(t("Another day"), OTHER_DAY)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == OTHER_DAY:
            del answers["day"], answers["part"]
            return
        super().take(turn, answers, given)


def _label(t: Translator, part: Part) -> str:
    if part is Part.ANY:
        return t(_LABELS[part])
    first, last = PART_HOURS[part]
    return f"{t(_LABELS[part])} {first.hour}–{last.hour}"
