"""Taking a break from being asked, coming back, and stopping as a volunteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.routing import button
from bot.screen import Button, Screen, row
from handlers.volunteer.joining import come_forward
from models.refused import Reason, Refused
from models.request import Request
from models.volunteer import VolunteerState

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.volunteer import Volunteer


@button("pause")
def pause(turn: Turn) -> Screen:
    """No new questions for a while; what was promised stays."""
    known = _mine(turn)
    if known.state is VolunteerState.APPROVED:
        turn.announce(known.pause(turn.person, turn.now))
    return come_forward(turn)


@button("resume")
def resume(turn: Turn) -> Screen:
    """They want to be asked again."""
    known = _mine(turn)
    if known.state is VolunteerState.PAUSED:
        turn.announce(known.resume(turn.person, turn.now))
    return come_forward(turn)


@button("leave")
def leave(turn: Turn) -> Screen:
    """Once more, with what it means for those who count on them."""
    t, known = turn.t, _mine(turn)
    if not known.goes_on:
        return come_forward(turn)
    tasks = turn.session.scalars(Request.promised_by(turn.person)).all()
    lines = [t("You then get no questions any more.")]
    if tasks:
        lines.append(
            t.n(
                "You have {n} task. We look for somebody else for it.",
                "You have {n} tasks. We look for somebody else for them.",
                len(tasks),
            )
        )
    lines.append(t("Do you want to stop as a volunteer?"))
    return Screen.of(
        "\n".join(lines),
        row(Button(t("Yes, I stop"), "leave_now")),
        row(Button(t("No, I go on"), "volunteer")),
    )


@button("leave_now")
def leave_now(turn: Turn) -> Screen:
    """They stop, with thanks."""
    t, known = turn.t, _mine(turn)
    if known.goes_on:
        turn.announce(known.end(turn.person, turn.now))
    return Screen.of(
        t("You are no longer a volunteer. Thank you for all you did! You may always come back."),
        row(Button(t("I want to help again"), "volunteer")),
    )


def _mine(turn: Turn) -> Volunteer:
    if turn.person.volunteer is None:
        raise Refused(Reason.NOT_FOUND)
    return turn.lock(turn.person.volunteer)
