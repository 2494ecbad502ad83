"""Who writes to the other side that it is off finds the button that tells everybody, above the one to pass it on."""

import pytest

from handlers.everyone.calling_off import may_call_off
from models.asked import Side
from tests.support.asking import asks
from tests.support.town import Neighbour, Town


async def helped(town: Town) -> tuple[Neighbour, Neighbour]:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("/start")
    await jef.writes("/start")
    return rosa, jef


@pytest.mark.parametrize(
    "words",
    [
        "Ik kan toch niet komen, ik ben ziek",
        "Ich kann doch nicht kommen, ich bin krank",
        "Je ne peux pas venir demain",
        "Sorry, I can’t make it tomorrow",
        "Ik moet helaas afzeggen",
        "Ik geraak er morgen niet",
        "je dois annuler",
        "ich komme morgen leider nicht",
    ],
)
def test_a_helper_calls_it_off_in_many_words(words: str) -> None:
    assert may_call_off(words, Side.HELPER)


@pytest.mark.parametrize(
    "words",
    [
        "Het is niet meer nodig, mijn dochter komt",
        "ce n'est plus nécessaire, ma fille vient",
        "Ich sage ab: es ist nicht mehr nötig",
    ],
)
def test_a_resident_says_in_many_words_that_it_is_not_needed(words: str) -> None:
    assert may_call_off(words, Side.RESIDENT)


@pytest.mark.parametrize("side", Side)
def test_other_words_call_nothing_off(side: Side) -> None:
    assert not may_call_off("Zal ik ook melk meebrengen?", side)


async def test_a_helper_who_cannot_come_may_give_it_back(town: Town) -> None:
    rosa, jef = await helped(town)
    await jef.writes("Ik kan toch niet komen, ik ben ziek")
    assert (await jef.labels())[:2] == ["Ik kan niet meer", "Stuur het naar Rosa"]
    assert "Kan je zeker niet komen?" in await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert "kan toch niet komen" in await rosa.reads()


async def test_a_resident_who_needs_nothing_any_more_may_stop_the_question(town: Town) -> None:
    rosa, _ = await helped(town)
    await rosa.writes("Het is niet meer nodig, mijn dochter komt")
    assert (await rosa.labels())[:2] == ["Stop vraag", "Stuur het naar Jef"]
    assert "Wil je vraag" in await rosa.taps("Stop vraag")


async def test_it_can_still_be_passed_on(town: Town) -> None:
    rosa, jef = await helped(town)
    await jef.writes("Ik kan niet om 15 uur, wel om 16 uur")
    await jef.taps("Stuur het naar Rosa")
    assert "wel om 16 uur" in await rosa.reads()


async def test_what_calls_nothing_off_has_no_such_button(town: Town) -> None:
    _, jef = await helped(town)
    await jef.writes("Zal ik ook melk meebrengen?")
    assert (await jef.labels())[0] == "Stuur het naar Rosa"


async def test_their_words_are_passed_on_with_it(town: Town) -> None:
    rosa, jef = await helped(town)
    await jef.writes("Ik kan niet komen, de sleutel ligt bij de buurvrouw")
    asked = await jef.taps("Ik kan niet meer")
    assert asked.startswith("Naar Rosa gestuurd.")
    assert "de sleutel ligt bij de buurvrouw" in await rosa.last_text()
    await jef.taps("Ja, geef terug")
    assert "kan toch niet komen" in await rosa.last_text()


async def test_below_what_the_other_wrote_it_is_asked_too(town: Town) -> None:
    rosa, jef = await helped(town)
    await rosa.writes("Tot morgen, ik zet koffie")
    await rosa.taps("Stuur het naar Jef")
    await jef.writes("Sorry ik ben ziek, ik kan morgen niet komen")
    assert (await jef.labels())[:2] == ["Ik kan niet meer", "Stuur het naar Rosa"]


async def test_who_wrote_it_by_the_button_may_still_tell_everybody(town: Town) -> None:
    rosa, jef = await helped(town)
    await jef.writes("/taken")
    await jef.taps("Toon taak 1")
    await jef.taps("Stuur een bericht")
    await jef.writes("Sorry, ik ben ziek")
    assert "Sorry, ik ben ziek" in await rosa.last_text()
    assert "Kan je zeker niet komen?" in await jef.taps("Ik kan niet meer")
