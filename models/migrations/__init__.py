"""How the tables came to be what they are: one revision a change, run with the connection that is given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from models.guard import can_be_guarded, guard

if TYPE_CHECKING:
    from sqlalchemy import Connection

HERE = Path(__file__).parent


class BrokenReferencesError(Exception):
    """After a migration rows point to rows that are not there; nothing was changed."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction. `connection` is fresh: no transaction has begun on it.

    Raises alembic's `CommandError` for a revision that is not known, `BrokenReferencesError` where rows were orphaned.
    """
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # SQLite changes a table by making it anew. With foreign keys on, dropping the old one deletes its children;
        # they can only be switched outside of a transaction.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            command.upgrade(_config(connection), revision)
            if can_be_guarded(connection):  # a table that was made anew has no triggers any more
                guard(connection)
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise BrokenReferencesError
    finally:
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def current(connection: Connection) -> str | None:
    """The revision that the database is at, `None` for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision that this version of the code needs."""
    found = ScriptDirectory(str(HERE)).get_current_head()
    if found is None:
        raise LookupError("there are no migrations")
    return found


def draft(connection: Connection, message: str) -> Path:
    """Write the revision that brings a database at the newest revision to the models, to be read before it is kept."""
    made = command.revision(_config(connection), message, autogenerate=True, rev_id=f"{int(head()) + 1:04}")
    if not isinstance(made, Script):
        raise TypeError("alembic made no revision")
    return Path(made.path)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
