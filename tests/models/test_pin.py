"""The PIN of a coordinator."""

from datetime import timedelta

import pytest

from models.pin import LOCKED, OPEN, TRIES, Pin, fits, hashed, is_easy
from tests.models.world import NOW

PIN = "271828"
MINUTE = timedelta(minutes=1)


def test_it_is_kept_as_a_salted_hash_that_only_its_digits_fit() -> None:
    secret, again = hashed(PIN), hashed(PIN)
    assert secret != again
    assert PIN not in secret
    assert fits(PIN, secret)
    assert not fits("271829", secret)


@pytest.mark.parametrize("easy", ["111111", "123456", "234567", "987654", "567890", "271271"])
def test_what_is_tried_first_is_easy(easy: str) -> None:
    assert is_easy(easy)


@pytest.mark.parametrize("fine", [PIN, "112233", "194503", "135790"])
def test_what_is_not_is_fine(fine: str) -> None:
    assert not is_easy(fine)


def test_it_opens_for_a_quarter_of_an_hour() -> None:
    pin = Pin.of_hash(hashed(PIN), NOW)
    assert pin.is_open(NOW + OPEN - MINUTE)
    assert not pin.is_open(NOW + OPEN)
    assert pin.enter(PIN, NOW + OPEN)
    assert pin.is_open(NOW + OPEN)


def test_the_fifth_wrong_one_locks_it_also_for_the_right_one() -> None:
    pin = Pin.of_hash(hashed(PIN), NOW)
    for _ in range(TRIES):
        assert not pin.is_locked(NOW)
        assert not pin.enter("999999", NOW)
    assert pin.is_locked(NOW)
    assert not pin.is_open(NOW)
    assert not pin.enter(PIN, NOW + LOCKED - MINUTE)
    assert pin.enter(PIN, NOW + LOCKED)
    assert pin.tries == 0
