"""Who wants to be a volunteer, and who is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Screen, row
from handlers.coordinator.cards import applicant_card, numbers_of, short
from handlers.coordinator.overview import own_volunteer, volunteers_of
from models import Volunteer, VolunteerState
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn

PAGE = 6


@command(
    "vrijwilligers",
    fr="benevoles",
    en="volunteers",
    de="freiwillige",
    about=N_("Volunteers, and who wants to be one"),
    role=Role.COORDINATOR,
)
def show_volunteers(turn: Turn) -> Screen:
    """The list, from its beginning."""
    return volunteers(turn)


@button("volunteers", Role.COORDINATOR)
def volunteers(turn: Turn, page: int = 0) -> Screen:
    """Who waits for a decision first, then who is approved."""
    t = turn.t
    applied = volunteers_of(turn, VolunteerState.APPLIED)
    approved = sorted(volunteers_of(turn, VolunteerState.APPROVED), key=lambda each: each.person.first_name.casefold())
    found = [*applied, *approved]
    if not found:
        return Screen.of(t("There are no volunteers yet."), row(Button(t("See questions"), "cases")))
    page = min(max(page, 0), (len(found) - 1) // PAGE)
    first = page * PAGE
    rows = [row(_button(turn, each)) for each in found[first : first + PAGE]]
    turning = [Button(t("Previous page"), "volunteers", page - 1)] if page else []
    if first + PAGE < len(found):
        turning.append(Button(t("Next page"), "volunteers", page + 1))
    lines = [
        t.n("{n} person waits for your decision.", "{n} people wait for your decision.", len(applied))
        if applied
        else t("Nobody waits for your decision."),
        t.n("{n} volunteer is approved.", "{n} volunteers are approved.", len(approved)),
        *numbers_of(t, (each.person for each in found[first : first + PAGE])),
    ]
    return Screen.of("\n".join(lines), *rows, *([row(*turning)] if turning else []), title=t("Volunteers"))


@button("applicant", Role.COORDINATOR)
def applicant(turn: Turn, volunteer_id: int) -> Screen:
    """One volunteer, with what they chose."""
    return applicant_card(turn.t, own_volunteer(turn, volunteer_id))


@button("approve", Role.COORDINATOR)
def approve(turn: Turn, volunteer_id: int) -> Screen:
    """Yes: from now on they are asked."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    turn.announce(volunteer.approve(turn.person, turn.now))
    return applicant_card(turn.t, volunteer)


@button("decline", Role.COORDINATOR)
def decline(turn: Turn, volunteer_id: int) -> Screen:
    """Are you sure? They get a message."""
    t, volunteer = turn.t, own_volunteer(turn, volunteer_id)
    if volunteer.state is not VolunteerState.APPLIED:
        return applicant_card(t, volunteer)
    name = volunteer.person.first_name
    return Screen.of(
        t("{name} then gets a message, best call first. Do you not approve {name}?", name=name),
        row(Button(t("Yes, do not approve"), "decline_now", volunteer.id)),
        row(Button(t("Decide later"), "applicant", volunteer.id)),
    )


@button("decline_now", Role.COORDINATOR)
def decline_now(turn: Turn, volunteer_id: int) -> Screen:
    """No."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    turn.announce(volunteer.decline(turn.person, turn.now))
    return applicant_card(turn.t, volunteer)


def _button(turn: Turn, volunteer: Volunteer) -> Button:
    name = short(volunteer.person.first_name)
    if volunteer.state is VolunteerState.APPLIED:
        return Button(turn.t("Look at {name} (new)", name=name), "applicant", volunteer.id)
    return Button(turn.t("See {name}", name=name), "applicant", volunteer.id)
