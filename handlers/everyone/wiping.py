"""`/wissen`: everything about somebody goes at once; asked one time, for nothing of it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.letters import FAREWELL
from bot.routing import button, command, renders
from bot.screen import Button, Screen, row
from handlers.erasing import erase, tasks_for_others
from handlers.everyone.standing import home
from models.request import Request

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn

ERASED = "erased"  # the name of the farewell, for who reads it in another language


@command("wissen", fr="effacer", en="erase", de="loeschen")
def wipe(turn: Turn) -> Screen:
    """What goes, and what that means for others."""
    return ask_to_erase(turn)


@button("erase")
def ask_to_erase(turn: Turn) -> Screen:
    """Once more, in plain words."""
    t, person = turn.t, turn.person
    if (needed := _needed(turn)) is not None:
        return needed
    questions = len(turn.session.scalars(Request.open_of(person)).all())
    tasks = tasks_for_others(turn, person)
    lines = [t("your name, number and address"), t("the words, photos and voice messages of your questions")]
    if questions:
        lines.append(
            t.n(
                "your question: it stops, and who helps hears so",
                "your {n} questions: they stop, and who helps hears so",
                questions,
            )
        )
    if tasks:
        lines.append(t.n("your task: somebody else gets it", "your {n} tasks: somebody else gets them", tasks))
    text = "\n".join(
        (
            t("I then erase at once:"),
            *(f"• {line}" for line in lines),
            "",
            t("Safety copies keep it for at most 35 days. Do you want to erase everything?"),
        )
    )
    return Screen.of(text, row(Button(t("Yes, erase everything"), "erase_now")), row(Button(t("No, keep it"), "keep")))


@button("keep")
def keep_it(turn: Turn) -> Screen:
    """No: said plainly, so that nobody wonders."""
    return home(turn).after(turn.t("Nothing was erased."))


@button("erase_now")
def erase_now(turn: Turn) -> Screen:
    """Yes: from now on nobody knows who this was."""
    if (needed := _needed(turn)) is not None:
        return needed
    erase(turn, turn.person)
    return farewell(turn.t)


@renders(ERASED)
def farewell_anew(turn: Turn) -> Screen:
    """It names nobody, and whoever has that account may read it: by that alone nobody is known again."""
    if turn.person.since == turn.now:
        turn.person.forget(turn.now)
    return farewell(turn.t)


def farewell(t: Translator) -> Screen:
    """The last words; with them goes what is kept of the chat."""
    words = t("Everything about you is erased. Safety copies are gone within 35 days.")
    yours = t("You can delete this chat yourself in Telegram.")
    return Screen(f"{words} {yours}").as_card(FAREWELL, FAREWELL)


def _needed(turn: Turn) -> Screen | None:
    """An area must not be left without anybody who answers for it."""
    t, alone = turn.t, turn.person.alone_coordinates(turn.session)
    if not alone:
        return None
    only = t("You are the only coordinator of {area}.", area=", ".join(area.name for area in alone))
    first = t("Please invite somebody else first. Then you can erase everything here.")
    return Screen.of(f"{only} {first}", row(Button(t("See questions"), "cases")))
