"""From answers to a request: sent, or changed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.resident.draft import moment_of, remember_home, where_of
from handlers.resident.summary import KNOW
from models.category import Category
from models.event import Event, EventKind
from models.lifecycle import State
from models.request import CODE_LETTERS, Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.form import Answers

CODE_LENGTH = 4


def send(turn: Turn, answers: Answers) -> Request:
    """Send what was asked; everybody concerned hears of it."""
    where, what = where_of(turn, answers), answers["what"]
    remember_home(turn.person, answers, where.area)
    request = Request(
        code=_unused_code(turn),
        resident=turn.person,
        category=Category(answers["category"]),
        wants_to_know=answers["who"] == KNOW,
        state=State.OPEN,
        sent_at=turn.now,
    )
    set_text(request, what)
    set_place(turn, request, answers)
    request.phone = answers.get("phone") or None
    request.for_name, request.for_relation = answers.get("for_name"), answers.get("for_relation")
    request.set_moment(moment_of(answers), turn.calendar)
    turn.session.add(request)
    turn.session.flush()
    turn.announce(request.note(EventKind.SENT, turn.now, turn.person))
    return request


def set_text(request: Request, what: Answers) -> None:
    """Set what is asked."""
    request.text, request.media_kind, request.media_id = what.get("text", ""), what.get("kind"), what.get("file")
    request.message_id = what.get("message")


def set_place(turn: Turn, request: Request, answers: Answers) -> None:
    """Set where it is."""
    where = where_of(turn, answers)
    request.place, request.area, request.address = where.place, where.area, where.address
    request.bell, request.location = where.bell, where.location


def drafted(turn: Turn) -> None:
    """Somebody began to ask: only that is written down, for the figures."""
    turn.announce(Event(kind=EventKind.DRAFTED, by=turn.person, at=turn.now))


def _unused_code(turn: Turn) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if turn.session.scalars(select(Request.id).where(Request.code == code)).first() is None:
            return code
