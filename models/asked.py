"""Who was asked for a request, and what the two sides said afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, choice
from models.lifecycle import Attention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.person import Person
    from models.request import Request


class Outcome(StrEnum):
    """How it went. The first four are what people are asked; the rest follows from the life of the request."""

    DONE = "done"
    PARTLY = "partly"
    NOBODY_CAME = "nobody_came"
    NOT_NEEDED = "not_needed"
    CANCELLED = "cancelled"
    UNMET = "unmet"
    UNANSWERED = "unanswered"  # somebody offered, and the resident did not say whether they may come
    REFERRED = "referred"


class Side(StrEnum):
    """The two who are in it."""

    RESIDENT = "resident"
    HELPER = "helper"

    @property
    def other(self) -> Side:
        """The one across."""
        return Side.HELPER if self is Side.RESIDENT else Side.RESIDENT


class AskedState(StrEnum):
    """Where a volunteer stands towards a request."""

    ASKED = "asked"
    PASSED = "passed"  # not this time
    RESERVE = "reserve"
    HANDED_BACK = "handed_back"
    REFUSED = "refused"  # the resident prefers somebody else


class Asked(Base):
    """One volunteer, asked for one request. `ring` says how far the search had gone: that is why they were asked."""

    __tablename__ = "asked"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    ring: Mapped[str]
    state: Mapped[AskedState] = mapped_column(choice(AskedState))
    reserve_at: Mapped[datetime | None]  # since when on the reserve list

    request: Mapped[Request] = relationship(back_populates="asked")
    person: Mapped[Person] = relationship()


class Report(Base):
    """How it went, says one side."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("request_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(choice(Side))
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    at: Mapped[datetime]

    request: Mapped[Request] = relationship(back_populates="reports")


def verdict(reports: Sequence[Report], sides: int = len(Side)) -> tuple[Outcome | None, Attention | None]:
    """What the two sides say together: an outcome to end with, or why a coordinator should look, or neither yet.

    Where one says that all is done and the other that a part is, help came: it ends as partly done. That nobody came
    ends nothing, also where both say so: what was asked is still to be done. `sides`: how many there
    are to say something.
    """
    said = {report.outcome for report in reports}
    both = len(reports) == sides
    if Outcome.NOBODY_CAME in said:
        return None, Attention.NOBODY_CAME
    if both and len(said) == 1:
        return said.pop(), None
    if both and said == {Outcome.DONE, Outcome.PARTLY}:
        return Outcome.PARTLY, None
    return None, Attention.DISAGREED if both else None
