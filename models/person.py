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
        self.first_name, self.area, self.form, self.erased_at = "", None, None, at
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
        """The areas of which nobody else is a coordinator: without this person they would be nobody's."""
        own = [each.area for each in self.coordinates]
        return [area for area in own if session.scalars(Coordinator.people_of(area)).all() == [self]]

    def coordinates_area(self, area: Area | None) -> bool:
        """Whether this person answers for `area` or for something above it."""
        mine = {coordinator.area_id for coordinator in self.coordinates}
        return area is not None and any(each.id in mine for each in area.and_above())

    def answers_for(self, volunteer: Volunteer) -> bool:
        """Whether this person coordinates one of the places that `volunteer` chose, or a part of it."""
        return any(self.coordinates_area(place) for chosen in volunteer.areas for place in chosen.and_below())

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
    def people_of(area: Area) -> Select[Person]:
        """The coordinators of exactly this area, in a fixed order."""
        return select(Person).join(Coordinator).where(Coordinator.area_id == area.id).order_by(Person.id)


class Invitation(Base):
    """A single-use deep link that makes somebody a coordinator; only its digest is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(Digest, unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    area: Mapped[Area] = relationship()

    @staticmethod
    def with_secret(secret: str) -> Select[Invitation]:
        """The invitation behind the payload of a deep link."""
        return select(Invitation).where(Invitation.secret == secret)

    def valid(self, at: datetime) -> bool:
        """Whether it may still be used."""
        return self.used_at is None and at < self.expires_at
