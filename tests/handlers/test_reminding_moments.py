"""Reminding: the evening before at 18:00 and two hours before, to both, and never at night."""

from datetime import timedelta

import pytest

from tests.support.asking import asks
from tests.support.telling import asks_at, told, wall
from tests.support.town import Town


@pytest.mark.parametrize(
    ("asked", "day", "hour", "reminded"),
    [
        ("2026-11-23 10:00", "25/11", "14:00", ["2026-11-24 18:00 morgen", "2026-11-25 12:00 vandaag"]),
        ("2026-11-23 10:00", "25/11", "Namiddag 14–18", ["2026-11-24 18:00 morgen", "2026-11-25 12:00 deze namiddag"]),
        # Two hours before would be at night: the evening before says it already.
        ("2026-11-23 10:00", "25/11", "8:30", ["2026-11-24 18:00 morgen"]),
        # On Sundays and holidays night lasts until ten.
        ("2026-11-23 10:00", "29/11", "11:00", ["2026-11-28 18:00 morgen"]),
        ("2026-11-23 10:00", "29/11", "12:30", ["2026-11-28 18:00 morgen", "2026-11-29 10:30 vandaag"]),
        ("2026-12-22 10:00", "25/12", "11:30", ["2026-12-24 18:00 morgen"]),
        ("2026-12-22 10:00", "25/12", "12:00", ["2026-12-24 18:00 morgen", "2026-12-25 10:00 vandaag"]),
        # A day of 25 hours, and one of 23.
        ("2026-10-23 10:00", "25/10", "14:00", ["2026-10-24 18:00 morgen", "2026-10-25 12:00 vandaag"]),
        ("2027-03-26 10:00", "28/3", "14:00", ["2027-03-27 18:00 morgen", "2027-03-28 12:00 vandaag"]),
        ("2027-03-26 10:00", "29/3", "12:30", ["2027-03-28 18:00 morgen", "2027-03-29 10:30 vandaag"]),
        # Agreed after the evening's reminder would have gone.
        ("2026-11-23 10:00", "Vandaag", "16:00", ["2026-11-23 14:00 vandaag"]),
        ("2026-11-23 19:00", "Morgen", "8:30", ["2026-11-23 20:30 morgen"]),
        ("2026-11-23 20:00", "Morgen", "16:00", ["2026-11-24 14:00 vandaag"]),
    ],
)
async def test_both_are_reminded_at_human_hours(
    town: Town, asked: str, day: str, hour: str, reminded: list[str]
) -> None:
    await town.clock.set(wall(asked))
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, day, hour)
    await jef.taps("Ik help")
    await town.jump(wall(reminded[-1][:16]) + timedelta(hours=20))  # past the appointment
    for who, words in ((rosa, "Jef komt {}"), (jef, "Je helpt Rosa {}")):
        came = {near: await told(who, words.format(near)) for near in ("morgen", "vandaag", "deze namiddag")}
        assert sorted(f"{moment} {near}" for near, moments in came.items() for moment in moments) == reminded
        assert len(await told(who, "Herinnering")) == len(reminded)


async def test_a_reminder_says_all_that_one_needs_at_the_door(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "14:00")
    word = (await jef.taps("Ik help")).split("Codewoord: ")[1].split("\n")[0]
    await town.jump(wall("2026-11-23 18:00"))
    assert await rosa.last_text() == (
        f"Herinnering: Boodschappen\n\nJef komt morgen om 14 uur. Aan de deur zegt Jef het codewoord “{word}”."
    )
    assert await jef.last_text() == (
        "Herinnering: Boodschappen\n\nJe helpt Rosa morgen om 14 uur.\nDorpsstraat 12 (Centrum)\n"
        f"Naam op de bel: Familie Rosa\nZeg aan de deur het codewoord “{word}”."
    )
    assert await rosa.labels() == ["Stuur een bericht", "Toon mijn vraag"]
    assert await jef.labels() == ["Stuur een bericht", "Toon mijn taak"]


async def test_without_an_hour_the_helper_is_reminded_to_propose_and_the_resident_to_answer(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "Namiddag 14–18")
    await jef.taps("Ik help")
    await town.jump(days=1)
    assert await told(jef, "Er is nog geen uur afgesproken. Stel er een voor.") == [
        "2026-11-23 10:00",
        "2026-11-24 10:00",
    ]
    await jef.taps("Stel een uur voor")
    await jef.taps("15 uur")
    assert "Jef kan komen op vrijdag 27 november om 15 uur. Past dat voor jou?" in await rosa.last_text()
    await rosa.taps("Dat past")
    assert "Dat uur past voor Rosa." in await jef.last_text()
    assert "vrijdag 27 november om 15 uur" in await jef.last_text()
    await town.jump(days=2, hours=8)
    assert "Jef komt morgen om 15 uur." in await rosa.last_text()


async def test_an_hour_that_is_not_answered_is_asked_once_more(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "Namiddag 14–18")
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.taps("15 uur")
    before = len(await rosa.messages())
    await town.jump(days=2)
    assert len(await rosa.messages()) == before + 1
    assert "Past dat voor jou?" in await rosa.last_text()
    assert "Dat past" in await rosa.labels()


async def test_an_hour_that_is_past_is_asked_no_more_and_the_helper_proposes_another(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, day="Maakt niet uit", part=None)
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.taps("Morgen")
    await jef.taps("13 uur")
    await town.jump(wall("2026-11-24 12:59"))
    assert "Jef kan komen op dinsdag 24 november om 13 uur." in await rosa.last_text()
    await town.jump(wall("2026-11-24 13:01"))
    assert "Het uur dat Jef voorstelde, is voorbij." in await rosa.last_text()
    assert "Dat past" not in await rosa.labels()
    assert "Rosa antwoordde niet voor het uur dat je voorstelde." in await jef.last_text()
    assert "Stel een uur voor" in await jef.labels()
    await town.jump(days=2)
    assert "13 uur" not in await rosa.last_text()


async def test_an_hour_that_does_not_suit_is_said_to_the_helper(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "27/11", "Namiddag 14–18")
    await jef.taps("Ik help")
    await jef.taps("Stel een uur voor")
    await jef.taps("15 uur")
    await rosa.taps("Ander uur")
    assert "Dat uur past niet voor Rosa." in await jef.last_text()
    assert "Stel een uur voor" in await jef.labels()


async def test_where_no_hour_is_agreed_the_evening_before_offers_to_propose_one(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "Morgen", "Namiddag 14–18")
    await jef.taps("Ik help")
    await town.jump(wall("2026-11-23 18:00"))
    assert await jef.labels() == ["Stel een uur voor", "Stuur een bericht", "Toon mijn taak"]
    assert "Hoe laat kan je er zijn" in await jef.taps("Stel een uur voor")
    await jef.taps("15 uur")
    assert "Jef kan komen op" in await rosa.last_text()
