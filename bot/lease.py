"""Who works: of all processes on one database a single one polls, sends and sweeps, the others stand by.

No clock decides, so none that is wrong can hand the lease to two: the kernel, or PostgreSQL, takes it back at the very
moment in which its holder ends, however it ends.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import make_url

from bot.database import file_of

if TYPE_CHECKING:
    from pathlib import Path

LOOK = 0.5  # seconds between two looks: of who holds it, whether that is still so; of who stands by, whether it is free
KEY = int.from_bytes(b"buren", "big")  # of the advisory lock, the same in all databases: each has its own locks
# A machine that is suddenly gone says nothing: each side asks whether the other is there, and gives up in seconds.
PATIENCE: dict[str, Any] = {"connect_timeout": 5, "keepalives_idle": 2, "keepalives_interval": 2, "keepalives_count": 2}
ALIVE = ("tcp_keepalives_idle = 2", "tcp_keepalives_interval = 2", "tcp_keepalives_count = 2")


class UnknownError(Exception):
    """Who holds the lease cannot be found out; the text is one line that says why."""


class Holding(Protocol):
    """How a lease is held; these may wait for the database."""

    def gain(self) -> bool:
        """Take it where it is free. Raises UnknownError."""

    def held(self) -> bool:
        """Whether it is still ours."""

    def release(self) -> None:
        """Give it back."""


class FileHolding:
    """Beside a SQLite file lies another one, which its holder has locked: all who open the first are on one machine."""

    def __init__(self, file: Path) -> None:
        real = file.resolve()
        self._path = real.with_name(f"{real.name}-lease")
        self._handle: int | None = None

    def gain(self) -> bool:
        """Lock it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        if self.held():
            return True
        self.release()
        return False

    def held(self) -> bool:
        """Locked, and still the file that others find there: were it deleted, they would lock a new one."""
        if self._handle is None:
            return False
        try:
            there, ours = self._path.stat(), os.fstat(self._handle)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def release(self) -> None:
        """Unlock it; the file stays, for to delete it would leave two of them locked."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class SessionHolding:
    """An advisory lock of PostgreSQL, on a connection that serves nothing else."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: Any = None

    def gain(self) -> bool:
        """Connect, and lock. Raises UnknownError."""
        from psycopg import Error, connect  # noqa: PLC0415 – only with the extra `postgresql`

        try:
            if self._connection is None:
                self._connection = connect(self._address, autocommit=True, **PATIENCE, tcp_user_timeout=5000)
                for setting in ALIVE:
                    self._connection.execute(f"SET {setting}")
            found = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [KEY]).fetchone()
        except Error as error:
            self.release()
            raise UnknownError(next(iter(str(error).splitlines()), type(error).__name__)) from None
        return bool(found[0])

    def held(self) -> bool:
        """As long as the connection lives."""
        from psycopg import Error  # noqa: PLC0415 – only with the extra `postgresql`

        try:
            return self._connection is not None and self._connection.execute("SELECT 1").fetchone() == (1,)
        except Error:
            return False

    def release(self) -> None:
        """Disconnect."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Lease:
    """The lease of one process."""

    def __init__(self, url: str) -> None:
        self._holding = holding_of(url)
        self.ours = False

    async def look(self) -> bool:
        """Hold it, or take it where it is free; says whether it is ours now."""
        if self._holding is None:
            self.ours = True
        elif self.ours:
            self.ours = await asyncio.to_thread(self._holding.held)
            if not self.ours:
                await self.release()
        else:
            with suppress(UnknownError):
                self.ours = await asyncio.to_thread(self._holding.gain)
        return self.ours

    async def release(self) -> None:
        """Give it back: who stands by takes it at once."""
        self.ours = False
        if self._holding is not None:
            await asyncio.to_thread(self._holding.release)


def holding_of(url: str) -> Holding | None:
    """How the lease of this database is held; `None` for one in memory, which nobody else can open."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return SessionHolding(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
    file = file_of(url)
    return None if file is None or file.name in {"", ":memory:"} else FileHolding(file)
