"""The part of a request that says whom it helps, where that is not who asks; and who may speak for the resident."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Sealed

if TYPE_CHECKING:
    from models.area import Area
    from models.person import Person


class Relation(StrEnum):
    """What who asks is to the person who is helped."""

    DAUGHTER = "daughter"
    SON = "son"
    PARENT = "parent"
    PARTNER = "partner"
    NEIGHBOUR = "neighbour"
    CARER = "carer"  # a nurse, or somebody else who comes for care
    FRIEND = "friend"
    OTHER = "other"


class Helped:
    """Who is helped. Without `for_name` it is the resident, who asks and decides."""

    for_name: Mapped[str | None] = mapped_column(Sealed)
    for_relation: Mapped[str | None] = mapped_column(Sealed)

    if TYPE_CHECKING:
        resident: Mapped[Person]
        area: Mapped[Area]

    @property
    def helped_name(self) -> str:
        """The first name of who is helped."""
        return self.for_name or self.resident.first_name

    @property
    def relation(self) -> Relation | None:
        """What the resident is to who is helped, where it is for somebody else."""
        return Relation(self.for_relation) if self.for_relation else None

    def may_be_answered_by(self, person: Person) -> bool:
        """Whether `person` may decide about it: the resident, or for who has no Telegram a coordinator of the area."""
        return person is self.resident or (self.is_by_phone and person.coordinates_area(self.area))

    @property
    def is_by_phone(self) -> bool:
        """Whether the resident has no Telegram: a coordinator calls, and does what they say."""
        return self.resident.telegram_id is None and self.resident.erased_at is None
