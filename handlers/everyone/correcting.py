"""One line of what is kept about somebody is given anew: the number, or the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button, form
from bot.screen import Choice, Screen, row
from handlers.everyone.own_data import correct
from handlers.resident.home import BellStep, StreetStep
from handlers.resident.phone import NONE, PhoneStep
from handlers.resident.place import AreaStep
from models.area import Area
from models.place import Place
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

PHONE, HOME = "phone", "home"
FORGET = "forget"


class OwnPhoneStep(PhoneStep):
    """A new number, or none."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers["line"] == PHONE)

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        question = t("What is your phone number? Type it, or share your contact.")
        return Screen.of(question, row(Choice(t("Keep no number"), NONE)))


class OwnAreaStep(AreaStep):
    """Where they live now; the street is looked for there."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return answers["line"] == HOME and super().wanted(turn, answers)


class OwnStreetStep(StreetStep):
    """A new address, or none."""

    def show(self, turn: Turn, answers: Answers) -> Screen:
        screen = super().show(turn, answers)
        return screen if answers.get("typed") else screen.with_rows(row(Choice(turn.t("Keep no address"), FORGET)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == FORGET:
            answers |= {self.name: "", "bell": ""}
        else:
            super().take(turn, answers, given)


@button("correct_line")
def correct_line(turn: Turn, line: str) -> Screen:
    """Ask it anew."""
    if line not in {PHONE, HOME}:
        raise Refused(Reason.NOT_FOUND)
    return turn.begin("correct", line=line, **({"place": Place.HOME, "moved": True} if line == HOME else {}))


@form("correct", [OwnPhoneStep(), OwnAreaStep(), OwnStreetStep(), BellStep()])
def corrected(turn: Turn, answers: Answers) -> Screen:
    """From now on it is this. What was asked already keeps its own place and number."""
    person, t, changed = turn.person, turn.t, turn.t("Good, that is changed.")
    if answers["line"] == PHONE:
        person.phone = answers["phone"] or None
    else:
        if "area" in answers:
            person.area = turn.get(Area, answers["area"])
        person.street, person.bell = answers["street"] or None, answers["bell"] or None
        there = turn.session.scalars(Request.open_of(person).where(Request.place == Place.HOME)).all()
        if there:
            stays = t.n(
                "Your open question keeps its old place. Change it in the question itself.",
                "Your {n} open questions keep their old place. Change it in each question.",
                len(there),
            )
            changed = f"{changed} {stays}"
    return correct(turn).after(changed)
