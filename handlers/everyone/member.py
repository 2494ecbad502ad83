"""Somebody blocks the bot, or comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.routing import on
from handlers.everyone.standing import whats_open
from models import Event, EventKind

if TYPE_CHECKING:
    from bot.turn import Turn

START_FOLLOWS = timedelta(seconds=5)  # who comes back with Telegram's own button says /start too, which shows the same


@on("member")
def member(turn: Turn) -> None:
    """Blocked: nothing can be told any more, and others may have to know. Back: one summary instead of old news."""
    if turn.given.member != "kicked":
        summary = whats_open(turn)
        if summary is not None:
            turn.say(summary, not_before=turn.now + START_FOLLOWS)
    elif turn.person.unreachable_since is None:
        turn.person.unreachable_since = turn.now
        turn.announce(Event(kind=EventKind.UNREACHABLE, person=turn.person, at=turn.now))
