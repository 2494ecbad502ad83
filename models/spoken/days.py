"""Days: "overmorgen", "volgende week dinsdag", "dit weekend", "over drie dagen"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from models.spoken.grammar import Days, Known, Wish, Wishes, Wrong, rule, united
from models.spoken.lexicon import Number

CHOICES = 7  # days between which one may choose
WEEK = timedelta(days=7)
ABSORBING = "weekday week week_unit weekend feast month part day date today_part"


def _monday(known: Known, weeks: int = 0) -> date:
    return known.today - timedelta(days=known.today.weekday()) + weeks * WEEK


def _coming(known: Known, weekday: int) -> date:
    """The next one, after today."""
    return known.today + timedelta(days=(weekday - known.today.weekday() - 1) % 7 + 1)


def unless_past(known: Known, day: date) -> date | Wrong:
    """The day, where it is not over."""
    return day if day >= known.today else Wrong.PAST


# ── as they are called from today ──


@rule("day", "day_offset")
def from_today(known: Known, days: int) -> Days:
    """`morgen`, `après-demain`."""
    return (known.today + timedelta(days=days),)


@rule("day", "gone", "last weekday", "weekday last", "last week_unit", "week_unit last", "last month_unit")
@rule("day", "month_unit last", "span_days ago", "ago span_days", "last weekend", "weekend last", "span_months ago")
@rule("day", "span_minutes ago", "ago span_minutes", "ago span_months", "last feast")
def gone(known: Known, *_: object) -> Days:
    """`gisteren`, `vorige week`, `il y a trois jours`."""
    return (Wrong.PAST,)


@rule("day", "weekday")
def on_weekday(known: Known, weekdays: tuple[int, ...]) -> Days:
    """`dinsdag`: the next one; said on a Tuesday it may be today."""
    return tuple(
        day
        for weekday in weekdays
        for day in ([known.today] if weekday == known.today.weekday() else []) + [_coming(known, weekday)]
    )


@rule("day", "this weekday")
def this_weekday(known: Known, _: None, weekdays: tuple[int, ...]) -> Days:
    """`deze vrijdag`: today where it is that day."""
    return tuple(on_weekday(known, (weekday,))[0] for weekday in weekdays)


@rule("day", "coming weekday", "weekday coming", "this weekday coming")
def coming_weekday(known: Known, *said: tuple[int, ...] | None) -> Days:
    """`komende vrijdag`, `vendredi qui vient`: after today."""
    return tuple(_coming(known, weekday) for weekdays in said if weekdays for weekday in weekdays)


@rule("day", "next weekday", "weekday next")
def next_weekday(known: Known, *said: tuple[int, ...] | None) -> Days:
    """`volgende vrijdag`: the coming one, some say; the one of next week, say others."""
    weekdays = [weekday for each in said if each for weekday in each]
    next_week = _monday(known, 1)
    return united(*((_coming(known, day), next_week + timedelta(days=day)) for day in weekdays))


@rule("day", "next_but_one weekday")
def weekday_after_next(known: Known, _: None, weekdays: tuple[int, ...]) -> Days:
    """`übernächsten Montag`: a week after the next one, whichever that is."""
    return _later(next_weekday(known, weekdays), (7,))


@rule("weekday", "weekday or weekday", "weekday comma weekday")
def several_weekdays(known: Known, one: tuple[int, ...], _: None, other: tuple[int, ...]) -> tuple[int, ...]:
    """`maandag of dinsdag`."""
    return united(one, other)


# ── weeks ──


@rule("week", "next week_unit", "week_unit next", "coming week_unit", "week_unit coming")
def next_week(known: Known, *_: None) -> int:
    """`volgende week`."""
    return 1


@rule("week", "this week_unit")
def this_week(known: Known, *_: None) -> int:
    """`deze week`."""
    return 0


@rule("day", "week weekday", "week comma weekday")
def weekday_of_week(known: Known, weeks: int, *said: tuple[int, ...] | None) -> Days:
    """`volgende week dinsdag`."""
    weekdays = said[-1] or ()
    return tuple(unless_past(known, _monday(known, weeks) + timedelta(days=weekday)) for weekday in weekdays)


@rule("day", "weekday week", "weekday comma week")
def week_of_weekday(known: Known, weekdays: tuple[int, ...], *said: int | None) -> Days:
    """`mardi de la semaine prochaine`."""
    return weekday_of_week(known, said[-1] or 0, weekdays)


@rule("day", "week", cost=1)
def in_week(known: Known, weeks: int) -> Days:
    """`volgende week`: on which day?"""
    return _of_week(known, weeks, range(7))


@rule("day", "begin week", "begin week_unit", "week begin")
def begin_of_week(known: Known, *said: int | None) -> Days:
    """`begin volgende week`."""
    return _of_week(known, max(each or 0 for each in said), (0, 1))


@rule("day", "mid week", "mid week_unit", "week mid")
def middle_of_week(known: Known, *said: int | None) -> Days:
    """`midden volgende week`."""
    return _of_week(known, max(each or 0 for each in said), (2,))


@rule("day", "end week", "end week_unit", "week end")
def end_of_week(known: Known, *said: int | None) -> Days:
    """`eind van de week`: Thursday or Friday, or on Friday and later what is left of it."""
    weeks = max(each or 0 for each in said)
    days = _of_week(known, weeks, (3, 4))
    return days if days != (Wrong.PAST,) else _of_week(known, weeks, (5, 6))


@rule("day", "workdays")
def on_workdays(known: Known, _: None) -> Days:
    """`doordeweeks`: Monday to Friday, of next week where this one is over."""
    return _of_week(known, 0 if known.today.weekday() < 5 else 1, range(5))


@rule("day", "week_unit date")
def week_of_date(known: Known, _: int, dates: Days) -> Days | None:
    """`de week van 30 november`."""
    day = dates[0]
    return _of_week(known, (day - _monday(known)).days // 7, range(7)) if isinstance(day, date) else dates


@rule("day", "weekend", "this weekend", "coming weekend")
def weekend(known: Known, *_: None) -> Days:
    """`dit weekend`: Saturday or Sunday?"""
    return _of_week(known, 0, (5, 6))


@rule("day", "next weekend", "weekend next")
def next_weekend(known: Known, *_: None) -> Days:
    """`volgend weekend`: before Saturday it may be the coming one, or the one after."""
    this = () if known.today.weekday() > 4 else _of_week(known, 0, (5, 6))
    return united(this, _of_week(known, 1, (5, 6)))


@rule("day", "week weekend", "weekend week")
def weekend_of_week(known: Known, *said: int | None) -> Days:
    """`volgende week in het weekend`."""
    return _of_week(known, max(each or 0 for each in said), (5, 6))


def _of_week(known: Known, weeks: int, weekdays: range | tuple[int, ...]) -> Days:
    days = [_monday(known, weeks) + timedelta(days=each) for each in weekdays]
    return tuple(day for day in days if day >= known.today) or (Wrong.PAST,)


# ── so many days from now ──


@rule("span_days", "number day_unit", cost=1)
def days(known: Known, number: Number, _: None) -> tuple[int, ...]:
    """`drie dagen`."""
    return (number.n,)


@rule("span_days", "number week_unit")
def weeks(known: Known, number: Number, _: None) -> tuple[int, ...]:
    """`twee weken`."""
    return (number.n * 7,)


@rule("span_months", "number month_unit")
def months(known: Known, number: Number, _: None) -> int | None:
    """`twee maanden`."""
    return number.n if number.n < 100 else None


@rule("day", "in span_days", "span_days from_now", cost=1)
def in_days(known: Known, *said: tuple[int, ...] | None) -> Days:
    """`over drie dagen`."""
    return tuple(known.today + timedelta(days=days) for each in said if each for days in each)


@rule("day", "in span_months")
def in_months(known: Known, _: None, months: int) -> Days:
    """`over een maand`: the same date, or the last one of a shorter month."""
    years, month = divmod(known.today.month - 1 + months, 12)
    last = calendar.monthrange(known.today.year + years, month + 1)[1]
    return (date(known.today.year + years, month + 1, min(known.today.day, last)),)


@rule("day", "weekday in span_days")
def weekday_in_days(known: Known, weekdays: tuple[int, ...], _: None, spans: tuple[int, ...]) -> Days | None:
    """`maandag over een week`: a week after the coming one."""
    return _later(on_weekday(known, weekdays), tuple(days for days in spans if days % 7 == 0)) or None


@rule("day", "in span_days weekday")
def in_days_weekday(known: Known, _: None, spans: tuple[int, ...], weekdays: tuple[int, ...]) -> Days | None:
    """`over twee weken op maandag`: in the week that one is in then."""
    return weekday_of_week(known, spans[0] // 7, weekdays) if spans[0] % 7 == 0 else None


@rule("day", "day in span_days", "date in span_days", cost=1)
def day_in_days(known: Known, first: Days, _: None, spans: tuple[int, ...]) -> Days:
    """`vandaag over een week`."""
    return _later(first, spans)


@rule("day", "span_days from_day day", "span_days from_day date")
@rule("day", "span_days day", cost=2)
def days_from(known: Known, spans: tuple[int, ...], *said: Days | None) -> Days:
    """`a week from tomorrow`, `a week tomorrow`."""
    return _later(said[-1] or (), spans)


@rule("day", "weekday plus_week")
def weekday_plus_week(known: Known, weekdays: tuple[int, ...], weeks: int) -> Days:
    """`lundi en huit`, `Monday week`."""
    return _later(on_weekday(known, weekdays), (7 * weeks,))


@rule("day", "day plus_week", cost=1)
def day_plus_week(known: Known, first: Days, weeks: int) -> Days:
    """`demain en huit`."""
    return _later(first, (7 * weeks,))


@rule("day", "day_before day", "day_before date")
def day_before(known: Known, _: None, first: Days) -> Days:
    """`de dag voor kerst`."""
    return tuple(unless_past(known, day) if isinstance(day, date) else day for day in _later(first, (-1,)))


@rule("day", "day_after day", "day_after date")
def day_after(known: Known, _: None, first: Days) -> Days:
    """`de dag na kerst`."""
    return _later(first, (1,))


def _later(first: Days, spans: tuple[int, ...]) -> Days:
    return tuple(day + timedelta(days=n) if isinstance(day, date) else day for day in first for n in spans)


@rule("day", "day or day", "day comma day", cost=1)
def either(known: Known, one: Days, _: None, other: Days) -> Days:
    """`morgen of overmorgen`."""
    return united(one, other)


@rule("wish", "day until")
def day_at_most(known: Known, days: Days, said: str) -> Wishes | None:
    """`demain au plus tard`."""
    return before_day(known, said, days)


@rule("wish", "before day", "until day")
def before_day(known: Known, said: str | None, days: Days) -> Wishes | None:
    """`avant vendredi`, `ten laatste vrijdag`: on which of the days that are left?"""
    first = days[0]
    if known.sentence or not isinstance(first, date):
        return None
    left = (first - known.today).days + (said == "included")
    if not 0 < left <= CHOICES:
        return None
    return tuple(Wish(known.today + timedelta(days=n)) for n in range(left))


def _same(known: Known, _: None, value: object) -> object:
    return value


for _kind in ABSORBING.split():
    rule(_kind, f"noise {_kind}", cost=1)(_same)
