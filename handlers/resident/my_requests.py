"""The requests of one resident: a list, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Screen, row
from handlers.paging import TIMES, nearest, turning
from handlers.resident.answering import card_of, mine
from handlers.resident.cards import answers_to_hour, proposal
from handlers.words import category_emoji, category_name, outcome_name, when
from models.asked import Outcome, Side
from models.lifecycle import State
from models.request import Request

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn

PAGE = 5

_STATES = {
    State.OPEN: N_("we are looking for somebody"),
    State.OFFERED: N_("{name} would like to help"),
    State.TAKEN: N_("{name} helps you"),
}


@command("mijnvragen", fr="mesdemandes", en="myrequests", de="meineanfragen", about=N_("See your questions"))
def my_requests_command(turn: Turn) -> Screen:
    """All my requests, from the first page."""
    return my_requests(turn)


@button("my_requests")
def my_requests(turn: Turn, page: int = 0) -> Screen:
    """What is open first, then the newest."""
    t = turn.t
    own = select(Request).where(Request.resident_id == turn.person.id)
    count = turn.session.scalar(select(func.count()).select_from(own.subquery())) or 0
    ask = row(Button(t("I am looking for help"), "ask"))
    if not count:
        return Screen.of(t("You have no questions yet. Would you like to ask for help?"), ask)
    page, more = nearest(page, count, PAGE)
    in_order = own.order_by(Request.state == State.ENDED, Request.id.desc())
    found = turn.session.scalars(in_order.limit(PAGE).offset(page * PAGE)).all()
    rows = [row(Button(_label(t, request), "request", request.id)) for request in found]
    waiting = [request for request in found if proposal(t, request)]
    asked = waiting[0] if len(waiting) == 1 else None  # of several, each is answered on its own card
    text = "\n\n".join(_line(t, request, asks=request is asked) for request in found)
    answers = answers_to_hour(t, asked) if asked is not None else ()
    older = turning(t, "my_requests", page, more=more, words=TIMES)
    return Screen.of(text, *answers, *rows, *older, ask, title=t("Your questions"))


@button("request")
def show_request(turn: Turn, request_id: int) -> Screen:
    """One request as it stands."""
    return card_of(turn, mine(turn, request_id), turn.now)


def _label(t: Translator, request: Request) -> str:
    return f"{request.code} {category_name(t, request.category)}"


def _line(t: Translator, request: Request, *, asks: bool) -> str:
    """What, when, and how it stands; or whether the proposed hour suits, where that `asks`."""
    name, told = request.helper.first_name if request.helper else "", request.report_of(Side.RESIDENT)
    if request.state is State.TAKEN and told is not None:  # it is over, and a coordinator looks at it
        state = outcome_name(t, told.outcome)
    elif request.state is State.TAKEN and not name:  # who helped had everything erased afterwards
        state = t("Did it work out?")
    elif asks:
        state = proposal(t, request)
    elif request.state is State.ENDED:
        state = outcome_name(t, request.outcome or Outcome.DONE)
    else:
        state = t(_STATES[request.state], name=name)
    if request.for_name:
        if request.state is State.TAKEN and told is None and name and not asks:
            state = t("{name} helps {whom}", name=name, whom=request.for_name)
        state = "\n".join([t("{label}: {fact}", label=t("For"), fact=request.for_name), state])
    kind = f"{category_name(t, request.category)} {category_emoji(request.category)}"
    return "\n".join([t("{code}: {kind}", code=request.code, kind=kind), when(t, request), state])
