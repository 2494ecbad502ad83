"""What happened: the history of a request, the coordinators' log and the figures, all in one table without content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, choice

if TYPE_CHECKING:
    from models.area import Area
    from models.person import Person
    from models.request import Request


NOBODY_NEW = "nobody_new"  # the detail of WIDENED where it was looked further away, and nobody there could be asked

ALL_REST = "all_rest"  # the detail of ESCALATED where nobody was asked, for all whom it fits helped often this week
TAKEN_BACK = (
    "taken_back"  # the detail of TIME_REFUSED where who proposed another hour comes at the agreed one after all
)
TO_TELL = "to_tell"  # the detail of WROTE where it is meant for the resident without Telegram, whom a coordinator calls


class EventKind(StrEnum):
    """What can happen. `handlers/news.py` says who hears of it."""

    # the life of a request
    DRAFTED = "drafted"
    SENT = "sent"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    PREFERRED_OTHER = "preferred_other"
    PASSED = "passed"  # "not this time"
    JOINED_RESERVE = "joined_reserve"
    HANDED_BACK = "handed_back"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TIME_REFUSED = "time_refused"
    CHANGED = "changed"
    EDITED = "edited"  # the text, by a coordinator
    CANCELLED = "cancelled"
    REPORTED = "reported"
    ENDED = "ended"
    WIDENED = "widened"
    ESCALATED = "escalated"
    WARNED = "warned"  # the honest message before the moment
    LAPSED = "lapsed"
    ASSIGNED = "assigned"
    PUT_BACK = "put_back"
    WROTE = "wrote"
    SILENT = "silent"
    TO_CALL = "to_call"  # who has no Telegram is told by telephone
    CALLED = "called"
    NOT_REACHED = "not_reached"
    # volunteers
    APPLIED = "applied"
    APPROVED = "approved"
    DECLINED = "declined"
    PAUSED = "paused"
    RESUMED = "resumed"
    LEFT = "left"  # no longer a volunteer
    WISHES_CHANGED = "wishes_changed"  # what a volunteer likes to do, where or when
    # people
    JOINED = "joined"
    ENTERED = "entered"  # by a coordinator, for somebody without Telegram
    INVITED = "invited"
    BECAME_COORDINATOR = "became_coordinator"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    EMERGENCY = "emergency"
    RELINK_OFFERED = "relink_offered"  # a link was made that moves somebody to another Telegram account
    RELINKED = "relinked"
    TRIED_LINK = "tried_link"  # one that works once, in vain; `detail` tells only whether it was the same one again
    LEFT_COORDINATING = "left_coordinating"  # no longer answers for an area: by themselves, another one, the operator
    PIN_CHOSEN = "pin_chosen"
    PIN_LOCKED = "pin_locked"  # too many wrong ones
    PIN_TAKEN_AWAY = "pin_taken_away"  # it was forgotten: they choose another one
    ERASED = "erased"  # who this was is not kept any more
    OPERATED = "operated"  # somebody at the command line looked at content, or decided about letters


class Event(Base):
    """One row of history, which stays as it is (`models/guard.py`): ids and kinds only.

    `detail` is a word of ours (an outcome, a side), never a person's.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    detail: Mapped[str | None]
    via_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the coordinator who did it for `by`
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)  # where it belongs, if to no request

    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    via: Mapped[Person | None] = relationship(foreign_keys=[via_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    request: Mapped[Request | None] = relationship(back_populates="history")
    area: Mapped[Area | None] = relationship()
