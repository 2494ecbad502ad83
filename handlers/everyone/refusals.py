"""A kind no: what is true now, and what fits the person who tapped or wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import on
from bot.screen import SEPARATOR, Button, Screen, row
from handlers.coordinator.cards import applicant_card, case_card
from handlers.everyone.saying import unknown_command
from handlers.everyone.standing import home
from handlers.resident.cards import request_card
from handlers.volunteer.cards import card_for
from handlers.volunteer.joining import come_forward
from models import Reason, Refused, Request, Volunteer, VolunteerState
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn

SENTENCES = {
    Reason.NOT_FOUND: N_("I do not find that any more."),
    Reason.ROLE: N_("That button does not work any more."),
    Reason.TAKEN: N_("Somebody else was just before you."),
    Reason.YOURS: N_("This task is yours already."),
    Reason.OWN: N_("This is your own question. Only somebody else can help with it."),
    Reason.CANCELLED: N_("This question was stopped."),
    Reason.ENDED: N_("This question is closed already."),
    Reason.NOT_NOW: N_("That is not possible any more. This is how it is now:"),
    Reason.TOO_EARLY: N_("The agreed hour is not here yet. Please wait until then."),
    Reason.PAST: N_("That moment is over already. Please choose a later one."),
    Reason.EXPIRED: N_("That button is too old. This is where you are now:"),
    Reason.LAST_COORDINATOR: N_("Nobody else coordinates there. Please invite somebody else first."),
    Reason.PREFERRED_OTHER: N_("The resident did not want this helper. Please choose somebody else."),
}
TRY_AGAIN = {Reason.PAST, Reason.TOO_EARLY}  # another answer to the same question may do


@on("refused")
def refused(turn: Turn, no: Refused) -> Screen:
    """Say why not, and show what the person may see of what they meant; else where they are."""
    if no.reason is Reason.ROLE and turn.given.kind == "text":
        return _not_theirs(turn)
    known = turn.person.volunteer
    route = turn.router.buttons.get(_route_of(turn.given.data))
    wanted = route is not None and route.role is Role.VOLUNTEER
    if no.reason is Reason.ROLE and wanted and known is not None and known.state is VolunteerState.PAUSED:
        return come_forward(turn)
    _leave_dialogue(turn, no)
    return _what_is_true(turn, no).after(turn.t(SENTENCES[no.reason]))


def _leave_dialogue(turn: Turn, no: Refused) -> None:
    """An answer that can never be used must not be asked for again and again; what is only wrong may be answered anew.

    A forged choice is no answer.
    """
    dialogue, given = turn.dialogue, turn.given
    if dialogue is None or no.reason in TRY_AGAIN:
        return
    try:
        shown = dialogue.screen()
    except Refused:  # even its question is not theirs any more
        dialogue.close()
        return
    offered = {each.data for line in shown.rows for each in line if isinstance(each, Button)}
    if given.data in offered or (given.kind != "tap" and not given.text.startswith("/")):
        dialogue.close()


def _not_theirs(turn: Turn) -> Screen:
    """A volunteers' command says how to become one, or where they stand; a coordinators' command does not exist."""
    name = turn.given.text.split()[0].removeprefix("/").split("@")[0].casefold()
    if any(name in each.names.values() and each.route.role is Role.VOLUNTEER for each in turn.router.commands):
        if turn.person.came_forward:
            return come_forward(turn)
        question = turn.t("That is for volunteers. Would you like to help somebody nearby?")
        return Screen.of(question, row(Button(turn.t("I want to help"), "volunteer")))
    return unknown_command(turn)


def _what_is_true(turn: Turn, no: Refused) -> Screen:
    card = _card(turn, no.about)
    if card is not None:
        return card
    while (dialogue := turn.dialogue) is not None:
        try:
            return dialogue.screen()
        except Refused:  # nor is the question below theirs any more
            dialogue.close()
    return home(turn)


def _card(turn: Turn, about: object) -> Screen | None:
    """The card of what was meant, as this person may see it."""
    person = turn.person
    if isinstance(about, Volunteer) and person.answers_for(about):
        return applicant_card(turn.t, about)
    if not isinstance(about, Request):
        return None
    coordinates = person.coordinates_area(about.area)
    route = turn.router.buttons.get(_route_of(turn.given.data))
    if coordinates and route is not None and route.role is Role.COORDINATOR:
        return case_card(turn.t, about, turn.now)
    if person is about.resident:
        return request_card(turn.t, about)
    if person is about.helper or about.may_be_seen_by(person):
        return card_for(turn.t, about, person, turn.now)
    return case_card(turn.t, about, turn.now) if coordinates else None


def _route_of(data: str) -> str:
    """The name of the button: `1:accept:12` is `accept`."""
    return data.split(SEPARATOR)[1] if SEPARATOR in data else ""
