"""Coming forward as a volunteer, seeing where that stands, and choosing again later."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command, form
from bot.screen import Button, Screen, pairs, row
from handlers.volunteer.note import NoteStep
from handlers.volunteer.phone import CallStep
from handlers.volunteer.welcome import welcome_card
from handlers.volunteer.wishes import SummaryStep, WhatStep, WhenStep, WhereStep, chosen_areas, wishes_of
from models.event import Event, EventKind
from models.volunteer import ANEW, Volunteer, VolunteerState

if TYPE_CHECKING:
    from bot.turn import Turn
    from models.form import Answers

_STANDS = {
    VolunteerState.APPLIED: N_(
        "Your registration is with the coordinator. You get a message here. This is what you chose."
    ),
    VolunteerState.APPROVED: N_("You are a volunteer. This is what you chose."),
    VolunteerState.PAUSED: N_("You take a break: you get no new questions. This is what you chose."),
}


@command(
    "vrijwilliger", fr="benevole", en="volunteer", de="freiwillig", about=N_("Help somebody, or change what you chose")
)
def volunteer(turn: Turn) -> Screen:
    """Begin, or see where it stands."""
    return come_forward(turn)


@button("volunteer")
def come_forward(turn: Turn) -> Screen:
    """The questions the first time; later what they chose and whether a coordinator said yes."""
    known = turn.person.volunteer
    if known is None or known.state is VolunteerState.ENDED:
        number = turn.person.phone
        return turn.begin("volunteer", **({"phone": number} if number else {}))
    if not known.goes_on:
        return welcome_card(turn.t, known)
    t = turn.t
    rows = [*pairs(Button(t("Change choices"), "change_wishes"), Button(t("See my tasks"), "my_tasks"))]
    if known.state is VolunteerState.PAUSED:
        rows.insert(0, row(Button(t("Help again"), "resume")))
    stop = Button(t("Stop helping"), "leave")
    rows.append(row(Button(t("Take a break"), "pause"), stop) if known.may_help else row(stop))
    return Screen.of(f"{t(_STANDS[known.state])}\n\n{wishes_of(t, known)}", *rows)


@button("apply_again")
def apply_again(turn: Turn) -> Screen:
    """Who was declined, and knows it, may ask once more: a coordinator decides anew."""
    known = turn.person.volunteer
    return come_forward(turn) if known is None or known.state not in ANEW else _choose_again(turn, known)


@button("change_wishes")
def change_wishes(turn: Turn) -> Screen:
    """All that was chosen, to change what should be different."""
    known = turn.person.volunteer
    if known is None or not known.goes_on:
        return come_forward(turn)
    return _choose_again(turn, known)


def _choose_again(turn: Turn, known: Volunteer) -> Screen:
    answers = WhatStep.ticked(known.categories) | WhenStep.ticked(known.times)
    answers |= WhereStep.ticked(area.id for area in known.areas)
    return turn.begin("volunteer", **answers, phone=turn.person.phone or "")


@form("volunteer", [NoteStep(), WhatStep(), WhereStep(), WhenStep(), CallStep(), SummaryStep()])
def keep_wishes(turn: Turn, answers: Answers) -> Screen:
    """A coordinator decides about who is new; who is known only changed their mind."""
    known, areas = turn.person.volunteer, chosen_areas(turn, answers)
    anew = known is None or turn.lock(known).state in ANEW
    mine = known or Volunteer(person=turn.person)
    if note := answers.get("note"):
        mine.note_version, mine.note_read_at = note["version"], datetime.fromisoformat(note["at"])
    mine.categories, mine.times = answers["categories"], answers["times"]
    mine.areas = areas
    turn.person.phone = answers["phone"] or None
    if anew:
        event = mine.apply(turn.now)
    else:
        event = Event(kind=EventKind.WISHES_CHANGED, by=turn.person, person=turn.person, at=turn.now)
    turn.session.add(mine)
    turn.announce(event)
    if anew:
        return Screen.of(
            turn.t("Thank you, {name}! A coordinator looks at it. You get a message here.", name=turn.person.first_name)
        )
    return come_forward(turn)
