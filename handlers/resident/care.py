"""A sentence asks for what neighbours may not do: care, medicines, money. Professional help is one tap away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.forms import Step
from bot.routing import button, form
from bot.screen import Choice, Screen, row
from handlers.below import CHOSEN
from handlers.resident.ask import CARE, FORM, begin_with
from handlers.resident.what import fitting
from handlers.writing import ask_coordinators
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

COORDINATOR, NEIGHBOURS = "coordinator", "neighbours"


class CareStep(Step):
    """To the coordinator with it, or to the neighbours all the same: words can be misunderstood."""

    name = "to"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        hidden = t("Never give your code to anybody. I left it out.") + "\n" if answers.get("hidden") else ""
        return Screen.of(
            hidden
            + t("Neighbours do not help with care, medicines, bank cards or money.")
            + "\n"
            + t("The coordinator knows who does. May I pass on your question?"),
            row(Choice(t("Ask the coordinator"), COORDINATOR)),
            row(Choice(t("Ask the neighbours"), NEIGHBOURS)),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = COORDINATOR if given.choice == COORDINATOR else NEIGHBOURS


@button("care")
def to_the_coordinator(turn: Turn) -> Screen:
    """What was told in the question that is open goes to the coordinators; that question is over."""
    dialogue = turn.dialogue
    what = dialogue.answers.get("what") if dialogue is not None and dialogue.name == FORM else None
    if dialogue is None or not what or not what.get("text"):
        raise Refused(Reason.EXPIRED)
    dialogue.close()
    return ask_coordinators(turn, {"request": 0, "text": fitting(what["text"]), "typed": CHOSEN})


@form(CARE, [CareStep()])
def passed_on(turn: Turn, answers: Answers) -> Screen:
    """The coordinators read the sentence as it was written; or a request begins with it."""
    if answers["to"] == COORDINATOR:
        return ask_coordinators(turn, {"request": 0, "text": fitting(answers["text"])})
    return begin_with(turn, replace(turn.given.saying(answers["text"]), own_id=answers["message"]))
