"""On which number a coordinator may call a volunteer; nobody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screen import Choice, Screen, row
from handlers.resident.phone import NONE, PhoneStep

if TYPE_CHECKING:
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
