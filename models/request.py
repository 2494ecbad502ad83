"""The life of a help request: what is asked, who helps, and which step may follow which."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.appointment import Appointment
from models.asked import Asked, AskedState, Outcome, Report, Side
from models.base import Base, choice
from models.code_words import CODE_WORDS
from models.columns import Sealed
from models.coordinated import Coordinated
from models.event import TAKEN_BACK, Event, EventKind
from models.helped import Helped
from models.lifecycle import PROMISED, SEARCHING, Action, Attention, State
from models.place import Place
from models.refused import Reason, Refused
from models.reported import Reported

if TYPE_CHECKING:
    from models.area import Area
    from models.calendar import Calendar
    from models.person import Person

LAST_DAY = timedelta(hours=24)  # handed back so shortly before, a coordinator hears of it
SEARCH_AGAIN = timedelta(days=2)  # at least so long, when a request without a day comes back
RELAY = timedelta(hours=48)  # so long after the end the two may still write each other
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0/O and 1/I, which are told apart badly on the phone


class Request(Appointment, Helped, Coordinated, Reported, Base):
    """A help request; once somebody helps, also the task."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    text: Mapped[str] = mapped_column(Sealed)
    media_kind: Mapped[str | None]  # "photo", "picture" (a photo sent as a file) or "voice"
    media_id: Mapped[str | None] = mapped_column(Sealed)  # a reference at Telegram
    message_id: Mapped[int | None]  # the resident's own message that `text` came in: who edits it edits the request
    place: Mapped[Place] = mapped_column(choice(Place))
    address: Mapped[str | None] = mapped_column(Sealed)
    bell: Mapped[str | None] = mapped_column(Sealed)
    location: Mapped[str | None] = mapped_column(Sealed)  # "50.79300,4.89400"
    phone: Mapped[str | None] = mapped_column(Sealed)  # only where the resident says so
    wants_to_know: Mapped[bool]  # "I want to know first who it is"
    code_word: Mapped[str | None]
    state: Mapped[State] = mapped_column(choice(State), default=State.OPEN, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    attention: Mapped[Attention | None] = mapped_column(choice(Attention))

    resident: Mapped[Person] = relationship(foreign_keys=[resident_id])
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id])
    area: Mapped[Area] = relationship()
    asked: Mapped[list[Asked]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="Asked.id"
    )
    reports: Mapped[list[Report]] = relationship(back_populates="request", cascade="all, delete-orphan")
    history: Mapped[list[Event]] = relationship(back_populates="request", order_by="Event.id")

    @staticmethod
    def promised_by(person: Person) -> Select[Request]:
        """What `person` has promised and did not do yet, the next one first."""
        mine = select(Request).where(Request.helper_id == person.id, Request.state.in_(PROMISED))
        return mine.order_by(Request.deadline_at, Request.id)

    @staticmethod
    def waiting_for(person: Person) -> Select[Request]:
        """What `person` was asked to help with and did not answer yet, the most urgent first."""
        asked = select(Asked.request_id).where(Asked.person_id == person.id, Asked.state == AskedState.ASKED)
        there = select(Request).where(Request.id.in_(asked), Request.state == State.OPEN)
        return there.order_by(Request.deadline_at, Request.id)

    @staticmethod
    def open_of(person: Person) -> Select[Request]:
        """What `person` asked and is not over."""
        return select(Request).where(Request.resident_id == person.id, Request.state != State.ENDED)

    # ── what is true ──

    def side_of(self, person: Person) -> Side:
        """Which side `person` is on; refuses as if the request did not exist for anybody else."""
        if person is self.resident:
            return Side.RESIDENT
        if person is self.helper and self.taken_at is not None:
            return Side.HELPER
        raise Refused(Reason.NOT_FOUND)

    def person_on(self, side: Side) -> Person | None:
        """The resident or the helper."""
        return self.resident if side is Side.RESIDENT else self.helper

    def asked_of(self, person: Person) -> Asked | None:
        """The row that says how `person` was asked."""
        # By their numbers, where they have some: otherwise everybody who was asked would be loaded.
        return next((each for each in self.asked if _is(each, person)), None)

    def may_be_seen_by(self, volunteer: Person) -> bool:
        """Whether somebody who does not help sees what volunteers see: they were asked, and are still one."""
        return self.asked_of(volunteer) is not None and volunteer.came_forward

    def relay_open(self, at: datetime) -> bool:
        """Whether resident and helper may write each other now; who only offered, and was never accepted, may not."""
        if self.helper is None or self.taken_at is None:
            return False
        return self.closed_at is None or at < self.closed_at + RELAY

    # ── what can happen ──

    def offer(self, by: Person, at: datetime) -> Event:
        """A volunteer says "I help". The first gets the task, or is proposed to the resident who wants to know who."""
        asked = self.asked_of(by)
        if by is self.resident:
            raise Refused(Reason.OWN, self)
        if asked is None or asked.state is AskedState.REFUSED:
            raise Refused(Reason.NOT_FOUND)
        self._may_help(by)
        self._in_time(at)
        self._go(Action.OFFER if self.wants_to_know else Action.ACCEPT)
        self._give_to(asked, at)
        if self.wants_to_know:
            return self._event(EventKind.OFFERED, by, at, by)
        self._taken(at)
        return self._event(EventKind.ACCEPTED, by, at, by)

    def agree(self, by: Person, at: datetime, helper: Person | None = None) -> Event:
        """The resident, who wanted to know first, says "good": to `helper`, if given, and to nobody who came after."""
        self._only(Side.RESIDENT, by)
        if helper is not None and helper is not self.helper:
            raise Refused(Reason.NOT_NOW, self)
        self._in_time(at)
        self._go(Action.AGREE)
        self._taken(at)
        return self._event(EventKind.AGREED, by, at, self.helper)

    def prefer_other(self, by: Person, at: datetime) -> Event:
        """The resident prefers somebody else; no reason is asked."""
        self._only(Side.RESIDENT, by)
        self._go(Action.PREFER_OTHER)
        former = self._free(AskedState.REFUSED, at)
        return self._event(EventKind.PREFERRED_OTHER, by, at, former)

    def hand_back(self, by: Person, at: datetime) -> Event:
        """The helper cannot come any more."""
        if by is not self.helper:
            raise Refused(Reason.NOT_FOUND)
        self._go(Action.HAND_BACK)
        if self.starts_at is not None and self.starts_at - at <= LAST_DAY:
            self.attention = Attention.HANDED_BACK
        self._free(AskedState.HANDED_BACK, at)
        return self._event(EventKind.HANDED_BACK, by, at, by)

    def decline(self, by: Person, at: datetime) -> Event:
        """A volunteer says "not this time", or gives up the place on the reserve list."""
        asked = self.asked_of(by)
        if asked is None or asked.state is AskedState.REFUSED or by is self.helper:
            raise Refused(Reason.NOT_FOUND)
        asked.state = AskedState.PASSED
        return self._event(EventKind.PASSED, by, at)

    def join_reserve(self, by: Person, at: datetime) -> Event:
        """A volunteer who came too late wants to be asked first when the task comes back."""
        asked = self.asked_of(by)
        if asked is None or asked.state is AskedState.REFUSED:
            raise Refused(Reason.NOT_FOUND)
        if by is self.helper:
            raise Refused(Reason.YOURS, self)
        if self.state not in PROMISED:
            raise Refused(Reason.ENDED if self.state is State.ENDED else Reason.NOT_NOW, self)
        asked.state, asked.reserve_at = AskedState.RESERVE, at
        return self._event(EventKind.JOINED_RESERVE, by, at)

    def propose(self, day: date, hour: time, by: Person, at: datetime, calendar: Calendar) -> Event:
        """The helper proposes day and hour."""
        if self.side_of(by) is not Side.HELPER:
            raise Refused(Reason.NOT_FOUND)
        if calendar.at(day, hour) <= at:
            raise Refused(Reason.PAST, self)
        self._go(Action.PROPOSE)
        self.proposed_day, self.proposed_hour = day, hour
        return self._event(EventKind.PROPOSED, by, at)

    def confirm(self, by: Person, at: datetime, calendar: Calendar) -> Event:
        """The resident confirms what the helper proposed."""
        self._only(Side.RESIDENT, by)
        proposed, when = self.proposed, self.proposed_at(calendar)
        if proposed is None or when is None:
            raise Refused(Reason.NOT_NOW, self)
        if when <= at:
            raise Refused(Reason.PAST, self)
        self._go(Action.CONFIRM)
        self.set_moment(proposed, calendar, at)
        return self._event(EventKind.CONFIRMED, by, at)

    def refuse_time(self, by: Person, at: datetime) -> Event:
        """The resident cannot at the proposed hour; the helper proposes another, or the agreed one stands."""
        self._only(Side.RESIDENT, by)
        if self.proposed_hour is None:
            raise Refused(Reason.NOT_NOW, self)
        self._go(Action.REFUSE_TIME)
        self.proposed_day = self.proposed_hour = None
        return self._event(EventKind.TIME_REFUSED, by, at)

    def take_back_proposal(self, by: Person, at: datetime) -> Event:
        """The helper comes at the agreed hour after all."""
        self._only(Side.HELPER, by)
        if self.proposed_hour is None or self.needs_hour:
            raise Refused(Reason.NOT_NOW, self)
        self._go(Action.REFUSE_TIME)
        self.proposed_day = self.proposed_hour = None
        return self._event(EventKind.TIME_REFUSED, by, at, detail=TAKEN_BACK)

    def let_proposal_lapse(self, at: datetime) -> Event:
        """The resident did not answer before the proposed hour: likewise."""
        self._go(Action.REFUSE_TIME)
        self.proposed_day = self.proposed_hour = None
        return self._event(EventKind.TIME_REFUSED, None, at)

    def change(self, by: Person, at: datetime, detail: str) -> Event:
        """The resident changes the request; the caller sets the new facts. `detail` names what, for the history.

        With another moment, what was said about the earlier one no longer counts, and it is looked for anew.
        """
        self._only(Side.RESIDENT, by)
        self._go(Action.CHANGE)
        if detail == "moment":
            self.reports.clear()
            self.attention = None
        return self._event(EventKind.CHANGED, by, at, detail=detail)

    def cancel(self, by: Person, at: datetime) -> Event:
        """The resident does not need it any more."""
        self._only(Side.RESIDENT, by)
        self._go(Action.CANCEL)
        self._end(Outcome.CANCELLED, at)
        return self._event(EventKind.CANCELLED, by, at, self.helper)

    def lapse(self, at: datetime) -> Event:
        """The moment has come and nobody was found, or the resident did not say whether who offered may come."""
        self._go(Action.LAPSE)
        offered = self._free(AskedState.ASKED, at)
        self._end(Outcome.UNMET if offered is None else Outcome.UNANSWERED, at)
        return self._event(EventKind.LAPSED, None, at, offered)

    def note(
        self, kind: EventKind, at: datetime, by: Person | None = None, *, attention: Attention | None = None
    ) -> Event:
        """Write down what changes nothing in the state; `attention` says why a coordinator should look."""
        if attention is not None:
            self.attention = attention
        return self._event(kind, by, at)

    def ask(self, person: Person, at: datetime, ring: str) -> Asked:
        """Write down that `person` is asked, and why: `ring` says how far the search had gone."""
        asked = Asked(person=person, at=at, ring=ring, state=AskedState.ASKED)
        self.asked.append(asked)
        return asked

    def forget(self) -> None:
        """Long after the end: what was asked and where is nobody's business any more; that it was asked stays."""
        self.text, self.for_name, self.for_relation = "", None, None
        self.media_kind = self.media_id = self.address = self.bell = self.location = self.phone = None

    # ── how it is guarded ──

    def _may_help(self, person: Person) -> None:
        """Not the resident, not who does already, not whom the resident did not want."""
        if person is self.resident:
            raise Refused(Reason.OWN, self)
        if person is self.helper and self.state is not State.ENDED:
            raise Refused(Reason.YOURS, self)
        asked = self.asked_of(person)
        if asked is not None and asked.state is AskedState.REFUSED:
            raise Refused(Reason.PREFERRED_OTHER, self)

    def _in_time(self, at: datetime) -> None:
        """Nobody says yes to a moment that is over; the clock is about to say so to everybody."""
        if self.state in SEARCHING and self.last_chance_at <= at:
            raise Refused(Reason.PAST, self)

    def _give_to(self, asked: Asked, at: datetime) -> None:
        """Whoever helps no longer waits on the reserve list; and that nobody was found is not true any more."""
        self.helper, self.waiting_since = asked.person, at
        asked.state, asked.reserve_at = AskedState.ASKED, None
        if self.attention is Attention.ESCALATED:
            self.attention = None

    def _only(self, side: Side, person: Person) -> None:
        if person is not self.person_on(side):
            raise Refused(Reason.NOT_FOUND)

    def _taken(self, at: datetime) -> None:
        self.taken_at = self.waiting_since = at
        self.attention = None
        self.code_word = secrets.choice(CODE_WORDS)

    def _free(self, state: AskedState, at: datetime) -> Person | None:
        former, self.helper = self.helper, None
        asked = self.asked_of(former) if former is not None else None
        if asked is not None:
            asked.state = state
        self.code_word = self.taken_at = self.proposed_day = self.proposed_hour = None
        self.waiting_since = at
        if self.starts_at is None:  # the deadline may have passed while there was a helper
            self.deadline_at = max(self.deadline_at, at + SEARCH_AGAIN)
        self.reports.clear()
        return former


def _is(asked: Asked, person: Person) -> bool:
    return asked.person_id == person.id if asked.person_id else asked.person is person
