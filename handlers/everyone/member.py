"""Somebody blocks the bot, or comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import on
from models import Event, EventKind

if TYPE_CHECKING:
    from bot.turn import Turn


@on("member")
def member(turn: Turn) -> None:
    """Blocked: nothing can be told any more, and others may have to know. Coming back is noted for every message."""
    if turn.given.member == "kicked" and turn.person.unreachable_since is None:
        turn.person.unreachable_since = turn.now
        turn.announce(Event(kind=EventKind.UNREACHABLE, person=turn.person, at=turn.now))
