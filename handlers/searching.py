"""Finding somebody: who is asked first, who next, and what happens when nobody is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.log import get_logger
from handlers.coordinator.alerts import alert_card
from handlers.volunteer.cards import offer_card
from models.asked import AskedState
from models.event import ALL_REST, EventKind
from models.lifecycle import Attention
from models.matching import Ring, all_rest, candidates, coordinators_for, fits, may_be_asked, open_for, reserve_of
from models.request import Request
from models.volunteer import Volunteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.turn import Turn
    from models.person import Person

log = get_logger(__name__)
NOBODY_FOUND = {Attention.ESCALATED, Attention.HANDED_BACK}  # a coordinator knows already that somebody is needed


def ask_around(turn: Turn, request: Request, ring: Ring = Ring.NEAR) -> None:
    """Ask everybody who fits; where nobody does, ask further away, and then a coordinator."""
    found = candidates(turn.session, request, ring, turn.now)
    for volunteer in found:
        request.ask(volunteer.person, turn.now, Ring.NEAR if fits(volunteer, request, Ring.NEAR) else ring)
    _offer(turn, request, [volunteer.person for volunteer in found])
    if found or still_asked(request):
        return
    if ring is Ring.NEAR:
        ask_around(turn, request, Ring.WIDER)
    elif request.attention not in NOBODY_FOUND:
        why = ALL_REST if all_rest(turn.session, request) else None
        event = request.note(EventKind.ESCALATED, turn.now, attention=Attention.ESCALATED)
        event.detail = why
        turn.announce(event)


def ask_again(turn: Turn, request: Request) -> None:
    """The task is free again: the reserve is asked first; where there is none, everybody who did not say no."""
    reserve = reserve_of(request)
    for asked in reserve:
        asked.state = AskedState.ASKED
    offer_anew(turn, request, [asked.person for asked in reserve] or still_asked(request))
    if not reserve:
        ask_around(turn, request)


def ask_further(turn: Turn, request: Request) -> None:
    """Nobody yet: remind who was asked, and ask the whole municipality."""
    offer_anew(turn, request, still_asked(request))
    ask_around(turn, request, Ring.WIDER)


def offer_what_is_open(turn: Turn, volunteer: Volunteer) -> None:
    """Somebody new may help, or may again: they see what waits already, so that they do not wait in vain."""
    for request, ring in open_for(turn.session, volunteer, turn.now):
        request.ask(volunteer.person, turn.now, ring)
        _offer(turn, request, [volunteer.person])


def alert(turn: Turn, request: Request, kind: EventKind) -> None:
    """A coordinator should look: of the area, else of the one above, else whoever reads the log."""
    people = coordinators_for(turn.session, request.area)
    if not people:
        log.warning("a request needs a coordinator, and its area has none", request_id=request.id, kind=kind.value)
    for person in people:
        if not turn.acts(person):
            turn.tell(person, alert_card(turn.t_for(person), request, kind), urgent=request.is_urgent(turn.now))


def _offer(turn: Turn, request: Request, people: Iterable[Person]) -> None:
    for person in people:
        card = offer_card(turn.t_for(person), request, request.asked_of(person))
        turn.tell(person, card, urgent=request.is_urgent(turn.now), valid_until=request.last_chance_at)


def offer_anew(turn: Turn, request: Request, people: Sequence[Person]) -> None:
    """The new card takes the place of the earlier one: two that look alike only ask which one counts."""
    _offer(turn, request, people)
    for person in people:
        turn.withdraw_earlier(person, request)


def still_asked(request: Request) -> list[Person]:
    """Who was asked and has not said anything yet."""
    return [
        asked.person
        for asked in request.asked
        if asked.state is AskedState.ASKED and asked.person is not request.helper and may_be_asked(asked.person)
    ]


def was_on_reserve(request: Request, person: Person | None) -> bool:
    """Whether they waited on the reserve list when the task came free."""
    asked = request.asked_of(person) if person is not None else None
    return asked is not None and asked.reserve_at is not None
