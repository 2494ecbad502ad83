"""The Bot API as letters and intake need it: one call, raw JSON both ways, and what its errors mean."""

from __future__ import annotations

import os
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.connection import NEVER_SENT, Connection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.request import BaseRequest

    Call = Callable[[str, dict[str, Any]], Awaitable[Any]]  # a method and its fields; returns its result

# Spans of time are timedeltas: otherwise the library warns of that change with each "too fast".
os.environ["PTB_TIMEDELTA"] = "true"

POLL_SECONDS = 50
READ_SECONDS = 20


class Client(ExtBot[None]):
    """python-telegram-bot's client with a raw call: letters and updates are the API's own JSON."""

    def __init__(
        self,
        token: str,
        base_url: str,
        connections: int = 32,
        connect: Callable[[int, float], BaseRequest] = Connection,
    ) -> None:
        # A poll that hangs must not block the next one.
        calls, polls = connect(connections, READ_SECONDS), connect(8, POLL_SECONDS + 10)
        super().__init__(
            token,
            base_url=base_url,
            base_file_url=base_url.replace("/bot", "/file/bot"),
            request=calls,
            get_updates_request=polls,
        )
        self._both = (calls, polls)

    def tell_time(self, heard: Callable[[str], None]) -> None:
        """From now on `heard` is told what time each answer says it is."""
        for connection in self._both:
            if isinstance(connection, Connection):
                connection.heard = heard

    async def disconnect(self) -> None:
        """Close what a start that failed has opened: the library closes only what it has started."""
        for connection in self._both:
            await connection.shutdown()

    async def call(self, method: str, fields: dict[str, Any]) -> Any:
        """Call `method`; returns the JSON of `result`. Raises python-telegram-bot's errors."""
        return await self._post(method, fields)


class Verdict(Enum):
    """What an error of the Bot API means for a letter."""

    WAIT = "wait"  # too fast
    NOT_DELIVERED = "not delivered"  # surely not: nothing reached Telegram
    AMBIGUOUS = "ambiguous"  # perhaps delivered
    UNREACHABLE = "unreachable"  # this person cannot be written to
    DONE = "done"  # nothing to do any more
    GONE = "gone"  # the message to edit is not there, or has no text: send it anew
    KEPT = "kept"  # too old to be deleted
    MIGRATED = "migrated"
    REFUSED = "refused"  # Telegram will never take this one
    STOP = "stop"  # the token is wrong: nothing can be sent at all


UNREACHABLE = ("chat not found", "user not found", "peer_id_invalid", "bot can't initiate conversation")
DONE = ("message is not modified", "message to delete not found", "query is too old", "query id is invalid")
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in the message")
KEPT = ("message can't be deleted",)


def judge(error: TelegramError) -> Verdict:
    """What `error` means; the most special classes first, for they inherit from each other."""
    text = str(error).lower()
    match error:
        case RetryAfter():
            return Verdict.WAIT
        case ChatMigrated():
            return Verdict.MIGRATED
        case InvalidToken():
            return Verdict.STOP
        case Forbidden():
            return Verdict.UNREACHABLE
        case BadRequest():
            return _judge_bad_request(text)
        case NetworkError() if isinstance(error.__cause__, NEVER_SENT):
            return Verdict.NOT_DELIVERED
        case NetworkError():
            return Verdict.AMBIGUOUS
        case _:
            return Verdict.REFUSED


def _judge_bad_request(text: str) -> Verdict:
    if any(words in text for words in DONE):
        return Verdict.DONE
    if any(words in text for words in KEPT):
        return Verdict.KEPT
    if any(words in text for words in GONE):
        return Verdict.GONE
    if any(words in text for words in UNREACHABLE):
        return Verdict.UNREACHABLE
    return Verdict.REFUSED


def wait_of(error: RetryAfter) -> timedelta:
    """How long Telegram asks to wait."""
    return cast("timedelta", error.retry_after)
