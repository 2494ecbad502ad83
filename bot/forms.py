"""Dialogues: one question at a time, with *back* and *stop*, kept in one row a person."""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from bot.i18n import N_
from bot.legible import number, plain, the_one_that_begins, yes_or_no
from bot.letters import QUESTION
from bot.screen import Button, Choice, Link, Row, Screen, row
from models.form import Answers, FormRow
from models.person import Role
from models.refused import Reason, Refused
from models.retention import DIALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.given import Given
    from bot.turn import Turn

BACK, STOP = "back", "stop"
# Typed like `plain` words, whatever the language of the app; what may go before, and the words themselves.
BEFORE = r"((ja|nee|neen|ok|oke|toch|oui|non|yes|no|nein)\s+)?"
STOPPING = (
    r"(stop|stoppen|stopp|stoppe|annuleer|annuleren|annuler|annulez|arrete[rz]?|abbrechen|cancel)"
    r"(\s+(maar|nu|aub|alsjeblieft|it|please|now|bitte|svp|tout))?"
)
_STOPS = re.compile(BEFORE + STOPPING)
ROUTE = "form"
CARD = "form"  # what a question is to its reader
HISTORY = 30  # how many steps *back* can go
SAID = "said"  # among the answers: each message that was one, its question, and what it brought


class Again(Exception):  # noqa: N818 – a kind question, not an error
    """An answer that cannot be used; the sentence says what to do now. The same question is asked again."""


class Step(ABC):
    """One question. It is asked when it is `wanted` and `answers` has nothing under its name."""

    name: ClassVar[str]
    takes: ClassVar[frozenset[str]] = frozenset()  # kinds of messages that answer it, besides its buttons
    keyboard: ClassVar[bool] = False  # it asks for a place with a button on the keyboard
    secret: ClassVar[bool] = False  # only its buttons answer: digits that are typed leave the chat at once
    passes_on: ClassVar[bool] = False  # somebody else reads the very words, which may be "ik help"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        """Whether to ask at all."""
        return True

    @abstractmethod
    def show(self, turn: Turn, answers: Answers) -> Screen:
        """The question; its buttons are `Choice`s."""

    @abstractmethod
    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """Write the answer into `answers[self.name]`; `given.choice` is what was tapped. Raises `Again`."""

    def meant(self, turn: Turn, text: str) -> str | None:
        """The value that typed words choose which are no label, such as `STOP`; most questions know none."""
        return None

    def turn_back(self, answers: Answers) -> bool:
        """Leave another page of this question for the one before; `False` where *back* means the question before."""
        return False


@dataclass(frozen=True)
class Form:
    """A dialogue: its steps in order, and `finish`, which is called when all are answered."""

    name: str
    steps: Sequence[Step]
    finish: Callable[[Turn, Answers], Screen]
    role: Role = Role.EVERYONE
    lives: timedelta = DIALOGUE


class Dialogue:
    """A form that a person is in."""

    def __init__(self, turn: Turn, form: Form, row: FormRow) -> None:
        self.turn, self.form, self.row = turn, form, row

    @property
    def name(self) -> str:
        """Which form it is."""
        return self.form.name

    @property
    def answers(self) -> Answers:
        """What was answered so far."""
        return self.row.answers

    def step(self) -> Step | None:
        """The question to ask now, or `None` when all are answered."""
        return self.asked(self.answers)

    def asked(self, answers: Answers) -> Step | None:
        """The question that follows after these answers."""
        return next((s for s in self.form.steps if s.name not in answers and s.wanted(self.turn, answers)), None)

    def screen(self) -> Screen:
        """The present question with *back* and *stop*."""
        step = self.step()
        if step is None:
            return self.finish()
        screen = step.show(self.turn, dict(self.answers))
        rows = (*screen.rows, self._turning())
        rows = tuple(tuple(self._button(step, each) for each in line) for line in rows)
        shown = replace(screen, rows=rows)
        if screen.private:  # it leaves the chat with what it speaks of
            return shown.as_card(self.about, screen.about, private=True)
        return shown.as_card(CARD, self.about)

    @property
    def has_back(self) -> bool:
        """Whether *back* leads somewhere from the present question."""
        step = self.step()
        return bool(self.row.history) or (step is not None and step.turn_back(dict(self.answers)))

    @property
    def about(self) -> str:
        """What the letters of its questions are marked with."""
        return f"{QUESTION}{self.row.token}"

    def finish(self) -> Screen:
        """Everything is answered: do it, and give way to the dialogue below."""
        form, answers = self.form, dict(self.answers)
        self.close()
        return form.finish(self.turn, answers)

    def take(self, given: Given) -> Screen:
        """Let the present step take an answer, and show the next question."""
        step = self.step()
        if step is None:
            return self.finish()
        if given.choice == BACK:
            return self.back()
        self.check(step, given)
        if given.choice is None and given.own_id is not None:
            self.row.answers = said(self.answers, given.own_id, step.name, {})
        answers = dict(self.answers)
        step.take(self.turn, answers, given)
        if given.choice is None and given.own_id is not None:
            answers = said(answers, given.own_id, step.name, brought(self.answers, answers))
        self._put_keyboard_away(step)
        before, self.row.answers = self.row.answers, answers
        if self.step() is not step:  # a tick or another page of the same question is nothing that *back* undoes
            self.row.history = [*self.row.history, before][-HISTORY:]
        received = RECEIVED.get(what_came(given)) if given.choice is None else None
        return self.screen().after(self.turn.t(received)) if received else self.screen()

    def check(self, step: Step, given: Given) -> None:
        """Refuse a message of a kind that cannot answer this question."""
        if given.choice is None and given.kind not in step.takes:
            as_photo = given.kind == "picture" and "photo" in step.takes
            raise Again(self.turn.t(AS_A_PHOTO if as_photo else _UNFIT.get(given.kind, _UNFIT_OTHER)))

    def back(self) -> Screen:
        """Undo the last answer, or leave another page of the present question."""
        step, answers = self.step(), dict(self.answers)
        self._put_keyboard_away(step)
        if step is not None and step.turn_back(answers):
            self.row.answers = answers
        elif self.row.history:
            *earlier, self.row.answers = self.row.history
            self.row.history = earlier
        return self.screen()

    def close(self) -> None:
        """This dialogue is over; the one below it, where there is one, goes on."""
        self._put_keyboard_away(self.step())
        self.turn.leave(self.about)
        if self.row.uncover(self.turn.now):
            self.turn.resumed = True
        else:
            self.turn.person.form = None
            self.turn.forget_language()
        self.turn.session.flush()

    def choice_of(self, text: str) -> str | None:
        """The choice whose label somebody typed, or its "ja"; its number too, where the question takes no text."""
        step = self.step()
        if step is None:
            return None
        choices, typed = self._choices(step), plain(text)
        for choice in (*choices, Choice(self.turn.t(N_("Back")), BACK)):
            if typed and plain(choice.label) == typed:
                return choice.value
        if _STOPS.fullmatch(typed):
            return STOP
        if (value := step.meant(self.turn, text)) is not None:
            return value
        if (value := the_one_that_begins(((each.label, each.value) for each in choices), yes_or_no(text))) is not None:
            return value
        return self.numbered(text) if "text" not in step.takes else None

    def numbered(self, text: str) -> str | None:
        """The choice whose number somebody typed."""
        step, at = self.step(), number(text)
        choices = self._choices(step) if step is not None else []
        return choices[at - 1].value if 0 < at <= len(choices) else None

    def _choices(self, step: Step) -> list[Choice]:
        """In the order in which they stand below the question."""
        rows = [*step.show(self.turn, dict(self.answers)).rows, self._turning()]
        return [each for line in rows for each in line if isinstance(each, Choice)]

    def _turning(self) -> Row:
        stop, back = Choice(self.turn.t(N_("Stop")), STOP), Choice(self.turn.t(N_("Back")), BACK)
        return row(back, stop) if self.has_back else row(stop)

    def _put_keyboard_away(self, step: Step | None) -> None:
        if step is not None and step.keyboard:
            self.turn.say(Screen(self.turn.t(N_("Good.")), removes_keyboard=True))

    def _button(self, step: Step, button: Button | Choice | Link) -> Button | Link:
        if isinstance(button, Choice):
            return Button(button.label, ROUTE, self.row.token, step.name, button.value)
        return button


def said(answers: Answers, message: int, step: str, what: Answers) -> Answers:
    """The answers, with a note that this message brought `what`; nothing, where the question is asked again."""
    earlier = [each for each in answers.get(SAID, ()) if each[0] != message]
    return {**answers, SAID: [*earlier, [message, step, what]]}


def brought(before: Answers, after: Answers) -> Answers:
    """What one answer added or changed."""
    return {key: value for key, value in after.items() if key != SAID and before.get(key) != value}


# What is said to a message that does not answer the question. A file may tell where somebody lives, a photo does not.
AS_A_PHOTO = N_("A photo sent as a file may show where you live. Tap the paperclip and send it as a photo.")
FIRST = "first"  # photo of an album
RECEIVED = {
    "photo": N_("I have your photo."),
    "voice": N_("I have your voice message."),
    FIRST: N_("I have your first photo. Only that one goes with it."),
}
_UNFIT = {
    "text": N_("Please tap one of the buttons below."),
    "voice": N_("I cannot use a voice message here. What you said before is kept. Tap a button or type your answer."),
    "photo": N_("I cannot use a photo here. Please tap a button or type your answer."),
    "picture": N_("I cannot use a photo here. Please tap a button or type your answer."),
    "too_large": N_("That is too large for me. Please tell me in words, or send a photo."),
}
_UNFIT_OTHER = N_("I cannot use that here. Your question is still here.")


def what_came(given: Given) -> str:
    """Under which name `RECEIVED` has what is said to it; of an album only the first photo is taken."""
    return FIRST if given.kind == "photo" and given.album else given.kind


class Forms:
    """All dialogues, by name."""

    def __init__(self) -> None:
        self.known: dict[str, Form] = {}

    def open(self, turn: Turn) -> Dialogue | None:
        """The dialogue that the acting person is in, if it has not expired."""
        row = turn.person.form
        if row is None:
            return None
        while (form := self._for(row.name, turn)) is None or row.expires_at <= turn.now:
            if not row.uncover(turn.now):
                turn.person.form = None
                turn.forget_language()
                turn.session.flush()
                return None
        return Dialogue(turn, form, row)

    def _for(self, name: str, turn: Turn) -> Form | None:
        """The form of this name, where the acting person may use it."""
        form = self.known.get(name)
        return form if form is not None and turn.person.has(form.role) else None

    def begin(self, turn: Turn, name: str, answers: Answers) -> Screen:
        """Begin `name`; a dialogue in progress waits below, unless it is the same one."""
        form = self.known[name]
        if not turn.person.has(form.role):
            raise Refused(Reason.ROLE)
        dialogue = self.open(turn)
        row = dialogue.row if dialogue else FormRow(person=turn.person, below=None)
        if dialogue is not None:
            turn.leave(f"{QUESTION}{row.token}")
            if row.name != name:
                row.cover()
        row.name, row.token = name, secrets.token_urlsafe(3)
        row.answers, row.history = dict(answers), []
        first = next((step.name for step in form.steps if "text" in step.takes), "")
        begun_with = turn.given.own_id if turn.given.kind != "tap" else None
        if first and answers and begun_with is not None:  # a sentence may say several things
            row.answers = said(row.answers, begun_with, first, row.answers)
        row.updated_at, row.expires_at = turn.now, turn.now + form.lives
        turn.session.add(row)
        turn.keep_language()
        turn.session.flush()
        return Dialogue(turn, form, row).screen()

    def tap(self, turn: Turn, token: str, step: str, value: str) -> Screen | None:
        """A button of a dialogue: of the present question it answers, of an earlier one it shows where they are.

        A second tap on the last button does nothing: the card which the dialogue ended with stays.
        """
        dialogue = self.open(turn)
        if dialogue is None or dialogue.row.token != token:
            card = turn.tapped_card or CARD
            if card != CARD and not card.startswith(QUESTION):
                return None
            raise Refused(Reason.EXPIRED)
        if value == STOP:
            return turn.router.stopped(turn, dialogue)
        present = dialogue.step()
        if present is None or present.name != step:
            return dialogue.screen()
        return self._take(turn, dialogue, turn.given.choosing(value))

    def reply(self, turn: Turn, dialogue: Dialogue) -> Screen:
        """A message while a dialogue is open."""
        given = turn.given
        if given.kind == "text" and (choice := dialogue.choice_of(given.text)) is not None:
            if choice == STOP:
                return turn.router.stopped(turn, dialogue)
            given = given.choosing(choice)
        return self._take(turn, dialogue, given)

    def _take(self, turn: Turn, dialogue: Dialogue, given: Given) -> Screen:
        row = dialogue.row
        row.updated_at, row.expires_at = turn.now, turn.now + dialogue.form.lives
        try:
            return dialogue.take(given)
        except Again as again:
            choice = dialogue.numbered(given.text) if given.choice is None and given.kind == "text" else None
            if choice == STOP:
                return turn.router.stopped(turn, dialogue)
            if choice is not None:  # a number that is no answer is that of a button
                return self._take(turn, dialogue, given.choosing(choice))
            return dialogue.screen().after(str(again))
