"""Alerts: nobody found, handed back on the last day, nobody came, nobody answers, somebody unreachable."""

from tests.handlers.test_coordinator_story import ask
from tests.support.town import Town


async def test_nobody_found_is_told_and_one_tap_away(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    code = await ask(rosa)
    alert = await an.last()
    assert "Voor Rosa is nog niemand gevonden. Kan jij iemand bellen?" in alert.text
    assert "dinsdag 24 november" in alert.text
    assert "Dorpsstraat" not in alert.text
    assert f"{code}: Boodschappen" in await an.taps("Bekijk de vraag")
    assert "Er is nog niemand gevonden." in await an.last_text()
    assert "1 vraag heeft je aandacht nodig." in await an.starts()


async def test_handed_back_on_the_last_day(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await town.volunteer("Mia")
    await ask(rosa, day="Morgen")
    await jef.taps("Ik help")
    before = len(await an.messages())
    await town.jump(hours=8)
    await jef.writes("/taken")
    await jef.taps("Toon taak 1")
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert len(await an.messages()) == before + 1
    assert "De vrijwilliger kan niet meer, en het is binnenkort. Kan jij iemand zoeken?" in await an.last_text()


async def test_nobody_came(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.jump(hours=33)
    await rosa.taps("Niemand kwam")
    assert "Er is gemeld dat er niemand kwam." in await an.last_text()
    assert "Rosa zegt: Niemand kwam" in await an.taps("Bekijk de vraag")


async def test_nobody_says_how_it_went(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.jump(days=5)
    assert "Niemand zegt hoe het ging. Kan je Rosa schrijven?" in await an.last_text()


async def test_a_helper_who_cannot_be_reached(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    assert "Jef is niet meer bereikbaar via Telegram. Kan je Jef anders bereiken?" in await an.last_text()
    shown = await an.taps("Bekijk de vraag")
    assert "Jef is niet meer bereikbaar via Telegram." in shown
    assert "Schrijf naar Jef" not in await an.labels()


async def test_a_resident_who_cannot_be_reached(town: Town) -> None:
    an, rosa, _ = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await ask(rosa)
    await town.settled(await rosa.actor.blocks())
    assert "Rosa is niet meer bereikbaar via Telegram. Kan je Rosa anders bereiken?" in await an.last_text()
