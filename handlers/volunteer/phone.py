"""On which number a coordinator may call a volunteer; nobody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms import Again
from bot.screen import Choice, Screen, row
from handlers.resident.phone import NONE, PhoneStep

if TYPE_CHECKING:
    from bot.given import Given
    from bot.turn import Turn
    from models.form import Answers


class CallStep(PhoneStep):
    """Typed, or the own contact shared; free to leave out."""

    def wanted(self, turn: Turn, answers: Answers) -> bool:
        return True

    def show(self, turn: Turn, answers: Answers) -> Screen:
        t = turn.t
        text = t("On which number may the coordinator call you? Only coordinators see it.")
        how = t("Type it, or share your contact.")
        return Screen.of(f"{text}\n{how}", row(Choice(t("Rather not"), NONE)))

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        if given.kind == "contact" and not given.own_phone:
            raise Again(turn.t("That is the number of somebody else. Please share your own, or type it."))
        super().take(turn, answers, given)
