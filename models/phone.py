"""Telephone numbers as people type them."""

from __future__ import annotations

import phonenumbers

COUNTRY = "BE"


def parse(text: str) -> str | None:
    """`0470 12 34 56` or `+32 470 12 34 56` as E.164 (`+32470123456`); `None` for what is no number."""
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """An E.164 number as people here write it: `0470 12 34 56`; one of another country keeps its `+31 6 12345678`."""
    parsed = phonenumbers.parse(number)
    home = phonenumbers.region_code_for_number(parsed) == COUNTRY
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
