"""Killed with -9 nothing is lost; and only one process may take messages."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build
from bot.intake import AnotherPollsError
from bot.settings import Settings
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.conftest import Monotonic
from tests.bot.machine import routes
from tests.structure.tree import ROOT
from tests.support.clock import HandClock
from tests.support.processes import Program, begin, ending
from tests.support.town import Town, populate, settings_for

WORDS = [f"bericht {n}" for n in range(12)]


@asynccontextmanager
async def process(settings: Settings, module: str = "tests.bot.bare") -> AsyncIterator[Program]:
    """The bot as a process of its own, with the routes of `tests.bot.machine`, or another module."""
    key = settings.key.get_secret_value() if settings.key else ""
    given = {
        "BUREN_TOKEN": settings.token.get_secret_value(), "BUREN_KEY": key, "BUREN_API_URL": str(settings.api_url),
        "BUREN_DATABASE_URL": settings.database_url, "BUREN_RATE_LIMITS": "false", "BUREN_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    async with ending(await begin(module, env=os.environ | given, cwd=ROOT)) as started:
        yield started


@pytest.mark.parametrize("after", [1, 5])
async def test_killed_with_9_nothing_is_lost_and_hardly_anything_comes_twice(tmp_path: Path, after: int):
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        town = Town(sim, phones, HandClock(), settings_for(sim, tmp_path), routes())
        populate(town.app.turns.engine)
        town.app.turns.close()
        anna = await phones.person("Anna", language="nl")
        await anna.start()
        async with process(town.settings) as first:
            for word in WORDS[:8]:
                await anna.writes(word)
            await phones.fault("slow", "sendMessage", seconds=0.1, times=3)
            await anna.until(lambda chat: len([m for m in chat if not m.outgoing]) >= after)
            first.send_signal(signal.SIGKILL)
            await first.wait()
        for word in WORDS[8:]:
            await anna.writes(word)
        async with process(town.settings):
            await anna.until(lambda chat: {f"Gehoord: {word}" for word in WORDS} <= {m.text for m in chat})
            last = await anna.writes("en nu")
            await anna.acknowledged(last)
            await anna.sees("Gehoord: en nu")
        heard = [message.text for message in await anna.chat() if message.text.startswith("Gehoord: bericht")]
        once = list(dict.fromkeys(heard))
        assert once == [f"Gehoord: {word}" for word in WORDS]
        assert len(heard) - len(once) <= 1  # one chat, so one letter in flight


async def test_of_two_that_poll_the_younger_gives_up_and_the_older_goes_on(
    town: Town, tmp_path: Path, monotonic: Monotonic
):
    anna = await town.somebody("Anna")
    await anna.starts()
    monotonic.seconds += 61
    (tmp_path / "second").mkdir()
    younger = build(settings_for(town.sim, tmp_path / "second"), HandClock(), routes())
    populate(younger.turns.engine)
    async with younger:
        with pytest.raises(AnotherPollsError):
            await younger.run()
    assert await anna.writes("ben je daar?") == "Gehoord: ben je daar?"
