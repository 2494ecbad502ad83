"""When a request is over, its address leaves the chats of the coordinators too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import hears
from handlers.coordinator.cards import case_card
from models import Coordinator, EventKind, State

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Event


@hears(EventKind.CANCELLED, EventKind.ENDED, EventKind.LAPSED, EventKind.REPORTED)
def take_the_address_away(turn: Turn, event: Event) -> None:
    """Nobody is told anything: the card only becomes what it may still show."""
    request = event.request
    if request is None or request.state is not State.ENDED:
        return
    for area in request.area.and_above():
        for person in turn.session.scalars(Coordinator.people_of(area)):
            if person not in {request.resident, request.helper}:
                turn.withdraw(person, request, case_card(turn.t_for(person), request, turn.now))
