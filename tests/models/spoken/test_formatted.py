"""Whatever the product writes about days and hours it understands again, from everybody."""

from datetime import UTC, date, datetime, time, timedelta

import hypothesis.strategies as st
from hypothesis import given

from bot.i18n import translator
from models.moment import PART_HOURS, Moment, Part
from models.spoken import Kind, Reading, read
from models.spoken.lexicon import lexicon
from tests.models.world import CALENDAR

LANGUAGES = ("nl", "fr", "en", "de")
AHEAD = 150  # days of which the year need not be said

languages = st.sampled_from(LANGUAGES)
nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)).map(lambda now: now.replace(tzinfo=UTC))  # noqa: DTZ001 – made aware in the same line
hours = st.builds(time, st.integers(7, 21), st.integers(0, 59))
parts = st.sampled_from(Part)
ahead = st.integers(1, AHEAD)


def days_from(now: datetime, ahead: int) -> date:
    return CALENDAR.day(now) + timedelta(days=ahead)


@given(languages, languages, nows, ahead)
def test_a_day(written_in, spoken, now, ahead):
    day, t = days_from(now, ahead), translator(written_in)
    for text in (t.day(day), t.short_day(day), t.near_day(day, CALENDAR.day(now))):
        assert read(text, now, CALENDAR, spoken) == Reading(Kind.DAY, (Moment(day),)), text


def test_in_french_the_first_of_a_month_is_the_first():
    now, first, t = datetime(2026, 11, 23, 9, tzinfo=UTC), date(2026, 12, 1), translator("fr")
    assert (t.day(first), t.short_day(first)) == ("mardi 1er décembre", "mardi 1er déc")
    assert t.moment(Moment(first, None, time(14))) == "mardi 1er décembre à 14 h"
    for text in (t.day(first), t.short_day(first)):
        assert read(text, now, CALENDAR, "fr") == Reading(Kind.DAY, (Moment(first),))
    assert t.day(date(2026, 12, 21)) == "lundi 21 décembre"


@given(languages, nows)
def test_today_and_tomorrow(language, now):
    today, t = CALENDAR.day(now), translator(language)
    for day in (today, today + timedelta(days=1)):
        assert read(t.near_day(day, today), now, CALENDAR, language).moment == Moment(day)


@given(languages, languages, nows, hours, ahead)
def test_an_hour(written_in, spoken, now, hour, ahead):
    text = translator(written_in).hour(hour)
    assert read(text, now, CALENDAR, spoken) == Reading(Kind.HOUR, (Moment(hour=hour),)), text
    day = days_from(now, ahead)
    assert read(text, now, CALENDAR, spoken, day).moment == Moment(day, None, hour)


@given(languages, languages, nows, parts)
def test_a_part_of_the_day(written_in, spoken, now, part):
    text = translator(written_in).part(part)
    reading = read(text, now, CALENDAR, spoken)
    assert (
        reading.moment == Moment(part=part) if part is not Part.ANY else reading.kind in {Kind.PART, Kind.NO_MATTER}
    ), text


@given(languages, languages, nows, ahead, st.one_of(hours, parts))
def test_a_whole_moment(written_in, spoken, now, ahead, when):
    day, t = days_from(now, ahead), translator(written_in)
    moment = Moment(day, None, when) if isinstance(when, time) else Moment(day, when)
    assert read(t.moment(moment), now, CALENDAR, spoken).moment == moment, t.moment(moment)


@given(languages, languages, nows)
def test_that_it_does_not_matter(written_in, spoken, now):
    assert read(translator(written_in).moment(Moment()), now, CALENDAR, spoken).kind is Kind.NO_MATTER


words = st.sampled_from([" ".join(phrase) for language in LANGUAGES for phrase in sorted(lexicon(language).phrases)])
pieces = st.lists(words | st.sampled_from(["14u30", "25/11", "9", "14:30", "2de", "31", "of", ",", "."]), max_size=6)


@given(languages, nows, st.text(max_size=60) | pieces.map(" ".join), st.none() | ahead)
def test_whatever_is_written_nothing_over_is_taken_for_clear(language, now, text, ahead):
    reading = read(text, now, CALENDAR, language, None if ahead is None else days_from(now, ahead))
    assert bool(reading.moments) == (reading.is_clear or reading.kind is Kind.AMBIGUOUS)
    for moment in reading.moments:
        assert moment.day is None or moment.day >= CALENDAR.day(now)
        if moment.day is not None and moment.hour is not None:
            assert CALENDAR.at(moment.day, moment.hour) > now
        elif moment.day is not None and moment.part is not None:
            assert CALENDAR.at(moment.day, PART_HOURS[moment.part][1]) > now
    if reading.is_clear:
        assert len(reading.moments) == 1
    elif reading.kind is Kind.AMBIGUOUS:
        assert len(set(reading.moments)) > 1
