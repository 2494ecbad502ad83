"""Privacy: whoever does not have the task gets nothing of it, whatever they tap or invent."""

import pytest
from sqlalchemy import select

from models import Request
from tests.support.town import Neighbour, Town

BUTTONS = [
    "request:{}",
    "agree:{}:2",
    "prefer_other:{}:2",
    "confirm_time:{}:20261124:1400",
    "refuse_time:{}:20261124:1400",
    "change:{}",
    "cancel:{}",
    "report:{}:done",
    "again:{}",
    "accept:{}",
    "pass:{}",
    "reserve:{}",
    "hand_back:{}",
    "give_back:{}",
    "propose:{}",
    "task:{}",
    "show_place:{}",
    "show_media:{}",
    "write:{}",
    "write_coordinator:{}",
    "case:{}",
    "case_media:{}",
]


async def asks_with_photo_and_place(who: Neighbour, town: Town) -> int:
    """Somebody asks with a photo, at a place on the map. Returns the id of the request."""
    await who.writes("/vraag")
    await who.taps("Boodschappen 🛒")
    await who.does(who.actor.sends_photo(caption="mijn voordeur"))
    await who.taps("Morgen")
    await who.taps("Namiddag 14–18")
    await who.does(who.actor.sends_location(50.793, 4.894))
    await who.taps("Sla dit over")
    if "Centrum" in await who.labels():
        await who.taps("Centrum")
    await who.taps("De eerste is goed")
    with town.session() as session:
        return session.scalars(select(Request.id)).one()


async def shown(who: Neighbour) -> list[str]:
    """The photos and places that somebody was sent."""
    return [kind for each in await who.messages() for kind in ("photo", "location") if kind in each.json]


@pytest.mark.parametrize("name", ["show_place", "show_media"])
async def test_who_was_only_asked_sees_no_place_and_no_photo(town: Town, name: str) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    request = await asks_with_photo_and_place(rosa, town)
    await mia.forges(f"1:{name}:{request}")
    await jef.taps("Ik help")
    await mia.forges(f"1:{name}:{request}")
    assert await shown(mia) == []
    before = await shown(jef)
    await jef.forges(f"1:{name}:{request}")
    assert len(await shown(jef)) == len(before) + 1, "who has the task sees it"


@pytest.mark.parametrize("name", ["show_place", "show_media"])
async def test_a_former_helper_sees_no_place_and_no_photo(town: Town, name: str) -> None:
    rosa, jef, mia = await town.resident("Rosa"), await town.volunteer("Jef"), await town.volunteer("Mia")
    request = await asks_with_photo_and_place(rosa, town)
    await jef.taps("Ik help")
    await jef.forges(f"1:give_back:{request}")
    await mia.taps("Ik help")
    before = await shown(jef)
    await jef.forges(f"1:{name}:{request}")
    assert await shown(jef) == before


async def test_a_stranger_learns_nothing_from_any_button(town: Town) -> None:
    rosa, jef, zoe = await town.resident("Rosa"), await town.volunteer("Jef"), await town.resident("Zoe")
    request = await asks_with_photo_and_place(rosa, town)
    await jef.taps("Ik help")
    card = await jef.last_text()
    for button in BUTTONS:
        unknown = await zoe.forges("1:" + button.format(999999))
        assert await zoe.forges("1:" + button.format(request)) == unknown, button
    assert await shown(zoe) == []
    assert "voordeur" not in await zoe.reads()
    assert await jef.last_text() == card
