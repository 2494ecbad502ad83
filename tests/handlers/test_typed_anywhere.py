"""The labels of the main buttons and of the menu can be typed anywhere outside of a dialogue, in all our languages."""

import pytest

from tests.support.asking import asks
from tests.support.town import Town

ERASES = "Dan wis ik meteen:"
NOTHING = "Er is nu niets om te stoppen."
TYPED = [
    ("Mijn vragen", "Je hebt nog geen vragen"),
    ("bekijk mijn vragen", "Je hebt nog geen vragen"),
    ("Mes demandes", "Je hebt nog geen vragen"),
    ("Mijn taken", "Taken zijn er voor vrijwilligers."),
    ("Ik wil helpen", "Wie we zijn"),
    ("ik zoek hulp", "Waarvoor zoek je hulp?"),
    ("Schrijf de coördinator", "Telegram"),
    *((words, ERASES) for words in ("wis alles", "wis alles over mij", "Alles wissen!", "verwijder mijn gegevens")),
    *((words, ERASES) for words in ("effacer tout", "Effacez tout", "supprimez mes données", "delete everything")),
    *((words, ERASES) for words in ("alles löschen", "Lösche alles", "Meine Daten löschen", "delete all my data")),
    *((words, NOTHING) for words in ("stop maar", "ja stop maar", "laat maar", "Laissez tomber", "never mind")),
]


@pytest.mark.parametrize(("words", "answer"), TYPED)
async def test_it_does_what_it_says(town: Town, words: str, answer: str) -> None:
    anna = await town.resident("Anna")
    await anna.writes("/privacy")
    assert answer in await anna.writes(words)


@pytest.mark.parametrize(
    "words", ["Kan iemand alles wissen in mijn keuken?", "Laat maar iemand komen", "Mijn vragenlijst"]
)
async def test_a_sentence_that_only_holds_such_words_is_a_sentence(town: Town, words: str) -> None:
    anna = await town.resident("Anna")
    read = await anna.writes(words)
    assert ERASES not in read
    assert NOTHING not in read


async def test_what_is_for_others_cannot_be_typed_either(town: Town) -> None:
    anna = await town.resident("Anna")
    assert "Waarvoor zoek je hulp?" in await anna.writes("Vragen die open staan")


async def test_who_has_a_helper_erases_and_is_not_asked_for_whom_it_is(town: Town) -> None:
    anna, bart = await town.resident("Anna"), await town.volunteer("Bart")
    await asks(anna)
    await bart.taps("Ik help")
    assert ERASES in await anna.writes("wis alles over mij")
    await anna.writes("/privacy")
    assert "Bart helpt je" in await anna.writes("Mijn vragen")
