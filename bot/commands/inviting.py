"""`buren invite coordinator`: a link that makes somebody a coordinator, once, within a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.areas import find_area
from bot.commands.asking import name_of_bot, time_of
from bot.commands.storage import session_of
from bot.screen import link_to
from models.coordinating import invite

if TYPE_CHECKING:
    from bot.settings import Settings


def invite_coordinator(settings: Settings, slug: str) -> str:
    """Return the link; only a digest of its secret is kept. Raises CannotError."""
    with session_of(settings) as session:
        find_area(session, slug)
    username, now = name_of_bot(settings), time_of(settings)
    with session_of(settings) as session:
        payload, event = invite(session, find_area(session, slug), None, now)
        session.add(event)
    return link_to(username, payload)
