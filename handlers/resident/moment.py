"""When: which day, and which part of it or which hour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.forms import Again
from bot.screen import Choice, Screen, pairs, row
from handlers.calendar_step import DayStep, HourStep, MomentStep
from handlers.resident.draft import ANY, HOUR, is_over, somebody_in
from handlers.spoken import PART_LABELS
from models.moment import PART_HOURS, Moment, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers

OTHER_DAY = "other_day"


class WishStep(MomentStep):
    """One of the questions about the moment of a request."""

    def put(self, turn: Turn, answers: Answers, moment: Moment) -> None:
        """What was said; what was known before stays where nothing else was."""
        if moment == Moment():
            answers["day"] = ANY
        elif moment.day is not None:
            answers["day"] = moment.day.isoformat()
        if moment.hour is not None:
            answers |= {"part": HOUR, "hour": f"{moment.hour:%H:%M}"}
        elif moment.part is not None:
            answers["part"] = moment.part
            answers.pop("hour", None)


class WishedDayStep(WishStep, DayStep):
    """Today, tomorrow, another day, or it does not matter."""

    def question(self, turn: Turn, answers: Answers) -> str:
        t = turn.t
        question = t("On which day is help needed?") if somebody_in(answers) else t("On which day would you like help?")
        question = self.said_before(turn, answers) + question
        return t("That moment is over now.") + "\n" + question if answers.get("over") else question

    def others(self, turn: Turn, answers: Answers) -> Sequence[Choice]:
        return [Choice(turn.t("Does not matter"), ANY)]


class PartStep(WishStep):
    """A part of the day, or that it is to be an hour; what is over today is not offered."""

    name = "part"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("day", ANY) != ANY)

    def ask(self, turn: Turn, answers: Answers) -> Screen:
        t, day = turn.t, date.fromisoformat(answers["day"])
        parts = [part for part in PART_LABELS if not is_over(Moment(day, part), turn.now, turn.calendar)]
        if not parts:  # the dialogue was left open overnight
            return Screen.of(
                t("That day is over. Please choose another one."), row(Choice(t("Another day"), OTHER_DAY))
            )
        choices = [Choice(_label(t, part), part) for part in parts] + [Choice(t("Choose an hour"), HOUR)]
        near = t.near_day(day, turn.today)
        question = (
            t("Which time suits, {day}?", day=near)
            if somebody_in(answers)
            else t("Which time suits you, {day}?", day=near)
        )
        return Screen.of(question, *pairs(*choices))

    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        if choice == OTHER_DAY:
            del answers["day"]
        elif choice == HOUR:
            answers[self.name] = HOUR
        else:
            part = turn.pick(Part, choice)
            if is_over(Moment(date.fromisoformat(answers["day"]), part), turn.now, turn.calendar):
                raise Again(turn.t("That moment is over. Please choose a later one."))
            answers[self.name] = part


class WishedHourStep(WishStep, HourStep):
    """Which hour, tapped or typed."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("part") == HOUR)

    def question(self, turn: Turn, answers: Answers) -> str:
        return turn.t("At what hour? Tap it, or type it like this: 14:30.")

    def ask(self, turn: Turn, answers: Answers) -> Screen:
        screen = super().ask(turn, answers)
        if screen.rows:
            return screen
        t = turn.t
        return Screen.of(t("There is no hour left on that day."), row(Choice(t("Another day"), OTHER_DAY)))

    def tapped(self, turn: Turn, answers: Answers, choice: str) -> None:
        if choice == OTHER_DAY:
            del answers["day"], answers["part"]
            return
        super().tapped(turn, answers, choice)


def _label(t: Translator, part: Part) -> str:
    if part is Part.ANY:
        return t(PART_LABELS[part])
    first, last = PART_HOURS[part]
    return f"{t(PART_LABELS[part])} {first.hour}–{last.hour}"
