"""The town in which the stories of this folder play."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.town import Town, open_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A municipality with three neighbourhoods, a local Telegram and the real bot."""
    async with open_town(tmp_path) as town:
        yield town


@pytest.fixture
async def new_town(tmp_path: Path) -> AsyncIterator[Town]:
    """The same, and Telegram shows the commands of the bot, as after its first start."""
    async with open_town(tmp_path, first_start=True) as town:
        yield town
