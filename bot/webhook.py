"""Taking updates from a webhook: the secret first, then the size, then the turn, and only then 200."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.flood import who_of
from bot.intake import ALLOWED
from bot.log import get_logger
from bot.turns import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.intake import Intake
    from bot.settings import Settings
    from bot.telegram_api import Client

log = get_logger(__name__)

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – the name of a header
LARGEST = 1_000_000  # bytes of one update; Telegram's are a hundredth of that
AT_ONCE = 40  # connections that Telegram may open
LOOK = 60.0  # seconds between two looks whether Telegram still knows where to
SET_BY_US = "webhook"  # under this name is remembered that the webhook at Telegram is this deployment's


class PortTakenError(Exception):
    """Another program listens there; the text is one line that names the setting."""


class Webhook:
    """One for each process that takes updates; whoever holds the lease tells Telegram where to send them."""

    def __init__(self, settings: Settings, client: Client, intake: Intake, held: Callable[[], Awaitable[bool]]) -> None:
        self._settings = settings
        self._client = client
        self._intake = intake
        self._held = held
        self._lanes: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        self._secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self._digest = _digest(self._secret)
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen, where the settings say so. Raises PortTakenError."""
        url = self._settings.webhook_url
        if url is None:
            return
        served = web.Application(client_max_size=LARGEST)
        served.router.add_post(url.path or "/", self.take)
        self._runner = web.AppRunner(served, access_log=None)
        await self._runner.setup()
        host, _, port = self._settings.webhook_listen.rpartition(":")
        try:
            await web.TCPSite(self._runner, host.strip("[]"), int(port)).start()
        except OSError:
            await self.close()
            raise PortTakenError(
                f"BUREN_WEBHOOK_LISTEN: {self._settings.webhook_listen} is taken or not ours."
            ) from None

    async def close(self) -> None:
        """Finish what is being answered, and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def take(self, request: web.Request) -> web.Response:
        """One update. 403, 413 and 400 leave no trace; 503: nothing happened, Telegram sends it again."""
        # Before anything is read. How long it takes tells nothing about the secret, nor how long that is.
        if not hmac.compare_digest(_digest(request.headers.get(SECRET, "")), self._digest):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if type(number) is not int or not 0 <= number < 2**63:
            return web.Response(status=400)
        return web.Response(status=200 if await self._handle(raw) else 503)

    async def _handle(self, raw: dict[str, Any]) -> bool:
        """What one person does has its turns in its order, also when Telegram does not wait."""
        async with self._lanes.setdefault(("need", raw["update_id"]), asyncio.Lock()):
            await self._intake.answer_need([raw])
        lane = self._lanes.setdefault(who_of(raw), asyncio.Lock())
        async with lane:
            if self._intake.holds_back(raw):
                return True
            try:
                held = await self._held()
            except DATABASE_AWAY:
                held = True
            if held:
                self._intake.flood.give_back(raw)
                return False
            return await self._intake.handle(raw)

    async def keep(self) -> None:
        """Tell Telegram where to send updates, and look now and then whether it still knows. Raises InvalidToken."""
        await self._intake.look_back()
        known = False
        while True:
            try:
                known = known and await self._is_known()
                if not known:
                    await self._tell()
                    known = True
                self._intake.polled()
                await self._intake.note()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("Telegram does not know the webhook yet", error=type(error).__name__)
            await asyncio.sleep(LOOK if known else 1)

    async def _is_known(self) -> bool:
        told = await self._client.call("getWebhookInfo", {})
        if told.get("last_error_message"):
            log.info("Telegram waits with updates", waiting=told.get("pending_update_count"))
        return bool(told.get("url") == str(self._settings.webhook_url))

    async def _tell(self) -> None:
        fields = {"url": str(self._settings.webhook_url), "secret_token": self._secret}
        await self._client.call("setWebhook", fields | {"allowed_updates": ALLOWED, "max_connections": AT_ONCE})


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).digest()
