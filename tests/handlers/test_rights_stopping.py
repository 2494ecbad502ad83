"""/stop asks which stop is meant, and who wants no message at all gets none until they write again."""

from tests.support.asking import asks
from tests.support.town import Town


async def test_in_a_dialogue_either_this_or_everything_can_be_stopped(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.writes("Melk en brood")
    assert "Wil je echt stoppen?" in await rosa.writes("/stop")
    assert await rosa.labels() == ["Toch verdergaan", "Ja, stop", "Stop alle berichten"]
    assert "Dan stuur ik je niets meer" in await rosa.taps("Stop alle berichten")
    assert "Heb je later iets nodig?" in await rosa.taps("Ja, stop alles")
    assert "bezig" not in await rosa.writes("/start")


async def test_questions_stop_and_who_helps_hears_it(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.writes("/stop")
    assert "Je vraag stopt." in await rosa.taps("Stop alle berichten")
    await rosa.taps("Ja, stop alles")
    assert "Deze hulp is niet meer nodig" in await jef.last_text()
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_a_volunteer_is_left_in_peace_until_they_write_again(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    an = await town.coordinator("An")
    await asks(rosa)
    await jef.taps("Ik help")
    await jef.writes("/stop")
    assert "Iemand anders krijgt je taak." in await jef.taps("Stop alle berichten")
    await jef.taps("Ja, stop alles")
    before = len(await jef.messages())
    assert "Jef kan toch niet komen." in await rosa.last_text()
    await mia.taps("Ik help")
    await asks(await town.resident("Lea"))
    with town.session() as session:
        jefs = town.person(session, jef).id
    await an.forges(f"1:answer_person:{jefs}:1")
    assert "Bel" in await an.writes("Gaat het?")
    await town.jump(days=4)
    assert len(await jef.messages()) == before
    assert "Je neemt pauze als vrijwilliger." in await jef.writes("/start")
    await an.forges(f"1:answer_person:{jefs}:1")
    await an.writes("Dag Jef")
    assert "Dag Jef" in await jef.last_text()


async def test_it_can_be_left_and_the_last_coordinator_must_hear(town: Town) -> None:
    rosa, an = await town.resident("Rosa"), await town.coordinator("An")
    await asks(rosa)
    await rosa.writes("/stop")
    await rosa.taps("Stop alle berichten")
    assert "Je hebt 1 open vraag." in await rosa.taps("Nee, ga verder")
    await an.writes("/stop")
    assert "Jij bent de enige coördinator van Lindebeek." in await an.taps("Stop alle berichten")
    assert "Jij bent de enige coördinator van Lindebeek." in await an.forges("1:stop_all_now")
    await town.coordinator("Els")
    assert "Heb je later iets nodig?" in await an.forges("1:stop_all_now")


async def test_one_is_not_counted_and_several_are(town: Town) -> None:
    rosa = await town.resident("Rosa")
    await town.volunteer("Jef")
    await asks(rosa)
    await asks(rosa, day="Vandaag")
    await rosa.writes("/stop")
    assert "Je 2 vragen stoppen." in await rosa.taps("Stop alle berichten")
    assert "je 2 vragen: die stoppen, en wie helpt hoort dat" in await rosa.writes("/wissen")
