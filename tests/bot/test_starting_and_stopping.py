"""The bot waits for Telegram at its start, shows its profile once, and ends cleanly."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken

from bot.app import build
from bot.webhook import SET_BY_US
from models.letter import LetterState
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.machine import calls, letters, locked, routes
from tests.bot.wire import Wire
from tests.support.clock import HandClock
from tests.support.town import Town, open_town, populate, settings_for


async def test_a_wrong_token_is_not_waited_for(tmp_path: Path):
    async with Simulator(limits=False) as sim:
        app = build(
            settings_for(sim, tmp_path, token="110201543:another-token-of-nobody-at-all-here"), HandClock(), routes()
        )
        populate(app.turns.engine)
        with pytest.raises(InvalidToken):
            await app.__aenter__()
        app.turns.close()


async def test_telegram_may_come_later_than_the_bot(tmp_path: Path):
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones, Wire(sim.port) as wire:
        await phones.fault("bad_gateway_before", "getMe")
        settings = settings_for(sim, tmp_path, api_url=f"http://127.0.0.1:{wire.port}")
        town = Town(sim, phones, HandClock(), settings, routes())
        populate(town.app.turns.engine)
        async with town.app:
            anna = await town.somebody("Anna")
            assert await anna.starts() == "Hallo Anna"


async def test_the_profile_is_set_once(tmp_path: Path):
    async with open_town(tmp_path, routes(), first_start=True) as town:
        methods = {call["method"] for call in await town.phones.log() if call["method"].startswith("setMy")}
        assert methods == {"setMyCommands", "setMyName", "setMyShortDescription", "setMyDescription"}
        since = (await town.phones.log())[-1]["n"]
        await town.restart()
        assert not [call for call in await town.phones.log(since) if call["method"].startswith("setMy")]


async def test_a_profile_that_could_not_be_set_is_set_at_the_next_start(tmp_path: Path):
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        await phones.fault("error", "setMyName", error_code=429, description="-", retry_after=9)
        town = Town(sim, phones, HandClock(), settings_for(sim, tmp_path), routes())
        populate(town.app.turns.engine)
        async with town.app:
            pass
        assert not [call for call in await calls(town, "setMyDescription") if call["ok"]]
        await town.begin()
        try:
            assert [call for call in await calls(town, "setMyDescription") if call["ok"]]
        finally:
            await town.app.__aexit__(None, None, None)


async def test_what_is_in_flight_at_the_end_is_written_down(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("slow", "sendMessage", seconds=0.3)
    await anna.actor.writes("een")
    await anna.actor.sees("een")
    await town.restart()
    assert (await anna.reads()).count("Gehoord: een") == 1
    assert not letters(town, LetterState.UNKNOWN, LetterState.SENDING)


async def test_the_end_comes_also_while_the_database_is_away(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        await anna.actor.writes("een")
        await town.app.__aexit__(None, None, None)
    await town.begin()
    await anna.actor.sees("Gehoord: een")


async def _was_behind_a_webhook(town: Town) -> None:
    """The next start takes the webhook away first."""
    await town.app.__aexit__(None, None, None)
    town.app = build(town.settings, town.clock, routes())
    town.app.turns.remember({SET_BY_US: "yes"})


async def test_a_telegram_that_is_away_at_the_start_is_tried_again(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await _was_behind_a_webhook(town)
    await town.phones.fault("error", "deleteWebhook", error_code=500, description="-", times=2)
    await town.app.__aenter__()
    async with asyncio.timeout(20):
        await town.app.works.wait()
    assert [call["ok"] for call in await calls(town, "deleteWebhook")] == [False, False, True]
    assert await anna.writes("een") == "Gehoord: een"


async def test_a_token_that_is_refused_at_the_start_of_the_work_ends_it(town: Town):
    await _was_behind_a_webhook(town)
    await town.phones.fault("error", "deleteWebhook", error_code=401, description="Unauthorized")
    with pytest.raises(InvalidToken):
        await town.app.__aenter__()
    await town.app.__aexit__(None, None, None)
    await town.begin()


async def test_a_database_that_goes_away_while_the_work_begins_leaves_no_clock_ticking(town: Town):
    """The next try makes a clock of its own, and nobody would ever stop the first."""
    anna = await town.somebody("Anna")
    await anna.starts()
    await _was_behind_a_webhook(town)
    await town.phones.fault("slow", "deleteWebhook", seconds=1)
    begun = asyncio.create_task(town.app.__aenter__())
    async with asyncio.timeout(20):
        while not await calls(town, "deleteWebhook"):
            pass
        with locked(town):
            with pytest.raises(OperationalError):
                await begun
            assert not town.app.sweeper._scheduler.running
    await town.app.__aexit__(None, None, None)
    await town.begin()
    assert await anna.writes("een") == "Gehoord: een"


async def test_letters_wait_while_the_database_is_away(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        town.app.outbox.wake()
        await town.app.sweeper.strike()
    assert await anna.writes("een") == "Gehoord: een"


async def test_an_update_that_the_database_never_takes_is_buried_at_last(town: Town, monkeypatch: pytest.MonkeyPatch):
    """A statement that fails looks like a database that is away; the line must not stop for ever."""
    monkeypatch.setattr("bot.intake.PAUSE", 0.01)
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.writes("/kapot")
    assert "mis" in await anna.last_text()
    assert await anna.writes("verder") == "Gehoord: verder"


async def test_limits_that_are_on_let_answers_through(tmp_path: Path):
    async with Simulator(limits=True) as sim, Phones(sim.url) as phones:
        town = Town(sim, phones, HandClock(), settings_for(sim, tmp_path, rate_limits=True), routes())
        populate(town.app.turns.engine)
        async with town.app:
            anna = await town.somebody("Anna")
            await anna.starts()
            await anna.writes("een")
            assert not [call for call in await calls(town) if not call["ok"]]
            group = await phones.group("Straat", [anna.actor])
            sent = await phones.post(f"groups/{group['id']}/send", {"from": anna.id, "text": f"/start@{sim.username}"})
            await town.settled(sent["update_id"])
            assert [call for call in await calls(town) if str(call["params"]["chat_id"]) == str(group["id"])]
