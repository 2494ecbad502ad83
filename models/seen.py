"""Which updates had their effect, and which could not be handled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.columns import SealedJSON

RESTORED = "restored"  # under this name is remembered that the database is an older state of which nobody said go
POLLED = "polled"  # under this name is remembered when somebody last polled


class SeenUpdate(Base):
    """An update whose turn committed: written in that turn, so that a second delivery has no second effect."""

    __tablename__ = "seen_update"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)


class DeadUpdate(Base):
    """An update that no turn could commit: kept, sealed, for the operator, so that the line goes on."""

    __tablename__ = "dead_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger)
    raw: Mapped[Any] = mapped_column(SealedJSON)
    error: Mapped[str]  # the name of the exception, never its text
    at: Mapped[datetime]

    def is_from(self, telegram_id: str) -> bool:
        """Whether this account sent it, or it came from their chat, whatever kind of update it is."""
        return _names(self.raw, telegram_id)


def _names(part: Any, telegram_id: str) -> bool:
    if isinstance(part, list):
        return any(_names(each, telegram_id) for each in part)
    if not isinstance(part, dict):
        return False
    said_by = [part[name] for name in ("from", "chat", "user") if isinstance(part.get(name), dict)]
    return any(str(each.get("id")) == telegram_id for each in said_by) or _names(list(part.values()), telegram_id)


class Fact(Base):
    """A small thing the machine must remember across restarts: a name and a value."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
