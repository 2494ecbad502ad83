"""Somebody asks on the phone to be forgotten, or has no Telegram: a coordinator erases them, after the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.coordinator.overview import own_case, own_volunteer
from handlers.coordinator.relinking import RESIDENT, VOLUNTEER
from handlers.erasing import erase
from handlers.everyone.wiping import ERASED, farewell
from handlers.words import with_name
from models import Reason, Refused
from models.person import Role
from models.relink import answers_for, may_be_erased

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Person


@button("erase_other", Role.COORDINATOR)
def ask_to_erase_other(turn: Turn, whose: str, key: int) -> Screen:
    """Once more: nothing of it comes back."""
    t, person = turn.t, _theirs(turn, whose, key)
    name = person.first_name
    lines = [
        t("I then erase at once all that I know about {name}.", name=name),
        t("Open questions stop, and somebody else gets the tasks."),
        t("Did {name} ask for that?", name=name),
    ]
    back = Button(t("No, go back"), "case" if whose == RESIDENT else "applicant", key)
    yes = Button(with_name(t, N_("Yes, erase {name}"), name), "erase_other_now", whose, key)
    return Screen.of("\n".join(lines), row(yes), row(back))


@button("erase_other_now", Role.COORDINATOR, pin=True)
def erase_other(turn: Turn, whose: str, key: int) -> Screen:
    """From now on nobody knows who it was; that a coordinator did it is written down."""
    t, person = turn.t, _theirs(turn, whose, key)
    turn.acting_for = person
    erase(turn, person, farewell(turn.t_for(person)).retold(ERASED))
    words = t("All about this person is erased. Safety copies are gone within 35 days.")
    return Screen.of(words, row(Button(t("See questions"), "cases"), Button(t("See volunteers"), "volunteers")))


def _theirs(turn: Turn, whose: str, key: int) -> Person:
    """Somebody in the areas of who acts; never a coordinator."""
    if whose not in {RESIDENT, VOLUNTEER}:
        raise Refused(Reason.NOT_FOUND)
    person = own_case(turn, key).resident if whose == RESIDENT else own_volunteer(turn, key).person
    if not (may_be_erased(person) and answers_for(turn.session, person, turn.person)):
        raise Refused(Reason.NOT_FOUND)
    return person
