"""A first name on a button: whole, as long as a button of its own holds it."""

from tests.support.asking import asks
from tests.support.phoning import asks_for_who_calls
from tests.support.town import Town


async def test_a_longer_first_name_stands_whole_on_a_button_of_its_own(town: Town) -> None:
    an, rosa, helper = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Christianne")
    await asks_for_who_calls(an, name="Godelieve")
    await asks(rosa)
    await helper.taps("Ik help")
    assert "Schrijf naar Christianne" in await rosa.labels()


async def test_where_no_button_holds_it_the_name_is_cut_and_not_the_words_around_it(town: Town) -> None:
    an = await town.coordinator("An")
    await an.writes("/namens")
    await an.writes("Maria-Magdalena")
    await an.writes("0470 12 34 56")
    assert "Thuis bij Maria-Magdale…" in await an.labels()
