"""Afterwards: silence is not "done". Both are asked, once more the next day, then a coordinator looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import due
from handlers.asking import how_did_it_go
from handlers.telling import close_for_others
from models.event import EventKind
from models.lifecycle import Attention
from models.reminder import ReminderKind, give_time_to_answer

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.reminder import Reminder


@due(ReminderKind.ASK, ReminderKind.ASK_AGAIN)
def ask_how_it_went(turn: Turn, reminder: Reminder) -> None:
    """Ask one side, unless it said so already."""
    request, side = reminder.request, reminder.side
    close_for_others(turn, request)
    person = request.person_on(side) if side is not None else None
    if person is None or side is None or request.report_of(side) is not None:
        return
    if reminder.still_makes_sense(turn.now, turn.calendar):
        turn.tell(person, how_did_it_go(turn.t_for(person), request, side))
        give_time_to_answer(turn.session, request, turn.now, turn.calendar)


@due(ReminderKind.SILENT)
def tell_that_nobody_answers(turn: Turn, reminder: Reminder) -> None:
    """A coordinator finds out by telephone."""
    if reminder.request.attention is None:  # else one is looking already
        turn.announce(reminder.request.note(EventKind.SILENT, turn.now, attention=Attention.SILENT))
