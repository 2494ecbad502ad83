"""The home of who asks: street and number, the name on the bell, and whether we may keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import legible
from bot.forms import Again, Step
from bot.legible import plain, yes_or_no
from bot.screen import Choice, Screen, row
from handlers.resident.draft import area_of, somebody_in
from handlers.resident.place import line_of, spelled_like
from models.place import Place

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

NONE, YES, NO = "none", "yes", "no"
NAMELESS = {
    "geen", "geen naam", "aucun", "aucun nom", "pas de nom", "plus de nom", "il n'y a pas de nom",
    "kein name", "keiner", "none", "no name",
}  # fmt: skip
SHORT = 14  # characters of an address that fit on a button


class HomeStep(Step):
    """A question that is asked of who wants help at home."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("place") == Place.HOME)


class StreetStep(HomeStep):
    """Street and number. Where the streets are known, a name that looks much like one is asked about."""

    name = "street"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        if typed := answers.get("typed"):
            return Screen.of(
                t("Do you mean {street}?", street=answers["meant"]),
                row(Choice(t("Yes, that is it"), YES)),
                row(
                    Choice(t("No, it is {street}", street=typed) if len(typed) <= SHORT else t("No, as I typed it"), NO)
                ),
            )
        if name := somebody_in(answers):
            return Screen.of(t("In which street, at which number does {name} live?", name=name))
        return Screen.of(t("What is your street and house number? For example: Dorpsstraat 12."))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        typed, meant = answers.pop("typed", None), answers.pop("meant", None)
        if given.choice is not None and typed:
            answers[self.name] = meant if given.choice == YES else typed
            return
        street = line_of(turn, given)
        if not any(each.isdigit() for each in street):
            raise Again(turn.t("The house number is missing. Please type the street with the number."))
        if not any(each.isalpha() for each in street):
            raise Again(turn.t("The street is missing. Please type the street with the number."))
        names = [each.name for each in area_of(turn, answers).streets]
        better = spelled_like(street, names)
        if better is None or better.casefold() == street.casefold():
            answers[self.name] = better or street
        else:
            answers |= {"typed": street, "meant": better}


class BellStep(HomeStep):
    """The name on the bell, so that the helper rings at the right door."""

    name = "bell"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        name = somebody_in(answers)
        question = (
            t("Which name is on the doorbell of {name}?", name=name) if name else t("Which name is on your doorbell?")
        )
        return Screen.of(question, row(Choice(t("There is no name"), NONE)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        said = yes_or_no(given.text)
        if said == legible.YES or (given.choice is None and "?" in given.text):
            raise Again(turn.t("Please type the name only, or tap the button."))
        nameless = given.choice == NONE or said == legible.NO or plain(given.text) in NAMELESS
        answers[self.name] = "" if nameless else line_of(turn, given)


class KeepStep(HomeStep):
    """Whether the address is kept for the next time; that of somebody else is not."""

    name = "keep"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return super().wanted(turn, answers) and not somebody_in(answers)

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
