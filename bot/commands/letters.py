"""`buren letters`: what Telegram refused or perhaps did not deliver; look at it, send it again, or let it be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.commands import CannotError
from models import Event, EventKind, Letter, LetterState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session


NONE = "There is no dead letter."


def ago(span: timedelta) -> str:
    """`3 d 4 h`, `12 min`, `8 s`: long enough to judge."""
    seconds = max(int(span.total_seconds()), 0)
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def describe(letter: Letter, now: datetime) -> str:
    """One letter without its content: number, age, kind, what it is about, what went wrong."""
    kind = letter.method if letter.card is None else f"{letter.method} ({letter.card})"
    about = f", about {letter.about}" if letter.about else ""
    to = f", to person {letter.person_id}" if letter.person_id is not None else ""
    content = "" if letter.body is not None else ", content gone"
    return (
        f"{letter.id}: {ago(now - letter.created_at)} old, {kind}{about}{to}: {letter.error or 'no reason'}"
        f" after {letter.attempts} tries{content}"
    )


def dead(session: Session) -> Sequence[Letter]:
    """All that an operator can still do something about, the oldest first."""
    return session.scalars(select(Letter).where(Letter.state == LetterState.DEAD).order_by(Letter.id)).all()


def find(session: Session, number: int) -> Letter:
    """The dead letter with this number. Raises CannotError."""
    letter = session.get(Letter, number)
    if letter is None or letter.state is not LetterState.DEAD:
        raise CannotError(f"There is no dead letter {number}. `buren letters` shows those that there are.", 2)
    return letter


def chosen(session: Session, number: int | None, *, all_: bool) -> Sequence[Letter]:
    """One, or all of them. Raises CannotError where it is not clear which."""
    if (number is None) is not all_:
        raise CannotError("Say which one, by its number, or --all.", 2)
    return dead(session) if number is None else [find(session, number)]


def show(session: Session, number: int, now: datetime, *, content: bool) -> Iterator[str]:
    """One letter; its content too where that is asked for, and then it is written down that somebody read it."""
    letter = find(session, number)
    yield describe(letter, now)
    if content and letter.body is not None:
        session.add(_written_down(letter, "read", now))
        yield json.dumps(letter.body, ensure_ascii=False, indent=2)


def replay(session: Session, letters: Sequence[Letter], now: datetime) -> Iterator[str]:
    """They are sent as if they were new; one whose content is gone cannot be."""
    for letter in letters:
        if letter.body is None:
            yield f"{letter.id}: its content was erased after a month, it cannot be sent any more."
            continue
        letter.state, letter.error, letter.attempts, letter.not_before = LetterState.QUEUED, None, 0, now
        session.add(_written_down(letter, "replayed", now))
        yield f"{letter.id}: will be sent again, within half a minute where a bot runs."


def drop(session: Session, letters: Sequence[Letter], now: datetime) -> Iterator[str]:
    """They are never sent, and their content goes."""
    for letter in letters:
        letter.state, letter.body = LetterState.CANCELLED, None
        session.add(_written_down(letter, "dropped", now))
        yield f"{letter.id}: dropped."


def _written_down(letter: Letter, what: str, now: datetime) -> Event:
    person, detail = letter.person, f"letter {letter.id} {what}"
    return Event(kind=EventKind.OPERATED, at=now, person=person, detail=detail, area=person.home if person else None)
