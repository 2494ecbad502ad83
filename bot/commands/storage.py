"""The database of a deployment: opening it with care, copying it, bringing it to the present revision."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from alembic.util import CommandError
from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.backup import NotCopiedError, back_up, copies, name_for, stem_of
from bot.commands import CannotError
from bot.database import file_of, open_engine, sqlite
from bot.disk import to_disk
from bot.lease import UnknownError, holding_of
from bot.resealing import reseal
from models import Fact, Person, migrations
from models.guard import missing, shut
from models.seen import RESTORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine, Select

    from bot.sealing import KeyRing
    from bot.settings import Settings


def name_of(url: str) -> str:
    """How to name the database to people: never with the password."""
    return str(file_of(url) or make_url(url).render_as_string(hide_password=True))


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn an error of the database into one clear line."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise CannotError(
            f"BUREN_DATABASE_URL needs {error.name}: install the bot with its extra `postgresql`.", 2
        ) from None
    except UnknownError as error:
        raise CannotError(f"BUREN_DATABASE_URL: {name_of(url)} cannot be used: {error}.") from None
    except DBAPIError as error:
        reason = next(iter(str(error.orig).splitlines()), type(error.orig).__name__)
        raise CannotError(f"BUREN_DATABASE_URL: {name_of(url)} cannot be used: {reason}.") from None


def check_sound(settings: Settings) -> None:
    """Look whether the file of the database is whole; it stays as it is, byte for byte. Raises CannotError."""
    file = file_of(settings.database_url)
    if file is None or not file.is_file():
        return
    _check_not_emptied(file, settings)
    try:
        # Read only: to close a database that can be written would move its write-ahead log into it.
        with closing(sqlite.connect(f"file:{quote(str(file.resolve()))}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite.OperationalError:
        return  # it is held, or may not be read: said by whoever opens it next
    except sqlite.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        raise _damaged(file, " ".join(verdict.split()), settings)


def _check_not_emptied(file: Path, settings: Settings | None) -> None:
    """A file of ours is never empty: it is made whole, or not at all."""
    if file.stat().st_size == 0:
        raise _damaged(file, "it is empty", settings)


def _damaged(file: Path, why: str, settings: Settings | None) -> CannotError:
    folder = settings.backup_dir if settings is not None else None
    stem = stem_of(f"sqlite:///{file}")
    found = sorted(copy for place in {folder, file.parent} if place is not None for copy in copies(place, stem))
    newest = found[-1][1] if found else "COPY"
    what_now = f"It stays as it is. Put a copy in its place: buren restore {newest}"
    return CannotError(f"BUREN_DATABASE_URL: {file} is damaged ({why}). {what_now}")


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """The engine of a database that is there, at this version's revision, sealed with our key. Raises CannotError."""
    url = settings.database_url
    file = file_of(url)
    if file is not None and not file.is_file():
        raise CannotError(f"BUREN_DATABASE_URL: there is no database {file} yet. `buren migrate` makes it.", 2)
    with explained(url):
        engine = open_engine(url, settings.key_ring())
        try:
            _check_revision(engine, url)
            check_key(engine)
            yield engine
        finally:
            engine.dispose()


@contextmanager
def session_of(settings: Settings) -> Iterator[Session]:
    """One transaction in the database of `opened`."""
    with opened(settings) as engine, Session(engine) as session, session.begin():
        yield session


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Nobody works on this database meanwhile. Raises CannotError where a bot does."""
    holding = holding_of(url)
    with explained(url):
        free = holding is None or holding.gain()
    if holding is not None and not free:
        holding.release()
        raise CannotError("A bot runs on this database. Stop it first.")
    try:
        yield
    finally:
        if holding is not None:
            holding.release()


def _check_revision(engine: Engine, url: str) -> None:
    with engine.connect() as connection:
        found, wanted = migrations.current(connection), migrations.head()
    if found is None:
        raise CannotError(f"BUREN_DATABASE_URL: {name_of(url)} is empty. `buren migrate` prepares it.", 2)
    if found != wanted:
        raise CannotError(
            f"{name_of(url)} is at revision {found}, this version of the bot needs {wanted}. Run `buren migrate`.", 2
        )


def check_key(engine: Engine) -> None:
    """Raises CannotError for another key: nobody would be recognised, and everything that comes in would fail."""
    with Session(engine) as session, session.begin():
        for order in (Person.id.asc(), Person.id.desc()):
            known = select(Person).where(Person.telegram_key.is_not(None)).order_by(order).limit(1)
            if not _recognised(session, known):
                raise CannotError("BUREN_KEY or BUREN_KEY_FILE: this database was sealed with another key.", 2)


def _recognised(session: Session, known: Select[Person]) -> bool:
    try:
        person = session.scalars(known).first()
        return person is None or session.scalars(Person.with_telegram_id(str(person.telegram_id))).first() is person
    except ValueError:
        return False


def migrate(url: str, ring: KeyRing, at: datetime, say: Callable[[str], None], *, without_backup: bool = False) -> None:
    """Bring the database to the present revision, after a checked copy beside it; `say` hears what was done."""
    name = name_of(url)
    file = file_of(url)
    if file is not None and file.is_file():
        _check_not_emptied(file, None)
    elif file is not None and file.name not in {"", ":memory:"} and file.parent.is_dir():
        with alone(url):
            _make(file, ring)
        say(f"Made {name}, at revision {migrations.head()}.")
        return
    with explained(url):
        engine = open_engine(url, ring)
        try:
            with engine.connect() as connection:
                before, head = migrations.current(connection), migrations.head()
                tables = inspect(connection).get_table_names()
            if before is None and tables:
                raise CannotError(f"BUREN_DATABASE_URL: {name} holds tables that are not of this bot.", 2)
            if before == head:
                _finish(engine, url, ring)
                _shut(engine)
                say(f"{name} is up to date, at revision {head}.")
                return
            with alone(url):
                if before is not None:
                    say(_keep(engine, at, without_backup=without_backup))
                _upgrade(engine, name, before)
                if _was_restored(engine):
                    reseal(engine, ring)  # the copy may have been sealed with a key that is retired by now
        finally:
            engine.dispose()
    say(f"Made {name}, at revision {head}." if before is None else f"Brought {name} from revision {before} to {head}.")


def _make(file: Path, ring: KeyRing) -> None:
    """Make it beside its place, and move it there when it is whole."""
    partial = file.with_name(f"{file.name}.partial")
    with explained(f"sqlite:///{file}"):
        for end in ("", "-wal", "-shm"):
            partial.with_name(f"{partial.name}{end}").unlink(missing_ok=True)
        engine = open_engine(f"sqlite:///{partial}", ring)
        try:
            _upgrade(engine, str(file), None)
        finally:
            engine.dispose()  # which empties the write-ahead log into the file
    to_disk(partial)
    partial.replace(file)
    to_disk(file.parent)


def _finish(engine: Engine, url: str, ring: KeyRing) -> None:
    """Seal anew what was restored and brought here, where something came between the two."""
    if not _was_restored(engine):
        return
    try:
        check_key(engine)
    except CannotError:
        with alone(url):
            try:
                reseal(engine, ring)
            except ValueError:  # no key of the ring opens it
                check_key(engine)


def _shut(engine: Engine) -> None:
    """Let nobody change the history any more, where somebody made that possible."""
    with engine.begin() as connection:
        if missing(connection):
            shut(connection)


def _was_restored(engine: Engine) -> bool:
    with Session(engine) as session, session.begin():
        return session.get(Fact, RESTORED) is not None


def _upgrade(engine: Engine, name: str, before: str | None) -> None:
    try:
        with engine.connect() as connection:
            migrations.upgrade(connection)
    except CommandError:
        raise CannotError(
            f"{name} is at revision {before}, which this version of the bot does not know. Install the newer one.", 2
        ) from None
    except migrations.BrokenReferencesError:
        raise CannotError(f"{name} has rows that point to nothing, so it stays as it was: please report it.") from None


def _keep(engine: Engine, at: datetime, *, without_backup: bool) -> str:
    file = file_of(str(engine.url))
    if without_backup:
        return "No copy was made, as you asked."
    if file is None:
        raise CannotError(
            "Make a copy first, with pg_dump: only a SQLite file is copied here. Then: buren migrate --without-backup",
            2,
        )
    copy = file.with_name(name_for(str(engine.url), at))
    try:
        back_up(engine, file, copy)
    except NotCopiedError as error:
        raise CannotError(str(error)) from None
    return f"Copied {file} to {copy.name}, and checked the copy."
