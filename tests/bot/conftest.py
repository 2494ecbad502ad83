"""A town whose bot has the routes of `tests.bot.machine`."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.bot.machine import Gate, people, routes
from tests.support.town import Neighbour, Town, open_town


class Monotonic:
    """Seconds that a test can let pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Where the handler of "Wacht" waits; open at the end, whatever happens."""
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def monotonic() -> Monotonic:
    """What the bot measures outages with."""
    return Monotonic()


@pytest.fixture
async def town(tmp_path: Path, gate: Gate, monotonic: Monotonic) -> AsyncIterator[Town]:
    """A local Telegram, and the machine with a few routes of its own."""
    async with open_town(tmp_path, routes(gate), monotonic) as town:
        yield town


@pytest.fixture
async def anna(town: Town) -> Neighbour:
    """Somebody in it, who tapped Start."""
    (anna,) = await people(town, "Anna")
    return anna


@pytest.fixture
async def bert(town: Town) -> Neighbour:
    """Likewise."""
    (bert,) = await people(town, "Bert")
    return bert
