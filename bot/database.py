"""Opening the database so that nothing is lost and two programs can use it at once."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # pragma: no cover – only where there is no wheel for this machine
    sqlite = sqlite3
__all__ = ["SAFE_SQLITE", "SQLITE", "file_of", "is_away", "is_full", "open_engine", "sqlite"]

if TYPE_CHECKING:
    from bot.sealing import KeyRing

log = logging.getLogger(__name__)

SQLITE = sqlite.sqlite_version_info
# Before this version two connections that write can corrupt a WAL.
SAFE_SQLITE = (3, 51, 3)

PATIENCE = "PRAGMA busy_timeout=10000"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what is committed survives a power cut; the running bot waits itself: `bot.disk`
    "PRAGMA wal_autocheckpoint=4000",  # pages, 16 MB: emptying the log waits for the disk in the middle of a turn
    PATIENCE,
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
)

FULL = ("disk is full", "No space left on device")
# What SQLite says, and the classes of PostgreSQL's codes, where the fault is not in what was asked.
# 40: another turn was in the way.
STORAGE = (*FULL, "is locked", "disk I/O error", "unable to open database file", "readonly database")
SERVER = ("08", "40", "53", "55", "57", "58")


def is_full(error: BaseException | None) -> bool:
    """Whether there is no room any more to write anything down."""
    return isinstance(error, DBAPIError) and any(words in str(error.orig) for words in FULL)


def is_away(error: BaseException | None) -> bool:
    """Whether the disk, the server or another program is in the way: later the same can be done."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", "")  # none at all: there was no connection
    return code is None or code.startswith(SERVER) or any(words in str(error.orig) for words in STORAGE)


def file_of(url: str) -> Path | None:
    """The file of a SQLite database, `None` for another kind."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def open_engine(url: str, ring: KeyRing) -> Engine:
    """Make an engine for `url`, with `ring` to seal and unseal personal data."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _open_sqlite(url)
    else:
        postgresql = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(postgresql, pool_pre_ping=True, hide_parameters=True)
    engine.dialect.sealer = ring  # type: ignore[attr-defined]  # where the column types in models/columns.py find it
    return engine


def _open_sqlite(url: str) -> Engine:
    if SQLITE < SAFE_SQLITE:  # pragma: no cover – only where there is no wheel for this machine
        log.warning("sqlite %s can damage a database that two programs write at once", sqlite.sqlite_version)
    engine = create_engine(
        url,
        module=sqlite,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error repeats what people wrote otherwise
    )

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        # SQLAlchemy alone says when a transaction begins.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A transaction that reads first and writes later would lose its place: measured, nearly all of them failed.
        # Through SQLAlchemy, so that its errors are SQLAlchemy's: they tell that the database is away.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def empty_log(engine: Engine) -> bool:
    """Let nothing that was erased lie on in the log of SQLite until that is full, which may take weeks.

    Returns whether all of it is in the database now, and on the disk. Where another program reads at this moment the
    log stays as it is: the next sweep comes by again. It raises nothing: what was erased is committed already, and
    whoever waits for that must not believe otherwise.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = None
    try:
        connection = engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=100")
        held, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(PATIENCE)
    except engine.dialect.loaded_dbapi.Error as error:
        log.warning("the log of SQLite could not be emptied now: %s", type(error).__name__)
        if connection is not None:
            connection.invalidate()
        return False
    finally:
        if connection is not None:
            connection.close()
    return not held
