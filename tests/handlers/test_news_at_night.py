"""Promise 10: night is night, for all but what is urgent and for answers to one's own taps."""

import pytest

from tests.support.telling import asks_at, told, wall
from tests.support.town import Town

OFFER = "Iemand in de buurt vraagt hulp"


@pytest.mark.parametrize(
    ("asked", "day", "hour", "reaches"),
    [
        ("2026-11-23 22:00", "25/11", "14:00", "2026-11-24 08:00"),
        ("2026-11-28 22:00", "30/11", "14:00", "2026-11-29 10:00"),
        ("2026-12-24 22:00", "26/12", "14:00", "2026-12-25 10:00"),
        ("2026-11-24 06:00", "25/11", "14:00", "2026-11-24 08:00"),
        # The moment is within twelve hours.
        ("2026-11-23 22:00", "24/11", "9:00", "2026-11-23 22:00"),
        ("2026-11-24 05:00", "Vandaag", "9:00", "2026-11-24 05:00"),
    ],
)
async def test_a_request_of_the_night_reaches_volunteers_in_the_morning_unless_it_is_urgent(
    town: Town, asked: str, day: str, hour: str, reaches: str
) -> None:
    await town.clock.set(wall(asked))
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, day, hour)
    assert "je vraag is verstuurd" in await rosa.last_text(), "an answer to one's own tap comes at once"
    await town.jump(wall(reaches))
    assert await told(jef, OFFER) == [reaches]


async def test_what_is_over_before_the_morning_troubles_nobody(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    before = len(await jef.messages())
    await town.jump(wall("2026-11-23 22:00"))
    await asks_at(rosa, "25/11", "14:00")
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    await town.jump(hours=14)
    assert len(await jef.messages()) == before


async def test_at_night_a_photo_waits_with_its_task_and_comes_after_it(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.does(rosa.actor.sends_photo())
    await rosa.writes("27/11")
    await rosa.writes("14:00")
    await rosa.taps("Mijn thuis")
    await rosa.taps("Eerst weten wie")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-23 22:00"))
    before = {each.id for each in await jef.messages()}
    await rosa.taps("Goed")
    assert {each.id for each in await jef.messages()} <= before, "nothing new; that he waits for her is over"
    await town.jump(hours=11)
    came = [each for each in await jef.messages() if each.id not in before]
    assert "Dorpsstraat 12" in came[0].text
    assert "photo" in came[1].json


async def test_whoever_is_on_the_way_hears_at_once_that_it_is_not_needed(town: Town) -> None:
    await town.clock.set(wall("2026-11-24 05:00"))
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Vandaag", "7:30")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-24 07:15"))
    await rosa.writes("/mijnvragen")
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    assert await told(jef, "Deze hulp is niet meer nodig. Je hoeft niet te gaan.") == ["2026-11-24 07:15"]
    assert "Dorpsstraat" not in await jef.reads()
