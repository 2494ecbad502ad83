"""The sender's side of the database: which letters go now, and what became of those that went.

This runs for every letter, so it speaks in prepared statements; what seldom happens is in `bot.returned`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, case, exists, func, insert, select, text, type_coerce, update
from sqlalchemy.orm import aliased

from bot import returned
from bot.database import empty_log
from bot.envelopes import Envelope, Result
from bot.letters import CHANGES, FAREWELL, NOTHING, TOO_FAST
from bot.side_by_side import again
from models.letter import Letter, LetterState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from bot.turns import Turns

CHAT = type_coerce(Letter.chat_key, String)  # the stored fingerprint itself
# Word for word the condition of the index: with bound values SQLite would read all letters that ever were.
WAITING = text("letter.state IN ('queued', 'sending', 'unknown')")
FLYING = text("letter.state = 'sending'")
STILL = text("letter.state <> 'sending'")

# What a letter says when it is written; the rest is what becomes of it.
WRITTEN = (
    "chat_key", "chat_id", "person_id", "method", "body", "priority", "about", "card", "private", "message_id",
    "created_at", "not_before", "valid_until", "keys",
)  # fmt: skip

_target = aliased(Letter)
_held = select(CHAT, Letter.not_before, Letter.error).where(
    WAITING, STILL, Letter.attempts > 0, Letter.not_before > bindparam("now")
)
_due = (
    select(func.min(Letter.id))
    .where(WAITING, STILL, Letter.not_before <= bindparam("now"))
    .where(CHAT.not_in(bindparam("held", expanding=True)))
    .where(CHAT.not_in(select(CHAT).where(WAITING, FLYING)))
    .group_by(CHAT)
)
_heads = (
    select(
        Letter.id,
        Letter.chat_id,
        Letter.method,
        Letter.body,
        Letter.state,
        Letter.valid_until,
        func.coalesce(Letter.message_id, _target.message_id).label("target"),
        Letter.card,
    )
    .outerjoin(_target, _target.id == Letter.edits_id)
    .where(Letter.id.in_(_due))
    # Said once more, for where a turn has it in hand or has just cancelled it, PostgreSQL looks at this row anew.
    .where(WAITING, STILL)
    .order_by(Letter.priority, Letter.id)
    .limit(bindparam("room"))
    .with_for_update(of=Letter, skip_locked=True)
)
_next = (
    select(func.min(Letter.not_before))
    .where(WAITING, STILL, CHAT.not_in(bindparam("held", expanding=True)))
    .where(CHAT.not_in(select(CHAT).where(WAITING, FLYING)))
)
_any = select(exists(select(Letter.id).where(WAITING, STILL)))
_behind = select(exists().where(WAITING, STILL, Letter.not_before <= bindparam("now")))
_table = Letter.__table__
_leaves = (
    update(Letter.__table__)  # type: ignore[arg-type]  # a mapped class always has its table
    .where(_table.c.id == bindparam("letter"))
    .values(state=LetterState.SENDING, message_id=bindparam("target"), attempts=_table.c.attempts + 1)
)
_arrived = (
    update(Letter.__table__)  # type: ignore[arg-type]  # a mapped class always has its table
    .where(_table.c.id == bindparam("letter"))
    .values(
        state=LetterState.SENT,
        sent_at=bindparam("now"),
        body=None,
        error=None,
        message_id=func.coalesce(bindparam("message"), _table.c.message_id),
    )
)
# With one statement a letter is written and, where nothing in its chat waits before it, on its way.
_before = exists().where(WAITING, bindparam("chat", type_=Letter.chat_key.type) == CHAT)
_written = (
    insert(Letter.__table__)  # type: ignore[arg-type]  # a mapped class always has its table
    .values(state=case((_before, LetterState.QUEUED.value), else_=LetterState.SENDING.value))
    .values(attempts=1)
    .values({name: bindparam(f"new_{name}") for name in WRITTEN})
    .returning(_table.c.id, _table.c.state)
)
_waits = update(Letter.__table__).where(_table.c.id == bindparam("letter")).values(attempts=0)  # type: ignore[arg-type]  # likewise


@dataclass
class Round:
    """What one look into the database brought: letters to send, and when to look again."""

    envelopes: list[Envelope] = field(default_factory=list)
    next_due: datetime | None = None
    dropped: bool = False  # a letter has expired: its reminder may be due again
    held: bool = False  # a chat has to wait
    backlog: bool = False  # more could go, if those in flight had landed


def recover(turns: Turns, under_way: Collection[int] = ()) -> None:
    """What is marked as being sent, and is not `under_way`, was in flight when the process died, or is not at all."""
    lost = update(Letter).where(WAITING, FLYING, Letter.id.not_in(under_way))
    with turns.session() as session, session.begin():
        session.execute(lost.values(state=LetterState.UNKNOWN))


def next_due(turns: Turns) -> datetime | None:
    """When the next letter may go."""
    now = turns.clock.now()
    with turns.session() as session, session.begin():
        return _look_ahead(session, _chats_that_wait(session, now))


def settle_and_claim(turns: Turns, take_results: Callable[[], Sequence[Result]], room: int) -> Round:
    """One transaction: write down the results, and take up to `room` letters."""
    results = take_results()
    found = again(partial(_settle_and_claim, turns, results, room))
    if any(result.envelope.last for result in results):
        empty_log(turns.engine)  # with the farewell went what was kept of the chat
    return found


def _settle_and_claim(turns: Turns, results: Sequence[Result], room: int) -> Round:
    now = turns.clock.now()
    with turns.session() as session, session.begin():
        arrived = [result for result in results if result.what == "sent"]
        if arrived:
            told = [{"letter": each.envelope.id, "now": now, "message": each.message_id} for each in arrived]
            session.connection().execute(_arrived, told)
        others = [result for result in results if result.what != "sent"]
        for result in others:
            person_id = returned.settle(session, result, now)
            if person_id is not None:
                turns.lose(session, person_id, now)
        session.flush()
        for result in results:
            if result.envelope.last:
                returned.forget_chat(session, result.envelope.id)
        if not session.connection().execute(_any).scalar():
            return Round()
        held = _chats_that_wait(session, now)
        found = Round(held=bool(held))
        if not _everything_waits(held):
            if room > 0:
                _claim(session, found, list(held), room, now)
            found.backlog = bool(session.connection().execute(_behind, {"now": now}).scalar())
        found.next_due = _look_ahead(session, held)
    return found


def _chats_that_wait(session: Session, now: datetime) -> dict[str, tuple[datetime, bool]]:
    """The chats in which nothing may go now, until when, and whether Telegram said "too fast"."""
    held: dict[str, tuple[datetime, bool]] = {}
    for chat, until, error in session.connection().execute(_held, {"now": now}):
        before, fast = held.get(chat, (until, False))
        held[chat] = max(before, until), fast or error == TOO_FAST
    return held


def _everything_waits(held: dict[str, tuple[datetime, bool]]) -> bool:
    """One chat that is too fast waits alone; when several are told so, all of us are too fast."""
    return sum(fast for _, fast in held.values()) > 1


def _look_ahead(session: Session, held: dict[str, tuple[datetime, bool]]) -> datetime | None:
    moments = [until for until, _ in held.values()]
    if _everything_waits(held):
        return max(until for until, fast in held.values() if fast)
    first = session.connection().execute(_next, {"held": list(held)}).scalar()
    return min([*moments, *([first] if first else [])], default=None)


def _claim(session: Session, found: Round, held: list[str], room: int, now: datetime) -> None:
    """The oldest letter of each chat that has none in flight; answers before notices."""
    for row in session.connection().execute(_heads, {"now": now, "held": held, "room": room}).all():
        if row.method == NOTHING:
            returned.drop(session, row.id, "cancelled")
            found.dropped = True
        elif row.valid_until is not None and row.valid_until <= now:
            returned.expire(session, row.id)
            found.dropped = True
        elif row.target is None and row.method in CHANGES:
            returned.drop(session, row.id, "nothing to change")
            found.dropped = True
        else:
            found.envelopes.append(_envelope(row))
    if found.envelopes:
        leaving = [{"letter": each.id, "target": each.message_id} for each in found.envelopes]
        session.connection().execute(_leaves, leaving)


def _envelope(row: Row[Any]) -> Envelope:
    tried = row.state is LetterState.UNKNOWN
    return Envelope(row.id, row.chat_id, row.method, row.body or {}, row.target, tried, row.card == FAREWELL)


def hand_over(session: Session, letter: Letter) -> Envelope | None:
    """Write a new letter; where nothing waits before it in its chat it comes back in its envelope, on its way."""
    session.expunge(letter)
    values = {f"new_{name}": getattr(letter, name) for name in WRITTEN}
    values |= {"new_private": bool(letter.private), "new_person_id": letter.person.id if letter.person else None}
    row = session.connection().execute(_written, {"chat": letter.chat_id, **values}).one()
    if row.state is not LetterState.SENDING:
        session.connection().execute(_waits, {"letter": row.id})
        return None
    last = letter.card == FAREWELL
    return Envelope(row.id, letter.chat_id, letter.method, letter.body or {}, letter.message_id, last=last)
