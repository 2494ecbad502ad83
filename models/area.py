"""Where help is organised: neighbourhoods in municipalities, in care zones."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, choice

if TYPE_CHECKING:
    from collections.abc import Iterator


class AreaKind(StrEnum):
    """How large."""

    ZONE = "zone"
    MUNICIPALITY = "municipality"
    NEIGHBOURHOOD = "neighbourhood"


class Area(Base):
    """One level of the territory. `slug` stands in deep links: lower case, digits, `-`, at most 32 characters."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[AreaKind] = mapped_column(choice(AreaKind))
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)

    parent: Mapped[Area | None] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list[Area]] = relationship(back_populates="parent", order_by="Area.name")
    streets: Mapped[list[Street]] = relationship(cascade="all, delete-orphan", order_by="Street.name")

    def and_above(self) -> Iterator[Area]:
        """This area, then its parent, and so on to the top."""
        area: Area | None = self
        while area is not None:
            yield area
            area = area.parent

    def and_below(self) -> Iterator[Area]:
        """This area and everything in it."""
        yield self
        for child in self.children:
            yield from child.and_below()

    @property
    def municipality(self) -> Area:
        """The municipality that this area is in, or the area itself where there is none above."""
        return next((area for area in self.and_above() if area.kind is AreaKind.MUNICIPALITY), self)

    @staticmethod
    def neighbourhoods() -> Select[Area]:
        """All places where a request can be, by name."""
        return select(Area).where(Area.kind == AreaKind.NEIGHBOURHOOD).order_by(Area.name)


class Street(Base):
    """A street of a neighbourhood; optional, helps people who type their address."""

    __tablename__ = "street"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str]
