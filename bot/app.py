"""The only place where everything is put together."""

from __future__ import annotations

import asyncio
import gc
import importlib
import pkgutil
import time
from typing import TYPE_CHECKING, Any, Self

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

import handlers
from bot import profile
from bot.clock import FollowedClock, Sweeper
from bot.database import open_engine
from bot.disk import Disk
from bot.intake import Intake
from bot.lease import LOOK, Lease
from bot.log import get_logger
from bot.outbox import Outbox
from bot.routing import router
from bot.settings import LOCAL
from bot.steady import SteadyClock
from bot.telegram_api import Client
from bot.turns import DATABASE_AWAY, Turns
from bot.webhook import SET_BY_US, Webhook
from bot.workers import Workers
from models.seen import RESTORED

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType

    from sqlalchemy import Engine

    from bot.clock import Clock
    from bot.routing import Router
    from bot.settings import Settings

log = get_logger(__name__)

THREADS = {"sqlite": 1, "postgresql": 4}  # SQLite has one writer


class App:
    """The running bot: `async with build(settings) as app: await app.run()`."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        routes: Router,
        engine: Engine,
        workers: Workers,
        monotonic: Callable[[], float],
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.turns = Turns(engine, settings, clock, routes, workers)
        self.client = Client(settings.token.get_secret_value(), settings.base_url)
        if isinstance(clock, SteadyClock) and settings.api_url.host not in LOCAL:  # else it would be the same clock
            self.client.tell_time(clock.hear)
        self.outbox = Outbox(self.turns, self.client, self._wake_sweeper)
        self.sweeper = Sweeper(self.turns, self.outbox)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.client).updater(None).job_queue(None).build()
        )
        routes.add_to(self.application, self.turns.answer)
        self.intake = Intake(self.application, self.client, self.turns, self.outbox, self._wake_sweeper, monotonic)
        self.webhook = Webhook(settings, self.client, self.intake, self.is_held)
        self.lease = Lease(settings.database_url)
        self.reached = asyncio.Event()  # Telegram has answered
        self.works = asyncio.Event()  # this process polls, sends and sweeps; it stands by otherwise
        self.held = False  # the database was restored, and nobody has said yet that it may be used
        self._tasks: list[asyncio.Task[None]] = []
        self._looking: asyncio.Task[None] | None = None
        self._over: asyncio.Future[None]

    def _wake_sweeper(self) -> None:
        self.sweeper.wake()

    async def __aenter__(self) -> Self:
        """Begin to poll, send and sweep, or to stand by where another process does."""
        await self._reach_telegram()
        self.reached.set()
        self.turns.bot_id, self.turns.username = self.client.id, self.client.username
        if isinstance(self.clock, FollowedClock):
            await self.clock.begin()
        self._over = asyncio.get_running_loop().create_future()
        await self.webhook.open()
        try:
            await self._look()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram is away, nobody works", error=type(error).__name__)
        self._looking = asyncio.create_task(self._keep_looking(), name="lease")
        self._looking.add_done_callback(self._ended)
        # What lives from now on until the end needs not be looked at whenever memory is tidied.
        gc.freeze()
        return self

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            self.sweeper.keep_ticking()
            try:
                await self._look()
            except DATABASE_AWAY as error:
                log.warning("the database is away, nobody works", error=type(error).__name__)
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("Telegram is away, nobody works", error=type(error).__name__)

    async def _look(self) -> None:
        """Begin to work where nobody does; stop where another process has taken over."""
        ours = await self.lease.look()
        if ours and await self.is_held():
            if not self.held:
                log.error("this database was restored: nothing is sent before `buren release`")
            self.held = True
            return
        self.held = False
        if ours and not self.works.is_set():
            await self._begin()
        elif self.works.is_set() and not ours:
            log.warning("the lease is lost, another process may work now")
            await self._stop()

    async def is_held(self) -> bool:
        """Whether the database was restored and nobody has said go; nobody restores below one that works."""
        return not self.works.is_set() and bool(await self.turns.run(self.turns.facts, RESTORED))

    async def _begin(self) -> None:
        await profile.bring_up_to_date(self.client, self.turns)
        taking = await self._way_of_taking()
        await self.sweeper.start()  # last of what can fail: the next try would start a second one
        work = {"outbox": self.outbox.run(), "intake": taking()}
        if isinstance(self.clock, FollowedClock):
            work["clock"] = self.clock.follow(self.sweeper, self.outbox)
        self._tasks = [asyncio.create_task(job, name=name) for name, job in work.items()]
        for task in self._tasks:
            task.add_done_callback(self._ended)
        self.works.set()

    async def _way_of_taking(self) -> Callable[[], Coroutine[Any, Any, None]]:
        """How updates come: Telegram sends them, or they are fetched; a webhook of our own would stand in the way."""
        if self.settings.webhook_url is not None:
            await self.turns.run(self.turns.remember, {SET_BY_US: "yes"})
            return self.webhook.keep
        if (await self.turns.run(self.turns.facts, SET_BY_US)).get(""):
            await self.client.call("deleteWebhook", {})
            await self.turns.run(self.turns.remember, {SET_BY_US: ""})
        return self.intake.poll

    async def _stop(self) -> None:
        self.works.clear()
        await self.sweeper.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.intake.finish()
        await self.outbox.stop()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """What never should end has ended."""
        if not (task.cancelled() or self._over.done()):
            error = task.exception() or self.outbox.stopped_by
            self._over.set_exception(error) if error else self._over.set_result(None)

    async def _reach_telegram(self) -> None:
        """Wait until Telegram knows us; a wrong token is not waited for."""
        pause = 0.25
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                await self.client.disconnect()
                raise
            except TelegramError as error:
                log.warning("Telegram is away", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                return

    async def run(self) -> None:
        """Run until something ends that should not; raises what ended it."""
        await asyncio.shield(self._over)

    async def settled(self) -> None:
        """Wait until everything that is due was struck and sent."""
        await self.sweeper.strike()
        await self.outbox.drained()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take nothing more, finish what is under way, close the database, and let another process take over."""
        await self.webhook.close()
        if self._looking is not None:  # otherwise the start failed
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            await self._stop()
            if self._over.done():
                self._over.exception()  # it was seen, also where nobody waited for it
        await self.application.shutdown()
        self.turns.close()
        await self.lease.release()


def build(
    settings: Settings,
    clock: Clock | None = None,
    routes: Router | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    engine: Engine | None = None,
) -> App:
    """Put the bot together. `clock`: this machine's, or that of a local Telegram where `BUREN_CLOCK_URL` is set.

    `routes`: all that `handlers` can do, unless others are given. `monotonic`: what outages are measured with.
    `engine`: one that opens the database of `settings`, from who has it already, and whose commits last; the app closes
    its connections.
    """
    routes = routes or all_routes()
    if clock is None:
        clock = SteadyClock() if settings.clock_url is None else FollowedClock(str(settings.clock_url))
    sync = None
    if engine is None:
        engine = open_engine(settings.database_url, settings.key_ring())
        sync = Disk(engine).sync if engine.dialect.name == "sqlite" else None
    workers = Workers(THREADS[engine.dialect.name], sync)
    return App(settings, clock, routes, engine, workers, monotonic)


def all_routes() -> Router:
    """All that `handlers` can do: importing it registers it."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        importlib.import_module(module.name)
    return router
