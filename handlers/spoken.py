"""A moment typed in a dialogue: understood, kindly asked again, or shown as buttons where it can mean several."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

from bot.forms import Again
from bot.i18n import N_
from bot.screen import Choice, Screen, pairs, row
from models.moment import Moment, Part
from models.spoken import Kind, Reading, read

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.form import Answers

FAR = timedelta(days=92)  # nobody knows three months ahead whether they will need it
HOURS = tuple(time(hour) for hour in range(8, 21))
LAST_HOUR = HOURS[-1]
EARLIEST, LATEST = time(7), time(21)  # before and after nobody comes
READINGS = "readings"  # in the answers: what was typed can mean these
OTHER = "other_moment"
_MARK = "at"  # a choice between readings begins with it

PART_LABELS = {
    Part.MORNING: N_("Morning"),
    Part.NOON: N_("Noon"),
    Part.AFTERNOON: N_("Afternoon"),
    Part.EVENING: N_("Evening"),
    Part.ANY: N_("Does not matter"),
}
DAY_EXAMPLES = N_("I do not understand when that is. Tap a button, or type for example: tomorrow at 14:30, or Friday.")
HOUR_EXAMPLES = N_("I do not understand that hour. Tap a button, or type for example: 14:30, or half past two.")


def hear(turn: Turn, answers: Answers, text: str, day: date | None = None) -> Moment | None:
    """The moment that was typed; `None` where it can mean several, which `answers` then hold. Raises `Again`.

    `day`: the day that is spoken of already, which an hour alone belongs to.
    """
    t, reading = turn.t, read(text, turn.now, turn.calendar, turn.t.language, day)
    if reading.kind is Kind.NOT_UNDERSTOOD:
        raise Again(t(HOUR_EXAMPLES if day else DAY_EXAMPLES))
    if reading.kind is Kind.PAST:
        raise Again(t("That moment is over. Please choose a later one."))
    if reading.kind is Kind.IMPOSSIBLE:
        raise Again(t("There is no such day or hour. Type it differently, or tap a button."))
    return fitting(turn, answers, reading)


def fitting(turn: Turn, answers: Answers, reading: Reading) -> Moment | None:
    """The moment of a reading; `None` where several suit, which `answers` then hold. Raises `Again` where none does."""
    suiting = [moment for moment in reading.moments if objection(turn, moment) is None]
    if not suiting:
        raise Again(objection(turn, reading.moments[0]) or "")
    if len(suiting) > 1:
        answers[READINGS] = [coded(moment) for moment in suiting]
        return None
    return suiting[0]


def objection(turn: Turn, moment: Moment) -> str | None:
    """Why nobody can come then, in a sentence; `None` where it suits."""
    t = turn.t
    if moment.hour is not None and not EARLIEST <= moment.hour <= LATEST:
        return t("Please choose an hour between 7 and 21. Two in the afternoon is 14.")
    if moment.day is None:
        return None
    if moment.day < first_day(turn):
        return t("That day is over. Please choose a later one.")
    if moment.day > turn.today + FAR:
        return t("That is very far away. Please choose a day in the next three months.")
    if moment.hour is not None and turn.calendar.at(moment.day, moment.hour) <= turn.now:
        return t("That hour is over. Please choose a later one.")
    last = turn.calendar.bounds(moment, timedelta(0))[1]
    if moment.part is not None and last is not None and last <= turn.now:
        return t("That moment is over. Please choose a later one.")
    return None


def first_day(turn: Turn) -> date:
    """The first day that can be chosen: today, as long as something can still happen today."""
    return turn.today + timedelta(days=turn.calendar.wall(turn.now).time() >= LAST_HOUR)


def readings(answers: Answers) -> list[Moment]:
    """What was typed can mean these; empty where nothing is to be asked about it."""
    return [moment for code in answers.get(READINGS, ()) if (moment := decoded(code)) is not None]


def pointed_at(turn: Turn, answers: Answers, text: str) -> Moment | None:
    """The one of the readings that was typed: its number, or what only it says ("de 26ste", "half drie")."""
    moments, typed = readings(answers), text.strip()
    if typed.isdecimal() and 0 < int(typed) <= len(moments):
        return moments[int(typed) - 1]
    said = read(text, turn.now, turn.calendar, turn.t.language).moments
    meant = [moment for moment in moments if any(_says_no_other(each, moment) for each in said)]
    return meant[0] if len(meant) == 1 else None


def _says_no_other(said: Moment, moment: Moment) -> bool:
    return said != Moment() and all(mine in {None, other} for mine, other in zip(said, moment, strict=True))


def which(turn: Turn, answers: Answers) -> Screen | None:
    """The readings of what was typed, as buttons; `None` where nothing is to be asked."""
    moments = readings(answers)
    if not moments:
        return None
    t = turn.t
    choices = [Choice(_label(turn, moment), coded(moment)) for moment in moments]
    narrow = all(moment.day is None or not _hour_or_part(turn, moment) for moment in moments)
    rows = pairs(*choices) if narrow else tuple(row(choice) for choice in choices)
    return Screen.of(t("Which moment do you mean?"), *rows, row(Choice(t("Another moment"), OTHER)))


def chosen(answers: Answers, value: str) -> Moment | None:
    """The reading that was tapped; `None` where something else was."""
    answers.pop(READINGS, None)
    return decoded(value)


def _label(turn: Turn, moment: Moment) -> str:
    """`donderdag 26 nov`, `14 uur`, `do 26/11 14 uur`: short enough for a button."""
    t, when = turn.t, _hour_or_part(turn, moment)
    if moment.day is None:
        return when
    if not when:
        return t.short_day(moment.day)
    return f"{format_date(moment.day, 'EEE d/M', locale=t.language)} {when}"


def _hour_or_part(turn: Turn, moment: Moment) -> str:
    if moment.hour is not None:
        return turn.t.hour(moment.hour)
    return turn.t(PART_LABELS[moment.part]) if moment.part and (moment.part is not Part.ANY or not moment.day) else ""


def coded(moment: Moment) -> str:
    """A moment as a button carries it: `at2026-11-26.1400`, `at.morning`."""
    when = f"{moment.hour:%H%M}" if moment.hour is not None else moment.part or ""
    return f"{_MARK}{moment.day or ''}.{when}"


def decoded(code: str) -> Moment | None:
    """The same, the other way round; `None` for anything else."""
    day, dot, when = code.removeprefix(_MARK).partition(".")
    if not code.startswith(_MARK) or not dot or not (day or when):
        return None
    try:
        on = date.fromisoformat(day) if day else None
        if when.isdecimal():
            return Moment(on, None, datetime.strptime(when, "%H%M").time())  # noqa: DTZ007 – an hour on the wall
        return Moment(on, Part(when) if when else None)
    except ValueError:
        return None
