"""Words of need were answered before anything else; here somebody may say that there is no danger, and go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from bot import emergency
from bot.forms import Again, Step
from bot.routing import form, on
from bot.screen import Choice, Screen, row
from handlers.everyone.saying import said
from handlers.everyone.stopping import NO_DANGER
from models import Event, EventKind

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers


class GoOn(Step):
    """The words wait here until somebody says that there is no danger."""

    name: ClassVar[str] = "go_on"
    takes: ClassVar[frozenset[str]] = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """Ask, without a yes or no that could be misread."""
        t = turn.t
        return Screen.of(
            t("Is there no danger? Then tap the button, and I go on with what you wrote."),
            row(Choice(t("Go on with my question"), "yes")),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """There is only one answer besides stopping. Who writes on may still be in need."""
        if given.choice is None:
            raise Again(emergency.answer(turn.t, f"{answers['text']}\n{given.text}"))
        answers[self.name] = given.choice


@on("emergency")
def in_danger(turn: Turn) -> Screen | None:
    """Keep the words aside; the numbers come first where they could not be sent at once, and stay in the chat."""
    given = turn.given
    turn.announce(Event(kind=EventKind.EMERGENCY, by=turn.person, person=turn.person, at=turn.now))
    if given.emergency == "untold":
        turn.say(Screen(emergency.answer(turn.t, given.text)))
    if given.edited:  # there is nothing new to go on with
        return None
    return turn.begin(NO_DANGER, kind=given.kind, text=given.text, file_id=given.file_id)


@form(NO_DANGER, [GoOn()])
def no_danger(turn: Turn, answers: Answers) -> Screen:
    """No danger: what was written counts as just written."""
    wrote = {name: answers[name] for name in ("kind", "text", "file_id")}
    turn.given = replace(turn.given, **wrote, data="", choice=None, emergency="")
    turn.resumed = False  # the dialogue below takes the words now
    dialogue = turn.dialogue
    return turn.router.forms.reply(turn, dialogue) if dialogue else said(turn)
