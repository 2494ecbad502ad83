"""The real bot: the same `build()`, handlers and SQLite file as in real use; limits are off, as on the other side."""

import asyncio
import contextlib
import signal

from bot.app import build
from bot.log import set_up
from bot.settings import load
from models import Base


async def main() -> None:
    """Run until the process is told to end."""
    settings = load(_env_file=None)
    set_up(settings.log_level)
    app = build(settings)
    Base.metadata.create_all(app.turns.engine)
    async with app:
        running = asyncio.create_task(app.run())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running


if __name__ == "__main__":
    asyncio.run(main())
