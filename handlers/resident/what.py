"""The first questions of a request: which kind of help, and what exactly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.screen import Choice, Screen, pairs, row
from handlers.resident.draft import somebody_in
from handlers.words import CATEGORIES, category_emoji, category_name
from models.category import Category
from models.sentence import Talk, understand

if TYPE_CHECKING:
    from bot.given import Given
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.form import Answers

TEXT_LIMIT = 1000  # characters; more is not read at the door
# A photo sent as a file keeps where it was taken, and the helper would get that too. Telegram takes it out of what is
# sent as a photo: who sends a file is asked for that, with how to do it.
FILES = frozenset({"voice", "photo"})


class CategoryStep(Step):
    """Which kind of help, or its number. Who answers with what they need has said the next thing already."""

    name = "category"
    takes = frozenset({"text"}) | FILES

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        kinds = (Choice(f"{category_name(t, each)} {category_emoji(each)}", each) for each in _in_order(answers))
        question = t("Good that you ask. What do you need help with?")
        if answers.get("perhaps"):
            question = t("I am not sure which kind of help this is. Which one fits?")
        elif name := somebody_in(answers):
            question = t("What does {name} need help with?", name=name)
        return Screen.of(question, *pairs(*kinds))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        typed = given.text.strip()
        if given.choice is not None:
            answers[self.name] = turn.pick(Category, given.choice)
        elif typed.isdecimal() and 1 <= int(typed) <= len(CATEGORIES):
            answers[self.name] = _in_order(answers)[int(typed) - 1]
        else:
            before = answers.pop("held", None) or answers.pop("what", None)
            answers.update(heard(given, before))


def _in_order(answers: Answers) -> list[Category]:
    """All kinds of help; first those that a sentence made likely."""
    likely = [Category(each) for each in answers.get("perhaps", ())]
    return [*likely, *(each for each in CATEGORIES if each not in likely)]


class WhatStep(Step):
    """What exactly: a sentence, a voice message or a photo. One that is too long is `held`, cut to what fits.

    What it said before it was to be changed is `earlier`.
    """

    name = "what"
    takes = frozenset({"text"}) | FILES

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        if held := answers.get("held"):
            return Screen.of(
                t("That is a bit long to read. This part fits:")
                + f"\n\n{held['text']}\n\n"
                + t("Is this enough? Or type it again, a bit shorter."),
                row(Choice(t("This is enough"), "held")),
            )
        question = t("What exactly do you need? Type one sentence, or send a voice message or a photo.")
        health = t("Please write nothing about your health.")
        if name := somebody_in(answers):
            question = t(
                "What exactly does {name} need? One sentence, a voice message or a photo is enough.", name=name
            )
            health = t("Please write nothing about the health of {name}.", name=name)
        earlier = answers.get("earlier")
        if not earlier:
            return Screen.of(f"{question}\n{health}")
        now = t("Now it says: {text}", text=earlier["text"]) + "\n\n" if earlier.get("text") else ""
        return Screen.of(f"{now}{question}\n{health}", row(Choice(t("Leave it so"), "earlier")))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        held = answers.pop("held", None)
        if given.choice == "held" and held:
            answers[self.name] = held
            return
        if given.choice == "earlier" and answers.get("earlier"):
            answers[self.name] = answers["earlier"]
            return
        said = heard(given, {name: held[name] for name in ("kind", "file") if name in held} if held else None)
        if not said:
            raise Again(turn.t("I could not read that. Please type one sentence."))
        answers.update(said)


def heard(given: Given, before: Answers | None = None) -> Answers:
    """A message as the answer to "what exactly", or held back where it is too long; empty where nothing is in it.

    `before`: what was said or sent already is part of it too, as a photo is of the words that follow it.
    """
    text, known = without_code(given.text.replace("\0", "").strip()), before or {}
    if given.kind not in FILES and not text:
        return {}
    earlier = known.get("text")
    message = None if earlier else given.own_id  # of two messages with words, a change of one tells too little
    text = "\n".join(each for each in (earlier, text) if each)
    what: Answers = {**known, "text": fitting(text), "message": message}
    if given.kind in FILES:
        what |= {"kind": given.kind, "file": given.file_id}
    return {"what" if len(text) <= TEXT_LIMIT else "held": what}


_NUMBER = r"\d[\d .-]{2,6}\d"
_DIGITS = rf"(?:\W+[^\W\d]\w*){{0,8}}?\W*){_NUMBER}"
_BEFORE = re.compile(
    rf"(?i)\b{_NUMBER}(?=\s+(?:is|est|ist|=)\s+(?:[^\W\d]+\s+){{0,3}}?(?:pin\w*|\w*code|geheimzahl)\b)"
)
# These say by themselves that nobody may read it; a code is one beside a card, and else perhaps that of a door.
_PIN = re.compile(
    rf"(?i)(\b(?:pin(?:[ -]?(?:code|nummer|number|nr))?|geheim\w*|code\s+(?:pin|secret)|secret\s+code)\b{_DIGITS}"
)
_CODE = re.compile(rf"(?i)(\b(?!post)\w*code\b(?!\s+postal){_DIGITS}")
_CARD = re.compile(
    r"(?i)\b(\w*(kaart|karte)|bank-?pas|(bank[ -]?|credit[ -]?)?card|carte|bancontact|visa\w*|girocard)\b"
)


def asks_for_care(text: str, language: str) -> bool:
    """Whether these words ask for what neighbours may not do."""
    return understand(text, language).talk is Talk.CARE


def not_for_neighbours(t: Translator) -> str:
    """What is said to that first."""
    no = t("Neighbours do not help with care, medicines, bank cards or money.")
    return "\n".join([no, t("The coordinator knows who does.")])


def without_code(text: str, *, care: bool = False) -> str:
    """Who asks for help with a bank card sometimes gives the code too: it is read by nobody.

    `care`: the sentence asks for what neighbours may not do, so that any code in it is one.
    """
    safe = _PIN.sub(r"\1…", text)
    return _BEFORE.sub("…", _CODE.sub(r"\1…", safe)) if care or _CARD.search(safe) else safe


def fitting(text: str) -> str:
    """`text`, or its beginning up to the last whole word that fits."""
    if len(text) <= TEXT_LIMIT:
        return text
    fits = text[: TEXT_LIMIT - 1]
    return (fits[: fits.rfind(" ")] if " " in fits[TEXT_LIMIT // 2 :] else fits).rstrip() + "…"
