"""Nobody is worn out, and nobody waits in vain: who helped often is left in peace until the moment is near."""

from tests.support.asking import asks
from tests.support.telling import asks_at, told, wall
from tests.support.town import Neighbour, Town

FREE = "Iemand in de buurt vraagt hulp"
WHY = "Nu kunnen we nog niemand vragen: wie hiervoor past, hielp deze week al vaak."


async def helped_often(town: Town, areas: tuple[str, ...] = ("Centrum",)) -> tuple[Neighbour, Neighbour]:
    """Lea asked three times, and each time Jef said yes."""
    jef, lea = await town.volunteer("Jef", areas=areas), await town.resident("Lea", areas[0])
    for _ in range(3):
        await asks(lea)
        await jef.taps("Ik help")
    return jef, lea


async def test_where_all_rest_the_resident_reads_why_and_they_are_asked_the_day_before(town: Town) -> None:
    an, rosa = await town.coordinator("An"), await town.resident("Rosa")
    jef, _ = await helped_often(town)
    await asks_at(rosa, "27/11", "14:00")
    card = await rosa.last_text()
    assert f"{WHY} Een coördinator zoekt nu mee, en ik probeer het later opnieuw." in card
    assert "We vonden nog niemand" not in card
    alert = "Er is nog niemand gevraagd: wie past, hielp deze week al vaak. Kan jij iemand bellen?"
    assert await told(an, alert) == ["2026-11-23 10:00"]
    await town.jump(wall("2026-11-26 13:55"))
    assert await told(jef, FREE) == [], "left in peace"
    await town.jump(wall("2026-11-26 14:05"))
    assert await told(jef, FREE) == ["2026-11-26 14:00"]
    assert "omdat je dit graag doet, hier in de buurt" in await jef.last_text()
    assert WHY not in await rosa.reads()
    await jef.taps("Ik help")
    assert "Jef komt je helpen." in await rosa.last_text()


async def test_what_is_near_already_is_asked_at_once(town: Town) -> None:
    rosa = await town.resident("Rosa")
    jef, _ = await helped_often(town)
    await asks_at(rosa, "Vandaag", "16:00")
    assert FREE in await jef.last_text()
    assert WHY not in await rosa.reads()


async def test_who_is_rested_before_is_asked_in_the_morning(town: Town) -> None:
    rosa = await town.resident("Rosa")
    jef, _ = await helped_often(town)
    await asks_at(rosa, "04/12", "14:00")
    await town.jump(wall("2026-11-30 09:55"))
    assert await told(jef, FREE) == []
    await town.jump(wall("2026-12-01 10:05"))
    assert await told(jef, FREE) == ["2026-12-01 10:00"]


async def test_somebody_rested_further_away_goes_before_who_rests_nearby(town: Town) -> None:
    rosa = await town.resident("Rosa")
    jef, _ = await helped_often(town)
    mia = await town.volunteer("Mia", areas=("Molenveld",))
    await asks_at(rosa, "Vandaag", "16:00")
    assert "Dichterbij kunnen we nu niemand vragen. Daarom vragen we het aan jou." in await mia.last_text()
    assert FREE not in await jef.last_text()


async def test_given_back_on_the_last_day_who_rests_is_asked_rather_than_nobody(town: Town) -> None:
    rosa, wim = await town.resident("Rosa"), await town.volunteer("Wim")
    await asks_at(rosa, "24/11", "16:00")
    await wim.taps("Ik help")
    jef, _ = await helped_often(town)
    await town.jump(wall("2026-11-23 18:05"))
    await wim.forges("1:give_back:1")
    assert FREE in await jef.last_text()
