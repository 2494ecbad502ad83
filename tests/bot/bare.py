"""The machine as a process of its own, to be killed: settings from the environment, routes of `tests.bot.machine`."""

import asyncio
import signal
from collections.abc import Sequence

from bot.app import build
from bot.log import set_up
from bot.routing import Router
from bot.settings import load
from tests.bot.machine import routes


async def run(router: Router | None = None) -> None:
    """Run until the process is told to end, or killed."""
    settings = load(_env_file=None)
    set_up(settings.log_level)
    async with build(settings, routes=router or routes()) as app:
        print("works" if app.works.is_set() else "stands by", flush=True)  # noqa: T201 – for the test that started it
        running = asyncio.create_task(app.run())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        await asyncio.wait({running})


def main(_words: Sequence[str]) -> None:
    """For `tests.support.processes`."""
    asyncio.run(run())
