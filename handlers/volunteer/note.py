"""The information note of the law of 3 July 2005 on the rights of volunteers: what is told before anybody starts.

Change `VERSION` with every change of the words: it is kept with the moment of reading, and who read another version
reads this one when they next change their wishes. What the law asks for: the aim and legal form of the organisation,
its insurance, which expenses are paid, and the duty of discretion. Amounts change every year: the coordinator has them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import Step
from bot.i18n import N_
from bot.legible import plain
from bot.screen import Choice, Screen, row

if TYPE_CHECKING:
    from bot.given import Given
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers

VERSION = "2026-11-22"

# One short screen each: a heading and at most three sentences.
PAGES = (
    (
        N_("Who we are"),
        N_(
            "{organisation} is a public authority. We bring people who look for help together with neighbours. "
            "We do not make a profit."
        ),
    ),
    (
        N_("You are insured"),
        N_(
            "We have an insurance for our volunteers. It pays when you cause damage by accident while you help. "
            "Does something go wrong? Tell the coordinator the same day."
        ),
    ),
    (
        N_("Money"),
        N_(
            "You are not paid for helping. Costs such as kilometres are paid back only if the coordinator agreed. "
            "Ask the coordinator first how much that is now."
        ),
    ),
    (
        N_("What you hear stays with you"),
        N_(
            "You visit people and see how they live. Tell nobody about it, not even after you stop. "
            "Are you worried about somebody? Tell the coordinator only."
        ),
    ),
    (
        N_("What you do not do"),
        N_(
            "Never use somebody's bank card or PIN code. Do not give medicines and do not care for wounds. "
            "You may say no at any time."
        ),
    ),
    (
        N_("Your age"),
        N_("You must be at least 16 years old. You are free to stop whenever you like."),
    ),
)
_NEXT, _READ = "next", "read"
# Typed in place of the button, whatever the language of the app. "Genoeg" is none: the law asks for a proof.
_READ_ON = re.compile(
    r"(lees |ga )?(maar )?verder|(de )?volgende|(lire la )?suite|(page )?suivante?|continuer|(bitte )?weiter(lesen)?"
    r"|next|(read|go) on|continue|(ja )?(ik heb (het|dit|alles) )?gelezen|(oui )?(j'ai )?(tout )?lu"
    r"|(ja )?(ich habe (es|das|alles) )?gelesen|(yes )?(i have |i've )?read( it)?"
    r"|(ja )?(ok|oke|okay|goed|gut|d'accord|bien)|ja|oui|yes"
)


class NoteStep(Step):
    """Reading the note, page by page; leaves which version was read, and when."""

    name = "note"

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        """Whoever read this version need not read it again."""
        volunteer = turn.person.volunteer
        return volunteer is None or volunteer.note_version != VERSION

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """One page."""
        at = answers.get("page", 0)
        label = turn.t("I have read it") if _is_last(at) else turn.t("Read on")
        text, title = page(turn.t, at, turn.settings.organisation_in(turn.t.language))
        return Screen.of(text, row(Choice(label, _onward(at))), title=title)

    def meant(self, turn: Turn, text: str) -> str | None:
        """Who types "verder", or that they have read it, need not find the button."""
        words = plain(text.replace("’", "'"))
        at = turn.dialogue.answers.get("page", 0) if turn.dialogue is not None else 0
        return _onward(at) if _READ_ON.fullmatch(words) else None

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """The next page, or all is read."""
        at = answers.get("page", 0)
        if given.choice != _onward(at):  # that of another page
            return
        if _is_last(at):
            answers[self.name] = {"version": VERSION, "at": turn.now.isoformat()}
        else:
            answers["page"] = at + 1

    def turn_back(self, answers: Answers) -> bool:
        """The page before."""
        at = int(answers.get("page", 0))
        if at:
            answers["page"] = at - 1
        return at > 0


def _is_last(at: int) -> bool:
    return at == len(PAGES) - 1


def _onward(at: int) -> str:
    return _READ if _is_last(at) else f"{_NEXT}{at + 1}"


def page(t: Translator, at: int, organisation: str) -> tuple[str, str]:
    """The words of one page and its heading, with where we are."""
    heading, words = PAGES[at]
    title = t("{heading} ({at} of {all})", heading=t(heading), at=at + 1, all=len(PAGES))
    return t(words, organisation=organisation), title
