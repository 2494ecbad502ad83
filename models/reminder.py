"""Timers: what must happen to a request when, as rows, cancelled with the change that makes them void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.asked import Side
from models.base import Base, choice
from models.lifecycle import SEARCHING, State
from models.request import Request

if TYPE_CHECKING:
    from models.calendar import Calendar

EVENING = time(18)
HOURS_BEFORE = timedelta(hours=2)


class ReminderKind(StrEnum):
    """What is due. `handlers/clock/` says what then happens."""

    WIDEN = "widen"  # nobody yet: ask further away
    ESCALATE = "escalate"  # nobody yet: a coordinator looks
    WARN = "warn"  # the honest message to the resident before the moment
    LAPSE = "lapse"  # the moment has come
    PROPOSE = "propose"  # helper or resident: no hour is agreed yet
    EVENING_BEFORE = "evening_before"
    TWO_HOURS = "two_hours"
    ASK = "ask"  # how did it go?
    ASK_AGAIN = "ask_again"
    SILENT = "silent"  # no answer: a coordinator looks
    HIDE = "hide"  # delete a message with a place on the map


class ReminderState(StrEnum):
    """Waiting, or why not any more."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    DEAD = "dead"


@dataclass(frozen=True)
class Due:
    """One thing to be planned. `side`: for whom, where both get their own."""

    kind: ReminderKind
    at: datetime
    side: Side | None = None


class Reminder(Base):
    """One timer. `key` is unique, so that planning again never doubles one that was struck."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ReminderKind] = mapped_column(choice(ReminderKind))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side | None] = mapped_column(choice(Side))
    due_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[ReminderState] = mapped_column(choice(ReminderState), default=ReminderState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)

    request: Mapped[Request] = relationship()

    def still_makes_sense(self, now: datetime) -> bool:
        """Whether it should still be struck at `now`, late perhaps because the bot was down."""
        request = self.request
        match self.kind:
            case ReminderKind.WIDEN | ReminderKind.ESCALATE | ReminderKind.WARN:
                return now < request.last_chance_at  # afterwards LAPSE tells everybody the truth, once
            case ReminderKind.EVENING_BEFORE:
                return request.starts_at is not None and now < request.starts_at - HOURS_BEFORE
            case ReminderKind.TWO_HOURS:
                return request.starts_at is not None and now < request.starts_at
            case ReminderKind.ASK:
                return now < self.due_at + timedelta(hours=20)  # by then the second question is near
            case _:
                return True

    @staticmethod
    def due(at: datetime) -> Select[Reminder]:
        """Everything that should have been struck by `at`, in order."""
        waiting = select(Reminder).where(Reminder.state == ReminderState.WAITING)
        return waiting.where(Reminder.due_at <= at).order_by(Reminder.due_at, Reminder.id)


def due_for(request: Request, now: datetime, calendar: Calendar) -> list[Due]:
    """Everything that must still happen to `request` as it stands; what lies before `now` has had its chance."""
    if request.state in SEARCHING:
        planned = _while_searching(request, calendar)
    elif request.state is State.TAKEN:
        planned = _around_the_appointment(request, calendar)
    else:
        planned = []
    return [due for due in planned if due.at > now]


def _while_searching(request: Request, calendar: Calendar) -> list[Due]:
    """Wider ring, coordinator, an honest message, the end: in that order, each before the moment."""
    begin, end = request.waiting_since, request.search_until
    escalate = begin + (end - begin) / 2
    day_before = end - timedelta(hours=24)
    if request.starts_at is not None and begin < day_before < escalate:
        escalate = day_before
    escalate = calendar.awake(escalate, begin, end)
    widen = calendar.awake(begin + (escalate - begin) / 2, begin, escalate)
    warn = max(end - timedelta(hours=4), escalate + (end - escalate) / 2)
    return [
        Due(ReminderKind.WIDEN, widen),
        Due(ReminderKind.ESCALATE, escalate),
        Due(ReminderKind.WARN, calendar.awake(warn, escalate, end)),
        Due(ReminderKind.LAPSE, request.last_chance_at),
    ]


def _around_the_appointment(request: Request, calendar: Calendar) -> list[Due]:
    """Both are reminded the evening before and two hours before, and asked afterwards, twice at most."""
    planned = []
    if request.needs_hour and request.taken_at is not None:
        planned.append(Due(ReminderKind.PROPOSE, calendar.after_quiet(request.taken_at + timedelta(hours=24))))
    if request.starts_at is None or request.ends_at is None:
        # Without a day nobody can be asked "did it work out": past the deadline a coordinator looks.
        return [*planned, Due(ReminderKind.SILENT, calendar.after_quiet(request.deadline_at + timedelta(days=1)))]
    start = request.starts_at
    evening = calendar.before_quiet(calendar.at(calendar.day(start) - timedelta(days=1), EVENING))
    hours_before = calendar.before_quiet(start - HOURS_BEFORE)
    ask = calendar.after_quiet(request.ends_at)
    again = calendar.after_quiet(calendar.at(calendar.day(ask) + timedelta(days=1), EVENING))
    silent = calendar.after_quiet(calendar.at(calendar.day(again) + timedelta(days=1), time(10)))
    for side in Side:
        planned.append(Due(ReminderKind.EVENING_BEFORE, evening, side))
        if calendar.day(hours_before) == calendar.day(start):  # moved to the evening before, it would be said twice
            planned.append(Due(ReminderKind.TWO_HOURS, hours_before, side))
        if request.report_of(side) is None:
            planned += [Due(ReminderKind.ASK, ask, side), Due(ReminderKind.ASK_AGAIN, again, side)]
    return [*planned, Due(ReminderKind.SILENT, silent)]


def replan(session: Session, request: Request, now: datetime, calendar: Calendar) -> None:
    """Make the waiting reminders of `request` those of its present state; called with each of its events."""
    session.flush()
    known = {row.key: row for row in session.scalars(select(Reminder).where(Reminder.request_id == request.id))}
    wanted = {_key(request, due): due for due in due_for(request, now, calendar)}
    for key, row in known.items():
        if row.state is ReminderState.WAITING and key not in wanted and row.kind is not ReminderKind.HIDE:
            row.state = ReminderState.CANCELLED
        elif row.state is ReminderState.CANCELLED and key in wanted:
            row.state = ReminderState.WAITING
    for key, due in wanted.items():
        if key not in known:
            session.add(Reminder(key=key, kind=due.kind, request_id=request.id, side=due.side, due_at=due.at))


def _key(request: Request, due: Due) -> str:
    """The same thing at the same moment for the same helper is the same reminder."""
    who = "" if request.helper is None else request.helper.id
    return f"{request.id}:{due.kind}:{due.side or ''}:{who}:{due.at:%Y%m%dT%H%M%S}"
