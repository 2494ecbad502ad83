"""What happened stays written down: triggers refuse to change or delete an event, on SQLite and on PostgreSQL.

They hold off a mistake in the program, and whoever reaches the database only through it. Who holds the file, or is the
owner of the tables, can drop them: copies elsewhere are what helps against that.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import delete, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.event import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, MetaData
    from sqlalchemy.orm import Session

KEPT = Event.__tablename__
NAME = f"{KEPT}_stays"
REFUSAL = "what happened stays written down"


class HistoryDoor(Base):
    """While a row is here, events can be changed: only in the transaction that put it here, which takes it away."""

    __tablename__ = "history_door"

    id: Mapped[int] = mapped_column(primary_key=True)


_SHUT = f"NOT EXISTS (SELECT 1 FROM {HistoryDoor.__tablename__})"  # noqa: S608 – names of our own tables
_THERE = f"EXISTS (SELECT 1 FROM {KEPT} WHERE id = NEW.id)"  # noqa: S608 – likewise
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_SQLITE = {
    f"{NAME}_as_it_is": f"BEFORE UPDATE ON {KEPT} WHEN {_SHUT} {_REFUSE}",
    f"{NAME}_there": f"BEFORE DELETE ON {KEPT} WHEN {_SHUT} {_REFUSE}",
    # REPLACE deletes what stands in its way, and calls no trigger for that.
    f"{NAME}_once": f"BEFORE INSERT ON {KEPT} WHEN {_SHUT} AND {_THERE} {_REFUSE}",
}
_FUNCTION = f"""CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF {_SHUT} THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW; END $$"""
_POSTGRESQL = {
    f"{NAME}_as_it_is": f"BEFORE UPDATE OR DELETE ON {KEPT} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    f"{NAME}_there": f"BEFORE TRUNCATE ON {KEPT} FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
}


def guard(connection: Connection) -> None:
    """Put the triggers there, also after SQLite made the table anew, which drops them in silence."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
        triggers, on = _POSTGRESQL, f" ON {KEPT}"
    else:
        triggers, on = _SQLITE, ""
    for name, what in triggers.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on}"))
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {what}")


def can_be_guarded(connection: Connection) -> bool:
    """Whether this database is new enough to have the door in it."""
    return inspect(connection).has_table(HistoryDoor.__tablename__)


def missing(connection: Connection) -> list[str]:
    """The triggers that should be there and are not; `door` where it stands open."""
    if connection.dialect.name == "postgresql":
        wanted, where = _POSTGRESQL, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    else:
        wanted, where = _SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    found = set(connection.scalars(text(where)))
    left_open = connection.execute(HistoryDoor.__table__.select()).first() is not None
    return [*(name for name in wanted if name not in found), *(["door"] if left_open else [])]


def shut(connection: Connection) -> None:
    """Put back what `missing` misses."""
    guard(connection)
    connection.execute(delete(HistoryDoor))


@contextmanager
def history_open(session: Session) -> Iterator[None]:
    """Only for what the law wants to be forgotten, and for two accounts that turn out to be one person."""
    session.add(door := HistoryDoor())
    session.flush()
    yield
    session.flush()
    session.execute(delete(HistoryDoor).where(HistoryDoor.id == door.id))
    session.expunge(door)


@event.listens_for(Base.metadata, "after_create")
def _guard_what_was_made(_metadata: MetaData, connection: Connection, **_given: object) -> None:
    if inspect(connection).has_table(KEPT) and can_be_guarded(connection):
        guard(connection)
