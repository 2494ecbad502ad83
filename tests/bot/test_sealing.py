"""Personal data under a key: only who has the key reads it, and a changed byte is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sealing import KEY_BYTES, KeyRing, new_key

OLD, NEW = new_key(), new_key()


@given(st.binary())
def test_what_was_sealed_opens_again(plain):
    ring = KeyRing(OLD)
    assert ring.unseal(ring.seal(plain)) == plain


def test_the_same_text_is_never_sealed_alike():
    ring = KeyRing(OLD)
    assert ring.seal(b"Anna") != ring.seal(b"Anna")
    assert b"Anna" not in ring.seal(b"Anna" * 20)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_goes_unnoticed(place, flip):
    ring = KeyRing(OLD)
    sealed = bytearray(ring.seal(b"Dorpsstraat 12"))
    sealed[place % len(sealed)] ^= flip
    with pytest.raises(ValueError, match="sealed"):
        ring.unseal(bytes(sealed))


@pytest.mark.parametrize("length", [0, 3, 4, 10, 16, 31])
def test_a_torn_value_is_refused(length):
    ring = KeyRing(OLD)
    with pytest.raises(ValueError, match=r"sealed|[Nn]once"):
        ring.unseal(ring.seal(b"")[:length])


def test_a_new_key_in_front_seals_and_older_ones_still_open():
    before = KeyRing(OLD)
    sealed, found = before.seal(b"Anna"), before.digest("1001")
    after = KeyRing(f"{NEW}\n{OLD}\n")
    assert after.unseal(sealed) == b"Anna"
    assert KeyRing(NEW).unseal(after.seal(b"Anna")) == b"Anna"
    with pytest.raises(ValueError, match="key that is not on the ring"):
        before.unseal(after.seal(b"Anna"))
    assert after.digest("1001") == found, "people are still recognised"


def test_look_ups_need_the_key_and_tell_people_apart():
    ring = KeyRing(OLD)
    assert ring.digest("1001") == ring.digest("1001")
    assert len({ring.digest("1001"), ring.digest("1002"), KeyRing(NEW).digest("1001")}) == 3
    assert len(ring.digest("\udcff")) == 64, "also for half a character, which some phones send"


@pytest.mark.parametrize(
    "text",
    ["", " \n", "short", OLD[:-4], "é" * 44, f"{OLD} x", f"{OLD}AAAA"],
    ids=["nothing", "white space", "short", "cut off", "other letters", "something behind", "too long"],
)
def test_what_is_no_key_is_refused_without_repeating_it(text):
    with pytest.raises(ValueError, match="key") as refused:
        KeyRing(text)
    assert not text.strip() or text not in str(refused.value)


def test_a_ring_shows_how_many_keys_and_never_which():
    shown = repr(KeyRing(f"{NEW} {OLD}"))
    assert "2" in shown
    assert OLD not in shown
    assert NEW not in shown
    assert len({new_key() for _ in range(100)}) == 100
    assert KEY_BYTES == 32
