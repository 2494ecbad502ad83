"""`buren key rotate`: everything is sealed anew with a new key; old ones open old copies for 35 days more."""

from __future__ import annotations

import os
from datetime import UTC, date
from typing import TYPE_CHECKING

from bot.commands import CannotError
from bot.commands.storage import alone, check_key, explained, opened
from bot.database import open_engine
from bot.resealing import reseal
from bot.sealing import RETIRED, KeyRing, new_key
from models.retention import COPIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.settings import Settings


def rotate(settings: Settings, now: datetime) -> Iterator[str]:
    """Make a new key, seal everything with it, and retire the old ones. Raises CannotError."""
    file = settings.key_file
    if settings.key is not None or file is None:
        raise CannotError(
            "The key stands in BUREN_KEY, where it cannot be replaced. Put it in a file: BUREN_KEY_FILE.", 2
        )
    with alone(settings.database_url):
        try:
            yield from _rotate(settings, file, now.astimezone(UTC).date())
        except OSError as error:
            raise CannotError(
                f"{file} cannot be replaced ({error.strerror}). Put it where one can write: docs/operate.md"
            ) from None


def _rotate(settings: Settings, file: Path, today: date) -> Iterator[str]:
    following = file.with_name(f"{file.name}.next")
    if following.exists() and _fits(settings, following):
        # The database was sealed anew already, when something came between.
        following.replace(file)
        yield f"Finished what was begun: {file} holds the new key."
        return
    present = file.read_text("utf-8")
    kept, gone = _retired(present, today)
    text = "\n".join([new_key(), *kept]) + "\n"
    # The same words first: where the file cannot be replaced, nothing may be sealed with a key that stands nowhere.
    _write(file.with_name(f"{file.name}.same"), present).replace(file)
    _write(following, text)
    with opened(settings) as engine:
        reseal(engine, KeyRing(text))
    following.replace(file)
    yield f"Everything is sealed with a new key, which stands in {file}. Keep a copy of it away from the database."
    yield f"The old key stays in that file until {today + COPIES}, for older backups; a later rotation removes it."
    if gone:
        yield f"Removed {gone} that no backup needs any more."


def _write(file: Path, text: str) -> Path:
    """A new file that nobody else may read, surely on the disk."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened_file:
        opened_file.write(text)
        opened_file.flush()
        os.fsync(opened_file.fileno())
    return file


def _retired(text: str, today: date) -> tuple[list[str], int]:
    """The words of a key file whose keys are retired today, without those that are so for long; how many went."""
    kept, gone = [], 0
    for word in text.split():
        named = RETIRED.fullmatch(word)
        if named is None:
            kept.append(f"retired:{today.isoformat()}:{word}")
        elif today - date.fromisoformat(named["since"]) <= COPIES:
            kept.append(word)
        else:
            gone += 1
    return kept, gone


def _fits(settings: Settings, file: Path) -> bool:
    with explained(settings.database_url):
        engine = open_engine(settings.database_url, KeyRing(file.read_text("utf-8")))
        try:
            check_key(engine)
        except CannotError:
            return False
        finally:
            engine.dispose()
    return True
