"""Coordinating: somebody unreachable, with their open tasks; back again they see where they stand."""

from simulator.actors import Message
from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town


async def test_all_open_tasks_of_who_is_gone_reach_the_coordinator(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    lea = await town.resident("Lea")
    codes = [await asks_at(rosa, "Morgen", "14:00"), await asks_at(lea, "27/11", "14:00")]
    for _code in codes:
        await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    assert len(await told(an, "Jef is niet meer bereikbaar via Telegram. Kan je Jef anders bereiken?")) == 2
    for code in codes:
        assert code in await an.reads()


async def test_who_is_found_out_to_be_gone_by_a_reminder_is_told_to_the_coordinator(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.phones.fault("error", method="sendMessage", chat_id=jef.id, error_code=403)
    await town.jump(wall("2026-11-23 18:00"))
    assert "Jef is niet meer bereikbaar via Telegram. Kan je Jef anders bereiken?" in await an.last_text()
    assert "Ik kan Jef nu niet bereiken." in await rosa.last_text()


async def test_back_again_there_is_no_flood_and_start_shows_where_they_stand(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    await asks_at(await town.resident("Lea"), "26/11", "14:00")
    await town.jump(wall("2026-11-24 19:00"))
    before = len(await jef.messages())
    await town.settled(await jef.actor.unblocks())
    await town.jump(seconds=10)
    assert len(await jef.messages()) == before + 2, "what waits for somebody, and where they stand"
    assert "Je hebt 1 taak." in await jef.last_text()
    assert "niet meer bereikbaar" not in await an.reads(), "nobody need call any more"
    assert "Je hebt 1 taak." in await jef.starts()
    await jef.taps("Bekijk mijn taken")
    assert "woensdag 25 november om 14 uur" in await jef.last_text()
    await town.jump(wall("2026-11-25 12:00"))
    assert "Je helpt Rosa vandaag om 14 uur." in await jef.last_text()


async def test_the_last_volunteer_who_was_asked_is_gone_and_it_is_asked_further(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    far = await town.volunteer("Farah", areas=("Molenveld",))
    await asks_at(rosa, "27/11", "14:00")
    await town.settled(await jef.actor.blocks())
    assert "Dichterbij vonden we nog niemand." in await far.last_text()


async def test_the_resident_is_not_left_waiting_for_who_is_gone(town: Town) -> None:
    await town.coordinator("An")
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    gone = "Ik kan Jef nu niet bereiken. De coördinator kijkt het na en je hoort van ons."
    assert gone in await rosa.last_text()
    await town.jump(wall("2026-11-23 19:00"))
    assert gone in await rosa.last_text()
    assert "Jef komt" not in await rosa.last_text()
    await town.settled(await jef.actor.unblocks())
    await town.jump(wall("2026-11-24 09:00"))
    assert "Jef komt je helpen." in await rosa.last_text()


GONE = "Rosa is niet meer bereikbaar via Telegram."


async def test_who_accepts_does_not_calm_the_coordinator_while_the_resident_is_gone(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await town.settled(await rosa.actor.blocks())
    assert f"{GONE} Kan je Rosa anders bereiken?" in await an.last_text()
    await jef.taps("Ik help")
    assert f"{GONE} Kan je Rosa anders bereiken?" in await an.last_text()
    await an.writes("/open")
    assert f"{GONE}\nJef helpt." in await an.taps(f"Bekijk {code}")
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert f"{GONE}\nEr is nog niemand gevonden." in await an.taps(f"Bekijk {code}", on=await case_list(an))
    await town.settled(await rosa.actor.unblocks())
    assert GONE not in await an.taps(f"Bekijk {code}", on=await case_list(an))


async def test_an_alert_that_nobody_was_found_becomes_that_the_resident_is_to_be_called(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await town.settled(await rosa.actor.blocks())
    await town.jump(wall("2026-11-26 12:00"))
    nobody = "Voor Rosa is nog niemand gevonden."
    assert nobody in await an.last_text()
    await jef.taps("Ik help")
    assert nobody not in await an.reads()
    assert f"{GONE} Kan je Rosa anders bereiken?" in await an.last_text()
    await an.taps("Bekijk de vraag")
    await an.taps("Zoek verder")
    await an.taps("Ja, zoek iemand anders")
    assert f"{GONE}\nEr is nog niemand gevonden." in await an.last_text()
    assert code in await an.last_text()


async def test_who_is_gone_cannot_be_chosen_not_even_with_an_old_button(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await asks_at(rosa, "27/11", "14:00")
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Kies iemand")
    await an.taps("Jef (past)")
    await town.settled(await jef.actor.blocks())
    assert "Jef helpt." not in await an.taps("Ja, kies Jef")
    assert "Jef" not in await rosa.last_text()
    await an.taps("Kies iemand", on=await case_of(an, code))
    assert (await an.last()).rows[0] == ["Mia (past)"]
    await town.settled(await mia.actor.blocks())
    await an.taps("Kies iemand", on=await case_of(an, code))
    assert "Er is in deze gemeente geen andere vrijwilliger die we kunnen bereiken." in await an.last_text()


async def test_a_coordinator_reads_who_really_gets_a_message(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await town.settled(await rosa.actor.blocks())
    await an.taps("Kies iemand", on=await case_of(an, code))
    await an.taps("Jef (past)")
    shown = await an.taps("Ja, kies Jef")
    assert f"Jef krijgt een bericht. {GONE} Kan je Rosa anders bereiken?" in shown
    assert "Jef en Rosa" not in shown
    assert "Dorpsstraat 12" in await jef.last_text()


async def test_a_volunteer_who_is_back_is_asked_for_what_waits(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await town.settled(await jef.actor.blocks())
    await asks_at(rosa, "27/11", "14:00")
    assert "Iemand in de buurt vraagt hulp" not in await jef.reads()
    await town.settled(await jef.actor.unblocks())
    await town.jump(seconds=10)
    assert len(await told(jef, "Iemand in de buurt vraagt hulp")) == 1
    await jef.taps("Ik help")
    assert "Jef komt je helpen." in await rosa.last_text()


async def case_of(an: Neighbour, code: str) -> Message:
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    return await an.last()


async def case_list(an: Neighbour) -> Message:
    await an.writes("/open")
    return await an.last()
