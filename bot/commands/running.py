"""`buren run`: the bot, from start to a clean stop."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy import select
from telegram.error import InvalidToken

from bot import log as logs
from bot.app import build
from bot.commands import CannotError
from bot.commands.areas import without_coordinator
from bot.commands.storage import explained
from bot.health import watched
from bot.intake import AnotherPollsError
from bot.webhook import PortTakenError
from models import Area, AreaKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.app import App
    from bot.settings import Settings

log = logs.get_logger(__name__)


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Run on a database that was looked at until SIGINT or SIGTERM; `say` hears when people are answered.

    Raises CannotError.
    """
    logs.set_up(settings.log_level, settings.log_format)
    app = build(settings)
    with explained(settings.database_url):
        with app.turns.session() as session:
            _warn(session)
        try:
            asyncio.run(_until_stopped(app, say))
        except InvalidToken:
            raise CannotError("Telegram does not accept BUREN_TOKEN. @BotFather shows the right one.") from None
        except AnotherPollsError:
            raise CannotError(
                "Messages are already fetched with BUREN_TOKEN, by another process or to a webhook. Stop that first."
            ) from None
        except PortTakenError as error:
            raise CannotError(str(error), 2) from None
        except aiohttp.ClientError:
            raise CannotError(f"BUREN_CLOCK_URL: no clock answers at {settings.clock_url}.") from None


def _warn(session: Session) -> None:
    """Say now what would otherwise be found out when somebody needs it."""
    if session.scalars(select(Area).where(Area.kind == AreaKind.NEIGHBOURHOOD).limit(1)).first() is None:
        log.warning("there is no neighbourhood yet, so nobody can ask for help: buren area add")
    for hears, slugs in without_coordinator(session).items():
        if hears:  # somebody does hear of it: only good to know
            log.info("no coordinator of their own", areas=", ".join(slugs), alerts_go_to=f"the coordinator of {hears}")
            continue
        alerts = "this log: buren invite coordinator"
        log.warning("no coordinator who can be reached", areas=", ".join(slugs), alerts_go_to=alerts)


async def _until_stopped(app: App, say: Callable[[str], None]) -> None:
    """Run; the first signal stops, and further ones change nothing about that."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    work, stop = asyncio.create_task(_run(app, say)), asyncio.create_task(asked.wait())
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if asked.is_set():
        work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _run(app: App, say: Callable[[str], None]) -> None:
    async with watched(app), app:
        if app.held:
            say(f"@{app.client.username} answers nobody yet: this database was restored. See: buren release")
        elif not app.lease.ours:
            say(f"@{app.client.username} is answered by another process on this database. This one stands by.")
        announced = asyncio.create_task(_announce(app, say))
        try:
            await app.run()
        finally:
            announced.cancel()


async def _announce(app: App, say: Callable[[str], None]) -> None:
    await app.works.wait()
    say(f"@{app.client.username} answers. Ctrl-C stops it.")
