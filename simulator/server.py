"""The local Telegram as one object.

In a program or a test, in the running event loop, on a free port of 127.0.0.1:

    async with Simulator(data=None, limits=False, clock=clock) as sim:
        sim.url      # "http://127.0.0.1:40123": base for "/bot<token>/<method>", "/api/…" and the page
        sim.token    # the bot's token
        sim.username # the bot's username, without @
        sim.base_url, sim.base_file_url   # as python-telegram-bot wants them: ".../bot", ".../file/bot"
        sim.now()    # the time in there (datetime, aware, UTC)

All arguments are keywords: `data` (folder or None for memory only), `host`, `port` (0: a free one), `token`,
`username`, `name`, `limits` (bool), `clock` (an object with `now() -> datetime`, aware, UTC; the machine's time
without), `patience` (seconds after which a silent follower of the clock is none any more), `monotonic` (what the limits
count with), `webhook_pause` (seconds before the first retry of a webhook). People: `simulator.actors`.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from simulator.api import Api
from simulator.botapi import BotApi
from simulator.chats import Bot
from simulator.clock import Clock, RealTime, Time
from simulator.control import Control
from simulator.errors import PeopleError
from simulator.events import Log
from simulator.faults import Faults
from simulator.limits import Limits
from simulator.requests import sentences
from simulator.store import Store
from simulator.webhook import Webhook
from simulator.world import World

TOKEN = "110201543:SIMULATED-TOKEN-OF-A-LOCAL-TELEGRAM0"  # noqa: S105  # opens nothing but this simulator
STATIC = Path(__file__).parent / "static"
LARGEST = 60 * 1024 * 1024
LOOK_AGAIN = 0.25


class Simulator:
    """A Bot API server and its people. An async context manager; see the module's docstring."""

    def __init__(  # noqa: PLR0913  # all keywords, most of them for tests only
        self,
        *,
        data: Path | str | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = TOKEN,
        username: str = "buren_demo_bot",
        name: str = "Demo bot",
        limits: bool = True,
        clock: Time | None = None,
        patience: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
        webhook_pause: float = 1.0,
    ) -> None:
        self.token = token
        self.host = host
        self.port = port
        self._store = Store(Path(data) if data is not None else None)
        bot = Bot(int(token.partition(":")[0]), username, {"": name})
        self.clock = Clock(clock or RealTime(), monotonic, patience)
        try:
            self.world = World(bot, self._store, self.clock, monotonic)
        except PeopleError:
            self._store.close()
            raise
        self.faults = Faults()
        self.limits = Limits(monotonic, on=limits)
        self.log = Log()
        self.bot_api = BotApi(self.world, token, self.faults, self.limits, self.log)
        self._api = Api(self.world, self.bot_api)
        self._control = Control(self.world, self.bot_api, self.faults, self.limits, self.log)
        self._webhook = Webhook(self.world, self.bot_api, webhook_pause)
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"{self.url}/file/bot"

    @property
    def username(self) -> str:
        """The bot's."""
        return self.world.bot.username

    def now(self) -> datetime:
        """The time in the local Telegram."""
        return self.clock.now()

    def api_routes(self) -> list[web.RouteDef]:
        """Every address of `/api`."""
        return [*self._api.routes(), *self._control.routes()]

    async def start(self) -> None:
        """Listen; the port is known afterwards."""
        self.world.save_bot()
        self.world.commit()
        app = web.Application(middlewares=[sentences], client_max_size=LARGEST)
        app.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self.bot_api.handle),
                web.get("/file/bot{token}/{path:.+}", self.bot_api.download),
                web.get("/", page),
                web.get("/static/{path:.+}", page),
                *self.api_routes(),
            ]
        )
        # A poller that is gone must not look as if it still polled.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        self.port = self._runner.addresses[0][1]
        self._tasks = [asyncio.create_task(self._keep_time()), asyncio.create_task(self._webhook.run())]

    async def stop(self) -> None:
        """End what waits, keep everything, let go of the port."""
        self.bot_api.closing.set()
        self.bot_api.polling.closing = True
        self.world.events.close()
        world = self.world
        for bell in (world.arrived, world.acknowledged, world.answered, world.ticked, world.events.changed):
            bell.ring()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        self._store.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _keep_time(self) -> None:
        """Complete a jump whose follower went away, without anybody asking."""
        while True:
            await self.world.ticked.until(lambda: self.clock.target is not None, 3600)
            if self.clock.settle():
                self.world.save_clock()
                self.world.commit()
            elif self.clock.target is not None:
                await self.world.ticked.until(lambda: False, LOOK_AGAIN)


async def page(request: web.Request) -> web.StreamResponse:
    """The phones' page and what belongs to it, never cached."""
    path = (STATIC / request.match_info.get("path", "index.html")).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})
