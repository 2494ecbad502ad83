"""Who wants to be a volunteer, and who is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Row, Screen, pairs, row
from handlers.coordinator.cards import applicant_card, title_of
from handlers.coordinator.overview import own_volunteer, volunteers_of
from handlers.coordinator.relinking import VOLUNTEER
from handlers.paging import page_of, turning
from handlers.words import when, with_name
from models import Request, Volunteer, VolunteerState
from models.person import Role
from models.relink import may_be_erased, may_be_relinked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Person

PAGE = 6


@command(
    "vrijwilligers",
    fr="benevoles",
    en="volunteers",
    de="freiwillige",
    about=N_("Volunteers, and who wants to be one"),
    role=Role.COORDINATOR,
)
def show_volunteers(turn: Turn) -> Screen:
    """The list, from its beginning."""
    return volunteers(turn)


@button("volunteers", Role.COORDINATOR)
def volunteers(turn: Turn, page: int = 0) -> Screen:
    """Who waits for a decision first, then who is approved, then who takes a break."""
    t = turn.t
    applied = volunteers_of(turn, VolunteerState.APPLIED)
    approved, paused = (
        _by_name(volunteers_of(turn, each)) for each in (VolunteerState.APPROVED, VolunteerState.PAUSED)
    )
    found = [*applied, *approved, *paused]
    if not found:
        return Screen.of(t("There are no volunteers yet."), row(Button(t("See questions"), "cases")))
    shown, page, more = page_of(found, page, PAGE)
    rows = [row(_button(turn, each)) for each in shown]
    lines = [
        t.n("{n} person waits for your decision.", "{n} people wait for your decision.", len(applied))
        if applied
        else t("Nobody waits for your decision."),
        t.n("{n} volunteer is approved.", "{n} volunteers are approved.", len(approved)),
        *([t.n("{n} volunteer takes a break.", "{n} volunteers take a break.", len(paused))] if paused else []),
    ]
    return Screen.of("\n".join(lines), *rows, *turning(t, "volunteers", page, more=more), title=t("Volunteers"))


@button("applicant", Role.COORDINATOR)
def applicant(turn: Turn, volunteer_id: int) -> Screen:
    """One volunteer, with what they chose, what they promised, and what can be done."""
    return volunteer_card(turn, own_volunteer(turn, volunteer_id))


def volunteer_card(turn: Turn, volunteer: Volunteer) -> Screen:
    """Who it is and what they chose; their tasks without names, for the card stays in the chat."""
    t, card = turn.t, applicant_card(turn.t, volunteer)
    tasks = turn.session.scalars(Request.promised_by(volunteer.person)).all()
    lines = [f"{title_of(t, each)}, {when(t, each)}" for each in tasks[:PAGE]]
    if lines:
        lines.insert(0, t.n("{n} task:", "{n} tasks:", len(tasks)))
    elif volunteer.goes_on and volunteer.state is not VolunteerState.APPLIED:
        lines = [t("No tasks now.")]
    seen = [
        Button(t("See {code}", code=each.code), "case", each.id)
        for each in tasks[:PAGE]
        if turn.person.coordinates_area(each.area)
    ]
    text = "\n\n".join([card.text, *(["\n".join(lines)] if lines else [])])
    return replace(card, text=text, rows=(*pairs(*seen), *_deciding(t, volunteer), *card.rows))


def _deciding(t: Translator, volunteer: Volunteer) -> list[Row]:
    """What can be done with somebody who was approved, and writing to everybody."""
    rows: list[Row] = []
    ending = Button(t("End the helping"), "end_volunteer", volunteer.id)
    if volunteer.state is VolunteerState.APPROVED:
        rows.append(row(Button(t("Give a break"), "pause_volunteer", volunteer.id), ending))
    elif volunteer.state is VolunteerState.PAUSED:
        rows.append(row(Button(t("End the break"), "resume_volunteer", volunteer.id), ending))
    person = volunteer.person
    if person.can_be_told():
        rows.append(row(Button(with_name(t, N_("Write to {name}"), person.first_name), "answer_person", person.id, 0)))
    if volunteer.goes_on and may_be_relinked(person):
        rows.append(row(Button(t("Link a new phone"), "relink", VOLUNTEER, volunteer.id)))
    if may_be_erased(person):
        rows.append(
            row(Button(with_name(t, N_("Erase {name}"), person.first_name), "erase_other", VOLUNTEER, volunteer.id))
        )
    return rows


@button("approve", Role.COORDINATOR)
def approve(turn: Turn, volunteer_id: int) -> Screen:
    """Yes: from now on they are asked."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    turn.announce(volunteer.approve(turn.person, turn.now))
    return volunteer_card(turn, volunteer)


@button("pause_volunteer", Role.COORDINATOR)
def pause_volunteer(turn: Turn, volunteer_id: int) -> Screen:
    """They said that they want to be left in peace for a while."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    if volunteer.state is VolunteerState.APPROVED:
        turn.announce(volunteer.pause(turn.person, turn.now))
    return volunteer_card(turn, volunteer)


@button("resume_volunteer", Role.COORDINATOR)
def resume_volunteer(turn: Turn, volunteer_id: int) -> Screen:
    """They said that they want to be asked again."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    if volunteer.state is VolunteerState.PAUSED:
        turn.announce(volunteer.resume(turn.person, turn.now))
    return volunteer_card(turn, volunteer)


@button("end_volunteer", Role.COORDINATOR)
def end_volunteer(turn: Turn, volunteer_id: int) -> Screen:
    """Once more, with what it means for those who count on them."""
    t, volunteer = turn.t, own_volunteer(turn, volunteer_id)
    if not volunteer.goes_on:
        return volunteer_card(turn, volunteer)
    name, tasks = volunteer.person.first_name, turn.session.scalars(Request.promised_by(volunteer.person)).all()
    lines = [_best_first(t, volunteer.person)]
    if tasks:
        lines.append(
            t.n(
                "{name} has {n} task. We look for somebody else for it.",
                "{name} has {n} tasks. We look for somebody else for them.",
                len(tasks),
                name=name,
            )
        )
    lines.append(t("Does {name} stop as a volunteer?", name=name))
    return Screen.of(
        "\n".join(lines),
        *_write_first(t, volunteer.person),
        row(Button(with_name(t, N_("Yes, {name} stops"), name), "end_volunteer_now", volunteer.id)),
        row(Button(t("No, go back"), "applicant", volunteer.id)),
    )


def _best_first(t: Translator, person: Person) -> str:
    """A message about such a thing comes better after a word; nobody is called without a number."""
    if person.phone:
        return t("{name} then gets a message, best call first.", name=person.first_name)
    return t("{name} then gets a message, best write first: there is no number.", name=person.first_name)


def _write_first(t: Translator, person: Person) -> list[Row]:
    """The button for it, where nobody can call."""
    if person.phone or not person.can_be_told():
        return []
    return [row(Button(with_name(t, N_("Write to {name}"), person.first_name), "answer_person", person.id, 0))]


@button("end_volunteer_now", Role.COORDINATOR, pin=True)
def end_volunteer_now(turn: Turn, volunteer_id: int) -> Screen:
    """From now on they are not asked, and others get their tasks."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    if volunteer.goes_on:
        turn.announce(volunteer.end(turn.person, turn.now))
    return volunteer_card(turn, volunteer)


@button("decline", Role.COORDINATOR)
def decline(turn: Turn, volunteer_id: int) -> Screen:
    """Are you sure? They get a message."""
    t, volunteer = turn.t, own_volunteer(turn, volunteer_id)
    if volunteer.state is not VolunteerState.APPLIED:
        return volunteer_card(turn, volunteer)
    name = volunteer.person.first_name
    return Screen.of(
        " ".join([_best_first(t, volunteer.person), t("Do you not approve {name}?", name=name)]),
        *_write_first(t, volunteer.person),
        row(Button(t("Yes, do not approve"), "decline_now", volunteer.id)),
        row(Button(t("Decide later"), "applicant", volunteer.id)),
    )


@button("decline_now", Role.COORDINATOR)
def decline_now(turn: Turn, volunteer_id: int) -> Screen:
    """No."""
    volunteer = own_volunteer(turn, volunteer_id, lock=True)
    turn.announce(volunteer.decline(turn.person, turn.now))
    return volunteer_card(turn, volunteer)


def _by_name(volunteers: Iterable[Volunteer]) -> list[Volunteer]:
    return sorted(volunteers, key=lambda each: each.person.first_name.casefold())


def _button(turn: Turn, volunteer: Volunteer) -> Button:
    label = N_("Look at {name} (new)") if volunteer.state is VolunteerState.APPLIED else N_("See {name}")
    return Button(with_name(turn.t, label, volunteer.person.first_name), "applicant", volunteer.id)
