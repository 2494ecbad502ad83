"""What is open, by urgency and age; one tap opens a request with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Screen, pairs, row
from handlers.coordinator.cards import case_card, said_by_both, standing_of, title_of
from handlers.coordinator.filtering import Filter
from handlers.coordinator.history import history_of
from handlers.coordinator.overview import own_case
from handlers.paging import page_of, turning
from handlers.volunteer.showing import show_media_of
from handlers.words import when
from models import Call, State
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn
    from models import Request

PAGE = 5
STEPS = 40  # of the history in one message


@command("open", fr="ouvert", en="open", de="offen", about=N_("Questions that are open"), role=Role.COORDINATOR)
def open_cases(turn: Turn) -> Screen:
    """The list, from its beginning."""
    return cases(turn)


@button("cases", Role.COORDINATOR)
def cases(turn: Turn, page: int = 0, area_id: int = 0, which: str = "") -> Screen:
    """One page of what is open, or of what was chosen to be seen."""
    t, chosen = turn.t, Filter.of(turn, area_id, which)
    found = chosen.questions(turn)
    choose = row(Button(t("Choose what you see"), "filter", *chosen.words))
    if not found:
        if chosen.words:
            everything = row(Button(t("See all that is open"), "cases"))
            return Screen.of(t("There is no question here now."), everything, choose, title=chosen.title(t))
        return Screen.of(t("No question is open now."), row(Button(t("See volunteers"), "volunteers")), choose)
    shown, page, more = page_of(found, page, PAGE)
    opens = pairs(*(Button(t("See {code}", code=each.code), "case", each.id) for each in shown))
    calls = {call.request_id for call in Call.waiting_in(turn.session, [each.area for each in shown], turn.now)}
    count = t.n("{n} question", "{n} questions", len(found))
    is_open = t.n("{n} question is open", "{n} questions are open", len(found))
    return Screen.of(
        "\n\n".join(_entry(turn, each, to_call=each.id in calls) for each in shown),
        *opens,
        *turning(t, "cases", page, more=more, after=chosen.words),
        choose,
        title=t("{label}: {fact}", label=chosen.title(t), fact=count) if chosen.words else is_open,
    )


@button("case", Role.COORDINATOR)
def case(turn: Turn, request_id: int) -> Screen:
    """One request: facts, history, what can be done."""
    return case_card(turn.t, own_case(turn, request_id), turn.now)


@button("case_media", Role.COORDINATOR)
def case_media(turn: Turn, request_id: int) -> Screen:
    """The photo or the voice message, in a message of its own that is deleted later."""
    request = own_case(turn, request_id)
    if request.state is not State.ENDED:
        show_media_of(turn, turn.person, request)
    return case_card(turn.t, request, turn.now)


@button("case_history", Role.COORDINATOR)
def case_history(turn: Turn, request_id: int) -> Screen:
    """All steps, the newest ones where there are very many."""
    t, request = turn.t, own_case(turn, request_id)
    steps = history_of(t, request)
    back = row(Button(t("Back to the question"), "case", request.id))
    return Screen.of("\n".join(steps[-STEPS:]), back, title=title_of(t, request))


def _entry(turn: Turn, request: Request, *, to_call: bool) -> str:
    """One request in the list: no name and no address, for the list stays in the chat."""
    t = turn.t
    head = t("{title}, {area}", title=title_of(t, request), area=request.area.name)
    standing = standing_of(t, request, turn.now)
    if to_call:
        standing.append(t("A call about it waits in /calls."))
    said = [t("{label}: {fact}", label=name, fact=fact) for name, fact in said_by_both(t, request)]
    return "\n".join([head, when(t, request), " ".join(standing), *said])
