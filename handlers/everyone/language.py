"""`/taal`: another language than that of the app; and the button below what the bot began by itself.

It holds for the open dialogue, and for good only where languages are remembered: public authorities in Flanders may
not keep which language somebody prefers. Outside of a dialogue the buttons carry it, for what is tapped next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import N_, languages, own_name, translator
from bot.retelling import anew, in_other_languages, with_all_languages
from bot.routing import button, command
from bot.screen import Button, Screen, pairs
from handlers.everyone.standing import home
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.turn import Turn


@command("taal", fr="langue", en="language", de="sprache", about=N_("Choose another language"), last=True)
def choose_language(turn: Turn) -> Screen:
    """All languages, each under its own name."""
    buttons = (Button(own_name(code), "language", code) for code in languages())
    return Screen.of(turn.t("In which language shall I write to you?"), *pairs(*buttons))


@button("language")
def speak(turn: Turn, language: str) -> Screen:
    """The present question in that language; outside of a dialogue where they stand, this once."""
    remembers = _switch(turn, language)
    if turn.dialogue is not None:
        return turn.dialogue.screen()
    if remembers:
        return home(turn)
    once = turn.t("I write in this language now. For always, choose it in Telegram's settings.")
    return home(turn).after(once)


@button("other")
def show_otherwise(turn: Turn, shown: str, name: str, key: str = "", more: str = "") -> Screen | None:
    """The same message in the language of the app; where that is the one which is `shown`, all languages below it."""
    words = _words(name, key, more)
    if turn.t.language != shown:
        return _shown(turn, words)
    screen = _anew(turn, words)
    return with_all_languages(screen, turn.t, words) if screen else _leave(turn)


@button("say_in")
def say_in(turn: Turn, language: str, name: str, key: str = "", more: str = "") -> Screen | None:
    """The same message in that language; what is tapped below it is answered in it too."""
    _switch(turn, language)
    return _shown(turn, _words(name, key, more))


def _switch(turn: Turn, language: str) -> bool:
    """From now on in this turn, in the dialogue, and for good where that is set: returns whether it is."""
    if language not in languages():
        raise Refused(Reason.NOT_FOUND)
    turn.t = translator(language)
    remembers = turn.settings.language_memory == "remember"
    if remembers or turn.dialogue is not None:
        turn.person.language = language
    return remembers


def _anew(turn: Turn, words: tuple[str, ...]) -> Screen | None:
    """The same message; one that a newer card took the place of is only read: the newer one keeps the buttons."""
    screen = anew(turn, words)
    if screen is not None and turn.stands_below(screen):
        return replace(screen.without_buttons(), card="", again=words)
    return screen


def _shown(turn: Turn, words: tuple[str, ...]) -> Screen | None:
    screen = _anew(turn, words)
    return in_other_languages(screen, turn.t, turn.router) if screen else _leave(turn)


def _words(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def _leave(turn: Turn) -> Screen | None:
    """Telegram no longer tells what stands in it, so it must stay as it is."""
    turn.toast = turn.t("This message is too old to be translated.")
    return None
