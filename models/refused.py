"""What a rule says when something may not or cannot be done (now)."""

from enum import StrEnum
from typing import Any

from sqlalchemy import inspect

from models.base import Base


class Reason(StrEnum):
    """Why not. The sentences for people stand in `handlers/everyone/refusals.py`."""

    NOT_FOUND = "not_found"  # also for what is somebody else's: both get one answer
    ROLE = "role"
    TAKEN = "taken"
    YOURS = "yours"
    OWN = "own"
    CANCELLED = "cancelled"
    ENDED = "ended"
    NOT_NOW = "not_now"
    TOO_EARLY = "too_early"
    PAST = "past"
    EXPIRED = "expired"
    LAST_COORDINATOR = "last_coordinator"  # nobody else would answer for the area
    PREFERRED_OTHER = "preferred_other"  # to a coordinator: the resident did not want this helper


class Refused(Exception):  # noqa: N818 – a kind "no", not an error
    """Undoes the handler's work, not the answer. `about` is what the person meant, if they may know it."""

    def __init__(self, reason: Reason, about: object = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.about = about

    def key(self) -> tuple[type[Any], Any] | None:
        """How to find what it speaks of in another transaction."""
        state = inspect(self.about, raiseerr=False) if isinstance(self.about, Base) else None
        return (type(self.about), state.identity) if state is not None and state.identity else None
