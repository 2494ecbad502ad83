"""What a coordinator does that could do most harm, the others hear of: in words, and with first names only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import hears, renders
from bot.screen import Screen
from models import Coordinator, Event, EventKind, Reason, Refused
from models.coordinating import areas_before

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Area, Person

SENSITIVE = {
    EventKind.LEFT: N_("{who} ended the helping of {whom}."),
    EventKind.RELINK_OFFERED: N_("{who} made a link for a new phone of {whom}."),
    EventKind.ERASED: N_("{who} erased all data of somebody."),
    EventKind.INVITED: N_("{who} invited a new coordinator for {area}."),
    EventKind.BECAME_COORDINATOR: N_("{whom} is a coordinator of {area} now."),
    EventKind.LEFT_COORDINATING: N_("{who} made {whom} stop as coordinator of {area}."),
    EventKind.PIN_CHOSEN: N_("{who} chose a PIN."),
    EventKind.PIN_LOCKED: N_("Wrong PIN, five times, on the phone of {whom}."),
    EventKind.PIN_TAKEN_AWAY: N_("{who} took the PIN of {whom} away."),
}
_WENT = N_("{who} stopped as coordinator of {area}.")


@hears(*SENSITIVE)
def tell_the_colleagues(turn: Turn, event: Event) -> None:
    """Once each, but not who did it, nor whom it is about."""
    if not is_sensitive(event):
        return
    heard = {person for area in areas_before(event) for person in _answering_for(turn, area)}
    people = _answering_for(turn, event.area) - heard
    for person in sorted(people - {turn.actor, event.by, event.via, event.person}, key=lambda each: each.id):
        turn.tell(person, colleague_card(turn.t_for(person), event))


def _answering_for(turn: Turn, area: Area | None) -> set[Person]:
    return {each.person for each in turn.session.scalars(Coordinator.answering_for(area))}


def is_sensitive(event: Event) -> bool:
    """Whether a coordinator or the operator did it to somebody else, or to the coordination."""
    if event.kind in {EventKind.LEFT, EventKind.ERASED}:
        return event.via is not None or (event.by is not None and event.by is not event.person)
    return event.kind in SENSITIVE


def sentence_of(t: Translator, event: Event) -> str:
    """`An ended the helping of Jef.`"""
    went = event.kind is EventKind.LEFT_COORDINATING and event.by is event.person
    area = event.area.name if event.area else ""
    return t(
        _WENT if went else SENSITIVE[event.kind],
        who=name_of(t, event.via or event.by, t("The operator")),
        whom=name_of(t, event.person, t("somebody")),
        area=area,
    )


def name_of(t: Translator, person: Person | None, otherwise: str) -> str:
    """Their first name, unless nobody knows it any more."""
    if person is None:
        return otherwise
    return person.first_name if person.first_name and person.erased_at is None else t("somebody")


def colleague_card(t: Translator, event: Event) -> Screen:
    """One sentence, and where to look."""
    return Screen(t("{what} See /log.", what=sentence_of(t, event))).retold("colleague", event.id)


@renders("colleague")
def colleague_anew(turn: Turn, event_id: int) -> Screen:
    """In another language, to who coordinates there."""
    event = turn.get(Event, event_id)
    if not is_sensitive(event) or not turn.person.coordinates_area(event.area):
        raise Refused(Reason.NOT_FOUND)
    return colleague_card(turn.t, event)
