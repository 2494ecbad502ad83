"""Asking for somebody without Telegram: who it is and where, then the same questions as everybody gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.legible import shortened
from bot.routing import button, command, form
from bot.screen import LABEL, Choice, Screen, row
from handlers.coordinator.cards import case_card
from handlers.resident.ask import MOMENT, THERE, begin, busy
from handlers.resident.draft import LINES, NEW, areas_for
from handlers.resident.phone import PhoneStep
from handlers.resident.place import line_of
from handlers.resident.sending import send
from handlers.resident.summary import LineStep, SummaryStep
from handlers.resident.understood import AfterSentence
from handlers.resident.what import CategoryStep, WhatStep
from models import phone
from models.person import Person, Role
from models.retention import DIALOGUE

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

FORM = "behalf"
PAGE = 6
YES, NO, MORE = "yes", "no", "more"
NAME_LIMIT = 30  # characters of a first name


class WhoStep(Step):
    """Somebody who was written down before, or somebody new. A name or a number that is typed is looked up."""

    name = "who_asks"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t, typed = turn.t, answers.get("typed_name")
        found = _alike(turn, typed) if typed else known_people(turn)
        page = answers.get("people", 0)
        rows = [row(Choice(_label(each), each.id)) for each in found[page * PAGE : (page + 1) * PAGE]]
        if len(found) > PAGE:
            rows.append(row(Choice(t("Show more"), MORE)))
        if typed:
            return Screen.of(t("Is it one of these people?"), *rows, row(Choice(t("Somebody new"), NEW)))
        question = t("For whom do you ask? Type the first name.")
        return Screen.of(question, *rows)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        typed = answers.pop("typed_name", None)
        if given.choice == MORE:
            found = _alike(turn, typed) if typed else known_people(turn)
            answers["people"] = (answers.get("people", 0) + 1) % -(-len(found) // PAGE)
            if typed:
                answers["typed_name"] = typed
        elif given.choice == NEW and typed:
            answers |= {self.name: NEW, "name": typed}
        elif given.choice is not None:
            self._choose(turn, answers, given.choice)
        else:
            self._look_up(turn, answers, line_of(turn, given)[:NAME_LIMIT])

    def _choose(self, turn: Turn, answers: Answers, choice: str) -> None:
        person = next((each for each in known_people(turn) if str(each.id) == choice), None)
        if person is None:
            raise Again(turn.t("Please tap one of the buttons below."))
        answers |= {self.name: person.id, "name": person.first_name}
        if person.phone:
            answers["number"] = person.phone

    def _look_up(self, turn: Turn, answers: Answers, typed: str) -> None:
        answers.pop("people", None)
        if _alike(turn, typed):
            answers["typed_name"] = typed
        elif any(each.isdigit() for each in typed):
            raise Again(turn.t("I do not know that number yet. Please type the first name."))
        else:
            answers |= {self.name: NEW, "name": typed}


class NumberStep(Step):
    """The number on which we call."""

    name = "number"
    takes = frozenset({"text", "contact"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        return Screen.of(turn.t("On which number can you call {name}?", name=answers["name"]))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        number = phone.parse(given.phone or given.text)
        if number is None:
            raise Again(turn.t("That number is not right. Type all digits, like this: 0470 12 34 56."))
        answers[self.name] = number


class SharedStep(Step):
    """Whether the helper may have that number: they cannot write each other."""

    name = "shared"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return "phone" not in answers and not answers.get("wants_phone")

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        return Screen.of(
            t("Who comes to help may call {name}. Does {name} agree?", name=answers["name"]),
            row(Choice(t("Yes, share it"), YES), Choice(t("No, do not"), NO)),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers[self.name] = given.choice
        answers["phone"] = answers["number"] if given.choice == YES else ""


class BehalfLineStep(LineStep):
    """For somebody else is another question."""

    lines = {line: facts for line, facts in LINES.items() if line != "for"}  # noqa: RUF012 – as its parent has it


@command("namens", fr="aunom", en="behalf", de="fuer", about=N_("Ask for somebody by phone"), role=Role.COORDINATOR)
def on_behalf(turn: Turn) -> Screen:
    """Begin; who is busy with one chooses whether to go on with it."""
    return begin_on_behalf(turn)


@button("behalf", Role.COORDINATOR)
def begin_on_behalf(turn: Turn, anew: str = "") -> Screen:
    """The same, from a button."""
    if not areas_for(turn, {"who_asks": NEW}):
        return Screen.of(turn.t("You have no neighbourhood yet. Please ask the operator to add one."))
    return busy(turn, anew, "behalf", form_name=FORM) or begin(turn, FORM)


@form(
    FORM,
    [
        WhoStep(),
        NumberStep(),
        *THERE,
        AfterSentence(CategoryStep()),
        AfterSentence(WhatStep()),
        *(AfterSentence(each) for each in MOMENT),
        SharedStep(),
        PhoneStep(),
        BehalfLineStep(),
        AfterSentence(SummaryStep()),
    ],
    role=Role.COORDINATOR,
    lives=DIALOGUE,
)
def sent_on_behalf(turn: Turn, answers: Answers) -> Screen:
    """Off it goes; the history says who asked it for whom."""
    request = send(turn, answers)
    sent = turn.t(
        "The question of {name} is sent. As soon as there is something to say to {name}, it stands in /calls.",
        name=answers["name"],
    )
    return case_card(turn.t, request, turn.now).after(sent)


def known_people(turn: Turn) -> list[Person]:
    """Whom coordinators wrote down in the areas of the person who acts."""
    found = Person.without_telegram(each.area for each in turn.person.coordinates)
    return [person for person in turn.session.scalars(found) if person.first_name]


def _alike(turn: Turn, typed: str) -> list[Person]:
    number, begin = phone.parse(typed), typed.casefold()
    return [
        person
        for person in known_people(turn)
        if (number and person.phone == number) or person.first_name.casefold().startswith(begin)
    ]


def _label(person: Person) -> str:
    """`Rosa, Kapelstraat 7`: there may be two of that name."""
    place = person.street or (person.area.name if person.area else "")
    label = f"{person.first_name}, {place}" if place else person.first_name
    return shortened(label, LABEL)
