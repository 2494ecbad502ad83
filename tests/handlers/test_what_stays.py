"""A chat that stays readable: what nobody needs any more is gone, or is a few words where Telegram keeps it."""

import pytest

from tests.handlers.test_languages_retelling import IN_DUTCH
from tests.support.telling import asks_at, wall
from tests.support.town import Neighbour, Town

STUBS = ("Dit bericht", "Deze vraag is afgelopen.", "Deze hulp is niet meer nodig.", "Je hebt deze taak niet meer.")


async def stubs(who: Neighbour) -> list[str]:
    """What only says that something is over."""
    return [message.text for message in await who.messages() if message.text.startswith(STUBS)]


async def stops(who: Neighbour) -> None:
    await who.taps("Stop vraag")
    await who.taps("Ja, stop")


async def test_who_declined_or_missed_ten_questions_reads_no_wall_of_them(town: Town) -> None:
    rosa, mia = await town.resident("Rosa"), await town.volunteer("Mia")
    before = await mia.reads()
    for number in range(10):
        await asks_at(rosa, "27/11", "14:00")
        assert "Iemand in de buurt vraagt hulp" in await mia.last_text()
        if number % 2:
            await mia.taps("Deze keer niet")
        await stops(rosa)
    assert await mia.reads() == before


async def test_who_is_asked_once_more_has_one_card_of_it(town: Town) -> None:
    rosa, mia = await town.resident("Rosa"), await town.volunteer("Mia")
    await asks_at(rosa, "24/11", "14:00")
    before = await mia.messages()
    await town.jump(wall("2026-11-24 13:00"))
    assert (await mia.reads()).count("Iemand in de buurt vraagt hulp") == 1
    assert (await mia.last()).id > before[-1].id
    assert "Ik help" in await mia.labels()


async def test_what_telegram_does_not_delete_any_more_says_shortly_that_it_is_over(town: Town) -> None:
    rosa, mia = await town.resident("Rosa"), await town.volunteer("Mia")
    code = await asks_at(rosa, "4/12", "14:00")
    await town.jump(wall("2026-12-03 12:00"))
    await rosa.writes("/mijnvragen")
    await rosa.taps(f"{code} Boodschappen")
    await stops(rosa)
    (earlier, over) = await stubs(mia)
    assert earlier == "Dit bericht is weggehaald. Het is niet meer nodig.", "they were asked twice"
    assert over.startswith("Deze hulp is niet meer nodig.")
    assert "Ik help" not in await mia.labels()
    assert "Cette aide n'est plus nécessaire." in await mia.forges("1:say_in:fr:offer:1", await mia.last())


async def test_who_was_on_the_reserve_list_reads_that_it_is_over(town: Town) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await mia.taps("Zet mij op de reservelijst")
    await stops(rosa)
    assert "Deze hulp is niet meer nodig." in await mia.last_text()


async def test_who_had_the_task_reads_the_end_once_and_keeps_no_card(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-26 18:30"))
    assert "Herinnering" in await jef.reads()
    await town.jump(hours=1)
    await rosa.taps("Toon mijn vraag")
    await stops(rosa)
    assert "Dorpsstraat" not in await jef.reads()
    assert "Herinnering" not in await jef.reads(), "sent an hour ago: it can be deleted"
    assert "Je hoeft niet te gaan." in await jef.last_text()


async def test_the_card_below_the_finger_of_who_gives_it_back_stays_and_says_so(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    card = await jef.last()
    await jef.taps("Ik kan niet meer")
    await jef.taps("Ja, geef terug")
    assert (await jef.last()).id == card.id
    assert "Dorpsstraat" not in await jef.reads()
    assert await stubs(jef) == []


async def test_a_volunteer_who_stops_keeps_no_card_of_what_they_were_asked(town: Town) -> None:
    rosa, mia = await town.resident("Rosa"), await town.volunteer("Mia")
    before = len(await mia.messages())
    await asks_at(rosa, "27/11", "14:00")
    await mia.forges("1:leave")
    await mia.taps("Ja, ik stop")
    assert "Soort hulp" not in await mia.reads()
    assert len(await mia.messages()) > before, "what they tapped is there"


@pytest.mark.parametrize("hours", [1, 49])
async def test_at_once_nothing_private_is_left_with_a_former_helper(town: Town, hours: int) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    code = await asks_at(rosa, "27/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(hours=hours)
    await rosa.writes("/mijnvragen")
    await rosa.taps(f"{code} Boodschappen")
    await rosa.taps("Liever iemand anders")
    await rosa.taps("Ja, zoek iemand anders")
    for private in ("Dorpsstraat", "Rosa", "codewoord"):
        assert private not in await jef.reads()
    assert "Je hebt deze taak niet meer." in await jef.last_text()
    assert ("Dit bericht is weggehaald." in await jef.reads()) == (hours == 49)


async def test_who_offered_keeps_no_card_that_still_waits_for_a_yes(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", know=True)
    await jef.taps("Ik help")
    assert "zodra er een antwoord is." in await jef.reads()
    await rosa.taps("Goed")
    assert "Dorpsstraat" in await jef.last_text()
    assert "zodra er een antwoord is." not in await jef.reads()
    assert await stubs(jef) == []


async def test_who_offered_and_was_not_answered_keeps_no_card_that_waits(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "14:00", know=True)
    await jef.taps("Ik help")
    await rosa.taps("Liever iemand anders")
    assert "zodra er een antwoord is." not in await jef.reads()


async def test_when_it_is_done_the_reminders_are_gone_on_both_sides(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "24/11", "14:00")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-24 15:00"))
    assert "Herinnering" in await rosa.reads()
    await jef.taps("Het is gedaan")
    await town.jump(wall("2026-11-24 18:00"))
    await rosa.taps("Ja, gelukt")
    for who in (rosa, jef):
        reminders = [each for each in await who.messages() if "Herinnering" in each.text]
        assert [each.labels for each in reminders if each.labels not in ([], [IN_DUTCH])] == []
        assert not [each for each in reminders if "vandaag" in each.text]


async def test_after_the_moment_nobody_waits_on_the_reserve_list(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    mia, lou = await town.volunteer("Mia"), await town.volunteer("Lou")
    await asks_at(rosa, "24/11", "14:00")
    await jef.taps("Ik help")
    await mia.taps("Zet mij op de reservelijst")
    card = await lou.last()
    await town.jump(wall("2026-11-24 14:30"))
    assert "Het moment van deze vraag is voorbij." in await lou.taps("Zet mij op de reservelijst")
    await town.jump(wall("2026-11-24 19:00"))
    assert "Het moment van deze vraag is voorbij." in await mia.last_text()
    assert await mia.labels() == []
    assert "Zet mij op de reservelijst" not in [label for each in await lou.messages() for label in each.labels]
    assert card.id not in [each.id for each in await lou.messages()]
