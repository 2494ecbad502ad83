"""Phrases of each language, said on Tuesday 24 November 2026 at 10 o'clock, and what they mean.

The tables beside this file have a phrase a line: the phrase, a tab, and what it means. That is a day, a day with an
hour or a part, only one of these, `any` (it does not matter), several readings between `|` (it is asked which), `past`,
`impossible`, or `?` (not understood). Those in `unseen` were written before the grammar, to see what it makes of what
it was not made for.
"""

from pathlib import Path

import pytest

from models.moment import Moment
from models.spoken import Kind, Reading, read
from tests.models.world import CALENDAR, brussels

HERE = Path(__file__).parent
NOW = brussels("2026-11-24 10:00")
LANGUAGES = ("nl", "fr", "en", "de")
WORDS = {Kind.PAST: "past", Kind.IMPOSSIBLE: "impossible", Kind.NOT_UNDERSTOOD: "?"}


def table(path: str) -> list[tuple[str, str]]:
    """The lines of a table: phrase and meaning."""
    lines = (HERE / path).read_text(encoding="utf-8").splitlines()
    return [(phrase, meaning) for phrase, meaning in (line.split("\t") for line in lines)]


def written(moment: Moment) -> str:
    """A moment as the tables write it."""
    hour = f"{moment.hour:%H:%M}" if moment.hour else None
    return " ".join(str(part) for part in (moment.day, moment.part, hour) if part) or "any"


def meaning(reading: Reading) -> str:
    return WORDS.get(reading.kind) or " | ".join(written(moment) for moment in reading.moments)


@pytest.mark.parametrize("folder", ["", "unseen/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_understood_as_it_is_meant(language, folder, record_property):
    phrases = table(f"{folder}{language}.tsv")
    wrong = [
        f"{phrase!r} means {meant}, but was read as {got}"
        for phrase, meant in phrases
        if (got := meaning(read(phrase, NOW, CALENDAR, language))) != meant
    ]
    record_property("right", f"{len(phrases) - len(wrong)} of {len(phrases)}")
    print(f"{folder}{language}: {len(phrases) - len(wrong)} of {len(phrases)} right")  # noqa: T201 – the figure, with -s
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_phrases_and_each_stands_once(language):
    phrases = [phrase for phrase, _ in table(f"{language}.tsv")]
    assert len(phrases) >= 200
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_with_another_language_on_the_phone_is_understood_too(language):
    """A phrase that is clear may be read in another language, but never as another moment than some reading of it."""
    for phrase, meant in table(f"{language}.tsv"):
        if meant[0].isdigit() and "|" not in meant and not phrase.isdecimal():
            for other in LANGUAGES:
                reading = read(phrase, NOW, CALENDAR, other)
                assert meant in meaning(reading).split(" | "), f"{phrase!r} by somebody with {other}"
