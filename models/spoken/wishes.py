"""Days, parts and hours put together: "morgen voormiddag of dinsdag om 14u"."""

from __future__ import annotations

from datetime import date, timedelta

from models.moment import Part
from models.spoken.clocks import daytime, narrow, said_hour
from models.spoken.grammar import Clock, Clocks, Days, Known, Wish, Wishes, Wrong, rule, united
from models.spoken.lexicon import Number

MOST = 12  # readings; nobody chooses between more


@rule("wish", "day")
def on_day(known: Known, days: Days) -> Wishes:
    """A day."""
    return tuple(Wish(day) for day in days)


@rule("wish", "clock")
def at_hour(known: Known, clocks: Clocks) -> Wishes:
    """An hour."""
    return tuple(Wish(clock=clock) for clock in clocks)


@rule("wish", "number", cost=3)
def at_bare_number(known: Known, number: Number) -> Wishes | None:
    """`morgen 9`."""
    if known.sentence or number.digits > 2 or number.n > 24:
        return None
    return (Wish(clock=Clock(number.n, 0, open=1 <= number.n <= 12) if number.n < 24 else Wrong.IMPOSSIBLE),)


@rule("wish", "part")
def in_part(known: Known, parts: tuple[Part, ...]) -> Wishes:
    """`voormiddag`; `dinsdagmiddag` is noon or the afternoon."""
    return tuple(Wish(part=part) for part in parts)


@rule("part", "edge part")
def edge_of_part(known: Known, _: None, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """`fin d'après-midi`."""
    return parts


@rule("part", "part or part", "part comma part")
def either_part(known: Known, one: tuple[Part, ...], _: None, other: tuple[Part, ...]) -> tuple[Part, ...]:
    """`voormiddag of namiddag`."""
    return united(one, other)


@rule("wish", "whole_day", cost=1)
def any_hour(known: Known, _: None) -> Wishes:
    """`de hele dag`."""
    return (Wish(part=Part.ANY),)


@rule("wish", "any", "filler any", "noise any")
def no_matter(known: Known, *_: None) -> Wishes:
    """`maakt niet uit`."""
    return (Wish(free=True),)


@rule("wish", "asap")
def soon(known: Known, _: None) -> Wishes:
    """`zo snel mogelijk`: today."""
    return (Wish(known.today, Part.ANY),)


@rule("wish", "today_part")
def today_in(known: Known, parts: tuple[Part, ...]) -> Wishes:
    """`vanavond`."""
    return tuple(Wish(known.today, part) for part in parts)


@rule("wish", "this part")
def this_part(known: Known, _: None, parts: tuple[Part, ...]) -> Wishes:
    """`deze namiddag`."""
    return today_in(known, parts)


@rule("wish", "day part_after")
def part_after_day(known: Known, days: Days, parts: tuple[Part, ...]) -> Wishes:
    """`heute Morgen`, `morgen vroeg`: words that mean something else alone."""
    return tuple(Wish(day, part) for day in days for part in parts)


@rule("alone", "part_after")
def part_of_known_day(known: Known, parts: tuple[Part, ...]) -> Wishes | None:
    """`Morgen`, when a day is spoken of already: in the morning, or tomorrow?"""
    return tuple(Wish(part=part) for part in parts) if known.day is not None else None


@rule("wish", "day number oclock", "part number oclock", "number oclock part", cost=1)
def full_hour_beside(known: Known, *said: Days | tuple[Part, ...] | Number | None) -> Wishes | None:
    """`morgen 2 uur` in a sentence: beside a day or a part of it, it is an hour."""
    hour = next((each for each in said if isinstance(each, Number)), None)
    clocks = said_hour(hour) if known.sentence and hour is not None else None
    beside = next((each for each in said if each is not None and not isinstance(each, Number)), ())
    wishes = tuple(Wish(part=each) if isinstance(each, Part) else Wish(each) for each in beside)
    return together(known, wishes, at_hour(known, clocks)) if clocks else None


@rule("wish", "clock part_after")
def clock_of_part(known: Known, clocks: Clocks, parts: tuple[Part, ...]) -> Wishes | None:
    """`um fünf Uhr früh`."""
    return together(known, at_hour(known, clocks), in_part(known, parts))


@rule("part", "part part_after")
def part_and_more(known: Known, one: tuple[Part, ...], other: tuple[Part, ...]) -> tuple[Part, ...] | None:
    """`le matin tôt`."""
    return one if one == other else None


@rule("wish", "edge wish")
def edge_of_wish(known: Known, _: None, wishes: Wishes) -> Wishes | None:
    """`late Thursday afternoon`."""
    return wishes if all(wish.part is not None for wish in wishes) else None


@rule("wish", "part_before day")
def part_before_day(known: Known, parts: tuple[Part, ...], days: Days) -> Wishes | None:
    """`early tomorrow`."""
    return part_after_day(known, days, parts)


@rule("wish", "night", "day night", "clock night", "day clock night", "night clock", "day night clock")
def at_night(known: Known, *said: Days | Clocks | None) -> Wishes:
    """Nobody comes at night."""
    return (Wish(clock=Wrong.IMPOSSIBLE),)


@rule("span_minutes", "number hour_span")
def hours(known: Known, number: Number, _: None) -> int:
    """`twee uur`, as long as it lasts."""
    return number.n * 60


@rule("span_minutes", "number minute_unit")
def minutes(known: Known, number: Number, _: None) -> int:
    """`twintig minuten`."""
    return number.n


@rule("span_minutes", "number hour_span and_half")
def hours_and_half(known: Known, number: Number, _: None, __: None) -> int:
    """`deux heures et demie`."""
    return number.n * 60 + 30


@rule("span_minutes", "number hour_span number", "number hour_span number minute_unit")
def hours_and_minutes(known: Known, number: Number, _: None, minutes: Number, unit: None = None) -> int | None:
    """`1h30`."""
    return number.n * 60 + minutes.n if minutes.digits == 2 else None


@rule("span_minutes", "number comma number hour_span", "number dot number hour_span")
def hours_and_tenths(known: Known, number: Number, _: None, tenths: Number, __: None) -> int | None:
    """`1,5 Stunden`."""
    return number.n * 60 + tenths.n * 6 if tenths.digits == 1 else None


@rule("wish", "in span_minutes or number", cost=-1)
def in_hours_or_more(known: Known, _: None, minutes: int, __: None, hours: Number) -> Wishes | None:
    """`in an hour or two`."""
    both = [in_minutes(known, None, each) for each in (minutes, hours.n * 60)]
    return united(*(each or () for each in both))


@rule("wish", "in span_minutes")
def in_minutes(known: Known, _: None, minutes: int) -> Wishes | None:
    """`binnen twee uur`, to the next five minutes; time that passes, also in the night when clocks are changed."""
    if minutes > 48 * 60:
        return None
    moment = known.now + timedelta(minutes=minutes)
    moment += timedelta(minutes=-moment.minute % 5) if moment.second == 0 else timedelta(minutes=5 - moment.minute % 5)
    wall = known.calendar.wall(moment)
    return (Wish(wall.date(), None, Clock(wall.hour, wall.minute, open=False)),)


@rule("wish", "wish wish", "wish comma wish", "wish dash wish")
def together(known: Known, one: Wishes, *rest: Wishes | None) -> Wishes | None:
    """Day, part and hour, in any order."""
    pairs = [(first, second) for first in one for second in rest[-1] or ()]
    merged = [wish for first, second in pairs for wish in _merged(first, second)]
    return _few(merged) if merged else None


@rule("wish", "wish or wish", cost=2)
def either(known: Known, one: Wishes, _: None, other: Wishes) -> Wishes | None:
    """`morgen voormiddag of dinsdag om 14u`; the day of the first may count for the second, the hour the other way."""
    first, last = one[-1], other[0]
    if last.day is None and not last.free:
        other = tuple(wish._replace(day=first.day) for wish in other)
    if first.part is None and first.clock is None and not first.free:
        one = tuple(wish._replace(part=last.part, clock=last.clock) for wish in one)
    return _few([*one, *other])


@rule("wish", "wish dot", cost=1)
def with_dot(known: Known, wishes: Wishes, _: None) -> Wishes:
    """The end of a sentence."""
    return wishes


@rule(
    "wish",
    "filler wish",
    "filler comma wish",
    "wish filler",
    "wish comma filler",
    "greeting wish",
    "greeting comma wish",
)
def with_filler(known: Known, *said: Wishes | None) -> Wishes | None:
    """`liefst morgen`, `morgen graag`, `bonjour, demain`."""
    return said[0] or said[-1]


def _few(wishes: list[Wish]) -> Wishes | None:
    found = united(tuple(wishes))
    return found if len(found) <= MOST else None


def _merged(one: Wish, other: Wish) -> list[Wish]:
    """One wish of two that do not speak of the same; several where they do not go together."""
    if one.free or other.free:
        rest = other if one.free else one
        alone = rest.day is not None and rest.part is None and rest.clock is None
        return [rest._replace(part=Part.ANY) if alone else rest]
    for mine, yours in zip(one[:3], other[:3], strict=True):
        if mine is not None and yours is not None:
            return []
    wish = Wish(one.day or other.day, one.part or other.part, one.clock or other.clock)
    if wish.part is None or not isinstance(wish.clock, Clock):
        return [wish._replace(part=None) if wish.clock is not None else wish]
    clock = narrow(wish.clock, wish.part)
    if clock is not None:
        return [wish._replace(part=None, clock=clock)]
    return [wish._replace(part=None), wish._replace(clock=None)]


def over_today(known: Known, wish: Wish) -> Wishes:
    """`vandaag om 8 uur`, said at ten: this evening, or tomorrow morning? Otherwise nothing."""
    clock = wish.clock
    if wish.day != known.today or not isinstance(clock, Clock) or not clock.open or not isinstance(wish.day, date):
        return ()
    hour = daytime(clock)
    if known.calendar.at(wish.day, hour) > known.now or not 7 <= hour.hour <= 9 or (hour.hour, hour.minute) > (9, 0):
        return ()
    evening = Clock(hour.hour + 12, hour.minute, open=False)
    if known.calendar.at(wish.day, daytime(evening)) <= known.now:
        return ()
    return (wish._replace(clock=evening), wish._replace(day=wish.day + timedelta(days=1)))
