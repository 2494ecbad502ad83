"""Words of need were answered before anything else; here somebody may say that there is no danger, and go on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from bot import emergency
from bot.forms import STOP, Again, Step
from bot.legible import kinds_in
from bot.routing import form, on
from bot.screen import Choice, Screen, row
from handlers.everyone.saying import said
from handlers.everyone.stopping import NO_DANGER
from models import Event, EventKind

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers


# Typed in place of a button, in all languages at once; nothing but that: "het is niet erg" may be said of a wound.
WELL = "well"  # nobody is in danger: what was written may still be a question
_ANSWERS = {
    "yes": r"""
        (er\s+is\s+)?(zeker\s+)?geen\s+gevaar(\s+meer)?|(il\s+n'y\s+a\s+)?(pas|plus|aucun)\s+(de\s+)?danger
        |(es\s+(besteht|gibt)\s+)?keine\s+gefahr(\s+mehr)?|(there\s+is\s+)?no\s+danger
        |ga\s+(maar\s+)?(door|verder)|continuez|machen?\s+sie\s+weiter|go\s+on
    """,
    STOP: r"""
        (vals|loos)\s+alarm|(een\s+)?vergissing|fausse\s+alerte|(c'est\s+)?une\s+erreur|falscher\s+alarm|fehlalarm
        |false\s+alarm
    """,
    WELL: r"""
        alles\s+(is\s+)?(weer\s+)?(ok|oke|goed|in\s+orde)(\s+met\s+(mij|ons))?
        |tout\s+(va\s+bien|est\s+(ok|en\s+ordre))|je\s+vais\s+bien
        |schon\s+gut|alles\s+(ist\s+)?(wieder\s+)?(gut|in\s+ordnung)|mir\s+geht\s+es\s+gut
        |(i\s+am|i'm|(it|all|everything)\s*(is|'s))\s+(fine|ok|okay|alright|all\s+right)
    """,
    "": r"ja|nee|neen|oui|non|yes|no|nein|ok|oke|hoor|bedankt|dank\s*(je|u)(\s*wel)?|merci|danke|thanks|sorry",
}
_PATTERNS = {value: re.compile(rf"(?:{words})(?=\s|$)", re.VERBOSE) for value, words in _ANSWERS.items()}


def _said(text: str) -> str | None:
    found = kinds_in(text, _PATTERNS) - {""}
    return found.pop() if len(found) == 1 else None


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

    def meant(self, turn: Turn, text: str) -> str | None:
        """Whoever types that there is no danger goes on; that it was a false alarm calls it off."""
        said = _said(text)
        return said if said != WELL else None

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """There is only one answer besides stopping. Who writes on may still be in need."""
        if given.choice is None and _said(given.text) == WELL:
            raise Again(turn.t("All right. Call 112 if you need help."))
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
