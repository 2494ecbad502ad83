"""What a volunteer has promised: the list, and one task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Row, Screen, pairs, row
from handlers.paging import page_of, turning
from handlers.volunteer.cards import card_for
from handlers.words import category_name, when
from models import State
from models.person import Role
from models.request import Request

if TYPE_CHECKING:
    from bot.turn import Turn

PAGE = 5


@command("taken", fr="taches", en="tasks", de="aufgaben", about=N_("Your tasks"), role=Role.VOLUNTEER)
def tasks(turn: Turn) -> Screen:
    """Everything this volunteer has promised, the next one first."""
    return my_tasks(turn)


@button("my_tasks")
def my_tasks(turn: Turn, page: int = 0) -> Screen:
    """One page of the list."""
    t = turn.t
    found = turn.session.scalars(Request.promised_by(turn.person)).all()
    asked = asked_for(turn)
    sentence, to_see = asked or ("", ())
    if not found:
        return Screen.of(sentence, *to_see, title=t("Your tasks")) if asked else _nothing_yet(turn)
    shown, page, more = page_of(list(enumerate(found, 1)), page, PAGE)
    lines = [_line(turn, number, request) for number, request in shown]
    shows = [Button(t("Show task {number}", number=number), "task", request.id) for number, request in shown]
    title = t.n("You have {n} task", "You have {n} tasks", len(found))
    lines += [sentence] if sentence else []
    rows = (*pairs(*shows), *to_see, *turning(t, "my_tasks", page, more=more))
    return Screen.of("\n\n".join(lines), *rows, title=title)


def asked_for(turn: Turn) -> tuple[str, tuple[Row, ...]] | None:
    """That somebody waits for an answer of this volunteer, and the button that shows the most urgent one."""
    found = turn.session.scalars(Request.waiting_for(turn.person)).all() if turn.person.has(Role.VOLUNTEER) else ()
    if not found:
        return None
    sentence = turn.t.n("{n} question waits for your answer.", "{n} questions wait for your answer.", len(found))
    return sentence, (row(Button(turn.t("See what is asked"), "task", found[0].id)),)


@button("task")
def task(turn: Turn, request_id: int) -> Screen:
    """One task, or what became of it."""
    return card_for(turn.t, turn.get(Request, request_id), turn.person, turn.now)


def _line(turn: Turn, number: int, request: Request) -> str:
    """One task in the list: the list outlives the task, so it names nobody and no address."""
    t = turn.t
    line = t(
        "{number}. {kind}, {when} ({area})",
        number=number,
        kind=category_name(t, request.category),
        when=when(t, request),
        area=request.area.name,
    )
    if request.state is State.OFFERED:
        return "\n".join([line, t("The resident still has to say yes.")])
    return "\n".join([line, t("No hour is agreed yet.")]) if request.needs_hour else line


def _nothing_yet(turn: Turn) -> Screen:
    """Nobody waits in vain: it says what will come, and what they can do now."""
    t = turn.t
    if turn.person.has(Role.VOLUNTEER):
        text = t("You have no tasks now. As soon as somebody nearby needs you, you get a message here.")
        label = t("See my choices")
    elif turn.person.volunteer is not None:
        text = t("You have no tasks now. A coordinator first looks at your registration.")
        label = t("See my registration")
    else:
        text = t("Only volunteers have tasks. Would you like to help somebody nearby?")
        label = t("I want to help")
    return Screen.of(text, row(Button(label, "volunteer")), title=t("Your tasks"))
