"""Somebody lost their phone or has another account: a coordinator gives them a link that works once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.coordinator.overview import own_case, own_volunteer
from models import Reason, Refused
from models.person import Role
from models.relink import offer_relink

if TYPE_CHECKING:
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


@button("relink_now", Role.COORDINATOR)
def relink_now(turn: Turn, whose: str, key: int) -> Screen:
    """The link, to be shown or read out."""
    t, person = turn.t, _theirs(turn, whose, key)
    code, event = offer_relink(turn.session, person, turn.person, turn.now)
    turn.announce(event)
    lines = [
        t("Let {name} open this link on the new phone. Give it to nobody else.", name=person.first_name),
        "",
        f"https://t.me/{turn.username}?start={code}",
    ]
    return Screen.of("\n".join(lines), row(_back(turn, whose, key)))


def _theirs(turn: Turn, whose: str, key: int) -> Person:
    """Somebody in the areas of who acts; never a coordinator, whose account an operator moves."""
    if whose == RESIDENT:
        person = own_case(turn, key).resident
    elif whose == VOLUNTEER:
        person = own_volunteer(turn, key).person
    else:
        raise Refused(Reason.NOT_FOUND)
    if not may_be_relinked(person):
        raise Refused(Reason.NOT_FOUND)
    return person


def may_be_relinked(person: Person) -> bool:
    """Whether a coordinator may do it."""
    return person.telegram_id is not None and not person.coordinates


def _back(turn: Turn, whose: str, key: int) -> Button:
    if whose == RESIDENT:
        return Button(turn.t("Back to the question"), "case", key)
    return Button(turn.t("Back to the volunteer"), "applicant", key)
