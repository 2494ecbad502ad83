"""What the tables cannot say: said at other moments, the two odd nights, the day that is spoken of already."""

from datetime import date, datetime, time

import pytest

from models.moment import Moment, Part
from models.spoken import Kind, read
from models.spoken.feasts import feasts
from tests.models.spoken.test_phrases import meaning
from tests.models.world import CALENDAR, brussels


def said(text: str, when: str, language: str = "nl", day: date | None = None) -> str:
    return meaning(read(text, brussels(when), CALENDAR, language, day))


def test_the_hour_that_clocks_skip_does_not_exist():
    assert said("28/3 om 2u30 's nachts", "2027-03-27 10:00") == "impossible"
    assert said("28/3 02:30", "2027-03-27 10:00") == "impossible"
    assert said("28/3 03:00", "2027-03-27 10:00") == "2027-03-28 03:00"
    assert said("morgen om 14u", "2027-03-27 10:00") == "2027-03-28 14:00"


def test_the_hour_that_comes_twice_is_the_first_one():
    assert said("25/10 02:30", "2026-10-24 10:00") == "2026-10-25 02:30"
    assert CALENDAR.at(date(2026, 10, 25), time(2, 30)) == datetime.fromisoformat("2026-10-25T00:30:00+00:00")


@pytest.mark.parametrize(
    ("when", "then"),
    [
        ("2027-03-28 00:30", "2027-03-28 03:30"),
        ("2026-10-25 00:30", "2026-10-25 02:30"),
        ("2026-10-24 23:30", "2026-10-25 01:30"),
    ],
)
def test_two_hours_pass_in_the_odd_nights_too(when, then):
    assert said("binnen twee uur", when) == then


@pytest.mark.parametrize(
    ("when", "clock"), [("10:00", "11:00"), ("10:02", "11:05"), ("10:05", "11:05"), ("22:58", "00:00")]
)
def test_an_hour_from_now_is_a_round_one(when, clock):
    assert said("binnen een uur", f"2026-11-24 {when}").endswith(clock)


def test_days_are_counted_by_the_calendar_also_when_one_has_25_hours():
    assert said("morgen", "2026-10-24 23:30") == "2026-10-25"
    assert said("overmorgen", "2026-10-24 23:30") == "2026-10-26"
    assert said("over een week", "2027-03-27 23:30") == "2027-04-03"


@pytest.mark.parametrize(
    ("text", "when", "expected"),
    [
        ("dit weekend", "2026-11-28 10:00", "2026-11-28 | 2026-11-29"),
        ("dit weekend", "2026-11-29 10:00", "2026-11-29"),
        ("volgend weekend", "2026-11-28 10:00", "2026-12-05 | 2026-12-06"),
        ("eind van de week", "2026-11-28 10:00", "2026-11-28 | 2026-11-29"),
        ("volgende vrijdag", "2026-11-27 10:00", "2026-12-04"),
        ("volgende zondag", "2026-11-29 10:00", "2026-12-06"),
        ("vanmorgen", "2026-11-24 13:00", "past"),
        ("vanavond", "2026-11-24 21:30", "past"),
        ("vandaag om 14u", "2026-11-24 15:00", "past"),
        ("vandaag om 3 uur", "2026-11-24 16:00", "past"),
        ("vandaag om 8 uur", "2026-11-24 20:30", "past"),
        ("dinsdag 15u", "2026-11-24 16:00", "2026-12-01 15:00"),
        ("dinsdag voormiddag", "2026-11-24 13:00", "2026-12-01 morning"),
        ("3 januari", "2026-11-24 10:00", "2027-01-03"),
        ("3/1", "2027-01-10 10:00", "past"),
        ("29 februari", "2027-01-10 10:00", "2028-02-29"),
        ("29 februari 2027", "2027-01-10 10:00", "impossible"),
        ("de 31ste", "2026-11-24 10:00", "2026-12-31"),
        ("de 30ste", "2027-02-10 10:00", "2027-03-30"),
        ("over een maand", "2027-01-31 10:00", "2027-02-28"),
        ("kerstmis", "2026-12-25 10:00", "2026-12-25"),
        ("kerstmis", "2026-12-26 10:00", "2027-12-25"),
        ("kerstmis 2020", "2026-12-26 10:00", "past"),
        ("begin van de week", "2026-11-24 10:00", "2026-11-24"),
        ("begin van de week", "2026-11-25 10:00", "past"),
        ("deze maandag", "2026-11-24 10:00", "2026-11-30"),
    ],
)
def test_it_depends_on_when_it_is_said(text, when, expected):
    assert said(text, when) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14", "2026-11-26 14:00"),
        ("3", "2026-11-26 15:00"),
        ("half drie", "2026-11-26 14:30"),
        ("14.10", "2026-11-26 14:10"),
        ("voormiddag", "2026-11-26 morning"),
        ("maakt niet uit", "2026-11-26 any"),
        ("de hele dag", "2026-11-26 any"),
        ("tussen 14 en 15u", "2026-11-26 14:00 | 2026-11-26 15:00"),
        ("toch liever vrijdag", "2026-11-27"),
        ("vrijdag 10u", "2026-11-27 10:00"),
        ("25/12", "2026-12-25"),
        ("morgen", "2026-11-25 | 2026-11-26 morning"),
        ("vroeg", "2026-11-26 morning"),
        ("morgen om 9u", "2026-11-25 09:00"),
    ],
)
def test_an_hour_belongs_to_the_day_that_is_spoken_of(text, expected):
    assert said(text, "2026-11-24 10:00", day=date(2026, 11, 26)) == expected


def test_an_hour_of_today_that_is_over_is_past():
    assert said("half drie", "2026-11-24 15:00", day=date(2026, 11, 24)) == "past"
    assert said("voormiddag", "2026-11-24 15:00", day=date(2026, 11, 24)) == "past"


def test_words_of_ones_own_language_come_first():
    assert said("hier", "2026-11-24 10:00", "fr") == "past"
    assert said("Morgen", "2026-11-24 10:00", "de") == "2026-11-25"
    assert read("am Morgen", brussels("2026-11-24 10:00"), CALENDAR, "de").moment == Moment(part=Part.MORNING)


def test_what_is_too_long_to_be_an_answer_is_not_read():
    assert read("morgen " * 40, brussels("2026-11-24 10:00"), CALENDAR).kind is Kind.NOT_UNDERSTOOD


def test_two_feasts_on_one_day_are_both_known():
    assert feasts(2008)["ascension"] == feasts(2008)["labour day"] == date(2008, 5, 1)
