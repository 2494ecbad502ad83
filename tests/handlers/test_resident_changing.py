"""`/mijnvragen`: the list; a question is changed, stopped, or asked once more."""

from tests.support.asking import asks
from tests.support.town import Town


async def test_the_text_is_changed_and_the_helper_reads_the_new_one(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna, text="Melk")
    await wim.taps("Ik help")
    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    card = await anna.writes("Melk en kaas")
    assert "Goed, het is veranderd." in card
    assert "Wat: Melk en kaas\n" in card
    assert "Melk en kaas" in await wim.last_text()


async def test_the_moment_is_changed(town: Town):
    anna = await town.resident("Anna")
    await asks(anna)
    await anna.taps("Iets veranderen")
    await anna.taps("Wanneer")
    await anna.taps("Vandaag")
    assert "Wanneer: maandag 23 november, in de avond" in await anna.taps("Avond 18–21")


async def test_the_place_is_changed(town: Town):
    anna = await town.resident("Anna")
    await asks(anna)
    await anna.taps("Iets veranderen")
    await anna.taps("Waar")
    await anna.taps("Een andere plek")
    await anna.writes("Bij mijn zus, Kerkstraat 1")
    card = await anna.taps("Kerkhoek")
    assert "Waar: Bij mijn zus, Kerkstraat 1 (Kerkhoek)" in card
    assert "Naam op de bel" not in card


async def test_a_number_is_shared_later(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna)
    await wim.taps("Ik help")
    assert "Telefoon" not in await wim.last_text()
    await anna.taps("Iets veranderen")
    await anna.taps("Telefoon")
    assert "Telefoon: 0470 12 34 56" in await anna.writes("0470 12 34 56")
    assert "0470 12 34 56" in await wim.last_text()


async def test_nothing_is_changed_after_all(town: Town):
    anna = await town.resident("Anna")
    code = await asks(anna)
    await anna.taps("Iets veranderen")
    card = await anna.taps("Niets veranderen")
    assert f"Vraag {code}" in card
    assert "veranderd" not in card


async def test_stopping_is_asked_once_and_everybody_knows(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    code = await asks(anna)
    await wim.taps("Ik help")
    question = await anna.taps("Stop vraag")
    assert question == f"Wil je vraag {code} stoppen? Ik laat het dan meteen weten aan Wim."
    assert "Wim komt je helpen." in await anna.taps("Nee, ga verder")
    await anna.taps("Stop vraag")
    assert "Je stopte deze vraag." in await anna.taps("Ja, stop")
    assert "Dorpsstraat" not in await wim.reads()


async def test_an_old_button_of_a_stopped_request_shows_that_it_is_stopped(town: Town):
    anna = await town.resident("Anna")
    await asks(anna)
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Je stopte deze vraag." in await anna.forges("1:change:1")
    assert "Je stopte deze vraag." in await anna.forges("1:cancel:1")


async def test_the_same_is_asked_once_more_for_another_day(town: Town):
    anna = await town.resident("Anna")
    first = await asks(anna, text="Melk")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    assert "Op welke dag" in await anna.taps("Nog eens vragen")
    await anna.taps("Maakt niet uit")
    summary = await anna.last_text()
    assert "Wat: Melk\nWanneer: de dag maakt niet uit\nWaar: Dorpsstraat 12 (Centrum)" in summary
    card = await anna.taps("De eerste is goed")
    assert first not in card


async def test_asking_once_more_does_not_lose_a_half_written_request(town: Town):
    anna = await town.resident("Anna")
    await asks(anna, text="Melk")
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    await anna.writes("/vraag")
    await anna.taps("Tuin 🌿")
    await anna.taps("Nog eens vragen")
    assert "Je was al bezig met een vraag." in await anna.reads()
    await anna.taps("Opnieuw")
    await anna.taps("Maakt niet uit")
    assert "Wat: Melk\n" in await anna.reads()


async def test_who_never_asked_reads_how_to(town: Town):
    anna = await town.resident("Anna")
    assert await anna.writes("/mijnvragen") == "Je hebt nog geen vragen. Wil je hulp vragen?"
    assert await anna.labels() == ["Ik zoek hulp"]


async def test_the_list_has_pages_and_what_is_open_comes_first(town: Town):
    anna = await town.resident("Anna")
    codes = [await asks(anna, day="Maakt niet uit", part=None) for _ in range(6)]
    await anna.taps("Stop vraag")
    await anna.taps("Ja, stop")
    text = await anna.writes("/mijnvragen")
    assert [code for code in codes if code in text] == codes[:5]
    assert text.index(codes[4]) < text.index(codes[0])
    older = await anna.taps("Oudere")
    assert f"{codes[5]}: Boodschappen 🛒\nde dag maakt niet uit\nGestopt" in older
    assert codes[0] in await anna.taps("Nieuwere")
    assert f"Vraag {codes[0]}" in await anna.taps(f"{codes[0]} Boodschappen")


async def test_what_ended_while_it_was_being_changed_stays_as_it_is(town: Town):
    anna = await town.resident("Anna")
    await asks(anna)
    await anna.taps("Iets veranderen")
    await anna.taps("Wat precies")
    await anna.forges("1:cancel:1:yes")
    card = await anna.writes("Iets nieuws")
    assert "Je stopte deze vraag." in card
    assert "Iets nieuws" not in card
    assert "Fijn dat je het vraagt." in await anna.writes("Ik zoek ook een fiets")


async def test_the_text_may_stay_as_it_is(town: Town):
    anna, wim = await town.resident("Anna"), await town.volunteer("Wim")
    await asks(anna, text="Melk en brood")
    await wim.taps("Ik help")
    before = await wim.reads()
    await anna.taps("Iets veranderen")
    assert "Nu staat er: Melk en brood" in await anna.taps("Wat precies")
    assert "Wat: Melk en brood" in await anna.taps("Laat het zo")
    assert await wim.reads() == before


async def test_before_it_is_sent_the_text_may_stay_as_it_is_too(town: Town):
    anna = await town.resident("Anna")
    await anna.writes("/vraag")
    await anna.taps("Boodschappen 🛒")
    await anna.writes("Melk en brood")
    for label in ("Morgen", "Namiddag 14–18", "Mijn thuis", "Iets veranderen", "Wat precies"):
        await anna.taps(label)
    assert "Nu staat er: Melk en brood" in await anna.last_text()
    assert "Wat: Melk en brood" in await anna.taps("Laat het zo")
