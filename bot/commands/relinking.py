"""`buren relink`: a link that moves a person to the Telegram account which opens it, once, within a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.commands import CannotError
from bot.commands.asking import name_of_bot, time_of
from bot.commands.letters import ago
from bot.commands.storage import session_of
from bot.screen import link_to
from models import Person, Refused
from models.relink import offer_relink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.settings import Settings


def relink(settings: Settings, who: str) -> Iterator[str]:
    """Make the link for one person, by number or by first name. Raises CannotError, which lists who could be meant."""
    now = time_of(settings)
    with session_of(settings) as session:
        name = _one(find(session, who), who, now).first_name
    username = name_of_bot(settings)
    with session_of(settings) as session:
        person = _one(find(session, who), who, now)
        try:
            code, event = offer_relink(session, person, None, now)
        except Refused:
            raise CannotError(f"{person.first_name} has no Telegram account that could be replaced.", 2) from None
        session.add(event)
    yield link_to(username, code)
    yield f"Whoever opens it first, within 24 hours, is {name} from then on. Make sure to whom you give it."


def find(session: Session, who: str) -> Sequence[Person]:
    """The person with this number, or all with this first name; names are sealed, so each is read."""
    if who.isdecimal():
        person = session.get(Person, int(who))
        return [person] if person is not None else []
    known = session.scalars(select(Person).where(Person.telegram_key.is_not(None)).order_by(Person.id))
    return [person for person in known if person.first_name.casefold() == who.casefold()]


def _one(found: Sequence[Person], who: str, now: datetime) -> Person:
    if not found:
        raise CannotError(f"There is nobody {who}.", 2)
    if len(found) > 1:
        them = "; ".join(_describe(person, now) for person in found)
        raise CannotError(f"There are {len(found)}, say which one by its number: {them}.", 2)
    return found[0]


def _describe(person: Person, now: datetime) -> str:
    roles = ["resident"] if person.street else []
    roles += ["volunteer"] if person.volunteer else []
    roles += [f"coordinator of {each.area.slug}" for each in person.coordinates]
    where = f" in {person.area.name}" if person.area else ""
    return f"{person.id} {', '.join(roles) or 'no role'}{where}, last seen {ago(now - person.seen_at)} ago"
