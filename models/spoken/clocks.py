"""Hours: "14u30", "half drie", "kwart voor drie", "trois heures et quart", "fünf vor halb drei", "2.30 pm"."""

from __future__ import annotations

from datetime import time

from models.moment import Part
from models.spoken.grammar import Clock, Clocks, Known, Wrong, rule, united
from models.spoken.lexicon import Number

DAYTIME = time(7)  # an hour before it, of which nobody said that it is at night, is one after noon
MINUTES = {5, 10, 20, 25}  # before or after the hour


def daytime(clock: Clock) -> time:
    """The hour that is meant: `drie uur` is 15:00, for nobody comes at 03:00."""
    hour = clock.hour
    if clock.open and time(hour, clock.minute) < DAYTIME:
        hour += 12
    return time(hour, clock.minute)


def narrow(clock: Clock, part: Part) -> Clock | None:
    """The hour in that part of the day, or `None` where it is not in it: 15:00 in the morning."""
    if not clock.open:
        hour = clock.hour
        fits = {Part.MORNING: hour <= 12, Part.NOON: 11 <= hour <= 15, Part.AFTERNOON: 12 <= hour <= 18}
        return clock if fits.get(part, part is Part.ANY or hour >= 16 or hour <= 4) else None
    early = clock.hour % 12
    if part is Part.MORNING:
        return clock._replace(open=False)
    if part is Part.ANY or (part is Part.NOON and clock.hour in {10, 11}):
        return clock
    after_midnight = part is Part.EVENING and early < 4
    return Clock(early if after_midnight else early + 12, clock.minute, open=False)


def clock_of(hour: Number, minute: int = 0) -> Clock | Wrong:
    """The hour that was said; one up to 12, unless it was written `03`, is open."""
    if hour.n > 23 or minute > 59:
        return Wrong.IMPOSSIBLE
    return Clock(hour.n, minute, open=1 <= hour.n <= 12 and not (hour.digits == 2 and hour.n < 10))


def _earlier(clock: Clock, minutes: int) -> Clock:
    """So many minutes before (or with fewer than none: after) it, on the same half of the clock where it is open."""
    total = (clock.hour * 60 + clock.minute - minutes) % (24 * 60)
    hour = total // 60
    if clock.open:
        hour = (hour - 1) % 12 + 1
    return Clock(hour, total % 60, clock.open)


@rule("clock", "number oclock")
def full_hour(known: Known, hour: Number, _: None) -> Clocks | None:
    """`14 uur`; `1430u`. In a sentence `twee uur` may be as long as it lasts."""
    return None if known.sentence and hour.n <= 12 else said_hour(hour)


@rule("clock", "at number oclock", "around number oclock")
def at_full_hour(known: Known, _: None, hour: Number, unit: None) -> Clocks | None:
    """`om twee uur`."""
    return said_hour(hour)


def said_hour(hour: Number) -> Clocks | None:
    """The full hour; one of four digits has its minutes with it."""
    if hour.digits == 4:
        return (clock_of(Number(hour.n // 100, 2), hour.n % 100),)
    return (clock_of(hour),) if hour.digits < 3 else None


@rule("clock", "number oclock number", "number oclock number minute_unit")
def hour_and_minutes(known: Known, hour: Number, _: None, minute: Number, unit: None = None) -> Clocks | None:
    """`14u30`, `quinze heures trente`."""
    said = minute.digits == 2 or (not minute.digits and (minute.n == 5 or minute.n >= 10))
    return (clock_of(hour, minute.n),) if said and hour.digits < 3 else None


@rule("clock", "number oclock perhaps_minutes")
def perhaps_minutes(known: Known, hour: Number, _: None, minute: Number) -> Clocks | None:
    """`tien uur twintig eieren`: twenty minutes, or eggs? It is asked."""
    return (clock_of(hour), clock_of(hour, minute.n)) if hour.digits < 3 else None


@rule("clock", "at number perhaps_minutes")
def at_perhaps_minutes(known: Known, at: None, hour: Number, minute: Number) -> Clocks | None:
    """`at seven twenty eggs`."""
    return (clock_of(hour), clock_of(hour, minute.n)) if at_two_words(known, at, hour, minute) else None


@rule("clock", "number colon number")
def with_colon(known: Known, hour: Number, _: None, minute: Number) -> Clocks | None:
    """`14:30`."""
    return (clock_of(hour, minute.n),) if minute.digits == 2 and 1 <= hour.digits <= 2 else None


@rule("clock", "number dot number")
def with_dot(known: Known, hour: Number, _: None, minute: Number) -> Clocks | None:
    """`14.30`, where it cannot be a date; in a sentence it may be a price."""
    if known.sentence or minute.digits != 2 or hour.n > 23 or 1 <= minute.n <= 12:
        return None
    return (clock_of(hour, minute.n),)


@rule("clock", "number dot number", cost=2)
def with_dot_like_a_date(known: Known, hour: Number, _: None, minute: Number) -> Clocks | None:
    """`14.10`: rather the fourteenth of October, unless an hour is spoken of."""
    if known.sentence or minute.digits != 2 or hour.n > 23 or not 1 <= minute.n <= 12:
        return None
    return (clock_of(hour, minute.n),)


@rule("clock", "number dot number oclock")
def with_dot_and_unit(known: Known, hour: Number, _: None, minute: Number, unit: None) -> Clocks | None:
    """`14.30 uur`."""
    return (clock_of(hour, minute.n),) if minute.digits == 2 else None


@rule("clock", "at number dot number")
def at_with_dot(known: Known, at: None, hour: Number, _: None, minute: Number) -> Clocks | None:
    """`om 14.30`."""
    return with_dot_and_unit(known, hour, None, minute, None)


@rule("clock", "number number", cost=2)
def two_numbers(known: Known, hour: Number, minute: Number) -> Clocks | None:
    """`14 30`."""
    if known.sentence or minute.digits != 2 or not 12 < minute.n < 60 or not 7 <= hour.n <= 21:
        return None
    return (clock_of(hour, minute.n),)


@rule("clock", "number number", cost=1)
def two_words(known: Known, hour: Number, minute: Number) -> Clocks | None:
    """`nine thirty`."""
    return None if known.sentence else at_two_words(known, None, hour, minute)


@rule("clock", "at number number")
def at_two_words(known: Known, _: None, hour: Number, minute: Number) -> Clocks | None:
    """`at nine thirty`."""
    if hour.digits or minute.digits or not 1 <= hour.n <= 21 or minute.n < 10 or minute.n % 5:
        return None
    return (clock_of(hour, minute.n),)


@rule("hour", "number")
def as_hour(known: Known, hour: Number) -> Clock | None:
    """The hour that minutes or a half are counted from."""
    clock = clock_of(hour)
    return clock if isinstance(clock, Clock) and hour.n and hour.digits < 3 else None


@rule("hour", "clock")
def full(known: Known, clocks: Clocks) -> Clock | None:
    """The same, with its `uur`."""
    (clock, *more) = clocks
    return clock if isinstance(clock, Clock) and not clock.minute and not more else None


@rule("hour", "midday")
def from_noon(known: Known, _: None) -> Clock:
    """`midi et demi`."""
    return Clock(12, 0, open=False)


@rule("clock", "half hour")
def half_of(known: Known, meant: str, hour: Clock) -> Clocks:
    """`half drie`, `halb drei`: half an hour before. English `half three` is said for both."""
    before = _earlier(hour, 30)
    return (before,) if meant == "before" else (before, _earlier(hour, -30))


@rule("clock", "number to half hour", "number past half hour")
def minutes_from_half(known: Known, minutes: Number, side: str | None, _: str, hour: Clock) -> Clocks | None:
    """`vijf voor half drie`, `tien nach halb drei`."""
    return (_earlier(hour, 30 + (-minutes.n if side else minutes.n)),) if minutes.n in MINUTES else None


@rule("clock", "number to hour", "number past hour")
def minutes_from_hour(known: Known, minutes: Number, side: str | None, hour: Clock) -> Clocks | None:
    """`tien voor drie`, `twenty past four`."""
    return (_earlier(hour, -minutes.n if side else minutes.n),) if minutes.n in MINUTES else None


@rule("clock", "number minute_unit to hour", "number minute_unit past hour")
def so_many_minutes(known: Known, minutes: Number, _: None, side: str | None, hour: Clock) -> Clocks | None:
    """`twaalf minuten voor drie`."""
    return (_earlier(hour, -minutes.n if side else minutes.n),) if minutes.n < 60 else None


@rule("clock", "quarter to hour", "quarter past hour")
def quarter_from(known: Known, _: None, side: str | None, hour: Clock) -> Clocks:
    """`kwart voor drie`, `Viertel nach drei`."""
    return (_earlier(hour, -15 if side else 15),)


@rule("clock", "quarter_of hour")
def quarter_of(known: Known, _: None, hour: Clock) -> Clocks:
    """`viertel drei`: a quarter of the third hour is over."""
    return (_earlier(hour, 45),)


@rule("clock", "three_quarters_of hour")
def three_quarters_of(known: Known, _: None, hour: Clock) -> Clocks:
    """`dreiviertel drei`."""
    return (_earlier(hour, 15),)


@rule("clock", "half_past hour", "hour and_half")
def half_past(known: Known, one: Clock | None, other: Clock | None) -> Clocks | None:
    """`half past two`, `deux heures et demie`."""
    hour = one or other
    return (_earlier(hour, -30),) if hour else None


@rule("clock", "hour and_quarter")
def quarter_more(known: Known, hour: Clock, _: None) -> Clocks:
    """`trois heures et quart`."""
    return (_earlier(hour, -15),)


@rule("clock", "hour minus_quarter")
def quarter_less(known: Known, hour: Clock, _: None) -> Clocks:
    """`trois heures moins le quart`."""
    return (_earlier(hour, 15),)


@rule("clock", "hour minus number")
def minutes_less(known: Known, hour: Clock, _: None, minutes: Number) -> Clocks | None:
    """`trois heures moins dix`."""
    return (_earlier(hour, minutes.n),) if 0 < minutes.n < 30 else None


@rule("clock", "midday number")
def after_noon(known: Known, _: None, minutes: Number) -> Clocks | None:
    """`midi trente`."""
    return (Clock(12, minutes.n, open=False),) if minutes.n in {*MINUTES, 15, 30, 40, 45} else None


@rule("clock", "noon_clock", "at noon_clock")
def at_noon(known: Known, *_: None) -> Clocks:
    """`à midi`, `at noon`."""
    return (Clock(12, 0, open=False),)


@rule("clock", "midnight")
def at_midnight(known: Known, _: None) -> Clocks:
    """`middernacht`."""
    return (Clock(0, 0, open=False),)


@rule("clock", "clock am", "clock pm", "number am", "number pm")
def with_am_or_pm(known: Known, hour: Clocks | Number, half: str) -> Clocks | None:
    """`2.30 pm`."""
    clocks = (clock_of(hour),) if isinstance(hour, Number) else hour
    late = 12 if half == "pm" else 0
    return tuple(
        Clock(clock.hour % 12 + late, clock.minute, open=False) if isinstance(clock, Clock) and clock.open else clock
        for clock in clocks
    )


@rule("clock", "number", cost=3)
def four_digits(known: Known, hour: Number) -> Clocks | None:
    """`1430`, but not a year."""
    is_hour = hour.digits == 4 and 700 <= hour.n <= 2159 and hour.n % 100 < 60 and not 1900 <= hour.n <= 2100
    return (clock_of(Number(hour.n // 100, 2), hour.n % 100),) if is_hour and not known.sentence else None


@rule("clock", "at clock", "around clock")
def atclock_of(known: Known, _: None, clocks: Clocks) -> Clocks:
    """`om 14u`, `rond 14u`, `vanaf 14u`."""
    return clocks


@rule("clock", "clock oclock")
def clock_with_unit(known: Known, clocks: Clocks, _: None) -> Clocks:
    """`half drie uur`, `14:30 Uhr`."""
    return clocks


@rule("clock", "at number")
def at_number(known: Known, _: None, hour: Number) -> Clocks | None:
    """`om 3`, `at 3`, `um 1430`."""
    if hour.digits == 4 and hour.n % 100 < 60:
        return (clock_of(Number(hour.n // 100, 2), hour.n % 100),)
    return (clock_of(hour),) if hour.digits < 3 else None


@rule("clock", "around number", cost=1)
def around_number(known: Known, _: None, hour: Number) -> Clocks | None:
    """`rond 3`; in a sentence the words may mean something else ("for 3 people")."""
    return None if known.sentence else at_number(known, None, hour)


@rule("clock", "clock or clock")
def either(known: Known, one: Clocks, _: None, other: Clocks) -> Clocks:
    """`14u of 15u`."""
    return united(one, other)


@rule("clock", "number or clock", "number comma clock")
def either_with_one_unit(known: Known, one: Number, _: None, other: Clocks) -> Clocks | None:
    """`14 of 15u`."""
    first = clock_of(one)
    if known.sentence or first is Wrong.IMPOSSIBLE:
        return None
    return united((first,), other)


@rule("clock", "at number or number")
def either_number(known: Known, _: None, one: Number, __: None, other: Number) -> Clocks | None:
    """`om 2 of 3`."""
    return None if known.sentence else (clock_of(one), clock_of(other))
