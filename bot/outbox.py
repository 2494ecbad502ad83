"""The sender: delivers letters at Telegram's pace, each chat in order, and never loses one."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from telegram import InputFile
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot import mailroom
from bot.envelopes import Envelope, Result
from bot.letters import CHANGES
from bot.log import get_logger, where
from bot.screen import FILE
from bot.telegram_api import Verdict, judge, wait_of
from bot.turns import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.telegram_api import Client
    from bot.turns import Turns

log = get_logger(__name__)

AT_ONCE = 16  # letters in flight: so many notices at most stand before an answer
PER_SECOND = 28  # Telegram takes 30; a little stays for answering taps
PER_CHAT = 1  # message a second; a larger bucket would let more through in the seconds in which it is full
GROUP_PER_MINUTE = 20
IDLE = 30.0  # seconds between two looks when nothing wakes the sender
BEHIND_A_WEBHOOK = 0.5
LINGER = 0.05  # seconds in which arrivals are gathered, to be written down in one transaction
LONGEST_PAUSE = 60.0
PAUSE = 1.0  # seconds until the database is asked again that did not answer


@dataclass
class _Buckets:
    """Telegram's limits, as buckets that fill up again."""

    on: bool
    all: AsyncLimiter
    chats: dict[str, AsyncLimiter]

    async def wait(self, chat_id: str, *, new: bool) -> None:
        """Wait until Telegram takes a call; a chat has a limit of its own for new messages, not for edits."""
        if not self.on:
            return
        if new:
            await self._chat(chat_id).acquire()
        await self.all.acquire()

    def _chat(self, chat_id: str) -> AsyncLimiter:
        if chat_id not in self.chats:
            if len(self.chats) > 10_000:
                self.chats.clear()
            group = chat_id.startswith("-")
            self.chats[chat_id] = AsyncLimiter(1, 60 / GROUP_PER_MINUTE) if group else AsyncLimiter(PER_CHAT, 1)
        return self.chats[chat_id]


class Outbox:
    """Sends what is queued. `wake()` after a commit; `drained()` waits until nothing is due any more."""

    def __init__(self, turns: Turns, client: Client, dropped: Callable[[], None] = lambda: None) -> None:
        self._turns = turns
        # Behind a webhook other processes write letters too, and cannot wake this one.
        self._longest = IDLE if turns.settings.webhook_url is None else BEHIND_A_WEBHOOK
        self._dropped = dropped  # called when a letter came too late: its reminder may be due again
        self._client = client
        self._results: deque[Result] = deque()  # stays the same one: it is emptied in another thread while more land
        self._flying: dict[asyncio.Task[None], int] = {}  # each with its letter
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._well = True  # Telegram answers
        self._awaited = 0  # how many wait until all is sent
        self._backlog = True  # letters wait for those in flight
        self._lingers = False  # arrivals are being gathered
        self._free = False  # no chat is held up
        self._in_doubt = True  # letters may be marked as being sent that are not
        self._doubts = 0  # how often that came up
        self._handing_over = 0  # turns under way that may mark their answer as being sent, and then give it to `take`
        self._buckets = _Buckets(turns.settings.rate_limits, AsyncLimiter(1, 1 / PER_SECOND), {})
        self._told_to_wait: dict[str, datetime] = {}  # chats in which something that went at once was too fast
        self.stopped_by: TelegramError | None = None

    def wake(self) -> None:
        """Something was queued."""
        self._idle.clear()
        self._wake.set()

    @contextmanager
    def may_take(self) -> Iterator[bool]:
        """Around a turn: whether its answer may be given to `take` with the commit."""
        under_way = len(self._flying) + len(self._results)  # so many can arrive twice
        well = self._free and self._well and not self._in_doubt
        may = well and under_way < 2 * AT_ONCE and self.stopped_by is None
        self._handing_over += may
        try:
            yield may
        finally:
            self._handing_over -= may
            if self._in_doubt:
                self._wake.set()

    def take(self, envelope: Envelope) -> None:
        """Send a letter that is marked as being sent already."""
        self._idle.clear()
        self._send(envelope)

    def doubt(self) -> None:
        """A commit failed that may have marked a letter as being sent: where its answer was lost, it was done."""
        self._in_doubt = True
        self._doubts += 1
        self.wake()

    async def at_once(self, method: str, fields: dict[str, Any]) -> Any:
        """Call now, in no line and without the database; returns and raises as the client does.

        Where Telegram says that this was too fast, the letters to that chat wait as long.
        """
        try:
            return await self._client.call(method, fields)
        except RetryAfter as error:
            if "chat_id" in fields:
                now, chat = self._turns.clock.now(), str(fields["chat_id"])
                still = {each: until for each, until in self._told_to_wait.items() if until > now}
                self._told_to_wait = still | {chat: max(now + wait_of(error), still.get(chat, now))}
            raise

    async def drained(self) -> None:
        """Wait until everything that is due was sent."""
        self._awaited += 1
        self.wake()
        try:
            await self._idle.wait()
        finally:
            self._awaited -= 1

    async def next_due(self) -> datetime | None:
        """When the next letter that waits may go."""
        return await self._turns.run(mailroom.next_due, self._turns)

    async def run(self) -> None:
        """Send for ever; returns only when Telegram refuses the token (`stopped_by`)."""
        while self.stopped_by is None:
            self._wake.clear()
            try:
                if self._in_doubt:
                    await self._recover()
                await self._round()
            except DATABASE_AWAY as error:
                self._free, self._in_doubt = False, True
                log.warning("the database is away, letters wait", error=type(error).__name__)
                await asyncio.sleep(PAUSE)

    async def _recover(self) -> None:
        """What is marked as being sent and is not, goes once more; not before every such answer was handed over."""
        doubts = self._doubts
        while self._handing_over:
            self._wake.clear()
            await self._wake.wait()
        await self._turns.run(mailroom.recover, self._turns, self._under_way())
        self._in_doubt = self._doubts != doubts

    async def stop(self) -> None:
        """Let what is in flight arrive, and write down what became of it."""
        self._free = False
        if self._flying:
            await asyncio.wait(self._flying, timeout=5)
        try:
            await self._turns.run(mailroom.settle_and_claim, self._turns, self._take_results, 0)
        except DATABASE_AWAY as error:
            log.warning("the database is away, some letters may arrive twice", error=type(error).__name__)

    def _under_way(self) -> set[int]:
        """The letters that are being sent, as far as this process knows."""
        return {*self._flying.values(), *(result.envelope.id for result in self._results)}

    def _take_results(self) -> list[Result]:
        return [self._results.popleft() for _ in range(len(self._results))]

    async def _round(self) -> None:
        taken: list[Result] = []

        def take() -> list[Result]:
            taken.extend(self._take_results())
            return taken

        room = AT_ONCE - len(self._flying) if self._well else 0
        try:
            found = await self._turns.run(mailroom.settle_and_claim, self._turns, take, room)
        except DATABASE_AWAY:
            self._results.extendleft(reversed(taken))
            raise
        self._free = not found.held
        for envelope in found.envelopes:
            self._send(envelope)
        if found.dropped:
            self._dropped()
            return
        self._backlog = found.backlog
        due = found.next_due is not None and found.next_due <= self._turns.clock.now()
        if not (self._flying or self._results or self._wake.is_set() or due):
            self._idle.set()
        await self._sleep(found.next_due)

    def _send(self, envelope: Envelope) -> None:
        task = asyncio.create_task(self._deliver(envelope))
        self._flying[task] = envelope.id
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        if self._awaited or self._backlog or len(self._results) >= AT_ONCE:
            self._wake.set()
        elif not self._lingers:
            self._lingers = True
            asyncio.get_running_loop().call_later(LINGER, self._gathered)

    def _gathered(self) -> None:
        self._lingers = False
        self._wake.set()

    async def _sleep(self, due: datetime | None) -> None:
        """Until something is queued or lands, or a letter that waits may go."""
        pause = self._longest if due is None or self._flying else (due - self._turns.clock.now()).total_seconds()
        try:
            async with asyncio.timeout(min(max(pause, 0.05), self._longest)):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _deliver(self, envelope: Envelope) -> None:
        left = self._turns.clock.now()
        try:
            method, fields = _call(envelope)
            await self._buckets.wait(envelope.chat_id, new=method.startswith("send"))
            until, left = self._told_to_wait.get(envelope.chat_id), self._turns.clock.now()
            if until is not None and until > left:
                self._results.append(Result(envelope, "wait", wait=until - left))
                return
            answer = await self._client.call(method, fields)
            message_id = answer.get("message_id") if isinstance(answer, dict) else None
            self._results.append(Result(envelope, "sent", message_id=message_id))
        except TelegramError as error:
            result = replace(self._judged(envelope, error), left=left)
            self._results.append(result)
            if result.what in {"again", "unknown"}:
                self._wake.set()  # written down before anything else happens
                await self._until_well()
        except Exception as error:  # noqa: BLE001 – a letter that cannot even be said must not hold up its chat
            log.error("letter could not be sent", letter_id=envelope.id, error=type(error).__name__, where=where(error))  # noqa: TRY400 – the traceback may hold what people wrote
            self._results.append(Result(envelope, "refused"))

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
        self._wake.set()


def _call(envelope: Envelope) -> tuple[str, dict[str, Any]]:
    """The method and its fields for this letter, as it is now."""
    fields: dict[str, Any] = dict(envelope.body)
    match envelope.method:
        case "sendMessage" if envelope.message_id is not None:
            return "editMessageText", fields | {"chat_id": envelope.chat_id, "message_id": envelope.message_id}
        case "sendDocument" if isinstance(fields[FILE], list):  # else it is a reference to one at Telegram
            name, content = fields[FILE]
            return envelope.method, fields | {"chat_id": envelope.chat_id, FILE: InputFile(content.encode(), name)}
        case "setMyCommands":
            return envelope.method, fields | {"scope": {"type": "chat", "chat_id": int(envelope.chat_id)}}
        case "deleteMessage":  # its body is for when Telegram does not delete it
            return envelope.method, {"chat_id": envelope.chat_id, "message_id": envelope.message_id}
        case method if method in CHANGES:
            return method, fields | {"chat_id": envelope.chat_id, "message_id": envelope.message_id}
        case method:
            return method, fields | {"chat_id": envelope.chat_id}
