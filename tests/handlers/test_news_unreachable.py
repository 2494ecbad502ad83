"""Issue 2, Coordinating: somebody unreachable, with their open tasks; back again they see where they stand."""

from tests.support.telling import asks_at, told, wall
from tests.support.town import Town


async def test_all_open_tasks_of_who_is_gone_reach_the_coordinator(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    lea = await town.resident("Lea")
    codes = [await asks_at(rosa, "Morgen", "14:00"), await asks_at(lea, "27/11", "14:00")]
    for _code in codes:
        await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    assert len(await told(an, "Jef is niet meer bereikbaar via Telegram. Kan je bellen?")) == 2
    for code in codes:
        assert code in await an.reads()


async def test_who_is_found_out_to_be_gone_by_a_reminder_is_told_to_the_coordinator(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.phones.fault("error", method="sendMessage", chat_id=jef.id, error_code=403)
    await town.jump(wall("2026-11-23 18:00"))
    assert "Jef is niet meer bereikbaar via Telegram. Kan je bellen?" in await an.last_text()
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
    assert len(await jef.messages()) == before + 1
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
    assert "Jef komt je helpen." in await rosa.reads()
