"""A disk that is full: who writes reads at once whom to call, what is there stays, and nothing they wrote is lost."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.health import Health
from bot.intake import AHEAD, TAPS_LIVE
from bot.refusing import AGAIN, PATIENCE
from simulator.chats import Json
from tests.bot.conftest import Monotonic
from tests.bot.machine import calls, dead_updates, full_disk, locked, routes
from tests.support.town import Neighbour, Town, open_town

pytestmark = pytest.mark.sqlite("a database of PostgreSQL cannot be told how large it may be")

LONG = "x" * 4000  # has room on no page that is there


@pytest.fixture(autouse=True)
def tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two tries of an update nobody waits a second."""
    monkeypatch.setattr("bot.intake.PAUSE", 0.01)


async def refused(town: Town) -> list[int]:
    """What was said without the database, to whom."""
    return [call["params"]["chat_id"] for call in await calls(town) if "016 12 34 56" in call["params"]["text"]]


async def writes_in_vain(who: Neighbour, words: str = LONG) -> int | None:
    update = await who.actor.writes(words)
    await who.actor.sees("Ik kan nu niets opschrijven.")
    return update


async def test_who_writes_reads_at_once_whom_to_call_and_is_heard_when_there_is_room(town: Town):
    anna, bart = await town.somebody("Anna"), await town.somebody("Bart", language="fr")
    await anna.starts()
    await bart.starts()
    with full_disk():
        update = await writes_in_vain(anna)
        assert await anna.last_text() == (
            "Ik kan nu niets opschrijven.\n\nIs het dringend? Bel OCMW Lindebeek: 016 12 34 56.\n\n"
            "Ik antwoord hier zodra het weer lukt."
        )
        await bart.actor.writes(LONG)
        await bart.actor.sees("Je ne peux rien noter pour le moment.")
        assert (await town.phones.get("queue"))["waiting"] == 2, "Telegram keeps them"
        assert "nothing can be written down: is the disk full?" in await Health(town.app).problems()
    await town.settled(update)
    assert f"Gehoord: {LONG}" in await anna.reads()
    assert not dead_updates(town)
    assert not await Health(town.app).problems()


async def test_everybody_reads_whom_to_call_also_who_is_not_tried(town: Town):
    people = [await town.somebody(f"P{n}") for n in range(3 * AHEAD)]
    for each in people:
        await each.starts()
    with full_disk():
        last = [await each.actor.writes(LONG) for each in people][-1]
        for each in people:
            await each.actor.sees("Ik kan nu niets opschrijven.")
        await tried_again(town, 2)
        assert sorted(await refused(town)) == [each.id for each in people], "once each"
    await town.settled(last)


async def test_while_the_database_is_held_not_everybody_is_tried_in_vain(town: Town):
    """Each try waits as long as the database may be held: the next batch may have words of need in it."""
    people = [await town.somebody(f"P{n}") for n in range(4 * AHEAD)]
    with capture_logs() as logged, locked(town):
        before = len(await polls(town))
        last = [await each.actor.start() for each in people][-1]
        await tried_again(town, 2)
        tried = sum(each["event"] == "the database is away, updates wait" for each in logged)
        assert 0 < tried <= AHEAD * (len(await polls(town)) - before + 1)
    await town.settled(last)
    assert all([await each.messages() for each in people])


async def test_nobody_is_told_again_and_again(town: Town, monotonic: Monotonic):
    anna = await town.somebody("Anna")
    await anna.starts()
    with full_disk():
        await writes_in_vain(anna)
        last = None
        for n in range(6):  # it would be given up as poison where the fault were in it
            last = await anna.actor.writes(f"{n} {LONG}")
            await tried_again(town)
        assert await refused(town) == [anna.id]
        monotonic.seconds += AGAIN
        await tried_again(town, 2)
        assert await refused(town) == [anna.id, anna.id]
    await town.settled(last)
    assert (await anna.reads()).count("Gehoord") == 7
    assert not dead_updates(town)


async def tried_again(town: Town, times: int = 1) -> None:
    """The update that waits was tried once more."""
    known = (await town.phones.log())[-1]["n"]
    while len(await polls(town, known)) < times:
        pass


async def polls(town: Town, since: int = 0) -> list[Json]:
    return [call for call in await town.phones.log(since) if call["method"] == "getUpdates"]


async def test_a_database_that_is_only_held_for_a_moment_alarms_nobody(town: Town, monotonic: Monotonic):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        update = await anna.actor.writes("een")
        await tried_again(town, 2)
        assert await refused(town) == []
        monotonic.seconds += PATIENCE
        await anna.actor.sees("Ik kan nu niets opschrijven.")
    await town.settled(update)
    assert (await anna.reads()).count("Gehoord: een") == 1


async def test_words_of_need_get_their_own_answer_only(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with full_disk():
        update = await anna.actor.writes(f"Ik kan niet ademen {LONG}")
        await anna.actor.sees("1733")
    await town.settled(update)
    assert await refused(town) == []


async def test_a_chat_in_which_that_was_too_fast_waits_as_long_as_telegram_said(town: Town):
    anna, bart = await town.somebody("Anna"), await town.somebody("Bart")
    await anna.starts()
    await bart.starts()
    await town.phones.fault("error", "sendMessage", error_code=429, description="-", chat_id=anna.id, retry_after=40)
    with full_disk():
        update = await anna.actor.writes(LONG)
        while not [call for call in await town.phones.log() if call["ok"] is False and call["method"] == "sendMessage"]:
            pass
    await town.settled(update)
    await anna.writes("nog iets")
    assert "Gehoord" not in await anna.reads()
    assert await bart.writes("een") == "Gehoord: een", "nobody else waits"
    await town.jump(seconds=39)
    assert "Gehoord" not in await anna.reads()
    await town.jump(seconds=2)
    assert f"Gehoord: {LONG}" in await anna.reads()
    assert await anna.last_text() == "Gehoord: nog iets"


async def test_after_more_than_150_seconds_dialogues_get_their_screen_again(town: Town, monotonic: Monotonic):
    """The tap that waited is gone: Telegram keeps it no longer."""
    anna, bart = await town.somebody("Anna"), await town.somebody("Bart")
    await anna.starts()
    await bart.starts()
    assert await anna.writes("/rondleiding") == "Hoe heet je hond?"
    with full_disk():
        update = await writes_in_vain(bart)
        monotonic.seconds += TAPS_LIVE + 1
    await town.settled(update)
    await town.settled()
    assert (await anna.reads()).count("Hoe heet je hond?") == 2


async def test_without_a_number_it_says_whom(tmp_path: Path):
    async with open_town(tmp_path, routes(), phone="") as town:
        anna = await town.somebody("Anna", language="en")
        await anna.starts()
        with full_disk():
            await anna.actor.writes(LONG)
            await anna.actor.sees("Is it urgent? Please call OCMW Lindebeek.")


async def test_a_bot_also_starts_on_a_full_disk_and_goes_on_when_there_is_room(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.app.__aexit__(None, None, None)
    with full_disk():
        town.app = town._build()
        await town.app.__aenter__()
        update = await writes_in_vain(anna)
    await town.settled(update)
    assert f"Gehoord: {LONG}" in await anna.reads()
