"""A local Telegram whose time is set by hand, its people, and the bots that other people wrote."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import telegram
from telegram.request import HTTPXRequest

from simulator.actors import Person, Phones
from simulator.server import Simulator


class Hand:
    """Time outside the simulator, moved by hand; counts seconds for the limits as well."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def forward(self, **delta: float) -> None:
        self.at += timedelta(**delta)


class Caller:
    """Calls the Bot API as bare HTTP."""

    def __init__(self, sim: Simulator, session: aiohttp.ClientSession) -> None:
        self.sim = sim
        self.session = session

    def address(self, method: str) -> str:
        return f"{self.sim.base_url}{self.sim.token}/{method}"

    async def __call__(self, method: str, **fields: Any) -> Any:
        """The whole answer to a call with JSON."""
        async with self.session.post(self.address(method), json=fields) as response:
            answer = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def ok(self, method: str, **fields: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self(method, **fields)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **fields: Any) -> str:
        """The code and description of a call that must not succeed."""
        answer = await self(method, **fields)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    async def take(self) -> list[Any]:
        """All waiting updates, which are acknowledged."""
        updates = await self.ok("getUpdates")
        if updates:
            await self.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
        return list(updates)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
async def sim(hand: Hand) -> AsyncIterator[Simulator]:
    async with Simulator(
        limits=False, clock=hand, monotonic=hand.monotonic, patience=60, webhook_pause=0.01
    ) as simulator:
        yield simulator


@pytest.fixture
async def phones(sim: Simulator) -> AsyncIterator[Phones]:
    async with Phones(sim.url) as connection:
        yield connection


@pytest.fixture
async def call(sim: Simulator) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(sim, session)


@pytest.fixture
async def anna(phones: Phones, call: Caller) -> Person:
    """Somebody who has started the bot, which has read that."""
    person = await phones.person(
        "Anna", language="nl", id=1001, last_name="Peeters", username="anna_p", label="Resident"
    )
    await person.start()
    await call.take()
    return person


@pytest.fixture
async def ptb(sim: Simulator) -> AsyncIterator[telegram.Bot]:
    request, polling = HTTPXRequest(connection_pool_size=8), HTTPXRequest(connection_pool_size=8)
    async with telegram.Bot(
        sim.token, base_url=sim.base_url, base_file_url=sim.base_file_url, request=request, get_updates_request=polling
    ) as bot:
        yield bot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"
