"""A lost Telegram account: a link that works once moves a person to the account that opens it."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.asked import Asked
from models.base import Base
from models.columns import Digest
from models.event import Event, EventKind
from models.guard import history_open
from models.letter import Letter
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

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
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the coordinator; empty: an operator
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])

    @staticmethod
    def with_code(code: str) -> Select[Relink]:
        """The link behind the payload of a deep link."""
        return select(Relink).where(Relink.secret == code)

    def move(self, session: Session, account: Person, at: datetime) -> tuple[str, Event]:
        """`account`, a row of its own until now, becomes this person; returns the account that they had, and the event.

        Refuses NOT_FOUND where who made the link may not make it now, and NOT_NOW where that account has questions,
        tasks or a role of its own, which are to be ended by themselves.
        """
        person, former, new = self.person, self.person.telegram_id or "", account.telegram_id or ""
        if not may_relink(session, person, self.by):
            raise Refused(Reason.NOT_FOUND)
        if _has_something(session, account):
            raise Refused(Reason.NOT_NOW)
        session.delete(self)
        name = account.first_name
        _hand_over(session, account, person)
        account.forget(at)
        session.flush()  # an account belongs to one person at a time
        person.use_telegram_id(new)
        person.first_name, person.seen_at, person.unreachable_since = name, at, None
        if person.pin is not None:
            person.pin.open_until = None
        return former, Event(kind=EventKind.RELINKED, by=person, person=person, at=at, area=person.home)


def offer_relink(session: Session, person: Person, by: Person | None, at: datetime) -> tuple[str, Event]:
    """A new code for `person`, and the event; an earlier one does not work any more. Refuses unless `by` may."""
    if not may_relink(session, person, by):
        raise Refused(Reason.NOT_FOUND)
    session.execute(delete(Relink).where(or_(Relink.person_id == person.id, Relink.expires_at <= at)))
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    code = "-".join(["n", *groups])
    session.add(Relink(secret=code, person=person, by=by, expires_at=at + VALID))
    return code, Event(kind=EventKind.RELINK_OFFERED, by=by, person=person, at=at, area=person.home)


def may_relink(session: Session, person: Person, by: Person | None) -> bool:
    """Whether `by` may move `person`, now: a coordinator who answers for them; an operator (`None`) anybody.

    Never a coordinator a coordinator: their account opens what all others told.
    """
    if by is None or not may_be_relinked(person):
        return by is None and person.has_telegram
    return answers_for(session, person, by)


def may_be_relinked(person: Person) -> bool:
    """Whether a coordinator of theirs may do it."""
    return person.has_telegram and not person.coordinates


def may_be_erased(person: Person) -> bool:
    """Whether a coordinator of theirs may do that for them; never for a coordinator, who does it themselves."""
    return person.erased_at is None and not person.coordinates


def answers_for(session: Session, person: Person, by: Person) -> bool:
    """Whether this coordinator is one of theirs: where they help, live without Telegram, or asked something."""
    if by.may_speak_for(person):
        return True
    if person.volunteer is not None and person.came_forward and by.answers_for(person.volunteer):
        return True
    asked = select(Request).where(Request.resident_id == person.id)
    return any(by.coordinates_area(request.area) for request in session.scalars(asked))


def _hand_over(session: Session, account: Person, person: Person) -> None:
    """What ended under this account stays theirs: questions, tasks, what was asked of them, history, and the chat."""
    session.flush()
    known = set(session.scalars(select(Asked.request_id).where(Asked.person_id == person.id)))
    for asked in session.scalars(select(Asked).where(Asked.person_id == account.id)).all():
        if asked.request_id in known:
            session.delete(asked)
        else:
            asked.person = person
    theirs = select(Request).where(_is_in(account)).order_by(Request.id).with_for_update()
    for request in session.scalars(theirs).all():
        request.resident = person if request.resident is account else request.resident
        request.helper = person if request.helper is account else request.helper
    with history_open(session):  # it is one history: nobody else did this
        for column in (Event.by_id, Event.via_id, Event.person_id):
            session.execute(update(Event).where(column == account.id).values({column: person.id}))
    session.execute(update(Letter).where(Letter.person_id == account.id).values(person_id=person.id))
    session.execute(delete(Relink).where(or_(Relink.person_id == account.id, Relink.by_id == account.id)))


def _is_in(person: Person) -> ColumnElement[bool]:
    return or_(Request.resident_id == person.id, Request.helper_id == person.id)


def _has_something(session: Session, account: Person) -> bool:
    if account.coordinates or account.came_forward:
        return True
    going_on = select(Request.id).where(_is_in(account), Request.state != State.ENDED)
    return session.scalars(going_on.limit(1)).first() is not None
