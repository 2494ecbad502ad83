"""Stopping everything: nothing is sent to somebody any more until they write again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.erasing import end_what_goes_on, tasks_for_others
from models.request import Request
from models.volunteer import VolunteerState

if TYPE_CHECKING:
    from bot.turn import Turn


@button("stop_all")
def stop_all(turn: Turn) -> Screen:
    """Once more, with what it means for others."""
    t, person = turn.t, turn.person
    if (needed := _needed(turn)) is not None:
        return needed
    questions = len(turn.session.scalars(Request.open_of(person)).all())
    tasks = tasks_for_others(turn, person)
    lines = [t("I then send you nothing any more, until you write to me again.")]
    if questions:
        lines.append(t.n("Your question stops.", "Your {n} questions stop.", questions))
    if tasks:
        lines.append(t.n("Somebody else gets your task.", "Somebody else gets your {n} tasks.", tasks))
    return Screen.of(
        "\n".join([*lines, t("Is that what you want?")]),
        row(Button(t("Yes, stop everything"), "stop_all_now")),
        row(Button(t("No, go on"), "home")),
    )


@button("stop_all_now")
def stop_all_now(turn: Turn) -> Screen:
    """From now on it is quiet. As with who blocked the bot, the next message from them ends it."""
    if (needed := _needed(turn)) is not None:
        return needed
    t, person = turn.t, turn.person
    while (dialogue := turn.dialogue) is not None:
        dialogue.close()
    turn.resumed = False
    if person.volunteer is not None and turn.lock(person.volunteer).state is VolunteerState.APPROVED:
        turn.announce(person.volunteer.pause(person, turn.now))
    end_what_goes_on(turn, person)
    person.unreachable_since = turn.now
    return Screen(t("Good, I send you nothing any more. Do you need something later? Just write to me."))


def _needed(turn: Turn) -> Screen | None:
    """Whoever alone answers for an area must hear when somebody needs them."""
    t, alone = turn.t, turn.person.alone_coordinates(turn.session)
    if not alone:
        return None
    only = t("You are the only coordinator of {area}.", area=", ".join(area.name for area in alone))
    first = t("Please invite somebody else first. Then you can stop everything here.")
    return Screen.of(f"{only} {first}", row(Button(t("See questions"), "cases")))
