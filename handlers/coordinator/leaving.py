"""When a request is over, addresses and numbers leave the chats: of the coordinators too, and what is written later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.retelling import taken_away
from bot.routing import due, hears
from bot.turn import about
from handlers.coordinator.cards import case_card
from handlers.resident.cards import request_card
from handlers.volunteer.cards import task_card
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


def take_the_old_text_away(turn: Turn, request: Request) -> None:
    """Each card that counts reads the new text before anything else takes its place; earlier ones go."""
    readers = select(Letter.person_id).where(Letter.about == about(request))
    for person in turn.session.scalars(select(Person).where(Person.id.in_(readers)).order_by(Person.id)).all():
        coordinates = person.coordinates_area(request.area)
        if not coordinates and person not in {request.resident, request.helper}:
            continue
        turn.withdraw_earlier(person, request)
        t = turn.t_for(person)
        if coordinates:
            turn.revise(person, case_card(t, request, turn.now))
        if person is request.resident:
            turn.revise(person, request_card(t, request))
        elif person is request.helper and request.state is State.TAKEN:
            turn.revise(person, task_card(t, request))


def _holders(turn: Turn, request: Request) -> list[Person]:
    """Who has something private about `request` in their chat; of another neighbourhood too, where it was before."""
    private = select(Letter.person_id).where(Letter.about == about(request), Letter.private)
    return list(turn.session.scalars(select(Person).where(Person.id.in_(private)).order_by(Person.id)))


def _take_away(turn: Turn, request: Request, person: Person) -> None:
    t = turn.t_for(person)
    card = case_card(t, request, turn.now) if person.coordinates_area(request.area) else taken_away(t)
    turn.withdraw(person, request, card)
