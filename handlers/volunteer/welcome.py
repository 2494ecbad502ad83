"""Where a volunteer stands, when a coordinator decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screen import Button, Screen, pairs, row
from models.volunteer import VolunteerState

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models.volunteer import Volunteer

DECISION = "decision"  # the card that says whether somebody may help


def welcome_card(t: Translator, volunteer: Volunteer) -> Screen:
    """Welcome, or a kind no with somebody to talk to."""
    if volunteer.may_help:
        screen = Screen.of(
            t("You are a volunteer now. You get a message here when somebody nearby needs you. You may always say no."),
            *pairs(Button(t("See my tasks"), "my_tasks"), Button(t("Change choices"), "change_wishes")),
            title=t("Welcome!"),
        )
    elif volunteer.state is VolunteerState.PAUSED:
        screen = Screen.of(
            t("The coordinator gave you a break: you get no new questions. The tasks that you promised stay yours."),
            *pairs(Button(t("Help again"), "resume"), Button(t("See my tasks"), "my_tasks")),
        )
    elif volunteer.state is VolunteerState.ENDED:
        screen = Screen.of(
            t("You are no longer a volunteer. Thank you for all you did! Do you have a question about it?"),
            row(Button(t("Ask the coordinator"), "write_coordinator", 0)),
        )
    else:
        no = t(
            "Thank you for wanting to help. We cannot take you on as a volunteer now. Do you have a question about it?"
        )
        ask = Button(t("Ask the coordinator"), "write_coordinator", 0)
        screen = Screen.of(no, row(ask), row(Button(t("Apply again"), "apply_again")))
    return screen.as_card(DECISION, f"volunteer:{volunteer.id}")
