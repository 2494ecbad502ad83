"""`buren backup`, `restore` and `release`: a copy, back from one, and what then waits until somebody says so."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot import backup
from bot.commands import CannotError
from bot.commands.storage import alone, check_key, explained, name_of, opened
from bot.database import file_of, open_engine
from bot.resealing import reseal
from models import Event, EventKind, Fact, Letter, LetterState, Reminder, ReminderState, migrations
from models.letter import WAITING
from models.seen import RESTORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.settings import Settings

HELD = "INSERT INTO public.fact (name, value) VALUES ('{name}', '{now}') ON CONFLICT DO NOTHING"
KEY = "The key is not in it: keep a copy of the key somewhere else. Lost key, lost data."


def make(settings: Settings, folder: Path | None, now: datetime) -> Iterator[str]:
    """Make a copy, and throw old ones away. Raises CannotError."""
    target = folder or settings.backup_dir
    if target is None:
        raise CannotError("Say where: buren backup FOLDER, or set BUREN_BACKUP_DIR.", 2)
    with opened(settings) as engine:
        try:
            copy = backup.make(engine, settings, target, now)
        except backup.NotCopiedError as error:
            raise CannotError(str(error)) from None
    yield f"Copied {name_of(settings.database_url)} to {copy}, and checked the copy."
    stem = backup.stem_of(settings.database_url)
    if gone := backup.throw_away(settings, now) + backup.rotate(target, stem, now):
        yield f"Threw away {gone} old ones: of more than 48 hours one a day is kept, of more than 35 days none."
    yield KEY


def restore(settings: Settings, copy: Path, now: datetime, ask: Callable[[str], None]) -> Iterator[str]:
    """Put a copy in the place of the database; what waits in it waits until `release`. `ask` raises for a no."""
    file, name = file_of(settings.database_url), name_of(settings.database_url)
    if not copy.is_file():
        raise CannotError(f"There is no file {copy}.", 2)
    with alone(settings.database_url):
        ask(
            f"{name} will be what {copy} is, as it was then. What happened since is gone, and a copy of it kept. Go on?"
        )
        if file is None:
            yield from _put_back_dump(settings, copy, now)
        else:
            yield _keep(settings, file, now)
            _put_back(settings, copy, file)
        yield from _hold(settings, now)


def _keep(settings: Settings, file: Path, now: datetime) -> str:
    """Nothing is thrown away: the present state, or the file that is broken, stays beside."""
    if not file.exists():
        return "There was no database."
    aside = backup.not_there_yet(file.parent, settings.database_url, now)
    engine = open_engine(settings.database_url, settings.key_ring())
    try:
        backup.back_up(engine, file, aside)
    except backup.NotCopiedError:
        for end in ("", "-wal", "-shm"):
            part = file.with_name(f"{file.name}{end}")
            if part.exists():
                part.rename(file.with_name(f"{aside.stem}-damaged{file.suffix}{end}"))
        return f"The present database is damaged: it is kept as {aside.stem}-damaged{file.suffix}."
    finally:
        engine.dispose()
    return f"The present state is kept as {aside.name}."


def _put_back(settings: Settings, copy: Path, file: Path) -> None:
    """Look whether the copy is sound and ours, then write it over the database: who has that open sees the new one."""
    with explained(f"sqlite:///{copy}"):
        engine = open_engine(f"sqlite:///{copy}", settings.key_ring())
        sqlite = engine.dialect.loaded_dbapi
        try:
            with engine.connect() as connection:
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
                if sound != "ok" or migrations.current(connection) is None:
                    raise CannotError(f"{copy} is not a sound copy of a database of this bot. Nothing was changed.")
                _check_key(connection, settings)
            with closing(sqlite.connect(str(copy))) as source, closing(sqlite.connect(str(file))) as target:
                source.backup(target)
        finally:
            engine.dispose()
    file.chmod(0o600)


def _put_back_dump(settings: Settings, copy: Path, now: datetime) -> Iterator[str]:
    """The same with PostgreSQL, whose copies can be read only when they are back: what is not ours goes out again."""
    engine = open_engine(settings.database_url, settings.key_ring())
    try:
        aside = backup.make(engine, settings, settings.backup_dir or copy.parent, now)
        yield f"The present state is kept as {aside}."
        engine.dispose()
        # In the transaction that puts it back: from its first moment on nothing of it is sent.
        backup.put_back(settings, copy, HELD.format(name=RESTORED, now=now.isoformat()))
    except backup.NotCopiedError as error:
        raise CannotError(f"{error} Nothing was changed.") from None
    finally:
        engine.dispose()
    try:
        _check_dump(settings, copy)
    except Exception as error:  # noqa: BLE001 – a foreign copy can hold anything
        wrong = str(error) if isinstance(error, CannotError) else f"{copy} is not a copy of a database of this bot."
        try:
            backup.put_back(settings, aside)
        except backup.NotCopiedError as failed:
            left = f"The database is now what {copy} is; the state before is in {aside}"
            raise CannotError(f"{wrong} {left}, and could not be put back: {failed}") from None
        raise CannotError(f"{wrong} Nothing was changed.") from None


def _check_dump(settings: Settings, copy: Path) -> None:
    engine = open_engine(settings.database_url, settings.key_ring())
    try:
        with engine.connect() as connection:
            if migrations.current(connection) is None:
                raise CannotError(f"{copy} is not a copy of a database of this bot.")
            _check_key(connection, settings)
    finally:
        engine.dispose()


def _check_key(connection: Connection, settings: Settings) -> None:
    sealed = connection.exec_driver_sql("SELECT telegram_id FROM person WHERE telegram_id IS NOT NULL LIMIT 1").scalar()
    try:
        if sealed is not None:
            settings.key_ring().unseal(sealed)
    except ValueError:
        raise CannotError("BUREN_KEY or BUREN_KEY_FILE: this copy was sealed with another key.", 2) from None


def _hold(settings: Settings, now: datetime) -> Iterator[str]:
    """Until somebody says so nothing of what waits is sent."""
    ring = settings.key_ring()
    engine = open_engine(settings.database_url, ring)
    try:
        with engine.connect() as connection:
            revision, head = migrations.current(connection), migrations.head()
        with Session(engine) as session, session.begin():
            session.merge(Fact(name=RESTORED, value=now.isoformat()))
            letters = session.scalar(select(func.count()).where(Letter.state.in_(WAITING))) or 0
            timers = select(func.count()).where(Reminder.state == ReminderState.WAITING, Reminder.due_at <= now)
            overdue = session.scalar(timers) or 0
        if revision == head:
            reseal(engine, ring)  # it may have been sealed with a key that is retired by now
            check_key(engine)
    finally:
        engine.dispose()
    yield f"Restored. {letters} letters wait in it, and {overdue} reminders that are overdue. Nothing is sent yet."
    if revision != head:
        yield f"It is at revision {revision}: buren migrate brings it to {head}."
    yield "buren release          sends those that still make sense, and lets the bot work"
    yield "buren release --drop   throws the letters away first"


def release(session: Session, now: datetime, *, drop: bool) -> Iterator[str]:
    """Let the bot work after a restore."""
    restored = session.get(Fact, RESTORED)
    if restored is None:
        yield "Nothing is held: this database was not restored, or it was released already."
        return
    if drop:
        waiting = update(Letter).where(Letter.state.in_(WAITING))
        dropped = session.execute(waiting.values(state=LetterState.CANCELLED, error="restored", body=None))
        yield f"Threw {dropped.rowcount} letters away."  # type: ignore[attr-defined]  # an update counts
    session.delete(restored)
    session.add(
        Event(kind=EventKind.OPERATED, at=now, detail="restore released" + (", letters dropped" if drop else ""))
    )
    yield "Released: a bot that runs works within a second."
