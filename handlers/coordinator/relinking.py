"""Somebody lost their phone or has another account: a coordinator gives them a link that works once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button, renders
from bot.screen import Button, Screen, link_to, row
from handlers.coordinator.overview import own_case, own_volunteer
from models import Event, EventKind, Reason, Refused
from models.person import Role
from models.relink import may_relink, offer_relink

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Person

RESIDENT, VOLUNTEER = "r", "v"  # whose phone, in a button: of who asked this, or of this volunteer


@button("relink", Role.COORDINATOR)
def relink(turn: Turn, whose: str, key: int) -> Screen:
    """Are they somebody else on Telegram now? It is said what the link does."""
    t, person = turn.t, _theirs(turn, whose, key)
    lines = [
        t("The link that you get works once, for 24 hours. The old account then sees nothing any more."),
        t("Does {name} have another phone or another Telegram account?", name=person.first_name),
    ]
    return Screen.of(
        "\n".join(lines),
        row(Button(t("Yes, make a link"), "relink_now", whose, key)),
        row(_back(turn, whose, key)),
    )


@button("relink_now", Role.COORDINATOR, pin=True)
def relink_now(turn: Turn, whose: str, key: int) -> Screen:
    """The link, to be shown or read out."""
    t, person = turn.t, _theirs(turn, whose, key)
    code, event = offer_relink(turn.session, person, turn.person, turn.now)
    turn.announce(event)
    lines = [
        t("Let {name} open this link on the new phone. Give it to nobody else.", name=person.first_name),
        "",
        link_to(turn.username, code),
    ]
    return Screen.of("\n".join(lines), row(_back(turn, whose, key)))


def relinked_card(t: Translator, event: Event) -> Screen:
    """Who moved: it might be somebody else's account."""
    name = event.person.first_name if event.person else ""
    return Screen(t("{name} writes from another account now.", name=name)).retold("relinked", event.id)


@renders("relinked")
def relinked_anew(turn: Turn, event_id: int) -> Screen:
    """Only to who answers for them, and to nobody once they are forgotten."""
    event, person = turn.get(Event, event_id), None
    if event.kind is EventKind.RELINKED:
        person = event.person
    if person is None or person.erased_at is not None or not turn.person.coordinates_area(person.home):
        raise Refused(Reason.NOT_FOUND)
    return relinked_card(turn.t, event)


def _theirs(turn: Turn, whose: str, key: int) -> Person:
    """Somebody in the areas of who acts; never a coordinator, whose account an operator moves."""
    if whose == RESIDENT:
        person = own_case(turn, key).resident
    elif whose == VOLUNTEER:
        person = own_volunteer(turn, key).person
    else:
        raise Refused(Reason.NOT_FOUND)
    if not may_relink(turn.session, person, turn.person):
        raise Refused(Reason.NOT_FOUND)
    return person


def _back(turn: Turn, whose: str, key: int) -> Button:
    if whose == RESIDENT:
        return Button(turn.t("Back to the question"), "case", key)
    return Button(turn.t("Back to the volunteer"), "applicant", key)
