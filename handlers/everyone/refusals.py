"""A kind no: what is true now, and what fits the person who tapped or wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import on
from handlers.everyone.saying import unknown_command
from handlers.everyone.standing import home
from models import Reason, Refused

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn

_SENTENCES = {
    Reason.NOT_FOUND: N_("I do not find that any more."),
    Reason.ROLE: N_("That button does not work any more."),
    Reason.TAKEN: N_("Somebody else was just before you. Thank you for wanting to help!"),
    Reason.YOURS: N_("This task is yours already."),
    Reason.OWN: N_("This is your own question. Somebody else will help you."),
    Reason.CANCELLED: N_("This question was stopped. Nobody has to come any more."),
    Reason.ENDED: N_("This question is closed already."),
    Reason.NOT_NOW: N_("That is not possible any more. This is how it is now."),
    Reason.TOO_EARLY: N_("The agreed hour is not here yet. Please wait until then."),
    Reason.PAST: N_("That moment is over already. Please choose a later one."),
    Reason.NO_PHONE: N_("There is no phone number with this question."),
    Reason.EXPIRED: N_("That button is too old. This is where you are now."),
}


@on("refused")
def refused(turn: Turn, no: Refused) -> Screen:
    """Say why not, and show what the person may see of what they meant; else where they are."""
    if no.reason is Reason.ROLE and turn.given.kind == "text":
        return unknown_command(turn)
    here = turn.dialogue.screen() if turn.dialogue else home(turn)
    return here.after(turn.t(_SENTENCES[no.reason]))
