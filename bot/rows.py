"""What a turn reads from the database by what came in a button, and how it locks what it decides about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from models.refused import Reason, Refused

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from models.base import Base

Model = TypeVar("Model", bound="Base")
Kind = TypeVar("Kind", bound="StrEnum")

LARGEST_ID = 2**31 - 1  # PostgreSQL's; a forged one beyond it is an error there, not an id that does not exist


class Rows:
    """Loads, refuses, locks. SQLite has one writer: there a turn is alone from its beginning, and locks are nothing."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, model: type[Model], key: int, *, lock: bool = False) -> Model:
        """Load one row by its id; refuses kindly where there is none. With `lock` nobody else changes it meanwhile."""
        if not 0 < key <= LARGEST_ID:
            raise Refused(Reason.NOT_FOUND)
        if lock:
            self.session.flush()  # what is read anew takes the place of what was changed
        found = self.session.get(model, key, populate_existing=lock, with_for_update=lock or None)
        if found is None:
            raise Refused(Reason.NOT_FOUND)
        return found

    def lock(self, row: Model) -> Model:
        """Nobody else changes `row` until the turn is over; it is read anew, for what was true may be no longer."""
        self.session.flush()
        self.session.refresh(row, with_for_update=True)
        return row

    def lock_all(self, rows: Select[Model]) -> list[Model]:
        """Load rows of one kind, and lock them."""
        locked = rows.with_for_update(of=rows.column_descriptions[0]["entity"])
        return list(self.session.scalars(locked.execution_options(populate_existing=True)))

    @staticmethod
    def pick(kind: type[Kind], value: str) -> Kind:
        """Read one of `kind` from a button; a forged one is refused."""
        try:
            return kind(value)
        except ValueError:
            raise Refused(Reason.NOT_FOUND) from None
