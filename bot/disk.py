"""What was committed survives a power cut once the disk has it: one wait for the disk, for all commits until then."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.database import empty_log, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Disk:
    """The disk below a SQLite database. From now on the commits of `engine` do not wait for it: `sync` does.

    SQLite writes each commit to its log, and of that a power cut can only take the end: never what `sync` has seen.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = Path(f"{engine.url.database}-wal")
        # Held open: of a loss the kernel tells only who had the file open, and SQLite, which has too, does not say so
        # when it empties the log by itself. And no other file gets its number meanwhile.
        self._log: int | None = None
        self._named = False  # the name of the log is on the disk too
        self._failed = False
        event.listen(engine, "connect", _leave_waiting_to_us)
        event.listen(engine, "engine_disposed", lambda _: self._let_go())

    def sync(self) -> None:
        """Wait until all that is committed is on the disk; `OperationalError` where the disk does not take it."""
        try:
            if self._failed:
                # The kernel says only once that it lost something: what is in the log goes another way.
                if not empty_log(self._engine):
                    raise OSError("the log cannot be emptied now")
            elif (log := self._opened()) is not None:
                os.fsync(log)
                if not self._named:
                    to_disk(self._path.parent)
                self._named = True
        except OSError as error:
            self._failed = True
            raise OperationalError("sync", None, sqlite.OperationalError("disk I/O error")) from error
        self._failed = False

    def _opened(self) -> int | None:
        """The log; `None` where there is none, for then all is in the database."""
        there = self._path.stat().st_ino if self._path.exists() else None
        if self._log is not None and os.fstat(self._log).st_ino != there:
            self._let_go()
        if self._log is None and there is not None:
            self._log = os.open(self._path, os.O_RDONLY)
        return self._log

    def _let_go(self) -> None:
        if self._log is not None:
            os.close(self._log)
        self._log, self._named = None, False


def to_disk(path: Path) -> None:
    """Wait until this file or folder would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _leave_waiting_to_us(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
