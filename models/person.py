"""Somebody: a resident, perhaps a volunteer, perhaps a coordinator; mostly more than one at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.columns import Digest, Sealed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from models.area import Area
    from models.form import FormRow
    from models.pin import Pin
    from models.volunteer import Volunteer


class Role(StrEnum):
    """What somebody may do. Checked on every message and every tap."""

    EVERYONE = "everyone"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"


class Person(Base):
    """A person. `telegram_id` is empty for somebody without Telegram."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_key: Mapped[str | None] = mapped_column(Digest, unique=True, info={"of": "telegram_id"})
    telegram_id: Mapped[str | None] = mapped_column(Sealed)
    first_name: Mapped[str] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    street: Mapped[str | None] = mapped_column(Sealed)  # "Dorpsstraat 12"
    bell: Mapped[str | None] = mapped_column(Sealed)
    language: Mapped[str | None]  # only where the setting says that it is remembered
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    unreachable_since: Mapped[datetime | None]
    album: Mapped[str | None]  # the newest album they sent, and its first message, which was answered for all
    asked_to_stay_at: Mapped[datetime | None]  # nothing came from them for so long that they were asked
    erased_at: Mapped[datetime | None]  # nobody knows any more who this was

    area: Mapped[Area | None] = relationship()
    volunteer: Mapped[Volunteer | None] = relationship(back_populates="person", cascade="all, delete-orphan")
    form: Mapped[FormRow | None] = relationship(back_populates="person", cascade="all, delete-orphan")
    coordinates: Mapped[list[Coordinator]] = relationship(back_populates="person", cascade="all, delete-orphan")
    pin: Mapped[Pin | None] = relationship(back_populates="person", cascade="all, delete-orphan")

    @staticmethod
    def with_telegram_id(telegram_id: int | str) -> Select[Person]:
        """The person behind a Telegram account."""
        return select(Person).where(Person.telegram_key == str(telegram_id))

    @staticmethod
    def without_telegram(areas: Iterable[Area]) -> Select[Person]:
        """Whom coordinators entered in `areas` and below, who asked last first."""
        ids = {each.id for area in areas for each in area.and_below()}
        entered = select(Person).where(Person.telegram_key.is_(None), Person.area_id.in_(ids))
        return entered.order_by(Person.seen_at.desc(), Person.id)

    def forget(self, at: datetime) -> None:
        """Nobody knows any more who this was; that something happened stays, for the figures."""
        self.first_name, self.area, self.form, self.pin, self.erased_at = "", None, None, None, at
        self.phone = self.street = self.bell = self.language = self.album = None
        self.telegram_id = self.telegram_key = self.unreachable_since = self.asked_to_stay_at = None
        self.coordinates.clear()
        if self.volunteer is not None:
            self.volunteer.forget()

    def use_telegram_id(self, telegram_id: int | str) -> None:
        """Link the account that this person writes from."""
        self.telegram_id = self.telegram_key = str(telegram_id)

    def has(self, role: Role) -> bool:
        """Whether this person has `role` now."""
        match role:
            case Role.EVERYONE:
                return True
            case Role.VOLUNTEER:
                return self.volunteer is not None and self.volunteer.may_help
            case Role.COORDINATOR:
                return bool(self.coordinates)

    def alone_coordinates(self, session: Session) -> list[Area]:
        """The areas that would be nobody's without this person: nobody else who can be told answers for them.

        Until the end of this transaction nobody else can go either.
        """
        return [each.area for each in self.coordinates if each.is_last(session)]

    def coordinates_area(self, area: Area | None) -> bool:
        """Whether this person answers for `area` or for something above it."""
        mine = {coordinator.area_id for coordinator in self.coordinates}
        return area is not None and any(each.id in mine for each in area.and_above())

    def answers_for(self, volunteer: Volunteer) -> bool:
        """Whether this person coordinates one of the places that `volunteer` chose, or a part of it."""
        return any(self.coordinates_area(place) for chosen in volunteer.areas for place in chosen.and_below())

    @property
    def came_forward(self) -> bool:
        """Whether they want to help: also while they wait for a yes, or have a break."""
        return self.volunteer is not None and self.volunteer.goes_on

    @property
    def home(self) -> Area | None:
        """Whose coordinators hear of them: where they live, coordinate, or help."""
        places = [*(each.area for each in self.coordinates), *(self.volunteer.areas if self.volunteer else ())]
        return self.area or next(iter(places), None)

    def may_speak_for(self, other: Person) -> bool:
        """Whether this person is a coordinator of where `other`, who has no Telegram, lives."""
        return other.telegram_id is None and self.coordinates_area(other.area)

    @property
    def has_telegram(self) -> bool:
        """Whether there is an account to write to, at least as soon as it can be reached."""
        return self.telegram_id is not None and self.erased_at is None

    def can_be_told(self) -> bool:
        """Whether a message may reach this person through Telegram."""
        return self.has_telegram and self.unreachable_since is None


class Coordinator(Base):
    """This person answers for this area."""

    __tablename__ = "coordinator"
    __table_args__ = (UniqueConstraint("person_id", "area_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    since: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="coordinates")
    area: Mapped[Area] = relationship()

    @staticmethod
    def answering_for(area: Area | None) -> Select[Coordinator]:
        """The coordinators of this area and of what is above it, in a fixed order."""
        ids = [each.id for each in area.and_above()] if area is not None else []
        return select(Coordinator).where(Coordinator.area_id.in_(ids)).order_by(Coordinator.id)

    @staticmethod
    def below(areas: Iterable[Area]) -> Select[Coordinator]:
        """The coordinators of these areas and of what is in them."""
        ids = {each.id for area in areas for each in area.and_below()}
        return select(Coordinator).where(Coordinator.area_id.in_(ids)).order_by(Coordinator.area_id, Coordinator.id)

    def is_last(self, session: Session) -> bool:
        """Whether nobody else who can be told answers for the area; the others cannot go meanwhile."""
        found = session.scalars(Coordinator.answering_for(self.area).with_for_update()).all()
        return not any(each.person is not self.person and each.person.can_be_told() for each in found)

    @staticmethod
    def people_of(area: Area) -> Select[Person]:
        """The coordinators of exactly this area, in a fixed order."""
        return select(Person).join(Coordinator).where(Coordinator.area_id == area.id).order_by(Person.id)


class Invitation(Base):
    """A single-use deep link that makes somebody a coordinator; only its digest is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(Digest, unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the coordinator; empty: an operator
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    area: Mapped[Area] = relationship()
    by: Mapped[Person | None] = relationship()

    @staticmethod
    def with_secret(secret: str) -> Select[Invitation]:
        """The invitation behind the payload of a deep link."""
        return select(Invitation).where(Invitation.secret == secret)

    def valid(self, at: datetime) -> bool:
        """Whether it may still be used: also not, once who made it may not make it any more."""
        may = self.by is None or self.by.coordinates_area(self.area)
        return may and self.used_at is None and at < self.expires_at
