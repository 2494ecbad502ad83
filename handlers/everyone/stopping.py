"""Stopping: a dialogue, or what was begun before; nothing is lost by a wrong tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command, on
from bot.screen import Button, Row, Screen, row
from handlers.coordinator.cards import title_of
from handlers.everyone.standing import choices
from handlers.words import when
from models import Reason, Refused, Request
from models.person import Role

if TYPE_CHECKING:
    from bot.forms import Dialogue
    from bot.turn import Turn

WORTH_ASKING = 2  # so many answers are worth a second thought
NO_DANGER = "no_danger"  # the form that asks whether there is none
SHOWN = 6  # questions with a button of their own


@command("annuleer", fr="annuler", en="cancel", de="abbrechen")
def cancel(turn: Turn) -> Screen:
    """Only what they are doing is meant."""
    return stopped(turn, turn.dialogue) if turn.dialogue is not None else stop(turn)


@command("stop", fr="stop", en="stop", de="stopp", about=N_("Stop what you are doing"), last=True)
def stop(turn: Turn) -> Screen:
    """Stop the dialogue, or everything; outside of one, show what could be stopped."""
    if turn.dialogue is not None:
        return stopped(turn, turn.dialogue).with_rows(_all(turn))
    t = turn.t
    requests = turn.session.scalars(Request.open_of(turn.person).order_by(Request.id.desc())).all()
    tasks = turn.session.scalars(Request.promised_by(turn.person)).all()
    if not requests and not tasks:
        nothing = t("There is nothing to stop now. What would you like to do?")
        return Screen.of(nothing, *choices(turn), *_helping(turn), _all(turn))
    lines = [f"{title_of(t, each)}, {when(t, each)}" for each in requests[:SHOWN]]
    rows = [row(Button(t("Stop question {code}", code=each.code), "cancel", each.id)) for each in requests[:SHOWN]]
    if len(requests) > SHOWN:
        rows.append(row(Button(t("See my questions"), "my_requests")))
    if tasks:
        rows.append(row(Button(t("See my tasks"), "my_tasks")))
    text = "\n".join([*lines, "", t("What would you like to stop?")])
    return Screen.of(text, *rows, *_helping(turn), _all(turn), row(Button(t("Stop nothing"), "home")))


def _helping(turn: Turn) -> list[Row]:
    """Who helps may want a break, or no more of it: both stand where their choices are."""
    return [row(Button(turn.t("Take a break"), "volunteer"))] if turn.person.has(Role.VOLUNTEER) else []


def _all(turn: Turn) -> Row:
    """The other stop that they may mean: not this, but everything."""
    return row(Button(turn.t("Stop all messages"), "stop_all"))


@on("stopped")
def stopped(turn: Turn, dialogue: Dialogue) -> Screen:
    """Who answered a few questions already is asked once more: a wrong tap must not cost a written request."""
    if len(dialogue.row.history) < WORTH_ASKING:
        return _closed(turn, dialogue)
    t = turn.t
    return Screen.of(
        t("Do you really want to stop? What you wrote is then gone."),
        row(Button(t("Go on after all"), "continue")),
        row(Button(t("Yes, stop"), "drop", dialogue.row.token)),
    )


@button("drop")
def drop(turn: Turn, token: str) -> Screen:
    """Yes, stop it."""
    dialogue = turn.dialogue
    if dialogue is None or dialogue.row.token != token:
        raise Refused(Reason.EXPIRED)
    return _closed(turn, dialogue)


@button("continue")
def go_on(turn: Turn) -> Screen:
    """Back to the question where somebody was."""
    if turn.dialogue is None:
        raise Refused(Reason.EXPIRED)
    return turn.dialogue.screen()


def _closed(turn: Turn, dialogue: Dialogue) -> Screen:
    dialogue.close()
    words = turn.t("Stopped. Nothing was sent.")
    if dialogue.name == NO_DANGER:
        words = turn.t("All right. Call 112 if you need help.")
    if turn.resumed and dialogue.name == NO_DANGER:  # who was in need is asked nothing now
        turn.resumed = False
        waits = turn.t("What you began before is still here.")
        return Screen.of(f"{words} {waits}", row(Button(turn.t("Go on with my question"), "continue")))
    # The dialogue below goes on in a message of its own: buttons to begin something else would only confuse.
    return Screen(words) if turn.resumed else Screen.of(words, *choices(turn))
