"""Copies of the database: made while the bot runs, checked, and kept no longer than allowed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.database import file_of
from bot.disk import to_disk
from models.retention import COPIES

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.settings import Settings

HOURLY = timedelta(hours=48)  # so long every copy is kept; of older ones the newest of each day
NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})\.(?:db|dump)")
# A copy, or what is left of one: the damaged file that a restore put aside, what a power cut interrupted.
ANY_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})(?:-damaged)?\.\w+(?:-wal|-shm|\.partial)?")
STAMP = "%Y%m%d-%H%M%S"


class NotCopiedError(Exception):
    """No copy was made; the text is one line that says why."""


def stem_of(url: str) -> str:
    """How the names of copies begin: as the file, or as the database of PostgreSQL."""
    file = file_of(url)
    return file.stem if file is not None else str(make_url(url).database)


def name_for(url: str, at: datetime) -> str:
    """`buren-20261123-090000.db`, `.dump` of PostgreSQL; the time is UTC."""
    kind = "dump" if file_of(url) is None else "db"
    return f"{stem_of(url)}-{at.astimezone(UTC):{STAMP}}.{kind}"


def make(engine: Engine, settings: Settings, folder: Path, at: datetime) -> Path:
    """A new copy in `folder`, which is made where it is not there. Raises NotCopiedError."""
    copy = folder / name_for(settings.database_url, at)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotCopiedError(f"{folder}: {error.strerror}.") from None
    file = file_of(settings.database_url)
    if file is None:
        _dump(settings, copy)
    else:
        back_up(engine, file, copy)
    return copy


def back_up(engine: Engine, file: Path, copy: Path) -> None:
    """Copy a SQLite file that may be in use; `copy` is there only when it is whole. Raises NotCopiedError."""
    sqlite = engine.dialect.loaded_dbapi
    partial = copy.with_name(f"{copy.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with closing(sqlite.connect(str(file))) as source, closing(sqlite.connect(str(partial))) as target:
            source.backup(target)
            # One file that stands alone, without a write-ahead log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
            verdict = [*target.execute("PRAGMA integrity_check"), *target.execute("PRAGMA foreign_key_check")]
        if verdict != [("ok",)]:
            raise NotCopiedError(f"The copy of {file} is not sound: {verdict[0][0]}. Nothing was changed.")
        to_disk(partial)
        partial.replace(copy)
        to_disk(copy.parent)
    except (OSError, sqlite.Error) as error:
        raise NotCopiedError(f"{file} could not be copied ({error}). Nothing was changed.") from None
    finally:
        partial.unlink(missing_ok=True)


def _dump(settings: Settings, copy: Path) -> None:
    """Let PostgreSQL's own program do it."""
    program = shutil.which("pg_dump")
    if program is None:
        raise NotCopiedError("PostgreSQL is copied with pg_dump, which is not here: install postgresql-client.")
    url = make_url(settings.database_url).set(drivername="postgresql")
    env = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    partial = copy.with_name(f"{copy.name}.partial")
    partial.touch(mode=0o600)
    address = url.set(password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [program, "--format=custom", f"--file={partial}", f"--dbname={address}"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        partial.unlink(missing_ok=True)
        raise NotCopiedError(f"pg_dump: {next(iter(done.stderr.splitlines()), 'it failed')}")
    partial.replace(copy)


def copies(folder: Path, stem: str, name: re.Pattern[str] = NAME) -> list[tuple[datetime, Path]]:
    """The copies in `folder`, the newest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        named = name.fullmatch(path.name)
        if named and named["stem"] == stem:
            with suppress(ValueError):  # the thirtieth of February: not a name of ours
                found.append((datetime.strptime(named["at"], STAMP).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def too_old(settings: Settings, now: datetime) -> list[Path]:
    """What may not be kept any more, where copies are made and beside the database."""
    file = file_of(settings.database_url)
    folders = {folder.resolve() for folder in (settings.backup_dir, file and file.parent) if folder is not None}
    stem = stem_of(settings.database_url)
    return [path for folder in folders for at, path in copies(folder, stem, ANY_NAME) if now - at > COPIES]


def throw_away(settings: Settings, now: datetime) -> int:
    """Delete what `too_old` finds; returns how many files."""
    found = too_old(settings, now)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def rotate(folder: Path, stem: str, now: datetime) -> int:
    """Delete what need not or may not be kept any more; returns how many."""
    deleted, days = 0, set()
    for at, path in copies(folder, stem):
        newest_of_day = at.date() not in days
        days.add(at.date())
        if now - at > COPIES or (now - at > HOURLY and not newest_of_day):
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
