"""The sender's side of the database: which letters go now, and what became of those that went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, func, select, type_coerce, update

from bot.letters import DELETE, MESSAGE, STRIP
from bot.log import get_logger
from models.letter import Letter, LetterState
from models.person import Person
from models.reminder import Reminder, ReminderState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.turns import Turns

log = get_logger(__name__)
READY = (LetterState.QUEUED, LetterState.UNKNOWN)
CHAT = type_coerce(Letter.chat_key, String)  # the stored fingerprint itself
TRIES = 2  # of a letter that was perhaps delivered


@dataclass(frozen=True)
class Envelope:
    """A letter on its way, with nothing left to look up."""

    id: int
    chat_id: str
    method: str
    body: dict[str, Any]
    message_id: int | None
    tried: bool = False  # it was perhaps delivered before


@dataclass(frozen=True)
class Result:
    """What became of a letter: `sent`, `wait`, `again`, `unknown`, `unreachable`, `gone`, `moved`, `refused`."""

    envelope: Envelope
    what: str
    message_id: int | None = None
    wait: timedelta = field(default_factory=timedelta)
    chat_id: str = ""


def recover(turns: Turns) -> None:
    """At start: what was in flight when the process died was perhaps delivered."""
    with turns.session() as session, session.begin():
        session.execute(update(Letter).where(Letter.state == LetterState.SENDING).values(state=LetterState.UNKNOWN))


def next_due(turns: Turns) -> datetime | None:
    """When the next letter may go."""
    with turns.session() as session, session.begin():
        return session.scalars(select(func.min(Letter.not_before)).where(Letter.state.in_(READY))).first()


def settle_and_claim(turns: Turns, results: Sequence[Result], room: int) -> tuple[list[Envelope], list[int]]:
    """One transaction: write down `results`, and take up to `room` letters. Also returns whom Telegram cannot reach."""
    now = turns.clock.now()
    with turns.session() as session, session.begin():
        people = [person for result in results if (person := _settle(session, result, now)) is not None]
        session.flush()
        several_wait = len({result.envelope.chat_id for result in results if result.what == "wait"}) > 1
        if several_wait:
            longest = max(result.wait for result in results if result.what == "wait")
            ready = update(Letter).where(Letter.state.in_(READY), Letter.not_before < now + longest)
            session.execute(ready.values(not_before=now + longest))
        envelopes = _claim(session, room, now) if room > 0 else []
    return envelopes, people


def _claim(session: Session, room: int, now: datetime) -> list[Envelope]:
    """The oldest letter of each chat that has none in flight; answers before notices."""
    flying = select(CHAT).where(Letter.state == LetterState.SENDING)
    heads = (
        select(func.min(Letter.id))
        .where(Letter.state.in_(READY), Letter.not_before <= now, CHAT.not_in(flying))
        .group_by(CHAT)
    )
    found = select(Letter).where(Letter.id.in_(heads)).order_by(Letter.priority, Letter.id).limit(room)
    return [
        envelope for letter in session.scalars(found) if (envelope := _seal_envelope(session, letter, now)) is not None
    ]


def _seal_envelope(session: Session, letter: Letter, now: datetime) -> Envelope | None:
    """Mark a letter as being sent; `None` where it needs not go any more."""
    if letter.valid_until is not None and letter.valid_until <= now:
        _drop(letter, "expired")
        # Planned anew: the reminder says it in words that are true now, or not at all.
        again = update(Reminder).where(Reminder.letter_id == letter.id, Reminder.state == ReminderState.DONE)
        session.execute(again.values(state=ReminderState.WAITING))
        return None
    target = letter.message_id
    if target is None and letter.edits is not None:
        target = letter.edits.message_id
    if target is None and letter.method in {STRIP, DELETE}:
        _drop(letter, "nothing to change")
        return None
    tried = letter.state is LetterState.UNKNOWN
    letter.state, letter.message_id = LetterState.SENDING, target
    letter.attempts += 1
    return Envelope(letter.id, letter.chat_id, letter.method, letter.body or {}, target, tried)


def _settle(session: Session, result: Result, now: datetime) -> int | None:
    """Write down what became of one letter; returns the id of a person who cannot be reached."""
    letter = session.get(Letter, result.envelope.id)
    if letter is None:
        return None
    match result.what:
        case "sent":
            letter.state, letter.sent_at, letter.body = LetterState.SENT, now, None
            letter.message_id = result.message_id or letter.message_id
        case "wait" | "again":
            letter.state = LetterState.QUEUED
            _hold(session, letter, now + result.wait)
        case "unknown" if result.envelope.tried and letter.method == MESSAGE and letter.message_id is None:
            letter.state, letter.error = LetterState.DEAD, "unknown"
            log.error("letter perhaps not delivered", letter_id=letter.id, attempts=letter.attempts)
        case "unknown":
            letter.state = LetterState.UNKNOWN
            _hold(session, letter, now + result.wait)
        case "gone" if letter.method == MESSAGE:
            letter.state, letter.message_id, letter.edits = LetterState.QUEUED, None, None
        case "gone":
            _drop(letter, "gone")
        case "moved":
            _move(session, letter, result.chat_id)
        case "unreachable":
            return _unreachable(session, letter)
        case _:
            letter.state, letter.error = LetterState.DEAD, result.what
            log.error("letter refused by Telegram", letter_id=letter.id, method=letter.method)
    return None


def _hold(session: Session, letter: Letter, until: datetime) -> None:
    """The whole chat waits, so that its order stays."""
    same_chat = select(CHAT).where(Letter.id == letter.id).scalar_subquery()
    waiting = update(Letter).where(same_chat == CHAT, Letter.state.in_((*READY, LetterState.SENDING)))
    session.flush()
    session.execute(waiting.where(Letter.not_before < until).values(not_before=until))


def _move(session: Session, letter: Letter, chat_id: str) -> None:
    """The chat has another id now."""
    letter.state = LetterState.QUEUED
    if letter.person is not None:
        letter.person.use_telegram_id(chat_id)
    same_chat = select(CHAT).where(Letter.id == letter.id).scalar_subquery()
    moved = update(Letter).where(same_chat == CHAT).values(chat_id=chat_id, chat_key=chat_id)
    session.flush()
    session.execute(moved)


def _unreachable(session: Session, letter: Letter) -> int | None:
    """Nothing more goes to this chat: when they are back they see where they stand, not a flood of old news."""
    same_chat = select(CHAT).where(Letter.id == letter.id).scalar_subquery()
    letter.state = LetterState.QUEUED
    session.flush()
    waiting = update(Letter).where(same_chat == CHAT, Letter.state.in_(READY))
    session.execute(waiting.values(state=LetterState.CANCELLED, error="unreachable", body=None))
    person = session.scalars(select(Person).where(Person.telegram_key == letter.chat_id)).first()
    return person.id if person else None


def _drop(letter: Letter, why: str) -> None:
    letter.state, letter.error, letter.body = LetterState.CANCELLED, why, None
