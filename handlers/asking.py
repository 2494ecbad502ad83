"""How did it go? The same question for both sides, when somebody said it or when the time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.words import category_name, when
from models.asked import Outcome, Side

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models.request import Request


def how_did_it_go(t: Translator, request: Request, side: Side) -> Screen:
    """The question, with four answers; no stars, no marks."""
    if side is Side.RESIDENT:
        name = request.helper.first_name if request.helper else ""
        question = t("Did it work out with {name}?", name=name)
        nobody = t("Nobody came")
    else:
        question = t("Did it work out with {name}?", name=request.resident.first_name)
        nobody = t("I could not come")
    what = t("{what}: {when}.", what=category_name(t, request.category), when=when(t, request))
    return Screen.of(
        question,
        row(Button(t("Yes, it worked out"), "report", request.id, Outcome.DONE)),
        row(Button(t("Partly"), "report", request.id, Outcome.PARTLY)),
        row(Button(nobody, "report", request.id, Outcome.NOBODY_CAME)),
        row(Button(t("Not needed any more"), "report", request.id, Outcome.NOT_NEEDED)),
        title=what,
    ).as_card("asking", about(request))
