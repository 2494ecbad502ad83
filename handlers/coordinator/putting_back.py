"""A coordinator takes a task from whoever helps, for instance because they called: somebody else is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.coordinator.cards import case_card, title_of
from handlers.coordinator.overview import own_case
from models import Reason, Refused
from models.lifecycle import PROMISED
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn


@button("put_back", Role.COORDINATOR)
def put_back(turn: Turn, request_id: int) -> Screen:
    """Once more, with what happens then."""
    t, request = turn.t, own_case(turn, request_id)
    if request.state not in PROMISED or request.helper is None or request.is_over(turn.now):
        return case_card(t, request, turn.now)
    then = t(
        "{helper} then no longer has this task. {resident} is told, and we look for somebody else.",
        helper=request.helper.first_name,
        resident=request.resident.first_name,
    )
    question = t("Shall we look for somebody else?")
    return Screen.of(
        f"{then}\n{question}",
        row(Button(t("Yes, look further"), "put_back_now", request.id, request.helper.id)),
        row(Button(t("No, leave it so"), "case", request.id)),
        title=title_of(t, request),
    )


@button("put_back_now", Role.COORDINATOR)
def put_back_now(turn: Turn, request_id: int, helper_id: int) -> Screen:
    """It is open again; whoever helps since the question was read keeps it."""
    request = own_case(turn, request_id, lock=True)
    if request.helper is None or request.helper.id != helper_id:
        raise Refused(Reason.NOT_NOW, request)
    turn.announce(request.put_back(turn.person, turn.now))
    return case_card(turn.t, request, turn.now)
