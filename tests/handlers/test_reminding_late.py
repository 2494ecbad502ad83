"""Reminding: what is late because the bot was down comes only while it makes sense, in words that are true."""

import pytest

from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town


async def agreed(town: Town, day: str = "Morgen", hour: str = "14:00") -> tuple[Neighbour, Neighbour]:
    """Rosa and Jef have an appointment."""
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, day, hour)
    await jef.taps("Ik help")
    return rosa, jef


@pytest.mark.parametrize(
    ("hour", "back", "reminded"),
    [
        # The evening before is still the evening before.
        ("14:00", "2026-11-23 20:00", ["2026-11-23 20:00 morgen", "2026-11-24 12:00 vandaag"]),
        # At night nobody is woken: it is read in the morning, and says so.
        ("14:00", "2026-11-23 23:00", ["2026-11-24 08:00 vandaag", "2026-11-24 12:00 vandaag"]),
        ("14:00", "2026-11-24 09:00", ["2026-11-24 09:00 vandaag", "2026-11-24 12:00 vandaag"]),
        # Both are late: once is enough.
        ("14:00", "2026-11-24 12:30", ["2026-11-24 12:30 vandaag"]),
        # Read in the morning both would come at once.
        ("10:00", "2026-11-23 23:00", ["2026-11-24 08:00 vandaag"]),
        # Nothing else comes in the morning.
        ("8:30", "2026-11-23 23:00", ["2026-11-24 08:00 vandaag"]),
        # What cannot wait for the morning breaks the night.
        ("7:30", "2026-11-23 23:00", ["2026-11-23 23:00 morgen"]),
        ("7:30", "2026-11-24 05:00", ["2026-11-24 05:00 vandaag"]),
        # Too late is too late.
        ("14:00", "2026-11-24 14:05", []),
    ],
)
async def test_a_late_reminder_is_true_when_it_is_read_or_does_not_come(
    town: Town, hour: str, back: str, reminded: list[str]
) -> None:
    rosa, jef = await agreed(town, hour=hour)
    await town.restart(wall(back))
    await town.jump(wall("2026-11-24 20:00"))
    for who, words in ((rosa, "Jef komt {}"), (jef, "Je helpt Rosa {}")):
        came = {near: await told(who, words.format(near)) for near in ("morgen", "vandaag")}
        assert sorted(f"{moment} {near}" for near, moments in came.items() for moment in moments) == reminded
        assert len(await told(who, "Herinnering")) == len(reminded)


async def test_a_reminder_that_telegram_did_not_take_in_time_is_said_in_new_words(town: Town) -> None:
    rosa, jef = await agreed(town)
    await town.phones.fault("error", method="sendMessage", chat_id=rosa.id, error_code=429, retry_after=10 * 3600)
    await town.jump(wall("2026-11-24 11:00"))
    assert await told(rosa, "Jef komt vandaag om 14 uur") == ["2026-11-24 08:00"]
    assert await told(rosa, "Jef komt morgen") == []
    assert await told(jef, "Je helpt Rosa morgen om 14 uur") == ["2026-11-23 18:00"]


async def test_after_days_without_the_bot_both_are_asked_once_and_have_time_to_answer(town: Town) -> None:
    an = await town.coordinator("An")
    rosa, jef = await agreed(town)
    before = len(await an.messages())
    await town.restart(wall("2026-11-27 11:00"))
    for who in (rosa, jef):
        assert len(await told(who, "Is het gelukt met")) == 1
        assert await told(who, "Herinnering") == []
    assert len(await an.messages()) == before + 1, "that the bot was away; but nobody is silent yet"
    await town.jump(wall("2026-11-28 12:00"))
    assert await told(an, "Niemand zegt hoe het ging.") == ["2026-11-28 10:00"]


async def test_after_days_without_the_bot_a_request_lapses_and_everybody_hears_it_once(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    before = [len(await who.messages()) for who in (an, rosa, jef)]
    await town.restart(wall("2026-11-27 03:00"))
    assert [len(await who.messages()) for who in (an, rosa, jef)] == before, "not in the middle of the night"
    await town.jump(wall("2026-11-27 09:00"))
    assert [len(await who.messages()) for who in (an, rosa, jef)] == [before[0] + 2, before[1] + 1, before[2]]
    assert "Ik was lang weg" in await an.reads()
    assert "We vonden niet op tijd iemand. Dat spijt ons." in await rosa.last_text()
    assert "Voor Rosa is niemand op tijd gevonden. Kan je Rosa schrijven?" in await an.last_text()
    assert "Deze vraag is afgelopen." in await jef.last_text()
