"""The sender: delivers letters at Telegram's pace, each chat in order, and never loses one."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot import mailroom
from bot.letters import DELETE, STRIP
from bot.log import get_logger
from bot.mailroom import Envelope, Result
from bot.telegram_api import Verdict, judge, wait_of
from bot.turns import DATABASE_AWAY

if TYPE_CHECKING:
    from datetime import datetime

    from bot.telegram_api import Client
    from bot.turns import Turns

log = get_logger(__name__)

AT_ONCE = 8  # letters in flight: so many notices at most stand before an answer
PER_SECOND = 28  # Telegram takes 30; a little stays for answering taps
PER_CHAT = 3  # messages to one chat at once; then one a second
GROUP_PER_MINUTE = 20
IDLE = 30.0  # seconds between two looks when nothing wakes the sender
LONGEST_PAUSE = 60.0


@dataclass
class _Buckets:
    """Telegram's limits, as buckets that fill up again."""

    on: bool
    all: AsyncLimiter
    chats: dict[str, AsyncLimiter]

    async def wait(self, chat_id: str) -> None:
        """Wait until this chat may get a message."""
        if not self.on:
            return
        if chat_id not in self.chats:
            if len(self.chats) > 10_000:
                self.chats.clear()
            group = chat_id.startswith("-")
            self.chats[chat_id] = AsyncLimiter(GROUP_PER_MINUTE, 60) if group else AsyncLimiter(PER_CHAT, PER_CHAT)
        await self.chats[chat_id].acquire()
        await self.all.acquire()


class Outbox:
    """Sends what is queued. `wake()` after a commit; `drained()` waits until nothing is due any more."""

    def __init__(self, turns: Turns, client: Client) -> None:
        self._turns = turns
        self._client = client
        self._results: list[Result] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._well = True  # Telegram answers
        self._buckets = _Buckets(turns.settings.rate_limits, AsyncLimiter(PER_SECOND, 1), {})
        self.stopped_by: TelegramError | None = None

    def wake(self) -> None:
        """Something was queued."""
        self._idle.clear()
        self._wake.set()

    async def drained(self) -> None:
        """Wait until everything that is due was sent."""
        self.wake()
        await self._idle.wait()

    async def next_due(self) -> datetime | None:
        """When the next letter that waits may go."""
        return await self._turns.run(mailroom.next_due, self._turns)

    async def run(self) -> None:
        """Send for ever; returns only when Telegram refuses the token (`stopped_by`)."""
        await self._turns.run(mailroom.recover, self._turns)
        while self.stopped_by is None:
            self._wake.clear()
            try:
                await self._round()
            except DATABASE_AWAY as error:
                log.warning("the database is away, letters wait", error=type(error).__name__)
                await asyncio.sleep(1)

    async def stop(self) -> None:
        """Let what is in flight arrive, and write down what became of it."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=5)
        results, self._results = self._results, []
        await self._turns.run(mailroom.settle_and_claim, self._turns, results, 0)

    async def _round(self) -> None:
        results, self._results = self._results, []
        try:
            room = AT_ONCE - len(self._flying)
            envelopes, people = await self._turns.run(mailroom.settle_and_claim, self._turns, results, room)
        except DATABASE_AWAY:
            self._results = results + self._results
            raise
        for person_id in people:
            await self._turns.run(self._turns.unreachable, person_id)
            self._wake.set()
        for envelope in envelopes:
            task = asyncio.create_task(self._deliver(envelope))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        if not (envelopes or self._flying or self._results or self._wake.is_set()):
            self._idle.set()
        await self._sleep()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake.set()

    async def _sleep(self) -> None:
        """Until something is queued or lands, or a letter that waits may go."""
        due = None if self._flying else await self.next_due()
        pause = IDLE if due is None else (due - self._turns.clock.now()).total_seconds()
        try:
            async with asyncio.timeout(min(max(pause, 0.05), IDLE)):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _deliver(self, envelope: Envelope) -> None:
        try:
            await self._buckets.wait(envelope.chat_id)
            answer = await self._client.call(*_call(envelope))
            message_id = answer.get("message_id") if isinstance(answer, dict) else None
            self._results.append(Result(envelope, "sent", message_id=message_id))
        except TelegramError as error:
            self._results.append(self._judged(envelope, error))
            if self._results[-1].what in {"again", "unknown"}:
                await self._until_well()

    def _judged(self, envelope: Envelope, error: TelegramError) -> Result:
        verdict = judge(error)
        if verdict is not Verdict.DONE:
            log.info("letter was not taken", letter_id=envelope.id, method=envelope.method, verdict=verdict.value)
        match verdict:
            case Verdict.DONE:
                return Result(envelope, "sent", message_id=envelope.message_id)
            case Verdict.WAIT if isinstance(error, RetryAfter):
                return Result(envelope, "wait", wait=wait_of(error))
            case Verdict.MIGRATED if isinstance(error, ChatMigrated):
                return Result(envelope, "moved", chat_id=str(error.new_chat_id))
            case Verdict.NOT_DELIVERED:
                return Result(envelope, "again", wait=timedelta(seconds=random.uniform(0.1, 0.5)))  # noqa: S311 – jitter
            case Verdict.AMBIGUOUS:
                return Result(envelope, "unknown", wait=timedelta(seconds=random.uniform(0.1, 0.5)))  # noqa: S311 – jitter
            case Verdict.STOP:
                self.stopped_by = error
                return Result(envelope, "again", wait=timedelta())
            case _:
                return Result(envelope, verdict.value)

    async def _until_well(self) -> None:
        """Telegram is away: ask now and then whether it is back, so that the second try is not wasted."""
        if not self._well:
            return
        self._well = False
        pause = 0.25
        while self.stopped_by is None:
            try:
                await self._client.call("getMe", {})
                break
            except TelegramError as error:
                if judge(error) is Verdict.STOP:
                    self.stopped_by = error
                log.warning("Telegram is away", pause=pause)
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 – jitter
                pause = min(pause * 2, LONGEST_PAUSE)
        self._well = True


def _call(envelope: Envelope) -> tuple[str, dict[str, Any]]:
    """The method and its fields for this letter, as it is now."""
    fields: dict[str, Any] = dict(envelope.body)
    match envelope.method:
        case "sendMessage" if envelope.message_id is not None:
            return "editMessageText", fields | {"chat_id": envelope.chat_id, "message_id": envelope.message_id}
        case "setMyCommands":
            return envelope.method, fields | {"scope": {"type": "chat", "chat_id": int(envelope.chat_id)}}
        case method if method in {STRIP, DELETE}:
            return method, fields | {"chat_id": envelope.chat_id, "message_id": envelope.message_id}
        case method:
            return method, fields | {"chat_id": envelope.chat_id}
