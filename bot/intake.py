"""Taking updates from Telegram: one by one, acknowledged only after their turn committed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import emergency, shape
from bot.database import is_away
from bot.flood import Flood, who_of
from bot.gap import Gap, note_poll
from bot.i18n import translator
from bot.log import get_logger
from bot.refusing import Refusing
from bot.telegram_api import POLL_SECONDS, wait_of
from bot.turns import DATABASE_AWAY, OUTCOME, Outcome
from models.seen import POLLED

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.ext import Application

    from bot.outbox import Outbox
    from bot.telegram_api import Client
    from bot.turns import Turns

log = get_logger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
TAPS_LIVE = 150.0  # seconds that Telegram keeps a tap: after a longer outage it may be gone
YOUNG = 60.0  # seconds: of two processes that poll, the one that is younger than this gives up
LONGEST_PAUSE = 30.0
AHEAD = 16  # people whose updates are read while one has its turn
AT_ONCE = 5  # turns of one person, until others who wrote meanwhile have theirs
PAUSE = 1.0  # seconds until an update is tried again that the database did not take
NOTED = 60.0  # seconds between two such notes
REMEMBERED = 600.0  # seconds in which Telegram may send again what it heard no 200 for
TRIES = 5  # after which the database, if it is there, is told that the update cannot be handled


class AnotherPollsError(Exception):
    """Another process polls with this token, and it was there first."""


class Intake:
    """Fetches updates as raw JSON, so that one that cannot be read does not stop the others."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        client: Client,
        turns: Turns,
        outbox: Outbox,
        committed: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._client = client
        self._turns = turns
        self._outbox = outbox
        self._committed = committed
        self._monotonic = monotonic
        self._born = self._polled = monotonic()
        self._told: dict[int, str] = {}  # words of need: `told` or `untold`
        self._recent: deque[tuple[float, int]] = deque()  # those whose turn committed, and when
        self._gap: Gap | None = None  # so long nobody polled, and who waited for an answer does not know yet
        self._noted: float | None = None  # when it was last written down that somebody polls
        self._handled: set[int] = set()  # updates above the offset: one below them is still to be done
        self._failed: dict[int, int] = {}  # updates that the database did not take, and how often
        self._toasts: set[asyncio.Task[None]] = set()
        self.flood = Flood(outbox.at_once, turns.settings.flood_limit, monotonic)
        self.refusing = Refusing(outbox.at_once, turns.settings, monotonic)

    async def poll(self) -> None:
        """Poll for ever. Raises `AnotherPollsError`, or `InvalidToken` when Telegram refuses the token."""
        offset, pause = 0, 0.25
        answered = self._polled = self._monotonic()
        await self.look_back()
        await self.note()
        while True:
            try:
                question = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED}
                batch = await self._client.call("getUpdates", question)
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error).total_seconds())
                continue
            except TelegramError as error:
                if isinstance(error, Conflict) and self._monotonic() - self._born < YOUNG:
                    raise AnotherPollsError from None
                log.warning("no updates to be had", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            now = self._polled = self._monotonic()
            away, answered, pause = now - answered, now, 0.25
            if away > POLL_SECONDS + TAPS_LIVE:
                self._gap = Gap(timedelta(seconds=away))
            offset = await self._work_through(batch, offset)
            await self.note()

    def polled(self) -> None:
        """Telegram was reached, and knows where to send updates."""
        self._polled = self._monotonic()

    def since_polled(self) -> float:
        """Seconds since Telegram last answered a poll, or since polling began."""
        return self._monotonic() - self._polled

    async def _work_through(self, batch: list[Any], offset: int) -> int:
        """Handle a batch; the offset moves only past what is committed."""
        if not batch:
            # All is acknowledged. After a quiet week ids begin anew: below this offset they would be forgotten.
            self._handled.clear()
            return 0
        await self.answer_need(batch)
        lines: dict[object, list[dict[str, Any]]] = {}
        for raw in sorted(batch, key=lambda each: int(each["update_id"])):
            if raw["update_id"] not in self._handled:
                lines.setdefault(who_of(raw), []).append(raw)
        places, away = asyncio.Semaphore(AHEAD), asyncio.Event()
        running = [asyncio.create_task(self._work_off(line, places, away)) for line in lines.values()]
        try:
            await asyncio.gather(*running)
        finally:
            for task in running:
                task.cancel()
        for update_id in sorted(raw["update_id"] for raw in batch):
            if update_id not in self._handled:
                break
            self._handled.discard(update_id)
            offset = update_id + 1
        if away.is_set():  # Telegram keeps the update; asking at once would only be a busy loop
            await asyncio.sleep(PAUSE)
        return offset

    async def _work_off(self, line: list[dict[str, Any]], places: asyncio.Semaphore, away: asyncio.Event) -> None:
        """What one person does, in its order, while others have their turns, until the database is `away`.

        Not more than a few at once: what stays comes again with the next batch, and what others did meanwhile.
        """
        turns = 0
        for raw in line:
            async with places:
                if away.is_set():
                    self.refusing.waits(raw, answered=raw["update_id"] in self._told)
                if away.is_set() or turns == AT_ONCE:
                    return
                if not self.holds_back(raw):
                    turns += 1
                    if not await self.handle(raw):
                        away.set()
                        return
            self._handled.add(raw["update_id"])

    def holds_back(self, raw: dict[str, Any]) -> bool:
        """Whether its sender is too fast, and it is not to be read; words of need always are."""
        return not self._told.get(raw["update_id"]) and self.flood.holds_back(raw)

    async def handle(self, raw: dict[str, Any]) -> bool:
        """Handle one update; `True` when it is committed or buried and may be acknowledged."""
        with self._outbox.may_take() as direct:
            return await self._handle(raw, direct=direct)

    async def _handle(self, raw: dict[str, Any], *, direct: bool) -> bool:
        update_id = raw["update_id"]
        outcome = Outcome(direct=direct, emergency=self._told.get(update_id, ""))
        OUTCOME.set(outcome)
        try:
            shape.check(raw)
            update = Update.de_json(raw, self._client)
            await self._application.process_update(update)
        except Exception as error:  # noqa: BLE001 – an update that cannot even be read
            outcome.error = error
        if not outcome.committed and self._is_poison(update_id, outcome):
            await self._bury(update_id, raw, outcome)
        if not outcome.committed:
            log.warning("the database is away, updates wait", error=type(outcome.error).__name__)
            self.flood.give_back(raw)
            if outcome.direct:
                self._outbox.doubt()
            self.refusing.failed(raw, outcome.error, answered=update_id in self._told)
            return False
        if (away := self.refusing.worked()) > TAPS_LIVE:
            self._gap = Gap(timedelta(seconds=away))
        if update_id in self._told:
            self._told[update_id] = "told"  # or their turn has said it
            self._recent.append((self._monotonic(), update_id))
        self._failed.pop(update_id, None)
        self._tell(outcome)
        if outcome.callback_id is not None:
            self._answer_tap(outcome.callback_id, outcome.toast)
        return True

    def _is_poison(self, update_id: int, outcome: Outcome) -> bool:
        """Whether the fault is in the update; where it seems to be in the database, not before it failed some times."""
        if not isinstance(outcome.error, DATABASE_AWAY):
            return True
        if is_away(outcome.error):
            return False
        self._failed[update_id] = self._failed.get(update_id, 0) + 1
        return self._failed[update_id] >= TRIES

    async def _bury(self, update_id: int, raw: dict[str, Any], outcome: Outcome) -> None:
        try:
            await self._turns.run(self._turns.bury, update_id, raw, outcome)
        except DATABASE_AWAY as error:
            outcome.error = error
        else:
            outcome.committed = outcome.wrote = True

    def _tell(self, outcome: Outcome) -> None:
        """Hand the answer to the sender, and let it look for what else there is."""
        if outcome.envelope is not None:
            self._outbox.take(outcome.envelope)
        if outcome.wrote:
            self._outbox.wake()
        self._committed()

    def _answer_tap(self, callback_id: str, toast: str) -> None:
        """Best effort, outside of the turn: a tap that is not answered only leaves a clock on the button."""
        task = asyncio.create_task(
            self._toast({"callback_query_id": callback_id, **({"text": toast} if toast else {})})
        )
        self._toasts.add(task)
        task.add_done_callback(self._toasts.discard)

    async def _toast(self, fields: dict[str, Any]) -> None:
        try:
            await self._client.call("answerCallbackQuery", fields)
        except TelegramError as error:
            log.info("tap was not answered", error=type(error).__name__)

    async def answer_need(self, batch: list[Any]) -> None:
        """Answer words of need before any turn: nobody waits for the line, for the database or for a second message."""
        while self._recent and self._monotonic() - self._recent[0][0] > REMEMBERED:
            self._told.pop(self._recent.popleft()[1], None)
        for raw in batch:
            update_id = raw["update_id"]
            if self._told.get(update_id) != "told" and (said := await self._emergency(raw)):
                self._told[update_id] = said

    async def _emergency(self, raw: dict[str, Any]) -> str:
        """Say whether there are words of need, and whether they were answered: `told`, `untold` or empty."""
        message = raw.get("message") or raw.get("edited_message")
        if not isinstance(message, dict):
            return ""
        text = message.get("text") or message.get("caption")
        chat = message.get("chat")
        to = chat.get("id") if isinstance(chat, dict) else None
        if not isinstance(text, str) or not isinstance(to, int) or not emergency.sounds_like_one(text):
            return ""
        sender = message.get("from")
        language = sender.get("language_code") if isinstance(sender, dict) else None
        t = translator(language if isinstance(language, str) else None)
        if not self.flood.answers_need_at_once(raw):
            return "untold"
        try:
            await self._outbox.at_once("sendMessage", {"chat_id": to, "text": emergency.answer(t, text)})
        except TelegramError as error:
            log.warning("the emergency text could not be sent at once", error=type(error).__name__)
            return "untold"
        return "told"

    async def look_back(self) -> None:
        """At start: how long ago did somebody poll?"""
        now = self._turns.clock.now()  # while the database is asked, time goes on, and in a jump it runs
        try:
            polled = (await self._turns.run(self._turns.facts, POLLED)).get("")
        except DATABASE_AWAY as error:
            log.warning("the database is away", error=type(error).__name__)
            return
        away = now - datetime.fromisoformat(polled) if polled else timedelta()
        if away > timedelta(seconds=TAPS_LIVE):
            self._gap = Gap(away)

    async def note(self) -> None:
        """Write down now and then that somebody polls; after a gap show once what may have been tapped in vain."""
        try:
            if self._gap is not None:
                log.warning("nobody polled for a while", seconds=int(self._gap.away.total_seconds()))
                await self._turns.run(self._gap.show, self._turns)
                self._gap = None
                self._outbox.wake()
            if self._noted is None or self._monotonic() - self._noted > NOTED:
                await self._turns.run(note_poll, self._turns)
                self._noted = self._monotonic()
        except DATABASE_AWAY as error:
            log.warning("the database is away", error=type(error).__name__)

    async def finish(self) -> None:
        """Let the answers to taps arrive."""
        await self.flood.finish()
        if self._toasts:
            await asyncio.wait(self._toasts, timeout=2)
