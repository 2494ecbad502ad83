"""Two coordinators and one call list: nobody reads that they noted what somebody else did."""

from tests.support.phoning import asks_for_who_calls
from tests.support.town import Neighbour, Town

NOBODY = "Je hoeft nu niemand te bellen."


async def two(town: Town, *, know: bool = False) -> tuple[Neighbour, Neighbour, Neighbour]:
    """An and Bernd coordinate; Jef helps Maria, who has no Telegram."""
    an, bernd, jef = await town.coordinator("An"), await town.coordinator("Bernd"), await town.volunteer("Jef")
    await asks_for_who_calls(an, know=know)
    await jef.taps("Ik help")
    return an, bernd, jef


async def test_an_alert_that_is_over_leaves_the_chat_and_is_no_dutch_leftover(town: Town) -> None:
    an, bernd, jef = await two(town)
    before = len(await bernd.messages())
    assert "wacht op een telefoontje" in await bernd.last_text()
    await an.writes("/bellen")
    await an.taps("Gebeld")
    assert len(await bernd.messages()) == before - 1
    await town.jump(hours=3)
    await jef.forges("1:give_back:1")
    assert "wacht op een telefoontje" in await bernd.reads()
    assert NOBODY not in await bernd.reads(), "it would be in Dutch, without a button for other languages, and not true"
