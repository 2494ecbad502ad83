"""The demo as somebody starts it at home: one command, one folder, one address; and how it can be killed."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY = 90  # seconds: the machine of who runs the tests may be busy
BOT = b"bot\0run"  # how the command line of the bot ends


class Demo:
    """`python -m bot demo`, started again on the same folder and port after each end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: Process | None = None

    @property
    def url(self) -> str:
        """What to open in the browser."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it says where it is."""
        arguments = ["-m", "bot", "demo", "--port", str(self.port), "--data", str(self.folder)]
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, *arguments),
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), READY)
        assert self.url in line.decode(), line.decode() + self.log()

    async def stop(self) -> None:
        """Ctrl-C; it says that it stopped. Nothing where it is not running."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGINT)
        said = await self._ended()
        assert "Stopped" in said, said

    async def kill_bot(self) -> str:
        """Kill -9 of the bot alone; returns what the demo says, which cannot go on without."""
        assert self._process is not None
        (bot,) = [pid for pid in below(self._process.pid) if BOT in command_line(pid)]
        os.kill(bot, signal.SIGKILL)
        return await self._ended()

    async def kill(self) -> None:
        """Kill -9 of everything at once."""
        assert self._process is not None
        for pid in (self._process.pid, *below(self._process.pid)):
            with suppress(ProcessLookupError):  # a child ends when its parent is gone
                os.kill(pid, signal.SIGKILL)
        await self._ended()

    def log(self) -> str:
        """What bot and local Telegram complained of."""
        file = self.folder / "demo.log"
        return file.read_text("utf-8") if file.exists() else ""

    async def _ended(self) -> str:
        process, self._process = self._process, None
        assert process is not None
        said, _ = await asyncio.wait_for(process.communicate(), READY)
        return said.decode()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def below(parent: int) -> list[int]:
    """The processes that `parent` started, and those that these started."""
    children = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    mine = [pid for pid in children if parent_of(pid) == parent]
    return [each for pid in mine for each in (pid, *below(pid))]


def parent_of(pid: int) -> int:
    """The id of the process that started `pid`; 0 where it has ended."""
    try:
        # The name stands in brackets and may hold anything; the state and the parent come after it.
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def command_line(pid: int) -> bytes:
    """The words that `pid` was started with, separated by NUL."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()
