"""The coordinators hear that somebody must be called: one message for many calls, and it stays true."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.log import get_logger
from bot.routing import hears
from bot.screen import Button, Screen, row
from models import Call, CallKind, EventKind
from models.matching import coordinators_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Event

log = get_logger(__name__)
LIST, ALERT = "calls", "call_alert"  # what the message is about, and which card it is
TOGETHER = timedelta(hours=2)  # a call that comes so soon after another only changes the number in that message


@hears(*EventKind)
def keep_the_call_list_true(turn: Turn, event: Event) -> None:
    """A new call is told, together with others that wait; what nobody need say any more is counted no longer."""
    request = event.request
    if request is None or not (event.kind in {EventKind.TO_CALL, EventKind.CALLED} or turn.calls_settled):
        return
    turn.calls_settled = False
    turn.session.flush()
    told: set[Call] = set()
    people = coordinators_for(turn.session, request.area)
    if not people:
        log.warning("somebody is to be called, and their area has no coordinator", request_id=request.id)
    for person in people:
        waiting = Call.waiting_in(turn.session, [each.area for each in person.coordinates], turn.now)
        card = call_alert(turn.t_for(person), len(waiting))
        new = [call for call in waiting if call.told_at is None]
        urgent = any(call.is_urgent(turn.now) for call in new)
        if event.kind is EventKind.TO_CALL and not turn.acts(person) and (urgent or _is_news(turn, waiting, new)):
            turn.tell(person, card, urgent=urgent)
            told |= set(new)
        elif waiting:
            turn.revise(person, card)
        else:
            turn.retract(person, card)
    for call in told:
        call.told_at = turn.now


def _is_news(turn: Turn, waiting: Sequence[Call], new: Sequence[Call]) -> bool:
    """Whether nothing was told lately about calls that still wait; what somebody wrote may not wait with others."""
    if any(call.kind is CallKind.MESSAGE for call in new):
        return True
    return not any(call.told_at is not None and call.told_at > turn.now - TOGETHER for call in waiting)


def call_alert(t: Translator, count: int) -> Screen:
    """How many calls wait; it names nobody. Where none does it leaves the chat: the next one would take its buttons."""
    if not count:
        return Screen(t("Nobody has to be called now.")).as_card(ALERT, LIST).retold(ALERT).as_trace()
    text = t.n("{n} person without Telegram waits for your call.", "{n} calls to people without Telegram wait.", count)
    return Screen.of(text, row(Button(t("See whom to call"), "calls"))).as_card(ALERT, LIST).retold(ALERT)
