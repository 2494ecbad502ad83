"""Two coordinators and one call list: nobody reads that they noted what somebody else did."""

from tests.handlers.test_news_true_words import in_english
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


async def test_who_taps_on_an_old_call_reads_who_made_it(town: Town) -> None:
    an, bernd, _ = await two(town)
    await bernd.writes("/bellen")
    await an.writes("/bellen")
    assert "Dat is genoteerd." in await an.taps("Gebeld")
    assert await bernd.last_text() == "An belde Maria al (23/11, 10 uur)."
    assert " · " in (await bernd.last()).labels[-1]
    assert "An called Maria already (23/11, 10 o'clock)." in await in_english(bernd)
    for tap in ("1:call_done:1", "1:call_missed:1:0"):
        read = await bernd.forges(tap)
        assert "An belde Maria al (23/11, 10 uur)." in read
        assert "genoteerd" not in read
    assert "Dat is genoteerd." in await an.forges("1:call_done:1"), "a second tap of who did it"


async def test_who_answers_on_an_old_call_reads_who_noted_it(town: Town) -> None:
    an, bernd, _ = await two(town, know=True)
    await bernd.writes("/bellen")
    await an.writes("/bellen")
    await an.taps("Goed")
    assert "An belde Maria al" in await bernd.reads()
    assert "An belde Maria al" in await bernd.forges("1:call_says:1:other")


async def test_a_call_that_a_colleague_did_not_open_changes_nothing_in_their_chat(town: Town) -> None:
    an, bernd, _ = await two(town)
    await an.writes("/bellen")
    await an.taps("Gebeld")
    assert "An belde" not in await bernd.reads()
