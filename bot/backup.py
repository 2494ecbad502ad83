"""Copies of the database: made while the bot runs, checked, and kept no longer than allowed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
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


def not_there_yet(folder: Path, url: str, at: datetime) -> Path:
    """A new copy of `at` in `folder`, or of the first second afterwards of which there is none."""
    while (copy := folder / name_for(url, at)).exists():
        at += timedelta(seconds=1)
    return copy


def make(engine: Engine, settings: Settings, folder: Path, at: datetime) -> Path:
    """A new copy in `folder`, which is made where it is not there. Raises NotCopiedError."""
    copy = not_there_yet(folder, settings.database_url, at)
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
    """Let PostgreSQL's own programs do it: one writes the copy, the other reads it from its beginning to its end."""
    partial = copy.with_name(f"{copy.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        _postgresql(settings, "pg_dump", "--format=custom", f"--file={partial}")
        _postgresql(settings, "pg_restore", "--no-owner", f"--file={os.devnull}", str(partial), connects=False)
        to_disk(partial)
        partial.replace(copy)
        to_disk(copy.parent)
    except OSError as error:
        raise NotCopiedError(f"{copy.parent}: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def put_back(settings: Settings, copy: Path, *then: str) -> None:
    """Make the PostgreSQL database what `copy` is, and run `then` in the same transaction; or leave it as it is.

    Raises NotCopiedError.
    """
    with TemporaryDirectory() as private:  # for nobody else to read
        script = Path(private) / "copy.sql"
        _postgresql(settings, "pg_restore", "--no-owner", f"--file={script}", str(copy), connects=False)
        anew = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"  # also what a newer version of the bot had made
        only_whole = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc")
        more = [f"--command={each}" for each in then]
        _postgresql(settings, "psql", *only_whole, f"--command={anew}", f"--file={script}", *more)


def _postgresql(settings: Settings, name: str, *words: str, connects: bool = True) -> None:
    """Run one of PostgreSQL's programs. Raises NotCopiedError with its first complaint."""
    program = shutil.which(name)
    if program is None:
        raise NotCopiedError(f"PostgreSQL is copied with {name}, which is not here: install postgresql-client.")
    url = make_url(settings.database_url).set(drivername="postgresql")
    env = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    address = url.set(password=None).render_as_string(hide_password=False)
    where = [f"--dbname={address}"] if connects else []
    done = subprocess.run([program, *where, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.splitlines()
        why = next((each for each in said if "NOTICE" not in each), "it failed")
        raise NotCopiedError(f"{name}: {why}")


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
