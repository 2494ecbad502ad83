"""Letters that did not simply arrive: what is written down about them, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, delete, or_, select, type_coerce, update

from bot.letters import DELETE, MESSAGE, REPLACE, TOO_FAST, keys_in
from bot.log import get_logger
from models.letter import WAITING, Letter, LetterState
from models.person import Person
from models.reminder import Reminder, ReminderState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.envelopes import Result

log = get_logger(__name__)
EDIT_TRIES = 10
READY = (LetterState.QUEUED, LetterState.UNKNOWN)
CHAT = type_coerce(Letter.chat_key, String)  # the stored fingerprint itself


def settle(session: Session, result: Result, now: datetime) -> int | None:
    """Write down what became of one letter; returns the id of a person who cannot be reached."""
    letter = session.get(Letter, result.envelope.id)
    if letter is None:
        return None
    match result.what:
        case "wait":
            letter.state, letter.not_before, letter.error = LetterState.QUEUED, now + result.wait, TOO_FAST
        case "again":
            # Surely not delivered; but was it perhaps before?
            letter.state = LetterState.UNKNOWN if result.envelope.tried else LetterState.QUEUED
            letter.not_before = now + result.wait
        case "unknown":
            _try_once_more(letter, result, now)
        case "gone" if letter.method == MESSAGE:
            letter.state, letter.message_id, letter.edits = LetterState.QUEUED, None, None
        case "kept" | "refused" if letter.method == DELETE and letter.body:
            letter.method, letter.state, letter.keys = REPLACE, LetterState.QUEUED, keys_in(letter.body) or None
        case "gone" | "kept":
            _drop(letter, result.what)
        case "moved":
            _move(session, letter, result.chat_id)
        case "unreachable":
            return _unreachable(session, letter, result.left or now)
        case _:
            letter.state, letter.error = LetterState.DEAD, result.what
            log.error("letter refused by Telegram", letter_id=letter.id, method=letter.method)
    return None


def _try_once_more(letter: Letter, result: Result, now: datetime) -> None:
    """It was perhaps delivered; what edits or deletes does no harm when it arrives twice."""
    is_new = letter.method == MESSAGE and letter.message_id is None
    if result.envelope.tried and (is_new or letter.attempts >= EDIT_TRIES):
        letter.state, letter.error = LetterState.DEAD, "unknown"
        log.error("letter perhaps not delivered", letter_id=letter.id, attempts=letter.attempts)
    else:
        letter.state, letter.not_before = LetterState.UNKNOWN, now + result.wait


def forget_chat(session: Session, farewell_id: int) -> None:
    """The farewell went, or never will: nothing up to it is kept of its chat. What somebody new wrote there is."""
    over = Letter.id == farewell_id, Letter.state.not_in(WAITING)
    same_chat = select(CHAT).where(*over).scalar_subquery()
    gone = delete(Letter).where(same_chat == CHAT, Letter.id <= farewell_id)
    session.execute(gone.execution_options(synchronize_session=False))


def expire(session: Session, letter_id: int) -> None:
    """Too late to be sent as it is: the reminder says it in words that are true now, or not at all."""
    drop(session, letter_id, "expired")
    again = update(Reminder).where(Reminder.letter_id == letter_id, Reminder.state == ReminderState.DONE)
    session.execute(again.values(state=ReminderState.WAITING))


def drop(session: Session, letter_id: int, why: str) -> None:
    """This letter need not go any more."""
    _drop(session.get_one(Letter, letter_id), why)
    session.flush()


def _drop(letter: Letter, why: str) -> None:
    letter.state, letter.error, letter.body = LetterState.CANCELLED, why, None


def _move(session: Session, letter: Letter, chat_id: str) -> None:
    """The chat has another id now."""
    letter.state = LetterState.QUEUED
    if letter.person is not None:
        letter.person.use_telegram_id(chat_id)
    same_chat = select(CHAT).where(Letter.id == letter.id).scalar_subquery()
    session.flush()
    session.execute(update(Letter).where(same_chat == CHAT).values(chat_id=chat_id, chat_key=chat_id))


def _unreachable(session: Session, letter: Letter, left: datetime) -> int | None:
    """Nothing more goes to this chat: when they are back they see where they stand, not a flood of old news.

    What was queued since this letter `left` still goes: perhaps they wrote meanwhile, and it is their answer.
    """
    same_chat = select(CHAT).where(Letter.id == letter.id).scalar_subquery()
    letter.state = LetterState.QUEUED
    session.flush()
    waiting = update(Letter).where(same_chat == CHAT, Letter.state.in_(READY))
    waiting = waiting.where(or_(Letter.id == letter.id, Letter.created_at <= left))
    session.execute(waiting.values(state=LetterState.CANCELLED, error="unreachable", body=None))
    person = session.scalars(select(Person).where(Person.telegram_key == letter.chat_id)).first()
    return person.id if person else None
