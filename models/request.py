"""The life of a help request: what is asked, who helps, and which step may follow which."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.asked import Asked, AskedState, Outcome, Report, Side
from models.base import Base, choice
from models.code_words import CODE_WORDS
from models.columns import Sealed
from models.event import Event, EventKind
from models.moment import Moment, Part
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from models.area import Area
    from models.calendar import Calendar
    from models.person import Person


class Category(StrEnum):
    """What kind of help. `DAYS` and `MINUTES` below say how long each may wait and lasts."""

    GROCERIES = "groceries"
    PHARMACY = "pharmacy"
    TRANSPORT = "transport"
    CHORE = "chore"
    GARDEN = "garden"
    COMPANY = "company"
    DIGITAL = "digital"
    PAPERS = "papers"
    PETS = "pets"
    OTHER = "other"


# A request without a day must have a helper within so many days.
DAYS = dict.fromkeys(Category, 5) | {
    Category.GROCERIES: 2,
    Category.PHARMACY: 1,
    Category.PETS: 2,
    Category.CHORE: 7,
    Category.COMPANY: 7,
    Category.GARDEN: 10,
}
# An appointment is taken to last so many minutes: after that both are asked how it went.
MINUTES = dict.fromkeys(Category, 60) | {Category.GROCERIES: 90, Category.TRANSPORT: 120, Category.GARDEN: 120}

RELAY = timedelta(hours=48)  # so long after the end the two may still write each other
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0/O and 1/I, which are told apart badly on the phone


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    OFFERED = "offered"  # somebody wants to help; the resident first wants to know who
    TAKEN = "taken"
    ENDED = "ended"


class Action(StrEnum):
    """What can be done with a request."""

    OFFER = "offer"
    ACCEPT = "accept"
    AGREE = "agree"
    PREFER_OTHER = "prefer_other"
    HAND_BACK = "hand_back"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REFUSE_TIME = "refuse_time"
    CHANGE = "change"
    REPORT = "report"
    ASSIGN = "assign"
    CANCEL = "cancel"
    CLOSE = "close"
    LAPSE = "lapse"


TRANSITIONS = {
    (State.OPEN, Action.OFFER): State.OFFERED,
    (State.OPEN, Action.ACCEPT): State.TAKEN,
    (State.OPEN, Action.CHANGE): State.OPEN,
    (State.OPEN, Action.ASSIGN): State.TAKEN,
    (State.OPEN, Action.CANCEL): State.ENDED,
    (State.OPEN, Action.CLOSE): State.ENDED,
    (State.OPEN, Action.LAPSE): State.ENDED,
    (State.OFFERED, Action.AGREE): State.TAKEN,
    (State.OFFERED, Action.PREFER_OTHER): State.OPEN,
    (State.OFFERED, Action.HAND_BACK): State.OPEN,
    (State.OFFERED, Action.CHANGE): State.OFFERED,
    (State.OFFERED, Action.ASSIGN): State.TAKEN,
    (State.OFFERED, Action.CANCEL): State.ENDED,
    (State.OFFERED, Action.CLOSE): State.ENDED,
    (State.OFFERED, Action.LAPSE): State.ENDED,
    (State.TAKEN, Action.PREFER_OTHER): State.OPEN,
    (State.TAKEN, Action.HAND_BACK): State.OPEN,
    (State.TAKEN, Action.PROPOSE): State.TAKEN,
    (State.TAKEN, Action.CONFIRM): State.TAKEN,
    (State.TAKEN, Action.REFUSE_TIME): State.TAKEN,
    (State.TAKEN, Action.CHANGE): State.TAKEN,
    (State.TAKEN, Action.REPORT): State.TAKEN,
    (State.TAKEN, Action.ASSIGN): State.TAKEN,
    (State.TAKEN, Action.CANCEL): State.ENDED,
    (State.TAKEN, Action.CLOSE): State.ENDED,
}


class Place(StrEnum):
    """Where help is wanted."""

    HOME = "home"
    ELSEWHERE = "elsewhere"
    LOCATION = "location"


class Request(Base):
    """A help request; once somebody helps, also the task. `starts_at`, `ends_at`, `deadline_at` follow from the moment."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    category: Mapped[Category] = mapped_column(choice(Category))
    text: Mapped[str] = mapped_column(Sealed)
    media_kind: Mapped[str | None]  # "photo" or "voice"
    media_id: Mapped[str | None] = mapped_column(Sealed)  # a reference at Telegram
    place: Mapped[Place] = mapped_column(choice(Place))
    address: Mapped[str | None] = mapped_column(Sealed)
    bell: Mapped[str | None] = mapped_column(Sealed)
    location: Mapped[str | None] = mapped_column(Sealed)  # "50.79300,4.89400"
    phone: Mapped[str | None] = mapped_column(Sealed)  # only where the resident says so
    wants_to_know: Mapped[bool]  # "I want to know first who it is"
    code_word: Mapped[str | None]
    state: Mapped[State] = mapped_column(choice(State), default=State.OPEN, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    day: Mapped[date | None]
    part: Mapped[Part | None] = mapped_column(choice(Part))
    hour: Mapped[time | None]
    proposed_day: Mapped[date | None]
    proposed_hour: Mapped[time | None]
    zone: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    attention: Mapped[str | None]  # why a coordinator should look: the kind of the event

    resident: Mapped[Person] = relationship(foreign_keys=[resident_id])
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id])
    area: Mapped[Area] = relationship()
    asked: Mapped[list[Asked]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="Asked.id"
    )
    reports: Mapped[list[Report]] = relationship(back_populates="request", cascade="all, delete-orphan")
    history: Mapped[list[Event]] = relationship(back_populates="request", order_by="Event.id")

    # ── what is true ──

    @property
    def moment(self) -> Moment:
        """When help is wanted, or when the two agreed."""
        return Moment(self.day, self.part, self.hour)

    @property
    def proposed(self) -> Moment | None:
        """Day and hour that the helper proposed and the resident has not answered yet."""
        return Moment(self.proposed_day, None, self.proposed_hour) if self.proposed_hour else None

    @property
    def needs_hour(self) -> bool:
        """An appointment, not a wish: without a fixed hour the helper proposes one."""
        return self.hour is None or self.day is None

    def side_of(self, person: Person) -> Side:
        """Which side `person` is on; refuses as if the request did not exist for anybody else."""
        if person is self.resident:
            return Side.RESIDENT
        if person is self.helper and self.state is not State.OFFERED:
            return Side.HELPER
        raise Refused(Reason.NOT_FOUND)

    def person_on(self, side: Side) -> Person | None:
        """The resident or the helper."""
        return self.resident if side is Side.RESIDENT else self.helper

    def report_of(self, side: Side) -> Report | None:
        """What this side said about how it went."""
        return next((report for report in self.reports if report.side is side), None)

    def asked_of(self, person: Person) -> Asked | None:
        """The row that says how `person` was asked."""
        return next((asked for asked in self.asked if asked.person is person), None)

    def relay_open(self, at: datetime) -> bool:
        """Whether resident and helper may write each other now."""
        if self.helper is None or self.state in {State.OPEN, State.OFFERED}:
            return False
        return self.closed_at is None or at < self.closed_at + RELAY

    # ── what can happen ──

    def offer(self, by: Person, at: datetime) -> Event:
        """A volunteer says "I help". The first one gets the task, or is proposed to the resident who wants to know who."""
        if by is self.resident:
            raise Refused(Reason.OWN, self)
        asked = self.asked_of(by)
        if by is self.helper:
            raise Refused(Reason.YOURS, self)
        if asked is None or asked.state is AskedState.REFUSED:
            raise Refused(Reason.NOT_FOUND)
        self._go(Action.OFFER if self.wants_to_know else Action.ACCEPT)
        self.helper = by
        if self.wants_to_know:
            return self._event(EventKind.OFFERED, by, at)
        self._taken(at)
        return self._event(EventKind.ACCEPTED, by, at)

    def agree(self, by: Person, at: datetime) -> Event:
        """The resident, who wanted to know first, says "good"."""
        self._only(Side.RESIDENT, by)
        self._go(Action.AGREE)
        self._taken(at)
        return self._event(EventKind.AGREED, by, at, self.helper)

    def prefer_other(self, by: Person, at: datetime) -> Event:
        """The resident prefers somebody else; no reason is asked."""
        self._only(Side.RESIDENT, by)
        self._go(Action.PREFER_OTHER)
        former = self._free(AskedState.REFUSED)
        return self._event(EventKind.PREFERRED_OTHER, by, at, former)

    def hand_back(self, by: Person, at: datetime) -> Event:
        """The helper cannot come any more."""
        if by is not self.helper:
            raise Refused(Reason.NOT_FOUND)
        self._go(Action.HAND_BACK)
        self._free(AskedState.HANDED_BACK)
        return self._event(EventKind.HANDED_BACK, by, at, by)

    def decline(self, by: Person, at: datetime) -> Event:
        """A volunteer says "not this time", or gives up the place on the reserve list."""
        asked = self.asked_of(by)
        if asked is None or by is self.helper:
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
        if self.state not in {State.TAKEN, State.OFFERED}:
            raise Refused(Reason.ENDED if self.state is State.ENDED else Reason.NOT_NOW, self)
        asked.state = AskedState.RESERVE
        return self._event(EventKind.JOINED_RESERVE, by, at)

    def propose(self, day: date, hour: time, by: Person, at: datetime, calendar: Calendar) -> Event:
        """The helper proposes day and hour."""
        self._only(Side.HELPER, by)
        self._go(Action.PROPOSE)
        if calendar.at(day, hour) <= at:
            raise Refused(Reason.PAST, self)
        self.proposed_day, self.proposed_hour = day, hour
        return self._event(EventKind.PROPOSED, by, at)

    def confirm(self, by: Person, at: datetime, calendar: Calendar) -> Event:
        """The resident confirms what the helper proposed."""
        self._only(Side.RESIDENT, by)
        if self.proposed_hour is None or self.proposed_day is None:
            raise Refused(Reason.NOT_NOW, self)
        if calendar.at(self.proposed_day, self.proposed_hour) <= at:
            raise Refused(Reason.PAST, self)
        self._go(Action.CONFIRM)
        self.set_moment(Moment(self.proposed_day, None, self.proposed_hour), calendar)
        return self._event(EventKind.CONFIRMED, by, at)

    def refuse_time(self, by: Person, at: datetime) -> Event:
        """The resident cannot at the proposed hour; the helper proposes another."""
        self._only(Side.RESIDENT, by)
        if self.proposed_hour is None:
            raise Refused(Reason.NOT_NOW, self)
        self._go(Action.REFUSE_TIME)
        self.proposed_day = self.proposed_hour = None
        return self._event(EventKind.TIME_REFUSED, by, at)

    def change(self, by: Person, at: datetime, detail: str) -> Event:
        """The resident changes the request; the caller sets the new facts. `detail` names what, for the history."""
        self._only(Side.RESIDENT, by)
        self._go(Action.CHANGE)
        return self._event(EventKind.CHANGED, by, at, detail=detail)

    def cancel(self, by: Person, at: datetime) -> Event:
        """The resident does not need it any more."""
        self._only(Side.RESIDENT, by)
        self._go(Action.CANCEL)
        self._end(Outcome.CANCELLED, at)
        return self._event(EventKind.CANCELLED, by, at, self.helper)

    def report(self, outcome: Outcome, by: Person, at: datetime) -> Event:
        """One side says how it went. Both said it: the request ends, or a coordinator looks when they do not agree."""
        side = self.side_of(by)
        self._go(Action.REPORT)
        if outcome is Outcome.NOBODY_CAME and self.starts_at is not None and at < self.starts_at:
            raise Refused(Reason.TOO_EARLY, self)
        mine = self.report_of(side)
        if mine is None:
            self.reports.append(Report(side=side, outcome=outcome, at=at))
        else:
            mine.outcome, mine.at = outcome, at
        other = self.report_of(side.other)
        if outcome is Outcome.NOBODY_CAME:
            self.attention = Outcome.NOBODY_CAME
        elif other is not None and other.outcome is not Outcome.NOBODY_CAME:
            self._end(outcome if outcome is other.outcome else Outcome.PARTLY, at)
        return self._event(EventKind.REPORTED, by, at, detail=f"{side}:{outcome}")

    def assign(self, helper: Person, by: Person, at: datetime) -> Event:
        """A coordinator gives the task to somebody who said yes on the phone."""
        if helper is self.resident:
            raise Refused(Reason.OWN, self)
        if helper is self.helper and self.state is State.TAKEN:
            raise Refused(Reason.YOURS, self)
        self._go(Action.ASSIGN)
        former = self._free(AskedState.HANDED_BACK)
        asked = self.asked_of(helper) or self.ask(helper, at, ring="assigned")
        asked.state = AskedState.ASKED
        self.helper = helper
        self._taken(at)
        self.attention = None
        return self._event(EventKind.ASSIGNED, by, at, helper, detail=f"from:{former.id}" if former else None)

    def close(self, outcome: Outcome, by: Person, at: datetime) -> Event:
        """A coordinator ends it."""
        self._go(Action.CLOSE)
        self._end(outcome, at)
        return self._event(EventKind.ENDED, by, at, self.helper, detail=outcome)

    def lapse(self, at: datetime) -> Event:
        """The moment has come and nobody was found."""
        self._go(Action.LAPSE)
        offered = self.helper
        self._free(AskedState.ASKED)
        self._end(Outcome.UNMET, at)
        return self._event(EventKind.LAPSED, None, at, offered)

    def note(self, kind: EventKind, at: datetime, by: Person | None = None, *, attention: bool = False) -> Event:
        """Write down what changes nothing in the state; with `attention` a coordinator should look."""
        if attention:
            self.attention = kind.value
        return self._event(kind, by, at)

    def ask(self, person: Person, at: datetime, ring: str) -> Asked:
        """Write down that `person` is asked, and why: `ring` says how far the search had gone."""
        asked = Asked(person=person, at=at, ring=ring, state=AskedState.ASKED)
        self.asked.append(asked)
        return asked

    def set_moment(self, moment: Moment, calendar: Calendar) -> None:
        """Set when, and what follows from it."""
        self.day, self.part, self.hour = moment.day, moment.part, moment.hour
        self.proposed_day = self.proposed_hour = None
        self.zone = calendar.zone.key
        self.starts_at, self.ends_at = calendar.bounds(moment, timedelta(minutes=MINUTES[self.category]))
        self.deadline_at = self.starts_at or self.sent_at + timedelta(days=DAYS[self.category])

    # ── how it is guarded ──

    def _go(self, action: Action) -> None:
        target = TRANSITIONS.get((self.state, action))
        if target is None:
            if self.state is State.ENDED:
                raise Refused(Reason.CANCELLED if self.outcome is Outcome.CANCELLED else Reason.ENDED, self)
            wants_it = action in {Action.OFFER, Action.ACCEPT}
            raise Refused(Reason.TAKEN if wants_it else Reason.NOT_NOW, self)
        self.state = target

    def _only(self, side: Side, person: Person) -> None:
        if person is not self.person_on(side):
            raise Refused(Reason.NOT_FOUND)

    def _taken(self, at: datetime) -> None:
        self.taken_at = at
        self.attention = None
        self.code_word = secrets.choice(CODE_WORDS)

    def _free(self, state: AskedState) -> Person | None:
        former, self.helper = self.helper, None
        asked = former and self.asked_of(former)
        if asked:
            asked.state = state
        self.code_word = self.taken_at = self.proposed_day = self.proposed_hour = None
        self.reports.clear()
        return former

    def _end(self, outcome: Outcome, at: datetime) -> None:
        self.state, self.outcome, self.closed_at, self.attention = State.ENDED, outcome, at, None

    def _event(
        self, kind: EventKind, by: Person | None, at: datetime, person: Person | None = None, detail: str | None = None
    ) -> Event:
        return Event(kind=kind, by=by, at=at, request=self, person=person, detail=detail)
