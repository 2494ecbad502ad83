"""What a coordinator does for somebody without Telegram, who says it on the phone: all that a resident can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.coordinator.call_words import call_line, what_to_say
from handlers.coordinator.cards import case_card, standing_of, title_of
from handlers.coordinator.overview import own_case
from handlers.resident.cards import answers_to_hour
from models import CallKind, Outcome, Reason, Refused, Side, State
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Request

# How it went, as they say it.
REPORTS = {
    Outcome.DONE: N_("Yes, it worked out"),
    Outcome.PARTLY: N_("Partly"),
    Outcome.NOBODY_CAME: N_("Nobody came"),
    Outcome.NOT_NEEDED: N_("Not needed any more"),
}


@button("act_for", Role.COORDINATOR)
def act_for(turn: Turn, request_id: int) -> Screen:
    """Call first; then each answer is one tap."""
    t, request = turn.t, own_case(turn, request_id)
    if not request.may_be_answered_by(turn.person) or request.resident is turn.person:
        raise Refused(Reason.NOT_NOW, request)
    if request.state is State.ENDED:
        return case_card(t, request, turn.now)
    lines = [*standing_of(t, request, turn.now), "", call_line(t, request, _question(turn, request))]
    back = row(Button(t("Back to the question"), "case", request.id))
    screen = Screen.of("\n".join(lines), *_rows(turn, request), back, title=title_of(t, request))
    return screen.as_card("acting", about(request), private=True)


@button("report_for", Role.COORDINATOR)
def report_for(turn: Turn, request_id: int, outcome: str) -> Screen:
    """How it went, says the resident on the phone."""
    request, said = own_case(turn, request_id, lock=True), turn.pick(Outcome, outcome)
    if said not in REPORTS or not request.is_by_phone:
        raise Refused(Reason.NOT_FOUND)
    turn.acting_for = request.resident
    before = request.report_of(Side.RESIDENT)
    if request.state is not State.ENDED and (before is None or before.outcome is not said):
        turn.announce(request.report(said, request.resident, turn.now))
    return case_card(turn.t, request, turn.now)


def _question(turn: Turn, request: Request) -> str:
    """What there is to ask now."""
    if request.proposed is not None:
        return what_to_say(turn.t, request, CallKind.HOUR)
    if request.state is State.OFFERED:
        return what_to_say(turn.t, request, CallKind.OFFER)
    if request.state is State.TAKEN and turn.now >= (request.starts_at or request.deadline_at):
        return what_to_say(turn.t, request, CallKind.HOW)
    return turn.t("What would {name} like to change?", name=request.resident.first_name)


def _begun(turn: Turn, request: Request) -> bool:
    """Whether it can be over: what has no day may be done at any time."""
    return request.starts_at is None or turn.now >= request.starts_at


def _rows(turn: Turn, request: Request) -> tuple[Row, ...]:
    t, key = turn.t, request.id
    turning = row(Button(t("Change something"), "change", key), Button(t("Stop question"), "cancel", key))
    if request.state is State.OPEN or request.helper is None:
        return (turning,)
    other = row(Button(t("Rather somebody else"), "prefer_other", key, request.helper.id))
    if request.state is State.OFFERED:
        return row(Button(t("That is good"), "agree", key, request.helper.id)), other, turning
    asked = answers_to_hour(t, request)
    if asked and request.needs_hour:
        return *asked, other, turning
    said = REPORTS if _begun(turn, request) else {}
    to_agree = request.needs_hour and not request.is_over(turn.now)
    agree = [row(Button(t("Agree on an hour"), "change", key, "moment"))] if to_agree else []
    return *asked, *agree, *pairs(*(Button(t(REPORTS[each]), "report_for", key, each) for each in said)), other, turning
