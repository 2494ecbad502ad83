"""Days as people live them: two odd nights a year, holidays, and nights that stay quiet."""

from datetime import UTC, date, datetime, time, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from models import Calendar, Moment, Part
from models.moment import PART_HOURS
from tests.models.world import CALENDAR, brussels, shown

SPRING = date(2026, 3, 29)  # 02:00 becomes 03:00
AUTUMN = date(2026, 10, 25)  # 03:00 becomes 02:00
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 – made aware in the same line
around_the_odd_nights = st.builds(
    lambda day, minutes: CALENDAR.at(day, time(0)) + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN, SPRING - timedelta(days=1), AUTUMN - timedelta(days=1)]),
    st.integers(0, 25 * 60),
)
any_moment = moments | around_the_odd_nights


def test_a_day_of_summer_time_has_23_or_25_hours():
    assert CALENDAR.days_after(brussels("2026-03-28 12:00"), 1) - brussels("2026-03-28 12:00") == timedelta(hours=23)
    assert CALENDAR.days_after(brussels("2026-10-24 12:00"), 1) - brussels("2026-10-24 12:00") == timedelta(hours=25)


def test_an_hour_that_clocks_skip_is_the_one_after():
    assert shown(CALENDAR.at(SPRING, time(2, 30))) == "2026-03-29 03:30"


def test_an_hour_that_comes_twice_is_the_first_one():
    assert CALENDAR.at(AUTUMN, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(any_moment)
def test_what_clocks_show_is_what_was_meant_but_in_the_hour_that_comes_twice(moment):
    wall = CALENDAR.wall(moment)
    assert CALENDAR.at(wall.date(), wall.time()) in {moment, moment - timedelta(hours=1)}
    assert CALENDAR.day(moment) == wall.date()


@given(any_moment, st.integers(0, 40))
def test_days_later_clocks_show_the_same_hour(moment, days):
    later = CALENDAR.days_after(moment, days)
    assert CALENDAR.day(later) == CALENDAR.day(moment) + timedelta(days=days)
    shift = datetime.combine(date.min, CALENDAR.wall(later).time()) - datetime.combine(
        date.min,
        CALENDAR.wall(moment).time(),
    )
    assert shift in {timedelta(0), timedelta(hours=1)}


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        ("2026-03-02 07:59", True),
        ("2026-03-02 08:00", False),
        ("2026-03-02 20:59", False),
        ("2026-03-02 21:00", True),
        ("2026-03-01 09:59", True),  # a Sunday
        ("2026-03-01 10:00", False),
        ("2026-05-01 09:00", True),  # Labour Day, a Friday
        ("2026-07-21 09:00", True),  # the national holiday, a Tuesday
        ("2026-07-22 09:00", False),
    ],
)
def test_night_ends_later_on_sundays_and_holidays(when, quiet):
    assert CALENDAR.is_quiet(brussels(when)) is quiet


def test_belgian_holidays_are_known_in_any_year():
    assert CALENDAR.is_holiday(date(2031, 4, 14))  # Easter Monday
    assert not CALENDAR.is_holiday(date(2031, 4, 15))


def test_what_would_fall_into_the_night_moves_to_the_evening_or_to_the_morning():
    for night in ("2026-03-02 21:00", "2026-03-02 23:59", "2026-03-03 00:00", "2026-03-03 07:59"):
        assert shown(CALENDAR.before_quiet(brussels(night))) == "2026-03-02 20:30"
        assert shown(CALENDAR.after_quiet(brussels(night))) == "2026-03-03 08:00"


def test_other_hours_can_be_chosen():
    calendar = Calendar(quiet_from=time(20), quiet_until=time(7), quiet_until_holiday=time(9))
    assert shown(calendar.before_quiet(brussels("2026-03-01 08:59"))) == "2026-02-28 19:30"
    assert not calendar.is_quiet(brussels("2026-03-02 07:00"))


@given(any_moment)
def test_a_moved_moment_is_never_at_night_and_moves_in_its_own_direction(moment):
    before, after = CALENDAR.before_quiet(moment), CALENDAR.after_quiet(moment)
    assert before <= moment <= after
    assert not CALENDAR.is_quiet(before)
    assert not CALENDAR.is_quiet(after)
    assert (before == moment) == (after == moment) == (not CALENDAR.is_quiet(moment))
    assert after - before <= timedelta(hours=15)


@given(any_moment, any_moment)
def test_moving_keeps_the_order_but_for_the_half_hour_before_the_night(one, other):
    first, second = sorted((one, other))
    assert CALENDAR.before_quiet(first) <= CALENDAR.before_quiet(second) + timedelta(minutes=30)
    assert CALENDAR.after_quiet(first) <= CALENDAR.after_quiet(second)


@given(any_moment, st.integers(0, 3000), st.integers(0, 3000))
def test_between_two_moments_something_stays_between_them_and_breaks_the_night_only_where_all_is_night(
    earliest, first, second
):
    moment = earliest + timedelta(minutes=first)
    latest = moment + timedelta(minutes=second)
    awake = CALENDAR.awake(moment, earliest, latest)
    assert earliest <= awake <= latest
    if CALENDAR.is_quiet(awake):
        assert awake == moment
        assert CALENDAR.before_quiet(moment) < earliest
        assert CALENDAR.is_quiet(earliest)
        assert CALENDAR.after_quiet(moment) >= latest


@given(any_moment, st.sampled_from(Part), st.none() | st.times(), st.integers(1, 300))
def test_bounds_follow_the_clocks(moment, part, hour, minutes):
    day = CALENDAR.day(moment)
    starts, ends = CALENDAR.bounds(Moment(day, part, hour), timedelta(minutes=minutes))
    assert starts is not None
    assert ends is not None
    if hour is None:
        assert (CALENDAR.wall(starts).time(), CALENDAR.wall(ends).time()) == PART_HOURS[part]
    else:
        assert (starts, ends - starts) == (CALENDAR.at(day, hour), timedelta(minutes=minutes))


def test_a_day_alone_is_the_whole_day_and_no_day_has_no_bounds():
    starts, ends = CALENDAR.bounds(Moment(SPRING), timedelta(hours=1))
    assert starts is not None
    assert ends is not None
    assert (shown(starts), shown(ends)) == ("2026-03-29 08:00", "2026-03-29 21:00")
    assert CALENDAR.bounds(Moment(), timedelta(hours=1)) == (None, None)
