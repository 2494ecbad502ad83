"""A volunteer takes a break or stops: who counts on them is not left alone, and nobody waits for their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.routing import hears
from handlers.searching import ask_further, offer_what_is_open, still_asked
from handlers.volunteer.cards import gone_card
from handlers.volunteer.welcome import welcome_card
from models.asked import Asked, AskedState
from models.event import EventKind
from models.lifecycle import State
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.event import Event


@hears(EventKind.LEFT)
def free_what_they_promised(turn: Turn, event: Event) -> None:
    """Somebody else is looked for, for each of their tasks: given back, or put back by the coordinator who ended it."""
    person = event.person
    if person is None:
        return
    for request in turn.lock_all(Request.promised_by(person)):
        if request.is_over(turn.now):
            continue  # it was done, or not: both are asked how it went
        if event.by is None or event.by is person:
            turn.announce(request.hand_back(person, turn.now))
        else:
            turn.announce(request.put_back(event.by, turn.now))


@hears(EventKind.LEFT)
def take_back_what_they_were_asked(turn: Turn, event: Event) -> None:
    """What they did not read yet is not sent any more, and no card of theirs changes from now on."""
    person = event.person
    if person is None:
        return
    asked = select(Request).join(Asked).where(Asked.person_id == person.id, Request.state != State.ENDED)
    for request in turn.lock_all(asked.order_by(Request.id)):
        if request.helper is not person:
            turn.retract(person, gone_card(turn.t_for(person), request).as_trace())


@hears(EventKind.PAUSED, EventKind.LEFT)
def wait_for_them_no_longer(turn: Turn, event: Event) -> None:
    """Where they alone were asked, others are."""
    if event.person is None:
        return
    asked = select(Request).join(Asked).where(Asked.person_id == event.person.id, Asked.state == AskedState.ASKED)
    for request in turn.lock_all(asked.where(Request.state == State.OPEN).order_by(Request.id)):
        if not still_asked(request):
            ask_further(turn, request)


@hears(EventKind.PAUSED, EventKind.RESUMED, EventKind.LEFT)
def say_where_they_stand(turn: Turn, event: Event) -> None:
    """Who did not do it themselves is told; the commands are those of what they are now."""
    person = event.person
    if person is None or person.volunteer is None:
        return
    turn.show_commands(person)
    if person is not turn.actor:
        turn.tell(person, welcome_card(turn.t_for(person), person.volunteer))
    if event.kind is EventKind.RESUMED:
        offer_what_is_open(turn, person.volunteer)
