"""Nothing can be written down: who writes reads at once whom to call, and Telegram keeps what they wrote."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.database import is_full
from bot.given import sender_of
from bot.i18n import N_, Translator, translator
from bot.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from bot.telegram_api import Call

log = get_logger(__name__)

AGAIN = 600.0  # seconds after which somebody who goes on writing is told again
PATIENCE = 30.0  # seconds that the database may be away for another reason before anybody is told


class Refusing:
    """Like the fixed text for words of need: without the database, best effort, and not in anybody's way."""

    def __init__(self, call: Call, settings: Settings, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._call, self._settings, self._monotonic = call, settings, monotonic
        self._since: float | None = None
        self._error: BaseException | None = None  # of the update that was not taken last
        self._told: dict[int, float] = {}
        self._texts: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> bool:
        """Whether nothing can be written down now, as far as anybody tried."""
        return self._since is not None

    def failed(self, raw: dict[str, Any], error: BaseException | None, *, answered: bool) -> None:
        """This update was not taken: it waits at Telegram. `answered`: they were told more important numbers."""
        now = self._monotonic()
        self._since, self._error = now if self._since is None else self._since, error
        sender = None if "my_chat_member" in raw else sender_of(raw)
        if answered or sender is None or not (is_full(error) or now - self._since >= PATIENCE):
            return
        if now - self._told.get(sender["id"], -AGAIN) >= AGAIN:
            self._told[sender["id"]] = now
            text = asyncio.create_task(self._tell(sender["id"], translator(sender["language_code"])))
            self._texts.add(text)
            text.add_done_callback(self._texts.discard)

    def waits(self, raw: dict[str, Any], *, answered: bool) -> None:
        """This update was not even tried, because another one was not taken a moment ago: it is the same for them."""
        self.failed(raw, self._error, answered=answered)

    def worked(self) -> float:
        """An update was taken; returns for how many seconds none was."""
        seconds = 0.0 if self._since is None else self._monotonic() - self._since
        self._since = None
        self._told.clear()
        return seconds

    async def _tell(self, chat_id: int, t: Translator) -> None:
        try:
            await self._call("sendMessage", {"chat_id": chat_id, "text": refusal(t, self._settings)})
        except TelegramError as error:
            log.warning("nobody could be told whom to call", error=type(error).__name__)


def refusal(t: Translator, settings: Settings) -> str:
    """What they read."""
    whom = {"organisation": settings.organisation_in(t.language), "phone": settings.phone}
    if settings.phone:
        call = t(N_("Is it urgent? Please call {organisation}: {phone}."), **whom)
    else:
        call = t(N_("Is it urgent? Please call {organisation}."), **whom)
    begin, end = t(N_("I cannot write anything down right now.")), t(N_("I answer here as soon as it works again."))
    return f"{begin}\n\n{call}\n\n{end}"
