"""The home of who asks: street and number, the name on the bell, and whether we may keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.screen import Choice, Screen, row
from handlers.resident.place import line_of
from models.request import Place

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

NONE, YES, NO = "none", "yes", "no"


class HomeStep(Step):
    """A question that is asked of who wants help at home."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("place") == Place.HOME)


class StreetStep(HomeStep):
    """Street and number."""

    name = "street"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        return Screen.of(turn.t("What is your street and house number? For example: Dorpsstraat 12."))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        street = line_of(turn, given)
        if not any(each.isdigit() for each in street):
            raise Again(turn.t("The house number is missing. Please type the street with the number."))
        answers[self.name] = street


class BellStep(HomeStep):
    """The name on the bell, so that the helper rings at the right door."""

    name = "bell"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        return Screen.of(t("Which name is on your doorbell?"), row(Choice(t("There is no name"), NONE)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = "" if given.choice == NONE else line_of(turn, given)


class KeepStep(HomeStep):
    """Whether the address is kept for the next time."""

    name = "keep"

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        return Screen.of(
            t("Only who comes to help and the coordinator see your address.")
            + "\n"
            + t("May I keep your address for next time?"),
            row(Choice(t("Yes, keep it"), YES), Choice(t("No, do not"), NO)),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = given.choice == YES
