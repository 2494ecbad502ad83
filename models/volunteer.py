"""What a volunteer likes to do, where and when, and whether they may."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Column, ForeignKey, Select, Table, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, choice
from models.event import Event, EventKind
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Container

    from models.area import Area
    from models.person import Person


class VolunteerState(StrEnum):
    """Where a volunteer stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    DECLINED = "declined"
    PAUSED = "paused"
    ENDED = "ended"


ANEW = {VolunteerState.ENDED, VolunteerState.DECLINED}  # a coordinator decides about them once more
APPLYING = {None, *ANEW}
GOING_ON = (VolunteerState.APPLIED, VolunteerState.APPROVED, VolunteerState.PAUSED)

volunteer_area = Table(
    "volunteer_area",
    Base.metadata,
    Column("volunteer_id", ForeignKey("volunteer.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Volunteer(Base):
    """The volunteer side of a person; `times` holds `"week-morning"`, `"weekend-noon"` and so on."""

    __tablename__ = "volunteer"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    state: Mapped[VolunteerState] = mapped_column(choice(VolunteerState))
    categories: Mapped[list[str]] = mapped_column(JSON)
    times: Mapped[list[str]] = mapped_column(JSON)
    note_version: Mapped[str]  # the information note of the law of 3 July 2005: which one was read,
    note_read_at: Mapped[datetime]  # and when
    applied_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="volunteer")
    areas: Mapped[list[Area]] = relationship(secondary=volunteer_area)

    @property
    def may_help(self) -> bool:
        """Whether request details may be shown."""
        return self.state is VolunteerState.APPROVED

    @property
    def goes_on(self) -> bool:
        """Whether they are one, or wait to be one; not once they ended it, or a coordinator said no."""
        return self.state in GOING_ON

    @staticmethod
    def in_state(state: VolunteerState) -> Select[Volunteer]:
        """All volunteers in `state`, the longest waiting first."""
        return select(Volunteer).where(Volunteer.state == state).order_by(Volunteer.applied_at, Volunteer.id)

    def apply(self, at: datetime) -> Event:
        """They come forward, for the first time or once more: a coordinator decides."""
        event = self._turn(APPLYING, VolunteerState.APPLIED, EventKind.APPLIED, self.person, at)
        self.applied_at = at
        return event

    def approve(self, by: Person, at: datetime) -> Event:
        """A coordinator says yes."""
        return self._decide(VolunteerState.APPROVED, EventKind.APPROVED, by, at)

    def decline(self, by: Person, at: datetime) -> Event:
        """A coordinator says no."""
        return self._decide(VolunteerState.DECLINED, EventKind.DECLINED, by, at)

    def pause(self, by: Person, at: datetime) -> Event:
        """They want to be left in peace for a while; what they promised stays theirs."""
        return self._turn({VolunteerState.APPROVED}, VolunteerState.PAUSED, EventKind.PAUSED, by, at)

    def resume(self, by: Person, at: datetime) -> Event:
        """The break is over."""
        return self._turn({VolunteerState.PAUSED}, VolunteerState.APPROVED, EventKind.RESUMED, by, at)

    def end(self, by: Person, at: datetime) -> Event:
        """They are no longer a volunteer; the caller frees their tasks."""
        return self._turn(GOING_ON, VolunteerState.ENDED, EventKind.LEFT, by, at)

    def forget(self) -> None:
        """What they chose belongs to nobody any more; that there was a volunteer stays."""
        self.categories, self.times, self.areas = [], [], []

    def _decide(self, state: VolunteerState, kind: EventKind, by: Person, at: datetime) -> Event:
        return self._turn({VolunteerState.APPLIED}, state, kind, by, at)

    def _turn(
        self,
        allowed: Container[VolunteerState | None],
        state: VolunteerState,
        kind: EventKind,
        by: Person,
        at: datetime,
    ) -> Event:
        if self.state not in allowed:
            raise Refused(Reason.NOT_NOW, self)
        self.state = state
        area = self.person.home if by is not self.person else None
        return Event(kind=kind, by=by, person=self.person, at=at, area=area)
