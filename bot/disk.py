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
        self._log = Path(f"{engine.url.database}-wal")
        self._named = 0  # the log whose name is on the disk too
        self._failed = False
        event.listen(engine, "connect", _leave_waiting_to_us)

    def sync(self) -> None:
        """Wait until all that is committed is on the disk; `OperationalError` where the disk does not take it."""
        try:
            if self._failed:
                # The kernel says only once that it lost something: what is in the log goes another way.
                if not empty_log(self._engine):
                    raise OSError("the log cannot be emptied now")
            elif self._log.exists():
                named = self._log.stat().st_ino
                to_disk(self._log)
                if named != self._named:
                    to_disk(self._log.parent)
                self._named = named
        except OSError as error:
            self._failed = True
            raise OperationalError("sync", None, sqlite.OperationalError("disk I/O error")) from error
        self._failed = False


def to_disk(path: Path) -> None:
    """Wait until this file or folder would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _leave_waiting_to_us(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
