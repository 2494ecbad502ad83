"""Issue 2, privacy: what has served is forgotten, and what must still be taken away can be found."""

from sqlalchemy import select

from models import Request
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


async def test_what_was_written_after_the_end_leaves_the_chat_when_they_cannot_write_any_more(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await jef.taps("Ja, gelukt")
    await rosa.taps("Schrijf naar Jef")
    await rosa.writes("Je jas ligt nog in de Dorpsstraat 12")
    await town.jump(hours=47)
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(hours=2)
    assert "Dorpsstraat 12" not in await jef.reads()
    assert "Dit bericht is weggehaald" in await jef.reads()


async def test_what_a_coordinator_writes_much_later_leaves_the_chat_too(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    await jef.taps("Ik help")
    await rosa.taps("Het is gedaan")
    await jef.taps("Ja, gelukt")
    await town.jump(days=5)
    with town.session() as session:
        jefs = town.person(session, jef).id
    await an.forges(f"1:answer_person:{jefs}:1")
    await an.writes("Breng je de sleutel terug naar de Dorpsstraat 12?")
    assert "Dorpsstraat 12" in await jef.reads()
    await town.jump(days=3)
    assert "Dorpsstraat 12" not in await jef.reads()


async def test_a_coordinator_of_the_earlier_neighbourhood_keeps_no_address(town: Town) -> None:
    an, rosa = await town.coordinator("An", "Centrum"), await town.resident("Rosa")
    await asks(rosa)
    await an.forges("1:case:1")
    assert "Dorpsstraat 12" in await an.reads()
    with town.session() as session, session.begin():
        session.scalars(select(Request)).one().area = town.area(session, "Kerkhoek")
    await rosa.taps("Stop vraag")
    await rosa.taps("Ja, stop")
    assert "Dorpsstraat 12" not in await an.reads()
