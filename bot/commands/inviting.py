"""`buren invite coordinator`: a link that makes somebody a coordinator, once, within a day."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session
from telegram.error import InvalidToken, TelegramError

from bot.clock import FollowedClock, SystemClock
from bot.commands import CannotError
from bot.commands.areas import INVITATION, find_area
from bot.commands.storage import opened
from bot.telegram_api import Client
from models import Event, EventKind, Invitation

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings

VALID = timedelta(hours=24)
SECRET_BYTES = 24


def invite_coordinator(settings: Settings, slug: str) -> str:
    """Return the link; only a digest of its secret is kept. Raises CannotError."""
    with opened(settings) as engine:
        with Session(engine) as session, session.begin():
            find_area(session, slug)
        username, now = asyncio.run(_ask(settings))
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with Session(engine) as session, session.begin():
            area = find_area(session, slug)
            session.add(Invitation(secret=secret, area=area, expires_at=now + VALID))
            session.add(Event(kind=EventKind.INVITED, at=now, detail=area.slug))
    return f"https://t.me/{username}?start={INVITATION}{secret}"


async def _ask(settings: Settings) -> tuple[str, datetime]:
    """The bot's name at Telegram, and the time by the clock that the bot goes by."""
    clock = FollowedClock(str(settings.clock_url)) if settings.clock_url else SystemClock()
    try:
        if isinstance(clock, FollowedClock):
            await clock.begin()
        async with Client(settings.token.get_secret_value(), settings.base_url) as client:
            return client.username, clock.now()
    except InvalidToken:
        raise CannotError("Telegram does not accept BUREN_TOKEN. @BotFather shows the right one.") from None
    except (TelegramError, OSError) as error:
        raise CannotError(f"Telegram is away ({type(error).__name__}). Try again in a minute.") from None
