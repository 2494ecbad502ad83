"""Who sends too fast is not read for a moment, before any work is done for it: others do not wait for them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter, TelegramError

from bot.i18n import N_, translator
from bot.log import get_logger
from bot.telegram_api import wait_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.telegram_api import Call

log = get_logger(__name__)

PER_SECOND = 1.0  # so fast is read on without end, after what may come at once (the setting)
IN_NEED = 5  # times words of need are answered before anything else, then every ten seconds; else in their turn
CALM = 5  # so many may come again: whoever is too fast after that is told once more
LATEST = 2**40  # as Telegram counts seconds
REMEMBERED = 10_000  # people; forgotten first is who was heard least lately
TOO_FAST = N_("That goes too fast for me: I did not read everything. Please wait a minute, then try again.")


@dataclass
class _Bucket:
    """What somebody may still send; it fills up by the clock that `at` is from."""

    left: float
    at: float

    def take(self, at: float, most: int, per_second: float = PER_SECOND) -> bool:
        self.left = min(self.left + max(at - self.at, 0.0) * per_second, most)
        self.at = max(at, self.at)
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class _Sender:
    """Messages count when they were written, for after an outage they arrive together; a tap tells no time."""

    written: _Bucket
    tapped: _Bucket
    need: _Bucket
    told: bool = False  # that they are too fast
    toasted: float = -1.0  # when a tap was last answered with that


class Flood:
    """A measure for each person, in memory: a restart forgives. `held_back` and `floods` count since then."""

    def __init__(self, call: Call, most: int, monotonic: Callable[[], float]) -> None:
        self._call = call
        self._most = most
        self._monotonic = monotonic
        self._senders: OrderedDict[object, _Sender] = OrderedDict()
        self._telling: set[asyncio.Task[None]] = set()
        self.held_back = 0  # updates
        self.floods = 0  # how often somebody was told

    def holds_back(self, raw: dict[str, Any]) -> bool:
        """Whether this update is one too many; then it counts as handled, and its sender is told once."""
        tap, content = _content(raw)
        if content is None or not self._most:
            return False
        now, sender = self._monotonic(), self._sender(raw, content)
        bucket, at = (sender.tapped, now) if tap else (sender.written, _date(content, sender.written.at))
        if bucket.take(at, self._most):
            sender.told &= bucket.left < CALM
            return False
        self.held_back += 1
        self._say(sender, content, now, tap=tap)
        return True

    def answers_need_at_once(self, raw: dict[str, Any]) -> bool:
        """Whether words of need are answered before all turns; who repeats them without end holds up the others."""
        _, content = _content(raw)
        if content is None or not self._most:
            return True
        return self._sender(raw, content).need.take(self._monotonic(), IN_NEED, PER_SECOND / 10)

    def give_back(self, raw: dict[str, Any]) -> None:
        """It could not be handled now and comes again: that is not its sender's doing."""
        tap, content = _content(raw)
        if content is not None and self._most:
            sender = self._sender(raw, content)
            bucket = sender.tapped if tap else sender.written
            bucket.left = min(bucket.left + 1, self._most)

    def _sender(self, raw: dict[str, Any], content: dict[str, Any]) -> _Sender:
        who = who_of(raw)
        if who not in self._senders:
            now, written = self._monotonic(), _Bucket(self._most, _date(content, 0))
            self._senders[who] = _Sender(written, _Bucket(self._most, now), _Bucket(IN_NEED, now))
            if len(self._senders) > REMEMBERED:
                self._senders.popitem(last=False)
        self._senders.move_to_end(who)
        return self._senders[who]

    def _say(self, sender: _Sender, content: dict[str, Any], now: float, *, tap: bool) -> None:
        """Once in words; a tap gets them over the screen too, at most each second."""
        first, sender.told = not sender.told, True
        if first:
            self.floods += 1
            log.warning("somebody sends too fast and is not read for a moment", since_start=self.held_back)
        words = translator(_language(content))(TOO_FAST)
        if tap and (first or now - sender.toasted >= 1):
            sender.toasted = now
            self._begin("answerCallbackQuery", {"callback_query_id": content.get("id"), "text": words})
        elif not tap and first and _chat(content).get("type") == "private":  # a group did not ask for it
            self._begin("sendMessage", {"chat_id": _chat(content).get("id"), "text": words})

    def _begin(self, method: str, fields: dict[str, Any]) -> None:
        task = asyncio.create_task(self._try(method, fields))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _try(self, method: str, fields: dict[str, Any]) -> None:
        """Best effort, beside the letters: it must not wait behind the answers to what was read."""
        try:
            try:
                await self._call(method, fields)
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error).total_seconds())
                await self._call(method, fields)
        except TelegramError as error:
            log.info("who sends too fast could not be told", error=type(error).__name__)

    async def finish(self) -> None:
        """Let go of what is still to be said."""
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)


def _content(raw: dict[str, Any]) -> tuple[bool, dict[str, Any] | None]:
    """Whether it is a tap, and what was sent; `None` for what is no doing of somebody in a chat, or cannot be read."""
    tap = raw.get("callback_query")
    content = tap or raw.get("message") or raw.get("edited_message")
    return bool(tap), content if isinstance(content, dict) else None


def who_of(raw: dict[str, Any]) -> object:
    """Whose update it is; `None`: nobody's, or it cannot be read."""
    for part in raw.values():
        if isinstance(part, dict) and isinstance(sender := part.get("from"), dict):
            return known if isinstance(known := sender.get("id"), int) else None
    return None


def _chat(content: dict[str, Any]) -> dict[str, Any]:
    chat = content.get("chat")
    return chat if isinstance(chat, dict) else {}


def _language(content: dict[str, Any]) -> str | None:
    sender = content.get("from")
    language = sender.get("language_code") if isinstance(sender, dict) else None
    return language if isinstance(language, str) else None


def _date(content: dict[str, Any], otherwise: float) -> float:
    """When it was written, by Telegram's clock."""
    date = content.get("edit_date", content.get("date"))
    return date if isinstance(date, int) and 0 < date < LATEST else otherwise
