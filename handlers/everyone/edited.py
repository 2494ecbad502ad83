"""A message that somebody changed after it was sent, and that no open dialogue waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.routing import on
from bot.screen import Screen
from handlers.everyone.standing import home
from handlers.resident.cards import request_card
from handlers.resident.sending import set_text
from handlers.resident.what import heard
from models import Request, State

if TYPE_CHECKING:
    from bot.turn import Turn


@on("edited")
def changed_afterwards(turn: Turn) -> Screen | None:
    """The text of a request changes with it, also after somebody said yes; what was passed on cannot be taken back."""
    t = turn.t
    mine = select(Request).where(Request.resident == turn.person, Request.message_id == turn.given.own_id)
    request = turn.session.scalars(mine.order_by(Request.id.desc()).with_for_update()).first()
    if request is None:
        stays = t("You changed an earlier message. What I passed on stays as it was.")
        where = turn.dialogue.screen() if turn.dialogue is not None else home(turn)
        return where.after(stays)
    sent_before = {"kind": request.media_kind, "file": request.media_id} if request.media_id else None
    what = heard(turn.given, sent_before).get("what")
    if what is not None and _same(request, what):
        return None
    if what is None or request.state is State.ENDED:
        return request_card(t, request, turn.now).after(t("You changed your message. Your question stays as it was."))
    set_text(request, what)
    event = request.change(turn.person, turn.now, "text")
    request.compare_words(turn.calendar)
    turn.announce(event)
    return request_card(t, request, turn.now).after(t("You changed your message, so I changed your question too."))


def _same(request: Request, what: dict[str, object]) -> bool:
    known = request.text, request.media_kind, request.media_id
    return known == (what["text"], what.get("kind"), what.get("file"))
