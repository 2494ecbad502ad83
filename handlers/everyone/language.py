"""`/taal`: another language than that of the app.

It holds for the open dialogue, and for good only where languages are remembered: public authorities in Flanders may
not keep which language somebody prefers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

from bot.i18n import N_, languages, translator
from bot.routing import button, command
from bot.screen import Button, Screen, pairs
from handlers.everyone.standing import home
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.turn import Turn


@command("taal", fr="langue", en="language", de="sprache", about=N_("Choose another language"), last=True)
def choose_language(turn: Turn) -> Screen:
    """All languages, each under its own name."""
    names = {code: Locale(code).get_display_name() or code for code in languages()}
    buttons = (Button(name.capitalize(), "language", code) for code, name in names.items())
    return Screen.of(turn.t("In which language shall I write to you?"), *pairs(*buttons))


@button("language")
def speak(turn: Turn, language: str) -> Screen:
    """The present question in that language; outside of a dialogue where they stand, this once."""
    if language not in languages():
        raise Refused(Reason.NOT_FOUND)
    turn.t, dialogue = translator(language), turn.dialogue
    remembers = turn.settings.language_memory == "remember"
    if remembers or dialogue is not None:
        turn.person.language = language
    if dialogue is not None:
        return dialogue.screen()
    if remembers:
        return home(turn)
    once = turn.t("I write in this language now. Do you always want it? Then choose it in Telegram's settings.")
    return home(turn).after(once)
