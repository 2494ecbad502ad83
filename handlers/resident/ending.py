"""The end of a request: stopped, done, nobody came; and asked once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.asking import awaited
from handlers.resident.answering import YES, card_of, mine
from handlers.resident.ask import begin, busy
from handlers.resident.draft import on_behalf_answers, where_answers
from handlers.volunteer.cards import BOTH_SAID, COULD_NOT, OTHERWISE, done_card
from models.asked import Outcome, Side
from models.lifecycle import State
from models.refused import Reason, Refused
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn

ASKED = (Outcome.DONE, Outcome.PARTLY, Outcome.NOBODY_CAME, Outcome.NOT_NEEDED)

# What a helper reads after telling how it went.
_THANKS = {
    Outcome.DONE: N_("Thank you for helping!"),
    Outcome.PARTLY: N_("Thank you for helping!"),
    Outcome.NOBODY_CAME: COULD_NOT,
    Outcome.NOT_NEEDED: N_("Thank you for letting us know."),
}


@button("cancel")
def cancel(turn: Turn, request_id: int, sure: str = "") -> Screen:
    """It is not needed any more; asked once, for a tap is easily wrong."""
    request, t = mine(turn, request_id), turn.t
    if request.state is State.ENDED:
        return card_of(turn, request)
    if sure == YES:
        turn.announce(request.cancel(request.resident, turn.now))
        return card_of(turn, request)
    question = t("Do you want to stop question {code}?", code=request.code)
    if request.state is State.TAKEN and request.helper is not None:
        question += " " + t("I then tell {name} at once.", name=request.helper.first_name)
    return Screen.of(
        question,
        row(Button(t("Yes, stop it"), "cancel", request.id, YES), Button(t("No, go on"), "request", request.id)),
    )


@button("report")
def report(turn: Turn, request_id: int, outcome: str, sure: str = "") -> Screen:
    """One of the two says how it went; before the moment they are asked once, for a tap is easily wrong."""
    request, said = turn.get(Request, request_id, lock=True), turn.pick(Outcome, outcome)
    side, t = request.side_of(turn.person), turn.t
    if said not in ASKED:
        raise Refused(Reason.NOT_FOUND)
    if side is Side.RESIDENT and request.state is State.ENDED:
        return card_of(turn, request)
    before = request.report_of(side)
    says_more = before is None or before.outcome is not said  # a double tap says nothing new
    asked = request.report_of(side.other) is not None  # the other side said so first: this is the answer to that
    if says_more and not asked and _too_early(turn, request) and said is not Outcome.NOBODY_CAME and sure != YES:
        return _is_it_really(turn, request, side, said)
    if says_more:
        turn.announce(request.report(said, turn.person, turn.now))
    if side is Side.RESIDENT:
        return card_of(turn, request)
    if request.state is State.ENDED:
        return done_card(t, request)
    rows = [row(Button(t("Send a message"), "write", request.id))] if request.resident.telegram_id else []
    rows.append(row(Button(t("Ask the coordinator"), "write_coordinator", request.id)))
    if request.both_reported and said is not Outcome.NOBODY_CAME:
        return Screen.of(" ".join([t(BOTH_SAID), t(OTHERWISE)]), *rows)
    thanks = t(_THANKS[said])
    waits = said is not Outcome.NOBODY_CAME
    return Screen.of(f"{thanks} {awaited(t, request, Side.RESIDENT)}" if waits else thanks, *rows)


def _too_early(turn: Turn, request: Request) -> bool:
    return request.state is State.TAKEN and request.starts_at is not None and turn.now < request.starts_at


def _is_it_really(turn: Turn, request: Request, side: Side, said: Outcome) -> Screen:
    """The appointment is still to come."""
    t, day = turn.t, turn.t.near_day(request.day or turn.today, turn.today)
    question = t("The appointment is still to come: {day}. Is it done already?", day=day)
    back = Button(t("No, not yet"), "request" if side is Side.RESIDENT else "task", request.id)
    return Screen.of(question, row(Button(t("Yes, it is done"), "report", request.id, said, YES), back))


@button("again")
def again(turn: Turn, request_id: int, anew: str = "") -> Screen:
    """The same once more, on another day."""
    request = mine(turn, request_id)
    known: dict[str, object] = {"category": request.category}
    if request.text or request.media_id:  # else it was forgotten since
        what = {"text": request.text, "kind": request.media_kind, "file": request.media_id}
        known |= {"what": what, **where_answers(request)}
    if turn.acting_for is not None:
        known |= on_behalf_answers(turn, request)
        return busy(turn, anew, "again", request.id, form_name="behalf") or begin(turn, "behalf", **known)
    return busy(turn, anew, "again", request.id) or begin(turn, **known)
