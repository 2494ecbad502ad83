"""Delivering updates to the bot's address: in order within a chat, several chats at a time, until it takes them."""

import asyncio
import json
from functools import partial

import aiohttp

from simulator.botapi import BotApi
from simulator.chats import Json, Update
from simulator.methods import METHODS
from simulator.store import dumps
from simulator.world import World

LONGEST_PAUSE = 60.0


def lane(update: Update) -> int:
    """The chat whose order must hold."""
    content = update.body.get(update.kind)
    if not isinstance(content, dict):
        return 0
    for holder in (content, content.get("message")):
        if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
            return int(holder["chat"].get("id", 0))
    return 0


class Webhook:
    """Runs as long as the server; does nothing while no webhook is set."""

    def __init__(self, world: World, bot_api: BotApi, pause: float) -> None:
        self._world = world
        self._bot_api = bot_api
        self._pause = pause
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Start a delivery for every chat in which something waits."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            try:
                while True:
                    await self._world.arrived.until(lambda: self._start(session), 3600)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _start(self, session: aiohttp.ClientSession) -> bool:
        webhook = self._world.bot.webhook
        if webhook is None:
            return False
        self._world.expire_updates()
        for update in self._world.updates.values():
            if len(self._busy) >= webhook["max_connections"]:
                break
            if (where := lane(update)) not in self._busy:
                task = asyncio.create_task(self._deliver(session, update))
                self._busy[where] = task
        return False

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        pause = self._pause
        try:
            while update.update_id in self._world.updates and (webhook := self._world.bot.webhook):
                wrong = await self._attempt(session, webhook, update)
                if wrong is None:
                    if self._world.updates.get(update.update_id) is update:
                        self._world.forget_updates([update.update_id])
                    return
                self._failed(webhook, wrong)
                await self._world.arrived.until(partial(self._replaced, webhook), pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            del self._busy[lane(update)]
            self._world.commit()
            self._world.arrived.ring()

    async def _attempt(self, session: aiohttp.ClientSession, webhook: Json, update: Update) -> str | None:
        """One POST. Returns what went wrong."""
        headers = {"Content-Type": "application/json"}
        if webhook["secret_token"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret_token"]
        body = dumps({"update_id": update.update_id, **update.body}).encode()
        try:
            async with session.post(webhook["url"], data=body, headers=headers, allow_redirects=False) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                await self._call_in(await response.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {str(error) or type(error).__name__}"
        return None

    async def _call_in(self, answer: bytes) -> None:
        """A method may be called in the answer; its result is never told."""
        try:
            values = json.loads(answer)
        except ValueError:
            return
        method = METHODS.get(str(values.pop("method", "")).lower()) if isinstance(values, dict) else None
        if method is not None and method.name != "getUpdates":
            await self._bot_api.perform(method, values, {})

    def _replaced(self, webhook: Json) -> bool:
        return self._world.bot.webhook is not webhook

    def _failed(self, webhook: Json, wrong: str) -> None:
        if self._world.bot.webhook is webhook:
            webhook["last_error_date"] = self._world.clock.unix()
            webhook["last_error_message"] = wrong
            self._world.save_bot()
            self._world.commit()
