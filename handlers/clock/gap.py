"""Nobody polled for a while, and taps do not wait for long: what waits for an answer is shown once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.routing import on
from handlers.resident.cards import request_card
from handlers.searching import offer_anew, still_asked
from models.lifecycle import State
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn


@on("gap")
def show_what_waits(turn: Turn) -> None:
    """Offers, "is that good?" and "does that hour suit you?"."""
    for request in turn.lock_all(select(Request).where(Request.state != State.ENDED).order_by(Request.id)):
        if request.last_chance_at <= turn.now:
            continue  # it is over, and its reminder says so
        if request.state is State.OPEN:
            offer_anew(turn, request, still_asked(request))
        elif request.state is State.OFFERED or request.proposed is not None:
            turn.tell(
                request.resident,
                request_card(turn.t_for(request.resident), request),
                urgent=request.is_urgent(turn.now),
            )
