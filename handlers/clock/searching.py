"""Nobody yet: a wider ring, a coordinator, an honest message, and in the end the truth. No dead end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import due
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.resident.cards import CARD, request_card
from handlers.searching import NOBODY_FOUND, ask_further
from handlers.words import what_and_when
from models.event import NOBODY_NEW, EventKind
from models.lifecycle import Attention, State
from models.matching import Ring, candidates, fits, nobody_asked
from models.reminder import ReminderKind

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.reminder import Reminder
    from models.request import Request


@due(ReminderKind.WIDEN)
def widen(turn: Turn, reminder: Reminder) -> None:
    """Ask the whole municipality. From now on whoever comes is asked from there, also where it finds nobody new."""
    request = reminder.request
    if not reminder.still_makes_sense(turn.now, turn.calendar):
        return
    found = candidates(turn.session, request, Ring.WIDER, turn.now)
    event = request.note(EventKind.WIDENED, turn.now)
    event.detail = None if any(not fits(each, request, Ring.NEAR) for each in found) else NOBODY_NEW
    turn.announce(event)
    nobody_before = nobody_asked(request)
    ask_further(turn, request)
    if nobody_before and not nobody_asked(request):  # the card says that nobody can be asked
        turn.revise(request.resident, request_card(turn.t_for(request.resident), request))


@due(ReminderKind.ESCALATE)
def escalate(turn: Turn, reminder: Reminder) -> None:
    """A coordinator looks, unless one was asked to find somebody already."""
    if reminder.request.attention not in NOBODY_FOUND and reminder.still_makes_sense(turn.now, turn.calendar):
        turn.announce(reminder.request.note(EventKind.ESCALATED, turn.now, attention=Attention.ESCALATED))


@due(ReminderKind.WARN)
def warn(turn: Turn, reminder: Reminder) -> None:
    """Tell the resident honestly, while something else can still be arranged; ask again who may come, if that waits."""
    request = reminder.request
    if not reminder.still_makes_sense(turn.now, turn.calendar):
        return
    turn.announce(request.note(EventKind.WARNED, turn.now))
    t = turn.t_for(request.resident)
    card = request_card(t, request) if request.state is State.OFFERED else nobody_yet(t, request)
    turn.tell(request.resident, card, urgent=request.is_urgent(turn.now), valid_until=request.last_chance_at)


@due(ReminderKind.LAPSE)
def lapse(turn: Turn, reminder: Reminder) -> None:
    """The moment has come and nobody was found."""
    turn.announce(reminder.request.lapse(turn.now))


def nobody_yet(t: Translator, request: Request) -> Screen:
    """The honest message before the moment."""
    screen = Screen.of(
        t("We have not found anybody yet. The coordinator knows and is looking too. Can somebody else help you?"),
        row(Button(t("Choose another moment"), "change", request.id)),
        row(Button(t("Write to the coordinator"), "write_coordinator", request.id)),
        row(Button(t("Stop this request"), "cancel", request.id)),
        title=what_and_when(t, request),
    )
    return screen.as_card(CARD, about(request)).retold("nobody_yet", request.id)
