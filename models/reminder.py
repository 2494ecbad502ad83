"""Timers: what must happen to a request when, as rows, cancelled with the change that makes them void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import BindParameter, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.asked import Side
from models.base import Base, choice
from models.calendar import Calendar
from models.lifecycle import SEARCHING, State
from models.matching import LAST_CALL, waits_for_rest
from models.request import RELAY, Request
from models.retention import CONTENT

EVENING = time(18)
MORNING = time(10)
TIME_TO_FIND = timedelta(hours=1)
HOURS_BEFORE = timedelta(hours=2)


class ReminderKind(StrEnum):
    """What is due. `handlers/clock/` says what then happens."""

    WIDEN = "widen"  # nobody yet: ask further away
    ESCALATE = "escalate"  # nobody yet: a coordinator looks
    WARN = "warn"  # the honest message to the resident before the moment
    LAPSE = "lapse"  # the moment has come
    PROPOSE = "propose"  # helper or resident: no hour is agreed yet; or the one that was proposed has come
    EVENING_BEFORE = "evening_before"
    TWO_HOURS = "two_hours"
    ASK = "ask"  # how did it go?
    ASK_AGAIN = "ask_again"
    SILENT = "silent"  # no answer: a coordinator looks
    HIDE = "hide"  # delete a message with a place on the map
    WITHDRAW = "withdraw"  # what was written after the end leaves the chats
    FORGET = "forget"  # so long after the end nobody needs what was asked, nor where


class ReminderState(StrEnum):
    """Waiting, or why not any more."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    DEAD = "dead"


# What must happen also when its time was already over when it was planned.
NEVER_LEFT_OUT = {
    ReminderKind.ESCALATE,
    ReminderKind.WARN,
    ReminderKind.LAPSE,
    ReminderKind.ASK_AGAIN,
    ReminderKind.SILENT,
    ReminderKind.FORGET,
}


@dataclass(frozen=True)
class Due:
    """One thing to be planned. `side`: for whom, where both get their own."""

    kind: ReminderKind
    at: datetime
    side: Side | None = None


class Reminder(Base):
    """One timer. `key` is unique, so that planning again never doubles one that was struck."""

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ReminderKind] = mapped_column(choice(ReminderKind))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side | None] = mapped_column(choice(Side))
    due_at: Mapped[datetime]
    state: Mapped[ReminderState] = mapped_column(choice(ReminderState), default=ReminderState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)

    request: Mapped[Request] = relationship()

    def still_makes_sense(self, now: datetime, calendar: Calendar) -> bool:
        """Whether it should still be struck at `now`, late perhaps because the bot was down."""
        request = self.request
        match self.kind:
            case ReminderKind.WIDEN | ReminderKind.ESCALATE | ReminderKind.WARN:
                return now < request.last_chance_at  # afterwards LAPSE tells everybody the truth, once
            case ReminderKind.PROPOSE:
                return request.needs_hour and (request.starts_at is None or now < request.starts_at)
            case ReminderKind.EVENING_BEFORE | ReminderKind.TWO_HOURS:
                if request.starts_at is None or now >= request.starts_at:
                    return False
                shortly = request.starts_at - HOURS_BEFORE  # in the morning: nothing follows on the evening before
                return self.kind is ReminderKind.TWO_HOURS or now < shortly or calendar.is_quiet(shortly)
            case ReminderKind.ASK:
                return calendar.day(now) == calendar.day(self.due_at)  # the day after, the second question does it
            case _:
                return True

    @staticmethod
    def due(at: datetime | BindParameter[datetime]) -> Select[Reminder]:
        """Everything that should have been struck by `at`, in order."""
        waiting = select(Reminder).where(Reminder.state == ReminderState.WAITING)
        return waiting.where(Reminder.due_at <= at).order_by(Reminder.due_at, Reminder.id)


def due_for(request: Request, now: datetime, calendar: Calendar) -> list[Due]:
    """Everything that must still happen to `request` as it stands, in order of time.

    What only helps in time is not planned for the past; what must not be left out is, and is struck at once.
    """
    if request.state in SEARCHING:
        planned = _while_searching(request, calendar)
        if waits_for_rest(request):  # who rests now is asked when they are rested, or when it is near
            last_call = calendar.after_quiet(request.search_until - LAST_CALL)
            planned += [Due(ReminderKind.WIDEN, min(_morning_after(now, calendar), last_call))]
    elif request.state is State.TAKEN:
        planned = _around_the_appointment(request, calendar)
    else:
        closed = request.closed_at or now
        planned = [
            Due(ReminderKind.WITHDRAW, _nothing_more_written(closed, now)),
            Due(ReminderKind.FORGET, closed + CONTENT),
        ]
    return sorted((due for due in planned if due.at >= now or due.kind in NEVER_LEFT_OUT), key=lambda due: due.at)


def _while_searching(request: Request, calendar: Calendar) -> list[Due]:
    """Wider ring, coordinator, an honest message, the end: in that order, each before the moment.

    Somebody offered, and the resident does not answer: the same, from then on, without asking further away.
    """
    begin, end, last = request.waiting_since, request.search_until, request.last_chance_at
    if request.starts_at is None:
        end = last = calendar.before_quiet(end)
    end = max(begin, end)
    too_late = end - TIME_TO_FIND  # rather at night than in the morning shortly before
    escalate = begin + (end - begin) / 2
    day_before = end - timedelta(hours=24)
    if request.starts_at is not None and begin < day_before < escalate:
        escalate = day_before
    escalate = calendar.awake(escalate, begin, too_late)
    widen = calendar.awake(begin + (escalate - begin) / 2, begin, too_late)
    warn = calendar.awake(max(end - timedelta(hours=4), escalate + (end - escalate) / 2), escalate, too_late)
    planned = [
        Due(ReminderKind.ESCALATE, escalate),
        # Never before the coordinator heard, whom it speaks of.
        Due(ReminderKind.WARN, max(warn, escalate + timedelta(minutes=1))),
        Due(ReminderKind.LAPSE, last),
    ]
    return [Due(ReminderKind.WIDEN, widen), *planned] if request.state is State.OPEN else planned


def _around_the_appointment(request: Request, calendar: Calendar) -> list[Due]:
    """Both are reminded the evening before and two hours before, and asked afterwards, twice at most."""
    planned = []
    if request.needs_hour:
        planned.append(Due(ReminderKind.PROPOSE, _hour_wanted(request, calendar)))
    if (proposed := request.proposed_at(calendar)) is not None:
        planned.append(Due(ReminderKind.PROPOSE, proposed))
    if request.starts_at is not None and not request.reports:  # done early: nobody needs to be reminded
        planned += _before(request, request.starts_at, calendar)
    ask = calendar.after_quiet(_over(request, calendar))
    again = calendar.before_quiet(calendar.at(calendar.day(ask) + timedelta(days=1), EVENING))
    silent = [side for side in Side if request.report_of(side) is None]
    for side in silent:
        planned += [Due(ReminderKind.ASK, ask, side), Due(ReminderKind.ASK_AGAIN, again, side)]
    return [*planned, Due(ReminderKind.SILENT, _morning_after(again, calendar))] if silent else planned


def _nothing_more_written(closed: datetime, now: datetime) -> datetime:
    """When the two may not write each other any more; as long after what a coordinator writes later still."""
    return closed + RELAY if closed + RELAY >= now else now + RELAY


def _over(request: Request, calendar: Calendar) -> datetime:
    """When both can be asked. Without a day, or given to somebody when it was over: some days after the yes."""
    two_days_later = calendar.days_after(request.waiting_since, 2)
    if request.ends_at is None:
        return max(request.deadline_at, two_days_later)
    return request.ends_at if request.ends_at > request.waiting_since else two_days_later


def _hour_wanted(request: Request, calendar: Calendar) -> datetime:
    """When to remind that no hour is agreed: after a day, or half-way where the day is near."""
    begin = request.waiting_since
    a_day_later = calendar.days_after(begin, 1)
    if request.starts_at is None:
        return calendar.after_quiet(a_day_later)
    return calendar.awake(min(a_day_later, begin + (request.starts_at - begin) / 2), begin, request.starts_at)


def _before(request: Request, starts: datetime, calendar: Calendar) -> list[Due]:
    evening = calendar.before_quiet(calendar.at(calendar.day(starts) - timedelta(days=1), EVENING))
    hours_before = calendar.before_quiet(starts - HOURS_BEFORE)
    planned = [Due(ReminderKind.EVENING_BEFORE, evening, side) for side in Side]
    # Moved out of the night to the evening before, it would be said twice; unless they agreed later that evening.
    if calendar.day(hours_before) == calendar.day(starts) or evening <= request.waiting_since:
        planned += [Due(ReminderKind.TWO_HOURS, hours_before, side) for side in Side]
    return planned


def _morning_after(moment: datetime, calendar: Calendar) -> datetime:
    return calendar.after_quiet(calendar.at(calendar.day(moment) + timedelta(days=1), MORNING))


def give_time_to_answer(session: Session, request: Request, now: datetime, calendar: Calendar) -> None:
    """Who was asked late, because the bot was down, is not silent yet: the coordinator looks on the next morning."""
    waiting = select(Reminder).where(Reminder.request_id == request.id, Reminder.state == ReminderState.WAITING)
    for silence in session.scalars(waiting.where(Reminder.kind == ReminderKind.SILENT)):
        silence.due_at = max(silence.due_at, _morning_after(now, calendar))


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
