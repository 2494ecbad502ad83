"""Turns that run side by side on PostgreSQL: those of one person never do, and a conflict is done again, not told.

SQLite has one writer, and a turn begins with its lock: there nothing of this happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.exc import DBAPIError

from bot.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

log = get_logger(__name__)
T = TypeVar("T")

TRIES = 5
# Two turns waited for each other, one could not be put in order, or both wrote the same new row at once: PostgreSQL
# undid one of them, and what it decides when it is done again rests on what the other one left.
CONFLICTS = {"40001": "serialization", "40P01": "deadlock", "23505": "unique key"}
ALONE = text("SELECT pg_advisory_xact_lock(:key)").bindparams(bindparam("key", type_=BigInteger))


def alone_with(session: Session, telegram_id: int | str) -> None:
    """Until the end of this transaction no other thread or process has a turn of this person.

    The lock is known by a fingerprint, for whoever may look into the database sees it.
    """
    dialect = session.get_bind().dialect
    if dialect.name == "postgresql":
        fingerprint: str = dialect.sealer.digest(str(telegram_id))  # type: ignore[attr-defined]  # set by bot.database
        session.connection().execute(ALONE, {"key": int(fingerprint[:16], 16) - 2**63})


def again(work: Callable[[], T]) -> T:
    """Do `work`, one whole transaction, anew where it lost against another one that ran at the same time."""
    for _ in range(TRIES - 1):
        try:
            return work()
        except DBAPIError as error:
            lost = CONFLICTS.get(getattr(error.orig, "sqlstate", None) or "")
            if lost is None:
                raise
            log.info("a transaction is done again", lost=lost)
    return work()
