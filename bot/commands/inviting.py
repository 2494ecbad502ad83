"""`buren invite coordinator`: a link that makes somebody a coordinator, once, within a day."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.commands.areas import INVITATION, find_area
from bot.commands.asking import name_of_bot, time_of
from bot.commands.storage import opened
from models import Event, EventKind, Invitation

if TYPE_CHECKING:
    from bot.settings import Settings

VALID = timedelta(hours=24)
SECRET_BYTES = 24


def invite_coordinator(settings: Settings, slug: str) -> str:
    """Return the link; only a digest of its secret is kept. Raises CannotError."""
    with opened(settings) as engine:
        with Session(engine) as session, session.begin():
            find_area(session, slug)
        username, now = name_of_bot(settings), time_of(settings)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with Session(engine) as session, session.begin():
            area = find_area(session, slug)
            session.add(Invitation(secret=secret, area=area, expires_at=now + VALID))
            session.add(Event(kind=EventKind.INVITED, at=now, detail=area.slug))
    return f"https://t.me/{username}?start={INVITATION}{secret}"
