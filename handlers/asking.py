"""How did it go? The same question for both sides, when somebody said it or when the time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.words import category_name, what_and_when, when
from models.asked import Outcome, Side
from models.reminder import Reminder, ReminderKind, ReminderState

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.request import Request


def ask_unless_asked(turn: Turn, request: Request, side: Side) -> None:
    """The other side said it: ask this one, unless the clock asked already and the question still stands there."""
    person = request.person_on(side)
    asked = select(Reminder).where(Reminder.request_id == request.id, Reminder.side == side)
    asked = asked.where(Reminder.kind.in_([ReminderKind.ASK, ReminderKind.ASK_AGAIN]))
    asked = asked.where(Reminder.state == ReminderState.DONE, Reminder.due_at > request.waiting_since)
    if person is not None and not turn.session.scalar(select(asked.exists())):
        turn.tell(person, how_did_it_go(turn.t_for(person), request, side), urgent=request.is_urgent(turn.now))


def awaited(t: Translator, request: Request, side: Side) -> str:
    """What becomes of this side's answer: true when it was just asked, when it was asked before, and later on."""
    person = request.person_on(side)
    if person is None or not (person.can_be_told() or (side is Side.RESIDENT and request.is_by_phone)):
        return t("A coordinator looks at it.")
    return t("I am waiting for the answer of {name}.", name=person.first_name)


def did_it_work_out(t: Translator, name: str) -> str:
    """With whom; nobody is named who had everything erased."""
    return t("Did it work out with {name}?", name=name) if name else t("Did it work out?")


def how_did_it_go(t: Translator, request: Request, side: Side) -> Screen:
    """The question, with four answers; no stars, no marks."""
    if side is Side.RESIDENT:
        name = request.helper.first_name if request.helper else ""
        question = did_it_work_out(t, name)
        nobody = t("Nobody came")
    else:
        question = did_it_work_out(t, request.helped_name)
        nobody = t("I could not come")
    what = t("{what}: {when}.", what=category_name(t, request.category), when=when(t, request))
    if side is Side.RESIDENT:
        what = what_and_when(t, request)
    return Screen.of(
        question,
        row(Button(t("Yes, it worked out"), "report", request.id, Outcome.DONE)),
        row(Button(t("Partly"), "report", request.id, Outcome.PARTLY)),
        row(Button(nobody, "report", request.id, Outcome.NOBODY_CAME)),
        row(Button(t("Not needed any more"), "report", request.id, Outcome.NOT_NEEDED)),
        title=what,
    ).as_card("asking", about(request))
