"""The last question of a request: is it right, and who may come?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.i18n import N_
from bot.legible import plain
from bot.screen import Choice, Screen, pairs, row
from handlers.resident.draft import LINES, ask_anew, is_on_behalf, is_over, moment_of, somebody_in, where_of
from handlers.words import MOMENT_COUNTS, category_emoji, category_name, in_area
from models import phone
from models.appointment import not_in_words
from models.category import Category
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from bot.given import Given
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers

FIRST, KNOW, CHANGE, NOTHING = "first", "know", "change", "nothing"

_THANKS = r"( (graag|merci|svp|aub|alsjeblieft|bitte|danke|please|thanks|bedankt|dank je))?"
# What says one of the three without its label. Two of them send at once, and who may come is nothing to guess at:
# "niet de eerste" and "ik woon op de eerste verdieping" say neither, and so does "goed".
_MEANT = {
    CHANGE: re.compile(
        r"((ik (wil|wou|moet)|je (veux|voudrais|dois)|ich (will|mochte|muss)|i want to) )?((nog|graag|encore|noch) )?"
        r"((iets|wat|quelque chose|etwas|something) )?(veranderen|aanpassen|wijzigen|changer|modifier|andern|change)"
        rf"( (iets|quelque chose|etwas|something))?{_THANKS}"
    ),
    KNOW: re.compile(
        r"((ik (wil|wou)|je (veux|voudrais)|ich (will|mochte)|i want to) )?(graag )?"
        r"((eerst|d'abord|zuerst|erst|first) )?"
        r"(weten|savoir|wissen|know)( (eerst|d'abord|zuerst|first))? (wie|qui|wer|who)"
        rf"( (er )?(komt|vient|kommt|comes|helpt|aide|hilft))?{_THANKS}"
    ),
    FIRST: re.compile(
        r"(ja |oui |yes )?((de|den|le|la|der|die|the) )?(eerste|premiere?|erste[rn]?|first)"
        r"( (vrijwilliger|benevole|volunteer))?"
        rf"( die kan| qui peut| der kann)?( (is|est|ist) (goed|ok|oke|prima|bon|bien|gut|fine))?{_THANKS}"
    ),
}

MEDIA = {"voice": N_("your voice message"), "photo": N_("your photo"), "picture": N_("your photo")}


class LineStep(Step):
    """Which line is to change."""

    name = "line"
    lines = LINES

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("changing"))

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        choices = [Choice(t(label), line) for line, (label, _) in self.lines.items()]
        last = row(Choice(t("Change nothing"), NOTHING))
        return Screen.of(t("What would you like to change?"), *pairs(*choices), last)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        answers.pop("changing", None)
        if given.choice in self.lines:
            ask_anew(answers, given.choice)
        elif given.choice != NOTHING:
            raise Refused(Reason.NOT_FOUND)


class SummaryStep(Step):
    """Everything at a glance. Both answers send; each line can be changed first."""

    name = "who"
    takes = frozenset({"text"})

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        question = t("May the first volunteer come, or do you first want to know who? Then I send your question.")
        name = somebody_in(answers)
        if is_on_behalf(answers):
            question = t("May the first volunteer come, or does {name} first want to know who?", name=answers["name"])
        return Screen.of(
            "\n".join([*self._lines(turn, answers), "", question]),
            row(Choice(t("The first is fine"), FIRST), Choice(t("First know who"), KNOW)),
            row(Choice(t("Change something"), CHANGE)),
            title=t("The question for {name}", name=name) if name else t("This is your question"),
        )

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        choice = given.choice or ""
        if given.choice is None:
            raise Again(turn.t("Please tap one of the buttons below."))
        if choice == CHANGE:
            answers["changing"] = True
        elif choice not in {FIRST, KNOW}:
            raise Refused(Reason.NOT_FOUND)
        elif is_over(moment_of(answers), turn.now, turn.calendar):
            ask_anew(answers, "moment")
            answers["over"] = True
        else:
            answers[self.name] = choice

    def meant(self, turn: Turn, text: str) -> str | None:
        words = "" if "?" in text else plain(text)
        return next((choice for choice, pattern in _MEANT.items() if pattern.fullmatch(words)), None)

    @staticmethod
    def _lines(turn: Turn, answers: Answers) -> list[str]:
        t, where = turn.t, where_of(turn, answers)
        category = Category(answers["category"])
        place = where.address or t("the place on the map")
        moment, text = moment_of(answers), answers["what"].get("text") or ""
        differ = not_in_words(moment, text, turn.now, turn.calendar)
        lines = [
            (t("For"), somebody_in(answers) or t("yourself")),
            (t("Help"), f"{category_name(t, category)} {category_emoji(category)}"),
            (t("What"), said(t, answers["what"].get("text"), answers["what"].get("kind"))),
            (t("When"), t.moment(moment) + (f"\n{t(MOMENT_COUNTS)}" if differ else "")),
            (t("Where"), in_area(place, where.area)),
            (t("Name on the bell"), where.bell),
            (t("Phone"), phone.shown(answers["phone"]) if answers.get("phone") else t("not shared")),
        ]
        return [t("{label}: {fact}", label=label, fact=fact) for label, fact in lines if fact]


def said(t: Translator, text: str | None, kind: str | None) -> str:
    """What was asked, in words: the text, and whether a voice message or a photo came with it."""
    media = t(MEDIA[kind]) if kind else ""
    if text and media and text[-1] in ".?!…":
        return f"{text} ({media})"
    return ", ".join(part for part in (text, media) if part)
