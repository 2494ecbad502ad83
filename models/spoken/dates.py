"""Dates: "25/11", "25 november", "December 3rd", "de 25ste", "Pinkstermaandag"."""

from __future__ import annotations

import calendar
from datetime import date

from models.spoken.days import on_weekday, unless_past
from models.spoken.feasts import feasts, next_feast
from models.spoken.grammar import Days, Known, Wish, Wishes, Wrong, rule, united
from models.spoken.lexicon import Number

LONG_AGO = 183  # days: a date without its year that is over for less was meant as it stands, and is past


def _date(known: Known, day: int, month: int, year: int | None = None) -> date | Wrong:
    """The date; without a year the nearest one, which may just be over."""
    try:
        if year is not None:
            return unless_past(known, date(year if year > 99 else 2000 + year, month, day))
        if (month, day) == (2, 29):
            year = next(each for each in range(known.today.year, known.today.year + 9) if calendar.isleap(each))
            return unless_past(known, date(year, 2, 29))
        this_year = date(known.today.year, month, day)
    except ValueError:
        return Wrong.IMPOSSIBLE
    if this_year >= known.today:
        return this_year
    next_year = this_year.replace(year=known.today.year + 1)
    return next_year if (known.today - this_year).days > LONG_AGO else Wrong.PAST


@rule("date", "number month", "ordinal month", "number dot month")
def of_month(known: Known, day: Number | int, *month: int | None) -> Days:
    """`25 november`, `3. Dezember`."""
    return (_date(known, day.n if isinstance(day, Number) else day, month[-1] or 0),)


@rule("date", "month number", "month ordinal")
def month_first(known: Known, month: int, day: Number | int) -> Days | None:
    """`December 3rd`."""
    number = day.n if isinstance(day, Number) else day
    return (_date(known, number, month),) if number < 100 else None


@rule("date", "number month number", "ordinal month number", "number dot month number")
def of_month_and_year(known: Known, day: Number | int, *rest: int | Number | None) -> Days | None:
    """`25 november 2026`."""
    *_, month, year = rest
    if not isinstance(month, int) or not isinstance(year, Number) or year.digits != 4:
        return None
    return (_date(known, day.n if isinstance(day, Number) else day, month, year.n),)


@rule("date", "month number number", "month ordinal number", "month number comma number", "month ordinal comma number")
def month_first_and_year(known: Known, month: int, day: Number | int, *rest: Number | None) -> Days | None:
    """`December 3rd, 2026`."""
    return of_month_and_year(known, day, month, rest[-1])


@rule("date", "number slash number")
def with_slash(known: Known, day: Number, _: None, month: Number) -> Days | None:
    """`25/11`; in a sentence `1/2` is a half."""
    if max(day.digits, month.digits) > 2 or (known.sentence and day.digits + month.digits < 3):
        return None
    return (_date(known, day.n, month.n),)


@rule("date", "number dot number", "number dot number dot")
def with_dot(known: Known, day: Number, _: None, month: Number, *end: None) -> Days | None:
    """`25.11.`; where it cannot be a date, or a day is spoken of already, it may be an hour."""
    digits = day.digits + month.digits
    is_hour = known.day is not None and not end and month.digits == 2 and day.n < 24
    if not 1 <= month.n <= 12 or digits > 4 or (known.sentence and digits < 3) or is_hour:
        return None
    return (_date(known, day.n, month.n),)


@rule("date", "number dash number", cost=1)
def with_dash(known: Known, day: Number, _: None, month: Number) -> Days | None:
    """`25-11`; in a sentence it may be "2-3 dozen"."""
    if known.sentence or max(day.digits, month.digits) > 2 or not 1 <= month.n <= 12:
        return None
    return (_date(known, day.n, month.n),)


@rule("date", "number slash number slash number", "number dot number dot number", "number dash number dash number")
def with_year(known: Known, day: Number, _: None, month: Number, __: None, year: Number) -> Days | None:
    """`25/11/2026`, `2026-11-25`."""
    if day.digits == 4:
        day, year = year, day
    return (_date(known, day.n, month.n, year.n),) if year.digits in {2, 4} and day.digits < 3 else None


@rule("date", "feast")
def on_feast(known: Known, name: str) -> Days:
    """`Pinkstermaandag`."""
    return (next_feast(name, known.today),)


@rule("date", "feast number")
def on_feast_of(known: Known, name: str, year: Number) -> Days | None:
    """`kerstmis 2026`."""
    return (unless_past(known, feasts(year.n)[name]),) if year.digits == 4 and 2000 <= year.n < 2100 else None


@rule("date", "ordinal", "the ordinal", cost=1)
@rule("date", "the number", "number dot", "the number dot", cost=3)
def on_day_of_month(known: Known, *said: Number | int | None) -> Days | None:
    """`de 25ste`, `le 28`: in this month, or the next one that has it. In a sentence `de 2de` may be a floor."""
    day = next((each.n if isinstance(each, Number) else each for each in said if each is not None), 0)
    if any(isinstance(each, Number) and each.digits not in {1, 2} for each in said) or (known.sentence and day < 10):
        return None
    for ahead in range(4):
        years, month = divmod(known.today.month - 1 + ahead, 12)
        try:
            found = date(known.today.year + years, month + 1, day)
        except ValueError:
            continue
        if found >= known.today:
            return (found,)
    return (Wrong.IMPOSSIBLE,)


@rule("date", "weekday number", cost=3)
def weekday_and_number(known: Known, weekdays: tuple[int, ...], number: Number) -> Days | None:
    """`vrijdag 27`; `vrijdag 4` is a date where the fourth is a Friday, and may be an hour as well."""
    if known.sentence or number.digits not in {1, 2}:
        return None
    (day,) = on_day_of_month(known, number) or (Wrong.IMPOSSIBLE,)
    if isinstance(day, date) and day.weekday() not in weekdays:
        return united(on_weekday(known, weekdays), (day,)) if number.n > 24 else None
    return (day,)


@rule("alone", "number")
def number_alone(known: Known, number: Number) -> Wishes | None:
    """`25`, to the question on which day."""
    if known.sentence or known.day is not None or number.digits not in {1, 2}:
        return None
    return tuple(Wish(day) for day in on_day_of_month(known, number) or ())


@rule("day", "date")
def dated(known: Known, date: Days) -> Days:
    """A date is a day."""
    return date


@rule("day", "date weekday")
def date_and_weekday(known: Known, dates: Days, weekdays: tuple[int, ...]) -> Days:
    """`25/11 woensdag`."""
    return day_and_date(known, on_weekday(known, weekdays), dates)


@rule("day", "day date", "day comma date")
def day_and_date(known: Known, days: Days, *said: Days | None) -> Days:
    """`dinsdag 1 december`; where the two differ, which is right?"""
    dates = said[-1] or ()
    if not isinstance(dates[0], date):
        return dates
    both = tuple(day for day in days if day in dates)
    weekdays = {day.weekday() for day in days if isinstance(day, date)}
    if weekdays == {dates[0].weekday()}:  # `dinsdag 15 december`: not the next one
        return dates
    return both or united(days, dates)
