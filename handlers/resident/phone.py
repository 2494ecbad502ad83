"""A telephone number, for who likes to be called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.forms import Again, Step
from bot.legible import NO, plain, yes_or_no
from bot.screen import Choice, Screen, row
from handlers.resident.draft import somebody_in
from models import phone

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers

NONE = "none"
_HAVE_NONE = re.compile(
    r"(ik heb )?geen (telefoon|gsm|nummer)|(ik )?(wil )?(dat )?(liever|toch) niet( geven)?"
    r"|(je n'ai )?pas de (telephone|numero|gsm)|plutot pas|je prefere pas"
    r"|(ich habe )?(kein telefon|keine (nummer|handynummer))|lieber nicht|(i have )?no (phone|number)|(i'd )?rather not"
)


class PhoneStep(Step):
    """Typed or shared; only asked of who chose this line. Empty: not shared."""

    name = "phone"
    takes = frozenset({"text", "contact"})

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return bool(answers.get("wants_phone"))

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        if name := somebody_in(answers):
            question = t("On which number may the volunteer call {name}?", name=name)
        else:
            question = t("On which number may your volunteer call you? Type it, or share your contact.")
        return Screen.of(
            question,
            row(Choice(t("Do not share a number"), NONE)),
        )

    def meant(self, turn: Turn, text: str) -> str | None:
        """Whoever says no, or that they have none, typed no wrong number."""
        no = yes_or_no(text) == NO or _HAVE_NONE.fullmatch(plain(text.replace("’", "'")))
        return NONE if no and "?" not in text else None

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.choice == NONE:
            answers[self.name] = ""
            return
        if given.kind == "contact" and not given.own_phone:
            raise Again(turn.t("That is the number of somebody else. Please share your own, or type it."))
        number = phone.parse(given.phone or given.text)
        if number is None:
            raise Again(turn.t("That number is not right. Type all digits, like this: 0470 12 34 56."))
        answers[self.name] = number
