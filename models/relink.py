"""A lost Telegram account: a link that works once moves a person to the account that opens it."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.columns import Digest
from models.event import Event, EventKind
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request
from models.volunteer import GOING_ON

if TYPE_CHECKING:
    from models.person import Person

VALID = timedelta(hours=24)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # that nobody mistakes for another when they are read out
CODE = re.compile(rf"n(-[{LETTERS}]{{4}}){{4}}")


class Relink(Base):
    """A link for one person, read out or shown to them; only its digest is kept."""

    __tablename__ = "relink"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(Digest, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    @staticmethod
    def with_code(code: str) -> Select[Relink]:
        """The link behind the payload of a deep link."""
        return select(Relink).where(Relink.secret == code)

    def move(self, session: Session, account: Person, at: datetime) -> tuple[str, Event]:
        """`account`, a row of its own until now, becomes this person; returns the account that they had, and the event.

        Refuses NOT_NOW where that account has questions, tasks or a role of its own: they would be nobody's then.
        """
        person, former, new = self.person, self.person.telegram_id or "", account.telegram_id or ""
        if _has_something(session, account):
            raise Refused(Reason.NOT_NOW)
        session.delete(self)
        if account.form is not None:
            session.delete(account.form)
        account.telegram_id = account.telegram_key = account.area = account.language = None
        account.street = account.bell = account.phone = None
        session.flush()  # an account belongs to one person at a time
        person.use_telegram_id(new)
        person.first_name, person.seen_at, person.unreachable_since = account.first_name, at, None
        return former, Event(kind=EventKind.RELINKED, by=person, person=person, at=at)


def offer_relink(session: Session, person: Person, by: Person | None, at: datetime) -> tuple[str, Event]:
    """A new code for `person`, and the event; an earlier one does not work any more. Refuses who has no account."""
    if person.telegram_id is None:
        raise Refused(Reason.NOT_FOUND)
    session.execute(delete(Relink).where(or_(Relink.person_id == person.id, Relink.expires_at <= at)))
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    code = "-".join(["n", *groups])
    session.add(Relink(secret=code, person=person, expires_at=at + VALID))
    return code, Event(kind=EventKind.RELINK_OFFERED, by=by, person=person, at=at)


def _has_something(session: Session, account: Person) -> bool:
    if account.coordinates or (account.volunteer is not None and account.volunteer.state in GOING_ON):
        return True
    mine = or_(Request.resident_id == account.id, Request.helper_id == account.id)
    return session.scalars(select(Request.id).where(mine, Request.state != State.ENDED).limit(1)).first() is not None
