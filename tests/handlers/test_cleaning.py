"""Issue 2, privacy: what has served is forgotten, and what must still be taken away can be found."""

from sqlalchemy import select

from tests.support.asking import asks
from tests.support.telling import asks_at
from tests.support.town import Town


async def test_an_address_that_stands_in_a_chat_for_months_still_leaves_it(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "15/2", "14u")
    await jef.taps("Ik help")
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(days=63)
    await rosa.forges("1:cancel:1")
    await rosa.taps("Ja, stop")
    assert "Dorpsstraat 12" not in await jef.reads()
