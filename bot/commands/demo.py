"""`buren demo`: a local Telegram and the real bot, with people to play with; everything stays in one folder.

Whoever comes back waits less: what is slow to load is loaded while a child is starting, or only where it is needed.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import socket
import sys
import threading
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot import log as logs
from bot.commands import CannotError, settings

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Callable, Iterator

    from bot.settings import Settings

log = logs.get_logger(__name__)

HOST = "127.0.0.1"
NAME = "Buren voor mekaar"
TOKEN = "4840001:the-token-of-the-demo-opens-nothing"  # noqa: S105 – opens nothing but the local Telegram
ROOT = Path(__file__).parents[2]
LOG, KEY, ENV = Path("demo.log"), Path("buren.key"), Path(".env")
READY = 60.0  # seconds that a child may take to say that it is ready, on a busy machine
PATIENCE = 15.0  # seconds for a clean stop

SETTINGS = """\
# Written anew at each start of the demo. In this folder `buren` speaks to it: buren area list
BUREN_TOKEN={token}
BUREN_API_URL={url}
BUREN_CLOCK_URL={url}
BUREN_DATABASE_URL=sqlite:///buren.db
BUREN_KEY_FILE={key}
BUREN_ORGANISATION=OCMW Lindebeek
BUREN_ORGANISATION_FR=CPAS Lindebeek
BUREN_ORGANISATION_DE=ÖSHZ Lindebeek
BUREN_PHONE=016 00 00 00
"""


def demo(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM. Raises CannotError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.chdir(folder)
    except OSError as error:
        raise CannotError(f"{folder}: {error.strerror}.", 2) from None
    # The settings of a real bot have no place here: what counts is the .env file of this folder.
    for name in [name for name in os.environ if name.upper().startswith("BUREN_")]:
        del os.environ[name]
    logs.set_up("WARNING")
    with _alone(folder) as lock, LOG.open("a", encoding="utf-8") as output:
        _check_port(port)
        asyncio.run(_until_stopped(Stage(folder, port, output, lock), say))


@dataclass(frozen=True)
class Stage:
    """Where the demo plays. `lock` is held by its children as well, as long as one of them lives."""

    folder: Path
    port: int
    output: IO[str]
    lock: IO[str]


@contextmanager
def _alone(folder: Path) -> Iterator[IO[str]]:
    """One demo in a folder at a time; after a kill -9 of an earlier one its children need a moment to end."""
    with Path("demo.lock").open("w") as own, Path("children.lock").open("w") as lock:
        if not _locked(own):
            raise CannotError(f"A demo is running in {folder} already.")
        end = time.monotonic() + PATIENCE
        while not _locked(lock):
            if time.monotonic() > end:
                raise CannotError(f"Something of an earlier demo in {folder} still runs.")
            threading.Event().wait(0.05)
        yield lock


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


async def _until_stopped(stage: Stage, say: Callable[[str], None]) -> None:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    work, stop = asyncio.create_task(_play(stage, say)), asyncio.create_task(asked.wait())
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if asked.is_set():
        work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    say("Stopped. The next start goes on where you were.")


async def _play(stage: Stage, say: Callable[[str], None]) -> None:
    """Start everything, then wait until one of the two ends, which neither should."""
    url = f"http://{HOST}:{stage.port}"
    options = {"--data": ".", "--host": HOST, "--port": str(stage.port), "--token": TOKEN, "--name": NAME}
    words = [word for option in options.items() for word in option]
    async with _child(stage, "simulator", *words) as simulator, AsyncExitStack() as more:
        chosen = _prepare(url)
        bot = await more.enter_async_context(_child(stage, "bot", "run")) if _is_inhabited(chosen) else None
        import aiohttp

        from bot.commands import seed

        telegram = seed.LocalTelegram(await more.enter_async_context(aiohttp.ClientSession()), url)
        await _first_line(stage, simulator)
        await seed.give_telephones(telegram, chosen.calendar)
        if bot is None:
            _settle(chosen, await telegram.now())
            bot = await more.enter_async_context(_child(stage, "bot", "run"))
        await _first_line(stage, bot)
        await seed.say_hello(telegram)
        say(f"Open {url} in a browser. Ctrl-C stops the demo.")
        ends = [asyncio.create_task(child.wait()) for child in (simulator, bot)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        who = "The bot" if ends[1].done() else "The local Telegram"
        raise CannotError(f"{who} stopped. {_why(stage)}")


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotError(f'Port {port} is taken. Take another one: make demo ARGS="--port {port + 1}"') from None


@asynccontextmanager
async def _child(stage: Stage, module: str, *arguments: str) -> AsyncIterator[Process]:
    """A process that ends with us, whatever happens to us. In a session of its own, so that we stop them in order."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.commands.child", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=stage.output,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(":")},
        pass_fds=[stage.lock.fileno()],
        start_new_session=True,
    )
    try:
        yield process
    finally:
        await _stop(process)


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:  # pragma: no cover – only where a clean stop hangs
        process.kill()
        await process.wait()


async def _first_line(stage: Stage, process: Process) -> str:
    """What a child says when it is ready."""
    assert process.stdout is not None  # noqa: S101 – for the type checker: it was asked for
    line = await asyncio.wait_for(process.stdout.readline(), READY)
    if not line:
        raise CannotError(f"The demo could not start. {_why(stage)}")
    return line.decode().strip()


def _why(stage: Stage) -> str:
    """The last line of the log, which is mostly the reason, and where the others are."""
    lines = LOG.read_text("utf-8", "replace").splitlines() or [""]
    return f"{lines[-1]} (more in {stage.folder / LOG})"


def _prepare(url: str) -> Settings:
    """Make key and database where they are not there yet, and the settings anew."""
    if not KEY.exists():
        from bot.sealing import new_key

        partial = KEY.with_suffix(".partial")
        partial.write_text(f"{new_key()}\n", "ascii")
        partial.replace(KEY)
    ENV.write_text(SETTINGS.format(token=TOKEN, url=url, key=KEY), "utf-8")
    chosen = settings()
    from bot.commands.storage import migrate

    migrate(chosen.database_url, chosen.key_ring(), datetime.now(UTC), log.info)
    return chosen


def _is_inhabited(chosen: Settings) -> bool:
    from bot.commands.seed import is_inhabited
    from bot.commands.storage import session_of

    with session_of(chosen) as session:
        return is_inhabited(session)


def _settle(chosen: Settings, now: datetime) -> None:
    from bot.app import build
    from bot.commands.seed import settle

    app = build(chosen)
    try:
        settle(app, now)
    finally:
        app.turns.close()
