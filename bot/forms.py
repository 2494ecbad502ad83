"""Dialogues: one question at a time, with *back* and *stop*, kept in one row a person."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from bot.i18n import N_
from bot.letters import QUESTION
from bot.screen import Button, Choice, Link, Screen, row
from models.form import Answers, FormRow
from models.person import Role
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.given import Given
    from bot.turn import Turn

BACK, STOP = "back", "stop"
ROUTE = "form"
CARD = "form"  # what a question is to its reader
HISTORY = 30  # how many steps *back* can go
SAID = "said"  # among the answers: the newest message that answered, and which question


class Again(Exception):  # noqa: N818 – a kind question, not an error
    """An answer that cannot be used; the sentence says what to do now. The same question is asked again."""


class Step(ABC):
    """One question. It is asked when it is `wanted` and `answers` has nothing under its name."""

    name: ClassVar[str]
    takes: ClassVar[frozenset[str]] = frozenset()  # kinds of messages that answer it, besides its buttons
    keyboard: ClassVar[bool] = False  # it asks for a place with a button on the keyboard

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        """Whether to ask at all."""
        return True

    @abstractmethod
    def show(self, turn: Turn, answers: Answers) -> Screen:
        """The question; its buttons are `Choice`s."""

    @abstractmethod
    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """Write the answer into `answers[self.name]`; `given.choice` is what was tapped. Raises `Again`."""

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
    lives: timedelta = timedelta(days=3)


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
        return self._asked(self.answers)

    def _asked(self, answers: Answers) -> Step | None:
        return next((s for s in self.form.steps if s.name not in answers and s.wanted(self.turn, answers)), None)

    def screen(self) -> Screen:
        """The present question with *back* and *stop*."""
        step = self.step()
        if step is None:
            return self.finish()
        screen = step.show(self.turn, dict(self.answers))
        turning = [Choice(self.turn.t(N_("Stop")), STOP)]
        if self.row.history or step.turn_back(dict(self.answers)):
            turning.insert(0, Choice(self.turn.t(N_("Back")), BACK))
        rows = (*screen.rows, row(*turning))
        rows = tuple(tuple(self._button(step, each) for each in line) for line in rows)
        shown = replace(screen, rows=rows)
        if screen.private:  # it leaves the chat with what it speaks of
            return shown.as_card(self._about, screen.about, private=True)
        return shown.as_card(CARD, self._about)

    @property
    def _about(self) -> str:
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
        if given.choice is None and given.kind not in step.takes:
            raise Again(self.turn.t(_UNFIT.get(given.kind, _UNFIT_OTHER)))
        if given.choice is None and given.own_id is not None:
            self.row.answers = {**self.answers, SAID: [given.own_id, step.name]}
        answers = dict(self.answers)
        step.take(self.turn, answers, given)
        self._put_keyboard_away(step)
        before, self.row.answers = self.row.answers, answers
        if self.step() is not step:  # a tick or another page of the same question is nothing that *back* undoes
            self.row.history = [*self.row.history, before][-HISTORY:]
        return self.screen()

    def follows(self, given: Given) -> bool:
        """Whether the message that was changed answered a question of this dialogue, and still counts."""
        return self._answered_with(given) is not None or self._was_just_said(given)

    def follow(self, given: Given) -> Screen | None:
        """A message was changed afterwards: its answer changes with it; `None` where it says the same."""
        at = self._answered_with(given)
        if at is None:
            return self.take(given)
        before, after = self._around(at)
        step = next(step for step in self.form.steps if step.name == after[SAID][1])
        if given.kind not in step.takes:
            raise Again(self.turn.t(_UNFIT.get(given.kind, _UNFIT_OTHER)))
        anew = {key: value for key, value in before.items() if key != SAID}
        step.take(self.turn, anew, given)
        old, new = _brought(before, after), _brought(before, anew)
        if old == new:
            return None
        states = [*self.row.history, self.answers]
        changed = [{key: value for key, value in state.items() if key not in old} | new for state in states[at:]]
        *self.row.history, self.row.answers = [*states[:at], *changed]
        return self.screen().after(self.turn.t(N_("You changed your message, and I changed it here too.")))

    def _answered_with(self, given: Given) -> int | None:
        """After which answer the message stands; `None` where none came of it, or something else was answered since."""
        for at, state in enumerate([*self.row.history, self.answers]):
            message, name = state.get(SAID, (None, ""))
            asked = self._asked(state)
            if message == given.own_id and (asked is None or asked.name != name):
                brought = _brought(*self._around(at))
                return at if all(self.answers.get(key) == value for key, value in brought.items()) else None
        return None

    def _around(self, at: int) -> tuple[Answers, Answers]:
        """The answers before and after that step; what somebody began with came of nothing."""
        after = [*self.row.history, self.answers][at]
        name = after[SAID][1]
        begun = {key: value for key, value in after.items() if key != name}
        return (self.row.history[at - 1] if at else begun), after

    def _was_just_said(self, given: Given) -> bool:
        """It was no answer to the present question; perhaps it is one now."""
        step = self.step()
        return step is not None and self.answers.get(SAID) == [given.own_id, step.name]

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
        self.turn.leave(self._about)
        if self.row.uncover(self.turn.now):
            self.turn.resumed = True
        else:
            self.turn.person.form = None
            self.turn.forget_language()
        self.turn.session.flush()

    def choice_of(self, text: str) -> str | None:
        """The choice whose label somebody typed; its number too, where the question takes no text."""
        step = self.step()
        if step is None:
            return None
        screen = step.show(self.turn, dict(self.answers))
        choices = [each for line in screen.rows for each in line if isinstance(each, Choice)]
        typed = text.strip().casefold()
        turning = [Choice(self.turn.t(N_("Stop")), STOP), Choice(self.turn.t(N_("Back")), BACK)]
        for choice in (*choices, *turning):
            if choice.label.casefold() == typed:
                return choice.value
        if typed == STOP:  # so it is said in all our languages
            return STOP
        if "text" not in step.takes and typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1].value
        return None

    def _put_keyboard_away(self, step: Step | None) -> None:
        if step is not None and step.keyboard:
            self.turn.say(Screen(self.turn.t(N_("Good.")), removes_keyboard=True))

    def _button(self, step: Step, button: Button | Choice | Link) -> Button | Link:
        if isinstance(button, Choice):
            return Button(button.label, ROUTE, self.row.token, step.name, button.value)
        return button


def _brought(before: Answers, after: Answers) -> Answers:
    """What one answer added or changed."""
    return {key: value for key, value in after.items() if key != SAID and before.get(key) != value}


# What is said to a message that does not answer the question.
_UNFIT = {
    "text": N_("Please tap one of the buttons below."),
    "voice": N_("I cannot listen to that here. Please tap a button or type your answer."),
    "photo": N_("I cannot use a photo here. Please tap a button or type your answer."),
    "picture": N_("I cannot use a photo here. Please tap a button or type your answer."),
    "too_large": N_("That is too large for me. Please tell me in words, or send a photo."),
}
_UNFIT_OTHER = N_("I cannot use that here. Your question is still here.")


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
        said = next((step.name for step in form.steps if step.name in answers and "text" in step.takes), None)
        if said is not None and turn.given.own_id is not None:
            row.answers = {**answers, SAID: [turn.given.own_id, said]}
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

    def follow(self, turn: Turn, dialogue: Dialogue) -> Screen | None:
        """A message that was changed afterwards, while a dialogue is open that it answered."""
        try:
            return dialogue.follow(turn.given)
        except Again as again:
            return dialogue.screen().after(str(again))

    def _take(self, turn: Turn, dialogue: Dialogue, given: Given) -> Screen:
        row = dialogue.row
        row.updated_at, row.expires_at = turn.now, turn.now + dialogue.form.lives
        try:
            return dialogue.take(given)
        except Again as again:
            return dialogue.screen().after(str(again))
