"""A letter on its way to Telegram, and what became of it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Envelope:
    """A letter on its way, with nothing left to look up."""

    id: int
    chat_id: str
    method: str
    body: dict[str, Any]
    message_id: int | None
    tried: bool = False  # it was perhaps delivered before
    last: bool = False  # with it goes whatever is kept of the chat until then


@dataclass(frozen=True)
class Result:
    """What became of it: `sent`, `wait`, `again`, `unknown`, `unreachable`, `gone`, `kept`, `moved` or `refused`."""

    envelope: Envelope
    what: str
    message_id: int | None = None
    wait: timedelta = field(default_factory=timedelta)
    chat_id: str = ""
    left: datetime | None = None  # when the call began whose answer this is
