"""When a request is over, addresses and numbers leave the chats: of the coordinators too, and what is written later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.retelling import taken_away
from bot.routing import due, hears
from bot.turn import about
from handlers.coordinator.cards import case_card
from models import EventKind, State
from models.letter import Letter
from models.person import Person
from models.reminder import ReminderKind

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Event, Request
    from models.reminder import Reminder


@hears(EventKind.CANCELLED, EventKind.ENDED, EventKind.LAPSED, EventKind.REPORTED)
def take_the_address_away(turn: Turn, event: Event) -> None:
    """Nobody is told anything: the card only becomes what it may still show."""
    request = event.request
    if request is not None and request.state is State.ENDED:
        for person in _holders(turn, request):
            if person not in {request.resident, request.helper}:  # these two are told
                _take_away(turn, request, person)


@due(ReminderKind.WITHDRAW)
def take_away_what_came_later(turn: Turn, reminder: Reminder) -> None:
    """The two could still write each other after the end; by now that has served."""
    for person in _holders(turn, reminder.request):
        _take_away(turn, reminder.request, person)


def _holders(turn: Turn, request: Request) -> list[Person]:
    """Who has something private about `request` in their chat; of another neighbourhood too, where it was before."""
    private = select(Letter.person_id).where(Letter.about == about(request), Letter.private)
    return list(turn.session.scalars(select(Person).where(Person.id.in_(private)).order_by(Person.id)))


def _take_away(turn: Turn, request: Request, person: Person) -> None:
    t = turn.t_for(person)
    card = case_card(t, request, turn.now) if person.coordinates_area(request.area) else taken_away(t)
    turn.withdraw(person, request, card)
