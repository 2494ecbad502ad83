"""Opening the database so that nothing is lost and two programs can use it at once."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # pragma: no cover – only where there is no wheel for this machine
    sqlite = sqlite3

if TYPE_CHECKING:
    from bot.sealing import KeyRing

log = logging.getLogger(__name__)

SQLITE = sqlite.sqlite_version_info
# Before this version two connections that write can corrupt a WAL.
SAFE_SQLITE = (3, 51, 3)

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged update survives a power cut
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
)


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
