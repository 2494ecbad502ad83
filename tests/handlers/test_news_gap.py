"""Reminding: taps do not wait for long; after a gap what waits for an answer is shown once more."""

from datetime import timedelta

from tests.support.asking import asks
from tests.support.town import Town

HOUR = timedelta(hours=1)


async def test_offers_and_questions_come_once_more_after_a_gap(town: Town):
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, know=True)
    before = len(await jef.messages())
    await town.restart(at=town.clock.now() + HOUR)
    assert len(await jef.messages()) == before + 1
    await jef.taps("Ik help")
    before = len(await rosa.messages())
    await town.restart(at=town.clock.now() + HOUR)
    assert len(await rosa.messages()) == before + 1
    await rosa.taps("Goed")
    assert "Dorpsstraat 12" in await jef.last_text()


async def test_who_waits_for_nothing_hears_nothing(town: Town):
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    read = [await rosa.reads(), await jef.reads()]
    await town.restart(at=town.clock.now() + HOUR)
    assert [await rosa.reads(), await jef.reads()] == read
