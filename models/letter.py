"""A durable message: queued in the transaction that decided on it, delivered by the sender, never lost."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, choice
from models.columns import Digest, Sealed, SealedJSON

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.person import Person


class LetterState(StrEnum):
    """`queued → sending → sent | unknown | dead | cancelled`; `unknown` (perhaps delivered) is tried once more."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


WAITING = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNKNOWN)


class Priority(IntEnum):
    """Which chat goes first when there is more to send than Telegram takes."""

    ANSWER = 0
    NOTICE = 1


class Letter(Base):
    """One call of the Bot API to one chat.

    `body` holds the call's fields without `chat_id` and `message_id`, and is blanked when sent; that of a deletion, the
    fields of the edit which takes its place where Telegram keeps the message. A letter with
    `message_id` or `edits_id` edits that message, or the one which that letter became; where that is not possible it is
    sent anew. `card` names what the message is to its reader ("task"), `about` what it speaks of ("request:12"):
    together they find it again. `private`: it holds an address or a number. `keys` are the buttons that the message
    has now, as `[label, data]`: who does not tap types a label or its number.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_waiting", "chat_key", "id", sqlite_where=text("state IN ('queued', 'sending', 'unknown')")),
        Index("ix_letter_chat_message", "chat_key", "message_id"),
        # Most answers speak of nothing and change nothing: what is not in an index need not be written there.
        Index("ix_letter_about_chat", "about", "chat_key", sqlite_where=text("about IS NOT NULL")),
        Index("ix_letter_edits_id", "edits_id", sqlite_where=text("edits_id IS NOT NULL")),
        Index("ix_letter_keys", "chat_key", "id", sqlite_where=text("keys IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_key: Mapped[str] = mapped_column(Digest, info={"of": "chat_id"})
    chat_id: Mapped[str] = mapped_column(Sealed)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[str]
    body: Mapped[dict[str, Any] | None] = mapped_column(SealedJSON)
    state: Mapped[LetterState] = mapped_column(choice(LetterState), default=LetterState.QUEUED)
    priority: Mapped[int] = mapped_column(default=Priority.NOTICE)
    about: Mapped[str | None]
    card: Mapped[str | None]
    private: Mapped[bool] = mapped_column(default=False)
    keys: Mapped[list[list[str]] | None] = mapped_column(SealedJSON)
    edits_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="SET NULL"))
    message_id: Mapped[int | None]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]

    person: Mapped[Person | None] = relationship()
    edits: Mapped[Letter | None] = relationship(remote_side=[id])


def last_in(session: Session, chat_id: str) -> Letter | None:
    """What happened last in a chat: a message that was sent there, or changed."""
    here = select(Letter).where(Letter.chat_key == chat_id, Letter.state == LetterState.SENT)
    return session.scalars(here.order_by(Letter.sent_at.desc(), Letter.id.desc()).limit(1)).first()


def lowest_in(session: Session, chat_id: str, since: datetime) -> Letter | None:
    """The lowest message of a chat, as it is now, where it arrived after `since` and nothing happened below it."""
    last = last_in(session, chat_id)
    if last is None or last.message_id is None:
        return None
    shown = select(func.max(Letter.message_id), func.min(Letter.sent_at)).where(Letter.chat_key == chat_id)
    lowest, arrived = session.execute(shown.where(Letter.message_id >= last.message_id)).one()
    return last if lowest == last.message_id and arrived is not None and arrived >= since else None
