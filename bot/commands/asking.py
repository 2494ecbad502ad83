"""What commands ask outside: Telegram for the bot's name, and the clock that the bot goes by for the time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot.clock import FollowedClock, SystemClock
from bot.commands import CannotError
from bot.telegram_api import Client

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings


def name_of_bot(settings: Settings) -> str:
    """The bot's name at Telegram, for links to it. Raises CannotError."""
    try:
        return asyncio.run(_username(settings))
    except InvalidToken:
        raise CannotError("Telegram does not accept BUREN_TOKEN. @BotFather shows the right one.") from None
    except (TelegramError, OSError) as error:
        raise CannotError(f"Telegram is away ({type(error).__name__}). Try again in a minute.") from None


def time_of(settings: Settings) -> datetime:
    """The time by the clock that the bot goes by. Raises CannotError."""
    if settings.clock_url is None:
        return SystemClock().now()
    clock = FollowedClock(str(settings.clock_url))
    try:
        asyncio.run(clock.begin())
    except (aiohttp.ClientError, OSError):
        raise CannotError(f"BUREN_CLOCK_URL: no clock answers at {settings.clock_url}.") from None
    return clock.now()


async def _username(settings: Settings) -> str:
    async with Client(settings.token.get_secret_value(), settings.base_url) as client:
        return client.username
