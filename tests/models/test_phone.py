"""Telephone numbers as people type them."""

import pytest

from models.phone import parse, shown


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0470 12 34 56", "+32470123456"),
        ("0470/12.34.56", "+32470123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0032 470 12 34 56", "+32470123456"),
        ("016 76 12 34", "+3216761234"),
        ("02 555 11 11", "+3225551111"),
        ("+31 6 12345678", "+31612345678"),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed, number):
    assert parse(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "geen", "12", "0470 12 34", "0470 12 34 56 78 90", "112", "\x00", "+32 999 99 99 99 99"]
)
def test_what_is_no_number_is_none(typed):
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+32470123456", "0470 12 34 56"),
        ("+3216761234", "016 76 12 34"),
        ("+3225551111", "02 555 11 11"),
        ("+31612345678", "+31 6 12345678"),
    ],
)
def test_a_number_is_shown_as_people_here_write_it(number, words):
    assert shown(number) == words
    assert parse(words) == number
