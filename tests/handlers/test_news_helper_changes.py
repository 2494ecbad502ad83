"""Helping: giving back, rather somebody else, a coordinator's choice, another moment; what must not stay."""

from collections.abc import Callable

import pytest

from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town

PRIVATE = ("Dorpsstraat", "Familie Rosa", "0470", "Twee broden")


async def knows_nothing(who: Neighbour) -> None:
    """No address, name on the bell, number or words of the resident stand anywhere in the chat."""
    said = await who.reads()
    assert not [private for private in PRIVATE if private in said], said
    assert not [message for message in await who.messages() if {"photo", "voice", "location"} & set(message.json)]


async def gives_back(who: Neighbour) -> None:
    await who.writes("/taken")
    await who.taps("Toon taak 1")
    await who.taps("Ik kan niet meer")
    await who.taps("Ja, geef terug")


async def test_the_reserve_is_asked_first_then_who_was_asked_then_further_away(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    mia, noor = await town.volunteer("Mia"), await town.volunteer("Noor")
    far = await town.volunteer("Farah", areas=("Molenveld",))
    await asks_at(rosa, "27/11", "14:00", what="Twee broden")
    await jef.taps("Ik help")
    await mia.taps("Zet mij op de reservelijst")
    count = [len(await who.messages()) for who in (rosa, mia, noor, far, an)]
    waited = await mia.last()
    await gives_back(jef)
    now = [len(await who.messages()) for who in (rosa, mia, noor, far, an)]
    assert now == [count[0] + 1, *count[1:]], "the resident and the reserve, nobody else"
    assert (await mia.last()).id > waited.id, "a new card; the earlier one made way"
    assert "Jef kan toch niet komen." in await rosa.last_text()
    assert "Ik vraag het nu aan vrijwilligers" in await rosa.last_text()
    assert "Deze taak is weer vrij, en jij staat op de reservelijst." in await mia.last_text()
    await knows_nothing(jef)

    await mia.taps("Deze keer niet")
    assert "Kan jij helpen?" in await noor.last_text(), "no reserve any more: who was asked is asked again"
    assert len(await far.messages()) == count[3]
    await noor.taps("Deze keer niet")
    assert "Dichterbij vonden we nog niemand." in await far.last_text()
    await far.taps("Ik help")
    assert "Farah komt je helpen." in await rosa.last_text()
    assert "Dorpsstraat 12" in await far.last_text()


async def test_handed_back_on_the_last_day_the_coordinator_hears_one_thing(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "9:30")
    await jef.taps("Ik help")
    before = len(await an.messages())
    await gives_back(jef)
    assert len(await an.messages()) == before + 1
    assert "De vrijwilliger kan niet meer, en het is binnenkort." in await an.last_text()
    assert "Een coördinator zoekt nu mee." in await rosa.last_text()
    await town.jump(hours=6)
    assert len(await an.messages()) == before + 1


async def test_what_the_former_helper_was_reminded_of_is_taken_away(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00", what="Twee broden")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-23 18:30"))
    assert "Familie Rosa" in await jef.last_text()
    await gives_back(jef)
    await knows_nothing(jef)
    assert await told(rosa, "Jef komt morgen") == [], "what the resident was reminded of is not true any more"


async def test_a_reminder_that_still_waits_never_reaches_the_former_helper(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00", what="Twee broden")
    await jef.taps("Ik help")
    await town.restart(wall("2026-11-23 23:00"))
    await gives_back(jef)
    await town.jump(hours=13)
    await knows_nothing(jef)
    assert await told(rosa, "Herinnering") == []


async def test_an_address_that_telegram_takes_late_does_not_arrive_after_giving_back(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", what="Twee broden", know=True)
    await jef.taps("Ik help")
    await town.phones.fault("error", method="sendMessage", chat_id=jef.id, error_code=429, retry_after=3600)
    await rosa.taps("Goed")
    await rosa.taps("Liever iemand anders")
    await rosa.taps("Ja, zoek iemand anders")
    await town.jump(hours=2)
    await knows_nothing(jef)
    assert "Je hebt deze taak niet meer." in await jef.last_text()


async def test_rather_somebody_else_is_said_kindly_once_and_everything_private_goes(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks_at(rosa, "27/11", "14:00", what="Twee broden")
    await jef.taps("Ik help")
    before = await jef.messages()
    await rosa.taps("Liever iemand anders")
    await rosa.taps("Ja, zoek iemand anders")
    assert [each.id for each in (await jef.messages())[:-1]] == [each.id for each in before[:-1]], "the task is gone"
    assert (await jef.last()).id > before[-1].id
    assert (await jef.reads()).count("Je hebt deze taak niet meer.") == 1
    await knows_nothing(jef)
    assert "Kan jij helpen?" in await mia.last_text()


@pytest.mark.parametrize("know", [False, True])
async def test_a_coordinator_gives_the_task_to_somebody_else(town: Town, *, know: bool) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, mia = await town.volunteer("Jef"), await town.volunteer("Mia")
    code = await asks_at(rosa, "27/11", "14:00", what="Twee broden", know=know)
    await jef.taps("Ik help")
    if know:
        await rosa.taps("Goed")
    before = await jef.messages()
    await an.writes("/open")
    await an.taps(next(label for label in await an.labels() if code in label or "Bekijk" in label or "Toon" in label))
    await an.taps("Kies iemand")
    await an.taps("Mia (past)")
    await an.taps("Ja, kies Mia")
    await knows_nothing(jef)
    assert [each.id for each in (await jef.messages())[:-1]] == [each.id for each in before[:-1]], "the task is gone"
    assert (await jef.last()).id > before[-1].id
    assert "Je hebt deze taak niet meer." in await jef.last_text()
    if know:
        await knows_nothing(mia)
        assert "De bewoner wil eerst weten wie er komt." in await mia.last_text()
        assert "Mia wil je graag helpen. Is dat goed?" in await rosa.last_text()
        await rosa.taps("Goed")
    assert "Dorpsstraat 12" in await mia.last_text()
    assert "Mia komt je helpen." in await rosa.last_text()


async def test_another_moment_is_told_to_the_helper_and_everything_is_planned_anew(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks_at(rosa, "Morgen", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-23 18:30"))
    await rosa.taps("Toon mijn vraag")
    await rosa.taps("Iets veranderen")
    await rosa.taps("Wanneer")
    await rosa.writes("26/11")
    await rosa.writes("16:00")
    assert "Rosa koos een ander moment. Kan je dan niet, geef de taak dan terug." in await jef.last_text()
    assert "Wanneer: donderdag 26 november om 16 uur" in await jef.last_text()
    assert "donderdag 26 november om 16 uur" in await mia.last_text(), "all cards tell the truth"
    for who in (rosa, jef):
        assert await told(who, "morgen om 14 uur") == []
    await town.jump(wall("2026-11-26 15:00"))
    for who in (rosa, jef):
        assert await told(who, "Herinnering") == ["2026-11-25 18:00", "2026-11-26 14:00"]


async def test_another_moment_is_told_to_who_waits_for_the_resident(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", know=True, what="Twee broden")
    await jef.taps("Ik help")
    await rosa.taps("Iets veranderen")
    await rosa.taps("Wanneer")
    await rosa.writes("28/11")
    await rosa.writes("16:00")
    assert "De bewoner koos een ander moment." in await jef.last_text()
    assert "zaterdag 28 november om 16 uur" in await jef.last_text()
    assert "Ik kan toch niet" in await jef.labels()
    await knows_nothing(jef)


async def test_what_is_stopped_while_the_resident_thinks_is_told_to_who_offered(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", know=True, what="Twee broden")
    await jef.taps("Ik help")
    before = await jef.messages()
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    assert [each.id for each in await jef.messages() if each.id > before[-1].id] == [(await jef.last()).id]
    assert before[-1].id not in [each.id for each in await jef.messages()], "that they wait is not true any more"
    assert "Deze hulp is niet meer nodig. Je hoeft niets te doen." in await jef.last_text()
    assert await jef.labels() == []


@pytest.mark.parametrize("end", ["taken", "passed", "reserve", "nothing"])
async def test_in_the_end_every_card_tells_the_truth(town: Town, end: str) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks_at(rosa, "27/11", "14:00")
    if end == "passed":
        await mia.taps("Deze keer niet")
    await jef.taps("Ik help")
    if end == "reserve":
        await mia.taps("Zet mij op de reservelijst")
    before = await mia.messages()
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    if end == "reserve":  # they counted on it
        assert "Deze hulp is niet meer nodig. Je hoeft niets te doen." in await mia.last_text()
        assert await mia.labels() == []
    else:
        assert [each.id for each in await mia.messages()] == [each.id for each in before[:-1]]


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_what_was_sent_as_photo_or_voice_leaves_the_chat_in_time(town: Town, kind: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    sends: Callable[[], object] = rosa.actor.sends_photo if kind == "photo" else rosa.actor.sends_voice
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.does(sends())
    await rosa.writes("30/11")
    await rosa.writes("14:00")
    await rosa.taps("Mijn thuis")
    await rosa.taps("De eerste is goed")

    async def shown() -> bool:
        return any(kind in message.json for message in await jef.messages())

    assert not await shown(), "not before acceptance"
    await jef.taps("Ik help")
    assert await shown()
    await town.jump(hours=46.5)
    assert await shown()
    await town.jump(hours=1)
    assert not await shown()
    await jef.writes("/taken")
    await jef.taps("Toon taak 1")
    await jef.taps("Toon de foto" if kind == "photo" else "Luister opnieuw")
    assert await shown()
    await gives_back(jef)
    assert not await shown()
    await knows_nothing(jef)
