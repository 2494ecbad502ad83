"""Whether the bot lives and is ready, for whoever watches processes: three addresses on this machine, and systemd."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import func, select

from bot.log import get_logger
from bot.turns import DATABASE_AWAY
from bot.webhook import PortTakenError
from models.letter import WAITING, Letter, LetterState
from models.reminder import Reminder, ReminderState
from models.seen import POLLED, DeadUpdate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App

log = get_logger(__name__)

HOST = "127.0.0.1"
SILENCE = 90.0  # seconds: a poll takes 50, so who is older than this hangs or is cut off
PATIENCE = 5.0  # seconds for the database to answer


class Health:
    """Answers for one bot, from before it has reached Telegram until after it has stopped."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def problems(self) -> list[str]:
        """Why it is not ready; empty where it is."""
        app = self._app
        found, held = [], app.held
        try:
            await asyncio.wait_for(app.turns.run(app.turns.facts, POLLED), PATIENCE)
            # Who stands by only finds it out when it takes over: it says so before.
            held = held or await asyncio.wait_for(app.is_held(), PATIENCE)
        except (*DATABASE_AWAY, TimeoutError):
            found.append("the database does not answer")
        if app.intake.refusing.under_way:
            found.append("nothing can be written down: is the disk full?")
        if app.outbox.stopped_by is not None:
            found.append("Telegram does not accept the token")
        if not app.reached.is_set():
            found.append("Telegram was not reached yet")
        elif held:
            found.append("the database was restored: buren release")
        elif app.works.is_set() and app.intake.since_polled() > SILENCE:
            found.append(f"no updates were fetched for {int(app.intake.since_polled())} seconds")
        return found

    async def live(self, _request: web.Request) -> web.Response:
        """The process takes its turns."""
        return web.Response(text="alive\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """Ready to answer people, or to take over."""
        if found := await self.problems():
            return web.Response(status=503, text="".join(f"{line}\n" for line in found))
        return web.Response(text="ready: works\n" if self._app.works.is_set() else "ready: stands by\n")

    async def metrics(self, _request: web.Request) -> web.Response:
        """Numbers for Prometheus and its like: of letters and updates, never of a person."""
        app = self._app
        numbers: dict[str, float] = {"works": app.works.is_set(), "ready": not await self.problems()}
        numbers |= {"updates_held_back": app.intake.flood.held_back, "floods": app.intake.flood.floods}
        if app.works.is_set():
            numbers["seconds_since_poll"] = round(app.intake.since_polled(), 1)
        try:
            numbers |= await asyncio.wait_for(app.turns.run(self._counts), PATIENCE)
        except (*DATABASE_AWAY, TimeoutError):
            pass  # `ready` says so already
        return web.Response(text="".join(f"buren_{name} {float(number):g}\n" for name, number in numbers.items()))

    def _counts(self) -> dict[str, float]:
        turns = self._app.turns
        now = turns.clock.now()
        late = select(func.min(Letter.not_before)).where(Letter.state.in_(WAITING), Letter.not_before <= now)
        with turns.session() as session, session.begin():
            oldest = session.scalar(late)
            return {
                "letters_waiting": _count(session.scalar(select(func.count()).where(Letter.state.in_(WAITING)))),
                "letters_dead": _count(session.scalar(select(func.count()).where(Letter.state == LetterState.DEAD))),
                "letter_oldest_due_seconds": (now - oldest).total_seconds() if oldest else 0,
                "updates_dead": _count(session.scalar(select(func.count()).select_from(DeadUpdate))),
                "reminders_dead": _count(
                    session.scalar(select(func.count()).where(Reminder.state == ReminderState.DEAD))
                ),
            }


def _count(found: int | None) -> int:
    return found or 0


@asynccontextmanager
async def watched(app: App) -> AsyncIterator[None]:
    """Answer on the port of the settings, where there is one, and tell systemd, where it asks, that we live."""
    health, runner = Health(app), None
    if app.settings.health_port is not None:
        served = web.Application()
        served.add_routes(
            [web.get("/livez", health.live), web.get("/readyz", health.ready), web.get("/metrics", health.metrics)]
        )
        runner = web.AppRunner(served, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, app.settings.health_port).start()
        except OSError:
            await runner.cleanup()
            raise PortTakenError(f"BUREN_HEALTH_PORT: port {app.settings.health_port} is taken.") from None
    # Ready at once: that Telegram may be away at the start is no reason to be started again.
    notify("READY=1")
    beating = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beating.cancel()
        notify("STOPPING=1")
        if runner is not None:
            await runner.cleanup()


async def _beat() -> None:
    """Twice in the time after which systemd takes a silent process for one that hangs, and kills it."""
    within = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    while within:
        notify("WATCHDOG=1")
        await asyncio.sleep(within / 2)


def notify(state: str) -> None:
    """Tell systemd, where it has started us; its protocol is one datagram."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        try:
            channel.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
        except OSError as error:
            log.warning("systemd does not hear", error=type(error).__name__)
