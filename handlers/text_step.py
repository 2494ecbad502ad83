"""The question what to write to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.screen import Screen
from handlers.resident.what import without_code
from models.person import Person

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

LIMIT = 1000  # characters of one message


class TextStep(Step):
    """What to write. `answers["to"]` is the person who will read it; text only."""

    name = "text"
    takes = frozenset({"text", "voice", "photo", "location", "contact"})
    passes_on = True

    def show(self, turn: Turn, answers: Answers) -> Screen:
        how = turn.t("Type your message below. Your first name stands with it.")
        return Screen.of(f"{self.question(turn, answers)}\n\n{how}")

    def question(self, turn: Turn, answers: Answers) -> str:
        """To whom."""
        return turn.t("What would you like to write to {name}?", name=turn.get(Person, answers["to"]).first_name)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """Text, not too long, and no code of a bank card: a helper who has it can be blamed for anything."""
        if given.kind != "text":
            raise Again(turn.t("I can pass on text only. Please type your message."))
        text = given.text.strip()
        if len(text) > LIMIT:
            raise Again(turn.t("That is too long: {n} characters. Please keep it under 1000.", n=len(text)))
        if without_code(text) != text:
            raise Again(turn.t("Never give your code to anybody. Please type your message without it."))
        answers[self.name] = text
