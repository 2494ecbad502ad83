"""Where somebody stands: what is open, what they do for others, what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import WELCOME
from handlers.coordinator.overview import work_of
from handlers.volunteer.tasks import asked_for
from models import Event, EventKind, Request, VolunteerState
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn


@button("home")
def home(turn: Turn) -> Screen:
    """What is going on for this person, with the buttons to go there."""
    t, name = turn.t, turn.person.first_name
    lines, to_see = where_they_are(turn)
    if not lines:
        nothing = t("Hello {name}. You have no open questions now. What would you like to do?", name=name)
        return Screen.of(nothing, *choices(turn))
    return Screen.of("\n".join([t("Hello {name}, this is where you are.", name=name), *lines]), *to_see, *choices(turn))


def where_they_are(turn: Turn) -> tuple[list[str], list[Row]]:
    """A line for each thing that goes on for this person, and the buttons that lead there."""
    all_parts = (_dialogue(turn), _asking(turn), _helping(turn), asked_for(turn), _coordinating(turn))
    parts = [part for part in all_parts if part]
    return [f"• {sentence}" for sentence, _ in parts], [each for _, rows in parts for each in rows]


def whats_open(turn: Turn) -> Screen | None:
    """The same for somebody who was away; nothing where nothing waits for them."""
    parts = (_dialogue(turn), _asking(turn), _helping(turn), _coordinating(turn))
    return start_screen(turn) if any(part is not None and part[1] for part in parts) else None


def start_screen(turn: Turn) -> Screen:
    """Where somebody stands, as a card of which the newest counts."""
    return home(turn).as_card(HOME, HOME)


def welcome(turn: Turn) -> Screen:
    """One short welcome: what this is, what it is not, who reads along, and two large buttons."""
    t, area = turn.t, turn.person.area
    organisation = turn.settings.organisation_in(t.language)
    place = t("Here the neighbours of {area} help each other with small things.", area=area.name) if area else ""
    text = "\n".join(
        (
            place or t("Here neighbours help each other with small things."),
            t("Is there danger? Call 112, this is not an emergency line."),
            t("The coordinator of {organisation} reads along: /privacy", organisation=organisation),
            "",
            t("What would you like to do?"),
        )
    )
    return Screen.of(text, *choices(turn), title=t("Welcome to Buren voor mekaar")).as_card(WELCOME, WELCOME)


def choices(turn: Turn) -> tuple[Row, ...]:
    """The two large buttons; who is a volunteer or has applied needs only the first."""
    asks = row(Button(turn.t("I am looking for help"), "ask"))
    return (asks,) if turn.person.came_forward else (asks, row(Button(turn.t("I want to help"), "volunteer")))


def arrived(turn: Turn) -> bool:
    """Whether this person is here for the first time; it is noted once."""
    joined = select(Event.id).where(Event.person_id == turn.person.id, Event.kind == EventKind.JOINED)
    if turn.session.scalars(joined).first() is not None:
        return False
    turn.announce(Event(kind=EventKind.JOINED, by=turn.person, person=turn.person, at=turn.now))
    return True


HOME = "home"
Part = tuple[str, tuple[Row, ...]]
_BEGUN_SOMETHING = N_("You were still busy with something.")
_BEGUN = {
    "ask": N_("You began a question. It was not sent yet."),
    "behalf": N_("You began a question. It was not sent yet."),
    "for_whom": N_("You were writing a message. It was not sent yet."),
    "write": N_("You were writing a message. It was not sent yet."),
    "write_coordinator": N_("You were writing a message. It was not sent yet."),
    "answer_person": N_("You were writing a message. It was not sent yet."),
}


def _dialogue(turn: Turn) -> Part | None:
    if turn.dialogue is None:
        return None
    sentence = turn.t(_BEGUN.get(turn.dialogue.name, _BEGUN_SOMETHING))
    return sentence, (row(Button(turn.t("Go on"), "continue")),)


def _asking(turn: Turn) -> Part | None:
    count = len(turn.session.scalars(Request.open_of(turn.person)).all())
    if not count:
        return None
    sentence = turn.t.n("You have {n} open question.", "You have {n} open questions.", count)
    return sentence, (row(Button(turn.t("See my questions"), "my_requests")),)


def _helping(turn: Turn) -> Part | None:
    count = len(turn.session.scalars(Request.promised_by(turn.person)).all())
    if count:
        sentence = turn.t.n("You have {n} task.", "You have {n} tasks.", count)
        return sentence, (row(Button(turn.t("See my tasks"), "my_tasks")),)
    volunteer = turn.person.volunteer
    if volunteer is not None and volunteer.state is VolunteerState.APPLIED:
        return turn.t("You applied as a volunteer. The coordinator looks at it and lets you know."), ()
    if volunteer is not None and volunteer.state is VolunteerState.PAUSED:
        return turn.t("You take a break from helping."), (row(Button(turn.t("Help again"), "resume")),)
    if turn.person.has(Role.VOLUNTEER):
        return turn.t("You are a volunteer. You have no tasks now."), ()
    return None


def _coordinating(turn: Turn) -> Part | None:
    if not turn.person.has(Role.COORDINATOR):
        return None
    t, work = turn.t, work_of(turn)
    urgent = t.n("{n} question needs your attention.", "{n} questions need your attention.", len(work.urgent))
    waiting = t.n("{n} person wants to be a volunteer.", "{n} people want to be volunteers.", len(work.applicants))
    lines = [urgent if work.urgent else t("No question needs your attention now.")]
    if work.requests:
        lines.append(t.n("{n} question is open.", "{n} questions are open.", len(work.requests)))
    to_see = [Button(t("See questions"), "cases"), Button(t("See volunteers"), "volunteers")]
    if work.calls:
        lines.append(t.n("{n} call is to be made.", "{n} calls are to be made.", work.calls))
        to_see.append(Button(t("See whom to call"), "calls"))
    to_see.append(Button(t("Ask for somebody"), "behalf"))
    return "\n• ".join([*lines, waiting] if work.applicants else lines), pairs(*to_see)
