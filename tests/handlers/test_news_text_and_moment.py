"""What people wrote stays theirs; where it names another moment than the one that counts, every card says so."""

from datetime import date, time

import pytest

from models import Moment
from models.appointment import not_in_words
from models.calendar import Calendar
from models.moment import Part
from tests.support.telling import wall
from tests.support.town import Neighbour, Town

COUNTS = "Let op: dit moment telt, ook als de tekst iets anders zegt."
SENTENCE = "Kan iemand morgen om 14u brood halen bij de bakker?"


async def asks_by_sentence(anna: Neighbour) -> str:
    """One sentence, which says when."""
    await anna.writes(SENTENCE)
    await anna.taps("Mijn thuis")
    return await anna.taps("De eerste is goed")


async def test_a_text_that_says_the_same_moment_is_left_alone(town: Town) -> None:
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    card = await asks_by_sentence(anna)
    assert "dinsdag 24 november om 14 uur" in card
    assert COUNTS not in card
    assert COUNTS not in await wim.taps("Ik help")


async def test_another_moment_counts_more_than_the_words_on_every_card(town: Town) -> None:
    anna, wim, an = await town.resident("Anna"), await town.volunteer("Wim"), await town.coordinator("An")
    await asks_by_sentence(anna)
    await wim.taps("Ik help")
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    mine = await anna.writes("woensdag om 15 uur")
    wednesday = f"Wanneer: woensdag 25 november om 15 uur\n{COUNTS}"
    assert "Ik zeg het aan Wim, die nog nee kan zeggen." in mine
    assert SENTENCE in mine, "her words are hers"
    assert wednesday in mine
    assert wednesday in await wim.last_text()
    assert wednesday in await an.forges("1:case:1")
    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    assert COUNTS not in await anna.writes("Brood halen bij de bakker")
    assert COUNTS not in await wim.last_text()


async def test_when_all_is_over_no_card_says_any_more_which_moment_counts(town: Town) -> None:
    anna = await town.resident("Anna")
    await asks_by_sentence(anna)
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    assert COUNTS in await anna.writes("woensdag om 15 uur")
    await anna.taps("Stop vraag")
    over = await anna.taps("Ja, stop")
    assert "Wanneer: woensdag 25 november om 15 uur" in over
    assert COUNTS not in over


async def test_before_it_is_sent_the_summary_says_so_already(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes(SENTENCE)
    await anna.taps("Moment veranderen")
    await anna.writes("woensdag om 15 uur")
    assert COUNTS in await anna.taps("Mijn thuis")


NOW, CALENDAR = wall("2026-11-23 10:00"), Calendar()
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "moment", "differs"),
    [
        ("Brood halen", Moment(TUESDAY, None, time(14)), False),
        ("morgen om 14u brood halen", Moment(TUESDAY, None, time(14)), False),
        ("morgen om 14u brood halen", Moment(TUESDAY, None, time(15)), True),
        ("morgen brood halen", Moment(TUESDAY, None, time(15)), False),
        ("morgen brood halen", Moment(WEDNESDAY, None, time(15)), True),
        ("dinsdagnamiddag brood halen", Moment(TUESDAY, None, time(15)), False),
        ("dinsdagvoormiddag brood halen", Moment(TUESDAY, None, time(15)), True),
        ("liefst om 14u brood halen", Moment(TUESDAY, Part.AFTERNOON), False),
        ("liefst om 14u brood halen", Moment(TUESDAY, Part.MORNING), True),
        ("liefst om 14u brood halen", Moment(), False),
        ("morgen brood halen", Moment(), True),
        ("chercher du pain à 14h", Moment(TUESDAY, None, time(15)), True),
        ("morgen um 14 Uhr Brot holen", Moment(TUESDAY, None, time(15)), True),
        ("pick up bread tomorrow at 2pm", Moment(TUESDAY, None, time(14)), False),
    ],
)
def test_when_words_and_moment_contradict_each_other(text: str, moment: Moment, *, differs: bool) -> None:
    assert not_in_words(moment, text, NOW, CALENDAR) is differs
