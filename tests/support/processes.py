"""Programs in processes of their own, forked by a process that has loaded the product: see `forkserver`.

started = await begin("bot.__main__", "run", env=…, cwd=…)   # as `python -m bot run` would
started.send_signal(signal.SIGTERM)
out, err = await started.communicate()
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import TypeVar

from tests.structure.tree import ROOT


class Server:
    """The one fork server of this process, there from the first program on."""

    connection: socket.socket | None = None
    process: "subprocess.Popen[bytes] | None" = None

    @classmethod
    def ask(cls, asked: Mapping[str, object], handed: list[int]) -> None:
        """Have a program forked that gets these files."""
        if cls.connection is None:
            cls.connection, theirs = socket.socketpair()
            number = str(theirs.fileno())
            command = [sys.executable, "-m", "tests.support.forkserver", number]
            cls.process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
            theirs.close()
            atexit.register(cls.end)
        socket.send_fds(cls.connection, [json.dumps(asked).encode()], handed)

    @classmethod
    def end(cls) -> None:
        """No more programs; returns when the server is gone."""
        if cls.connection is not None and cls.process is not None:
            cls.connection.close()
            cls.process.wait()
            cls.connection = cls.process = None


class Program:
    """A process that runs, as asyncio describes one: with those words of its `Process` that tests need."""

    def __init__(self, told: socket.socket, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader) -> None:
        self._told, self.stdout, self.stderr = told, stdout, stderr
        self.pid = 0
        self.returncode: int | None = None
        self._end: asyncio.Task[None] | None = None

    async def begins(self) -> None:
        """Returns when there is a process."""
        reader, writer = await asyncio.open_unix_connection(sock=self._told)
        self.pid = int(await reader.readline())
        self._end = asyncio.create_task(self._ends(reader, writer))

    async def _ends(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.returncode = int(await reader.readline())
        writer.close()

    async def wait(self) -> int:
        """The exit code, or the signal as a negative number, when it has ended."""
        assert self._end is not None
        await asyncio.shield(self._end)
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """All that it still says, when it has ended."""
        said = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return said[0], said[1]

    def send_signal(self, number: signal.Signals) -> None:
        """Nothing where it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):  # that it has ended is on its way to us
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, the -9."""
        self.send_signal(signal.SIGKILL)


async def begin(module: str, *words: str, env: Mapping[str, str], cwd: Path, complaints: Path | None = None) -> Program:
    """Run `main(words)` of a module in a new process, with nothing to read; its complaints can go into a file."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    nothing = os.open(os.devnull, os.O_RDONLY)
    out, its_out = _pipe()
    err, its_err = _pipe()
    log = os.open(complaints, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if complaints else its_err
    asked = {"words": [module, *words], "env": dict(env), "cwd": str(cwd)}
    try:
        Server.ask(asked, [nothing, its_out, log, theirs.fileno()])
    finally:
        theirs.close()
        for each in {nothing, its_out, its_err, log}:
            os.close(each)
    started = Program(ours, await _reader(out), await _reader(err))
    await started.begins()
    return started


P = TypeVar("P", Process, Program)


@asynccontextmanager
async def ending(started: P, by: signal.Signals = signal.SIGKILL) -> AsyncIterator[P]:
    """Whatever happens, and where it does not end by itself: ended by this signal."""
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(by)
        await started.communicate()


async def first_line(started: Process | Program) -> str:
    """Whether it answers or stands by; empty where it ended."""
    assert started.stdout is not None
    return (await started.stdout.readline()).decode().strip()


def _pipe() -> tuple[FileIO, int]:
    read, write = os.pipe()
    return os.fdopen(read, "rb", buffering=0), write


async def _reader(pipe: FileIO) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader
