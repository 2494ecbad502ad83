"""Reminding: taps do not wait for long; after a gap what waits for an answer is shown once more."""

from datetime import timedelta

from tests.handlers.test_reminding_late import agreed
from tests.support.asking import asks
from tests.support.telling import told, wall
from tests.support.town import Town

HOUR = timedelta(hours=1)


async def test_offers_and_questions_come_once_more_after_a_gap(town: Town):
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, know=True)
    before = await jef.messages()
    await town.restart(at=town.clock.now() + HOUR)
    assert len(await jef.messages()) == len(before)
    assert (await jef.last()).id > before[-1].id, "shown anew; the earlier card made way"
    await jef.taps("Ik help")
    asked = len(await rosa.messages())
    await town.restart(at=town.clock.now() + HOUR)
    assert len(await rosa.messages()) == asked + 1
    await rosa.taps("Goed")
    assert "Dorpsstraat 12" in await jef.last_text()


async def test_a_half_written_question_comes_back_with_a_word_why(town: Town):
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    asked = await rosa.last_text()
    await town.restart(at=town.clock.now() + HOUR)
    assert await rosa.last_text() == f"Ik was even weg. Dit vroeg ik je.\n\n{asked}"


async def test_who_waits_for_nothing_hears_nothing(town: Town):
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    read = [await rosa.reads(), await jef.reads()]
    await town.restart(at=town.clock.now() + HOUR)
    assert [await rosa.reads(), await jef.reads()] == read


async def test_after_30_hours_coordinators_are_told_once_since_when_and_what_was_late(town: Town):
    an = await town.coordinator("An")
    rosa, jef = await agreed(town)  # tomorrow at two: six things fall due meanwhile
    before = len(await an.messages())
    await town.restart(wall("2026-11-24 16:00"))
    assert len(await an.messages()) == before + 1
    assert await an.last_text() == (
        "Ik was lang weg\n\nIk werkte niet van maandag 23 november om 10 uur tot dinsdag 24 november om 16 uur. "
        "6 herinneringen waren te laat. Wat mensen langer dan een dag geleden schreven, kan verloren zijn."
    )
    for who in (rosa, jef):
        assert await told(who, "Herinnering") == [], "overdue ones are not sent one after the other"
    await an.taps("Français · Deutsch · English")
    assert "J'ai été absent longtemps" in await an.taps("Français")
    await an.taps("Voir les demandes")
    assert "Centrum" in await an.last_text()


async def test_nobody_is_told_of_a_short_gap_nor_of_another_ones_requests(town: Town):
    an = await town.coordinator("An")
    await agreed(town)
    before = len(await an.messages())
    await town.restart(town.clock.now() + HOUR)
    assert len(await an.messages()) == before


async def test_the_question_that_came_again_keeps_no_buttons_when_it_is_answered(town: Town):
    rosa = await town.resident("Rosa")
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await town.restart(at=town.clock.now() + HOUR)
    await rosa.writes("Brood")
    again = [each for each in await rosa.messages() if each.text.startswith("Ik was even weg.")]
    assert [each.labels for each in again] == [[]]
