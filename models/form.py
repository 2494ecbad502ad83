"""A dialogue in progress: one row a person, changed in the same transaction as everything else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.columns import SealedJSON

if TYPE_CHECKING:
    from models.person import Person

Answers = dict[str, Any]
KEPT = ("name", "token", "answers", "history", "below")


class FormRow(Base):
    """Where somebody is in which dialogue. `answers` and `history` (earlier answers) are replaced, not changed."""

    __tablename__ = "form"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    name: Mapped[str]
    token: Mapped[str]  # stands in its buttons, so that buttons of an earlier dialogue are recognised
    answers: Mapped[Answers] = mapped_column(SealedJSON)
    history: Mapped[list[Answers]] = mapped_column(SealedJSON)
    below: Mapped[Answers | None] = mapped_column(SealedJSON)  # the dialogue that waits until this one is over
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    person: Mapped[Person] = relationship(back_populates="form")

    def cover(self) -> None:
        """Another dialogue comes first; this one waits below it."""
        kept = {name: getattr(self, name) for name in KEPT}
        self.below = {**kept, "expires_at": self.expires_at.isoformat()}

    def uncover(self, at: datetime) -> bool:
        """Let the dialogue below go on, or the one below that where it has expired; `False` where there is none."""
        while self.below is not None:
            below = self.below
            for name in KEPT:
                setattr(self, name, below[name])
            self.expires_at = datetime.fromisoformat(below["expires_at"])
            if at < self.expires_at:
                return True
        return False
