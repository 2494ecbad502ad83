"""Changing a request that was sent: one line of it, the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button, form
from bot.screen import Button, row
from handlers.resident.answering import card_of, mine
from handlers.resident.ask import MOMENT, PLACE
from handlers.resident.draft import (
    LINES,
    ask_anew,
    moment_answers,
    moment_of,
    on_behalf_answers,
    remember_home,
    where_answers,
)
from handlers.resident.phone import PhoneStep
from handlers.resident.sending import set_place, set_text
from handlers.resident.summary import NOTHING, LineStep
from handlers.resident.what import WhatStep, asks_for_care, not_for_neighbours, without_code
from handlers.spoken import decoded, objection
from models.lifecycle import State
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.given import Given
    from bot.screen import Screen
    from bot.turn import Turn
    from models.form import Answers
    from models.request import Request

FORM = "change"
# Of another kind or for somebody else is another request.
LATER = {line: facts for line, facts in LINES.items() if line not in {"for", "category"}}


class LaterStep(LineStep):
    """Which line. Everything else is answered already."""

    lines = LATER

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return True

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        super().take(turn, answers, given)
        answers[self.name] = given.choice


@button("change")
def change(turn: Turn, request_id: int, line: str = "") -> Screen:
    """Begin to change a request; `line` is what, where the button says so."""
    request = mine(turn, request_id)
    if request.state is State.ENDED:
        return card_of(turn, request)
    known = {
        "request": request.id,
        "what": {"text": request.text, "kind": request.media_kind, "file": request.media_id},
        **on_behalf_answers(turn, request),
        **moment_answers(request.moment),
        **where_answers(request),
    }
    if line in LATER:
        known["line"] = line
        ask_anew(known, line)
    return turn.begin(FORM, **known)


@form(FORM, [LaterStep(), WhatStep(), *MOMENT, *PLACE, PhoneStep()])
def changed(turn: Turn, answers: Answers) -> Screen:
    """The line has its new answer."""
    request, line = mine(turn, answers["request"]), answers["line"]
    if line == NOTHING or request.state is State.ENDED:
        return card_of(turn, request)
    if line == "text" and answers["what"] == answers["earlier"]:
        return card_of(turn, request)
    if line == "text":
        set_text(request, answers["what"])
    elif line == "moment":
        request.set_moment(moment_of(answers), turn.calendar, turn.now)
    elif line == "place":
        set_place(turn, request, answers)
        remember_home(request.resident, answers, request.area)
    else:
        request.phone = answers["phone"] or None
        if request.is_by_phone and request.phone:  # it is the number that a coordinator calls too
            request.resident.phone = request.phone
    return tell_change(turn, request, line)


@button("move")
def move(turn: Turn, request_id: int, code: str) -> Screen:
    """The day and hour that they named in a message to who helps; `code` as `handlers.spoken` writes it."""
    request, moment = mine(turn, request_id), decoded(code)
    if moment is None or moment.day is None or moment.hour is None:
        raise Refused(Reason.NOT_FOUND)
    if request.state is State.ENDED or moment == request.moment:
        return card_of(turn, request)
    if (why := objection(turn, moment)) is not None:
        return card_of(turn, request).after(why)
    request.set_moment(moment, turn.calendar, turn.now)
    return tell_change(turn, request, "moment")


def tell_change(turn: Turn, request: Request, line: str) -> Screen:
    """Whoever is concerned hears of it."""
    care = line == "text" and not turn.acting_for and asks_for_care(request.text, turn.t.language)
    if care:
        request.text = without_code(request.text, care=True)
    event = request.change(request.resident, turn.now, line)
    request.compare_words(turn.calendar)
    turn.announce(event)
    t, card, done = turn.t, card_of(turn, request), turn.t("Good, that is changed.")
    if care:
        to_ask = Button(t("Ask the coordinator"), "write_coordinator", request.id)
        card = card.with_rows(row(to_ask)) if not request.reports else card
        done = "\n".join([done, not_for_neighbours(t)])
    helper = request.helper
    if line in {"moment", "place"} and request.state is State.TAKEN and helper is not None and helper.can_be_told():
        done += " " + t("I tell {name}, who can still say no.", name=helper.first_name)
    return card.after(done)
