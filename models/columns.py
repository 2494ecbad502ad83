"""Column types: times that know their zone, and text that cannot be read without the key."""

import datetime as dt
import json
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import DateTime, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator


class Sealer(Protocol):
    """Closes and opens text; one is given to each engine (`engine.dialect.sealer`)."""

    def seal(self, plain: bytes) -> bytes:
        """Return what may be stored."""

    def unseal(self, sealed: bytes) -> bytes:
        """Return what was sealed; raises `ValueError` when no key fits."""

    def digest(self, plain: str) -> str:
        """Return 64 hexadecimal characters, the same for the same text and key."""


def _sealer(dialect: Dialect) -> Sealer:
    return cast("Sealer", dialect.sealer)  # type: ignore[attr-defined]  # set by bot.database on its own engine


class UTC(TypeDecorator[datetime]):
    """Stores UTC, returns aware datetimes; `DateTime(timezone=True)` on SQLite silently drops the offset."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: nobody knows which moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone was given to the database")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the zone."""
        return value if value is None else value.replace(tzinfo=dt.UTC)


class Sealed(TypeDecorator[str]):
    """Text that is unreadable in the database file, in backups and in logs of statements."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal; lone surrogates, which some phones send, are kept."""
        return None if value is None else _sealer(dialect).seal(value.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Unseal."""
        return None if value is None else _sealer(dialect).unseal(value).decode("utf-8", "surrogatepass")


class SealedJSON(TypeDecorator[Any]):
    """A JSON value, sealed. Assign a new value to change it: changes inside are not seen."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal; ASCII JSON, so that any string survives."""
        return None if value is None else _sealer(dialect).seal(json.dumps(value, separators=(",", ":")).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Unseal."""
        return None if value is None else json.loads(_sealer(dialect).unseal(value))


class Digest(TypeDecorator[str]):
    """A keyed fingerprint, to look up what is sealed: compare it with the plain text, never read it.

    `info={"of": "column"}` names the sealed column of the same row; without it the row does not outlive a new key.
    """

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Fingerprint what is stored or compared."""
        return None if value is None else _sealer(dialect).digest(value)
