"""`buren coordinators`, `buren revoke`, `buren forget-pin`: who coordinates, and what the operator takes away."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import all_routes
from bot.commands import CannotError
from bot.commands.areas import find_area
from bot.commands.asking import time_of
from bot.commands.letters import ago
from bot.commands.storage import opened
from bot.turn import Turn
from models import Coordinator, Refused
from models.coordinating import leave, take_pin_away

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from models import Person

NONE = "Nobody is a coordinator yet: buren invite coordinator --area SLUG"


def describe(session: Session) -> Iterator[str]:
    """One line a person: number, first name, areas, since when, and whether the bot can reach them."""
    found = session.scalars(select(Coordinator).order_by(Coordinator.person_id, Coordinator.id)).all()
    for _, roles in groupby(found, key=lambda each: each.person_id):
        theirs = list(roles)
        person = theirs[0].person
        areas = ", ".join(f"{each.area.slug} since {each.since:%Y-%m-%d}" for each in theirs)
        facts = [areas, "a PIN" if person.pin is not None else "no PIN yet"]
        yield f"{person.id} {person.first_name}: {', '.join(facts)}{'' if person.can_be_told() else ', unreachable'}"
    if not found:
        yield NONE


def revoke(settings: Settings, who: str, slug: str | None) -> Iterator[str]:
    """Take the role away, of one area or of all, with all that follows from it. Raises CannotError."""
    with _turn(settings) as turn:
        person = _one(turn, who)
        area = find_area(turn.session, slug) if slug is not None else None
        roles = [each for each in person.coordinates if area is None or each.area is area]
        if not roles:
            raise CannotError(f"{person.first_name} does not coordinate {slug}.", 2)
        left = []
        for role in roles:
            if role.is_last(turn.session):
                left.append(role.area.slug)
            turn.announce(leave(turn.session, role, None, turn.now))
        lines = [f"{person.first_name} does not coordinate {', '.join(each.area.slug for each in roles)} any more."]
        lines.append(
            "What they could see leaves their chat as far as Telegram allows; the other coordinators are told."
        )
        lines += [f"Nobody answers for {each} now: buren invite coordinator --area {each}" for each in left]
    yield from lines


def forget_pin(settings: Settings, who: str) -> Iterator[str]:
    """Take the PIN away. Raises CannotError."""
    with _turn(settings) as turn:
        person = _one(turn, who)
        try:
            events = take_pin_away(person.coordinates[0], None, turn.now)
        except Refused:
            raise CannotError(f"{person.first_name} has no PIN.", 2) from None
        for event in events:
            turn.announce(event)
        name = person.first_name
    yield f"{name} chooses a new PIN when it is asked next; the other coordinators are told."


@contextmanager
def _turn(settings: Settings) -> Iterator[Turn]:
    """One transaction in which everybody concerned is told, also beside a bot that runs: it sends the letters."""
    now, routes = time_of(settings), all_routes()
    with opened(settings) as engine, Session(engine) as session, session.begin():
        yield Turn(session, now, settings, routes)


def _one(turn: Turn, who: str) -> Person:
    found = [each.person for each in turn.session.scalars(select(Coordinator).order_by(Coordinator.person_id))]
    meant = {each.id: each for each in found if who == str(each.id) or each.first_name.casefold() == who.casefold()}
    if not meant:
        raise CannotError(f"There is no coordinator {who}. `buren coordinators` shows them.", 2)
    if len(meant) > 1:
        them = "; ".join(f"{each.id}, last seen {ago(turn.now - each.seen_at)} ago" for each in meant.values())
        raise CannotError(f"There are {len(meant)}, say which one by its number: {them}.", 2)
    return next(iter(meant.values()))
