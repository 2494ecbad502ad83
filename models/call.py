"""The call list: what somebody without Telegram would have been told, a coordinator tells by telephone.

A row holds no number, and words only where somebody wrote them for this person, until they were told: all else
is read from the request, so that it is true when it is said.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.asked import Outcome, Side
from models.base import Base, choice
from models.columns import Sealed
from models.event import Event, EventKind
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from models.area import Area
    from models.person import Person

TOO_LATE = timedelta(days=7)  # so long after the end nobody calls to say how it ended
SAID_THEMSELVES = {Outcome.DONE, Outcome.PARTLY, Outcome.NOT_NEEDED, Outcome.CANCELLED}  # nobody calls about these


class CallKind(StrEnum):
    """What the call is about."""

    OFFER = "offer"  # somebody wants to help: is that good?
    HOUR = "hour"  # an hour was proposed: does it suit?
    HELPER = "helper"  # who comes, and the code word
    SEARCHING = "searching"  # the helper cannot come after all
    WARNING = "warning"  # nobody was found yet
    REMINDER = "reminder"
    HOW = "how"  # did it work out?
    OVER = "over"
    MESSAGE = "message"  # what somebody wrote to them


LOST = {EventKind.HANDED_BACK, EventKind.PUT_BACK}  # there was a helper, and it was not they who preferred another one
QUESTIONS = {CallKind.OFFER, CallKind.HOUR, CallKind.HOW}  # the answer changes the request
AFTERWARDS = {CallKind.HOW, CallKind.OVER}
# Which call stands for which card of the resident; the live card says how the request stands.
_OF_CARD = {"request": None, "reminder": CallKind.REMINDER, "asking": CallKind.HOW}


class CallState(StrEnum):
    """Waiting, or why not any more."""

    WAITING = "waiting"
    DONE = "done"
    VOID = "void"  # the request changed before anybody called


class Call(Base):
    """One call to be made. `key` says what it is about exactly: the same thing is never called about twice."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CallKind] = mapped_column(choice(CallKind))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id", ondelete="CASCADE"), index=True)
    state: Mapped[CallState] = mapped_column(choice(CallState), default=CallState.WAITING, index=True)
    wanted_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # when the coordinators got a message of their own about it
    tries: Mapped[int] = mapped_column(default=0)  # how often nobody picked up
    tried_at: Mapped[datetime | None]
    words: Mapped[str | None] = mapped_column(Sealed)  # of a message, while it waits
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[Request] = relationship()
    writer: Mapped[Person | None] = relationship()

    def still_true(self, now: datetime) -> bool:
        """Whether it is still what the person should hear."""
        waits = self.state is CallState.WAITING and self.request.is_by_phone  # they may have got Telegram since
        if self.kind is CallKind.MESSAGE:
            return waits and self.words is not None and not _too_late(self.request, now)
        return waits and self.key == key_of(self.request, self.kind, now)

    def is_urgent(self, now: datetime) -> bool:
        """Whether it cannot wait until the morning."""
        return self.kind not in AFTERWARDS and self.request.is_urgent(now)

    def done(self, by: Person, at: datetime) -> Event:
        """The person was told."""
        self._only_now(at)
        self.ends(CallState.DONE)
        event = self.request.note(EventKind.CALLED, at, by)
        event.detail = f"call:{self.id}"
        return event

    @property
    def made(self) -> Event | None:
        """Who made this call and when, or noted what the person said."""
        history = self.request.history
        called = [each for each in history if each.kind is EventKind.CALLED and each.detail == f"call:{self.id}"]
        return next(reversed(called or [each for each in history if each.via is not None]), None)

    def not_reached(self, by: Person, at: datetime) -> Event:
        """Nobody picked up: it stays, behind the others."""
        self._only_now(at)
        self.tries, self.tried_at = self.tries + 1, at
        return self.request.note(EventKind.NOT_REACHED, at, by)

    def ends(self, state: CallState) -> None:
        """Nobody need call any more, and nobody's words are kept for it."""
        self.state, self.words = state, None

    def _only_now(self, at: datetime) -> None:
        if not self.still_true(at):
            raise Refused(Reason.NOT_NOW, self.request)

    @staticmethod
    def of(request: Request) -> Select[Call]:
        """All calls about `request`."""
        return select(Call).where(Call.request_id == request.id)

    @staticmethod
    def waiting_in(session: Session, areas: Iterable[Area], now: datetime) -> list[Call]:
        """What waits in `areas`: what is urgent first, then the oldest; behind them who was tried already."""
        ids = {each.id for area in areas for each in area.and_below()}
        found = select(Call).join(Request).where(Request.area_id.in_(ids), Call.state == CallState.WAITING)
        calls = [call for call in session.scalars(found) if call.still_true(now)]
        return sorted(
            calls, key=lambda call: (call.tries > 0, not call.is_urgent(now), call.tried_at or call.wanted_at, call.id)
        )


def want_call(session: Session, request: Request, card: str, now: datetime) -> Call | None:
    """What the resident would have read on `card` is to be told by telephone; `None` where that is known or nothing.

    A question that was asked and not answered may be asked again.
    """
    if card not in _OF_CARD:
        return None
    kind = _OF_CARD[card] or _kind_of_state(request, now)
    key = key_of(request, kind, now) if kind is not None else ""
    if kind is None or not key:
        return None
    session.flush()
    if kind is CallKind.REMINDER:  # it says who comes too: nobody calls twice
        for call in session.scalars(Call.of(request).where(Call.state == CallState.WAITING)):
            call.state = CallState.VOID if call.kind is CallKind.HELPER else call.state
    known = session.scalars(select(Call).where(Call.key == key)).first()
    if known is None:
        call = Call(key=key, kind=kind, request=request, state=CallState.WAITING, wanted_at=now)
        session.add(call)
        return call
    if known.state is CallState.VOID or (known.state is CallState.DONE and kind in QUESTIONS):
        known.state, known.wanted_at, known.told_at, known.tries, known.tried_at = CallState.WAITING, now, None, 0, None
        return known
    return None


def settle_calls(session: Session, request: Request, now: datetime, *, answered: bool) -> bool:
    """What is not true any more need not be said; `answered`: because of what the person said on the phone.

    Returns whether there was any.
    """
    session.flush()
    settled = False
    for call in session.scalars(Call.of(request).where(Call.state == CallState.WAITING)):
        if not call.still_true(now):
            told = answered and call.kind is not CallKind.MESSAGE
            call.ends(CallState.DONE if told else CallState.VOID)
            settled = True
    return settled


def message_to_tell(session: Session, event: Event, words: str) -> Call:
    """What `event.by` wrote to the resident of its request, who has no Telegram: to be told in their own words."""
    request = event.request
    if request is None or event.id is None:
        raise LookupError("a message to tell is about a request, and written down")
    call = Call(
        key=f"{request.id}:{CallKind.MESSAGE}:{event.id}",
        kind=CallKind.MESSAGE,
        request=request,
        state=CallState.WAITING,
        wanted_at=event.at,
        writer=event.by,
        words=words,
    )
    session.add(call)
    return call


def told_of_hour(session: Session, request: Request) -> bool:
    """Whether the hour that was proposed last was told by telephone."""
    newest = Call.of(request).where(Call.kind == CallKind.HOUR).order_by(Call.wanted_at.desc(), Call.id.desc())
    call = session.scalars(newest.limit(1)).first()
    return call is not None and call.state is CallState.DONE


def forget_words(session: Session, *of: ColumnElement[bool]) -> None:
    """What somebody wrote is not told any more."""
    for call in session.scalars(select(Call).where(Call.words.is_not(None), *of)):
        call.ends(CallState.VOID)


def key_of(request: Request, kind: CallKind, now: datetime) -> str:
    """What exactly the call is about; empty where there is nothing to say (any more)."""
    helper = request.helper.id if request.helper is not None else 0
    about = ""
    taken = request.state is State.TAKEN and request.report_of(Side.RESIDENT) is None
    match kind:
        case CallKind.OFFER | CallKind.SEARCHING | CallKind.WARNING if _kind_of_state(request, now) is kind:
            about = f"{helper}:{request.waiting_since:%Y%m%dT%H%M%S}"
        case CallKind.HOUR if _kind_of_state(request, now) is kind:
            about = f"{helper}:{request.proposed_day}:{request.proposed_hour}"
        case CallKind.HELPER if _kind_of_state(request, now) is kind and request.taken_at is not None:
            about = f"{helper}:{request.taken_at:%Y%m%dT%H%M%S}"
        case CallKind.REMINDER if taken and request.starts_at is not None and now < request.starts_at:
            about = f"{helper}:{request.starts_at:%Y%m%dT%H%M}"
        case CallKind.HOW if taken:
            about = f"{helper}:{request.ends_at or request.deadline_at:%Y%m%dT%H%M}"
        case CallKind.OVER if _kind_of_state(request, now) is kind and request.closed_at is not None:
            about = f"{request.closed_at:%Y%m%dT%H%M%S}"
    return f"{request.id}:{kind}:{about}" if about else ""


def _kind_of_state(request: Request, now: datetime) -> CallKind | None:
    """What the resident should know of a request as it stands."""
    if request.state is State.OFFERED:
        return CallKind.OFFER
    if request.state is State.TAKEN:
        if request.report_of(Side.RESIDENT) is not None:
            return None
        if request.proposed is not None:
            return CallKind.HOUR
        return CallKind.HELPER if request.ends_at is None or now < request.ends_at else None
    if request.state is State.ENDED:
        known = request.outcome in SAID_THEMSELVES or request.closed_at is None or _too_late(request, now)
        return None if known else CallKind.OVER
    if request.last_chance_at <= now:
        return None
    since = {event.kind for event in request.history if event.at >= request.waiting_since}
    if EventKind.WARNED in since:
        return CallKind.WARNING
    return CallKind.SEARCHING if since & LOST else None


def _too_late(request: Request, now: datetime) -> bool:
    return request.closed_at is not None and now >= request.closed_at + TOO_LATE
