"""Who does not coordinate an area any more sees nothing of it any more: what they were shown leaves their chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.retelling import taken_away
from bot.routing import hears
from bot.screen import spoken
from models import EventKind, Letter, Request, Volunteer
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Event, Person


@hears(EventKind.LEFT_COORDINATING)
def see_nothing_of_it_any_more(turn: Turn, event: Event) -> None:
    """Their menu, what they were busy with, and every message that only a coordinator sees."""
    person = event.person
    if person is None:
        return
    turn.show_commands(person)
    _close_dialogues(turn, person)
    mine = select(Letter).where(Letter.person_id == person.id).order_by(Letter.id)
    theirs = [each for each in turn.session.scalars(mine).all() if _is_over_for(turn, person, each)]
    turn.take_from(person, theirs, taken_away(turn.t_for(person)))


def _close_dialogues(turn: Turn, person: Person) -> None:
    """What only a coordinator could have begun, is not waited for; what they ask for themselves goes on."""
    form = person.form
    while form is not None:
        known = turn.router.forms.known.get(form.name)
        if known is not None and person.has(known.role):
            return
        if not form.uncover(turn.now):
            person.form = form = None


def _is_over_for(turn: Turn, person: Person, letter: Letter) -> bool:
    """A card of a question or a volunteer that is not theirs to see any more, or a list only for coordinators."""
    kind, _, key = (letter.about or "").partition(":")
    if kind == "request" and key.isdecimal():
        request = turn.session.get(Request, int(key))
        if request is None or person in {request.resident, request.helper}:
            return False
        return not person.coordinates_area(request.area) and request.asked_of(person) is None
    if kind == "volunteer" and key.isdecimal():
        volunteer = turn.session.get(Volunteer, int(key))
        own = volunteer is not None and volunteer.person is person
        return volunteer is not None and not own and not person.answers_for(volunteer)
    return not person.coordinates and any(_is_for_coordinators(turn, data) for _, data in letter.keys or ())


def _is_for_coordinators(turn: Turn, data: str) -> bool:
    route = turn.router.buttons.get([*spoken(data)[1].split(":"), ""][1])
    return route is not None and route.role is Role.COORDINATOR
