"""The whole product as a process of its own, on the tables that are there: settings from the environment."""

import asyncio
from collections.abc import Sequence

from bot.app import all_routes
from tests.bot.bare import run


def main(_words: Sequence[str]) -> None:
    """For `tests.support.processes`."""
    asyncio.run(run(all_routes()))
