"""Asking for help: the questions, the summary, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command, form
from bot.screen import Button, Screen, row
from handlers.resident.cards import request_card
from handlers.resident.home import BellStep, KeepStep, StreetStep
from handlers.resident.moment import PartStep, WishedDayStep, WishedHourStep
from handlers.resident.phone import PhoneStep
from handlers.resident.place import AddressStep, AreaStep, PlaceStep, SpotStep
from handlers.resident.sending import drafted, send
from handlers.resident.somebody import SOMEBODY
from handlers.resident.summary import LineStep, SummaryStep
from handlers.resident.understood import AfterSentence, understood
from handlers.resident.what import CategoryStep, WhatStep, asks_for_care, heard, without_code
from models.area import Area
from models.retention import DIALOGUE

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FORM = "ask"
CARE = "care"  # where a sentence waits that asks for what neighbours may not do
MOMENT = (WishedDayStep(), PartStep(), WishedHourStep())
THERE = (PlaceStep(), SpotStep(), AddressStep(), AreaStep(), StreetStep(), BellStep())
PLACE = (*THERE, KeepStep())


@command("vraag", fr="demande", en="ask", de="anfrage", about=N_("Ask for help"))
def ask_by_command(turn: Turn) -> Screen:
    """Begin a request; words behind the command are what is needed."""
    words = turn.given.text.split(maxsplit=1)[1:]
    return busy(turn, "", FORM) or (begin_with_text(turn, words[0]) if words else begin(turn))


@button("ask")
def ask(turn: Turn, anew: str = "") -> Screen:
    """Begin a request; who is busy with one chooses whether to go on with it."""
    return busy(turn, anew, FORM) or begin(turn)


def begin_with_text(turn: Turn, text: str) -> Screen:
    """Somebody simply wrote a sentence: it is what they need, only the rest is asked."""
    given = turn.given.saying(text)
    if asks_for_care(text, turn.t.language):
        safe = without_code(text, care=True)
        return turn.begin(CARE, text=safe, message=given.own_id, hidden=safe != text)
    return begin_with(turn, given)


def begin_with(turn: Turn, given: Given) -> Screen:
    """A sentence, a voice message or a photo, perhaps with words: what was understood of them is not asked again."""
    return begin(turn, **heard(given), **understood(turn, given.text))


def begin(turn: Turn, form_name: str = FORM, /, **answers: object) -> Screen:
    """The first question that has no answer yet."""
    t = turn.t
    if turn.session.scalars(Area.neighbourhoods()).first() is None:
        return Screen.of(t("We do not help in your neighbourhood yet. Please ask again later."))
    drafted(turn)
    return turn.begin(form_name, **answers)


def busy(turn: Turn, anew: str, button_name: str, *args: object, form_name: str = FORM) -> Screen | None:
    """The choice of who has a half-written request; nothing where there is none, or `anew` says to give that one up."""
    dialogue = turn.dialogue
    if dialogue is None or dialogue.name != form_name or not dialogue.answers or dialogue.row.token == anew:
        return None
    t, token = turn.t, dialogue.row.token
    return Screen.of(
        t("You were busy with a question already. Do you want to go on with it?"),
        row(Button(t("Go on with it"), "continue"), Button(t("Begin again"), button_name, *args, token)),
    ).as_card("form", f"form:{token}")  # so that it loses its buttons when the dialogue goes on elsewhere


@form(
    FORM,
    [
        AfterSentence(CategoryStep()),
        AfterSentence(WhatStep()),
        *(AfterSentence(each) for each in (*SOMEBODY, *MOMENT, *PLACE)),
        PhoneStep(),
        LineStep(),
        AfterSentence(SummaryStep()),
    ],
    lives=DIALOGUE,
)
def sent(turn: Turn, answers: Answers) -> Screen:
    """Everything is answered: off it goes."""
    return request_card(turn.t, send(turn, answers)).after(turn.t("Thank you, your question is sent."))
