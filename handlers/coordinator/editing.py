"""A coordinator changes the text of a question, for instance to take out what is nobody's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.routing import button, form
from bot.screen import Choice, Screen, row
from bot.turn import about
from handlers.coordinator.cards import case_card
from handlers.coordinator.overview import own_case
from handlers.resident.what import TEXT_LIMIT
from models.person import Role

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

KEEP = "keep"


class CaseTextStep(Step):
    """The new text; the old one stands above the question, to be copied."""

    name = "text"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, request = turn.t, own_case(turn, answers["request"])
        why = t(
            "Take out what is about health or money. {name} and the helper see the new text.",
            name=request.resident.first_name,
        )
        text = request.text or t("There is no text.")
        now = t("Now it says: {text}", text=text)
        ask = t("Type the new text below.")
        screen = Screen.of(f"{now}\n\n{why}\n{ask}", row(Choice(t("Leave it so"), KEEP)))
        return screen.as_card("", about(request), private=True)  # the old text leaves this chat too

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """Not longer than a resident may write."""
        if given.choice == KEEP:
            answers[self.name] = None
            return
        text = given.text.strip()
        if len(text) > TEXT_LIMIT:
            raise Again(turn.t("That is too long: {n} characters. Please keep it under 1000.", n=len(text)))
        answers[self.name] = text


@button("edit_text", Role.COORDINATOR)
def edit_text(turn: Turn, request_id: int) -> Screen:
    """Begin; the answer may be that it stays."""
    return turn.begin("edit_text", request=own_case(turn, request_id).id)


@form("edit_text", [CaseTextStep()], role=Role.COORDINATOR)
def edited(turn: Turn, answers: Answers) -> Screen:
    """The text is another one, and both sides read it."""
    request = own_case(turn, answers["request"], lock=True)
    if answers["text"] is None:
        return case_card(turn.t, request, turn.now)
    event = request.edit_text(answers["text"], turn.person, turn.now)
    request.compare_words(turn.calendar)
    turn.announce(event)
    return case_card(turn.t, request, turn.now).after(turn.t("Good, that is changed."))
