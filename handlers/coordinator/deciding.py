"""What a coordinator does with a request: choose somebody, or close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.coordinator.alerts import how_to_ask
from handlers.coordinator.cards import CASE, GONE, case_card, title_of
from handlers.coordinator.overview import own_case
from handlers.paging import page_of, turning
from handlers.words import category_name, for_whom, outcome_name, when, with_name
from models import Outcome, Person, Reason, Refused, Request, State, Volunteer, VolunteerState, phone
from models.asked import AskedState
from models.matching import Ring, fits, stayed_away
from models.person import Role

if TYPE_CHECKING:
    from bot.turn import Turn

PAGE = 6
OUTCOMES = (
    Outcome.DONE,
    Outcome.PARTLY,
    Outcome.NOT_NEEDED,
    Outcome.REFERRED,
    Outcome.UNMET,
    Outcome.NOBODY_CAME,
)

FITS, OTHERS, SAID_NO, STAYED_AWAY = range(4)  # in this order they are proposed
_WITH_NAME = {
    FITS: N_("{name} (fits)"),
    OTHERS: "{name}",
    SAID_NO: N_("{name} (said no)"),
    STAYED_AWAY: N_("{name} (did not come)"),
}


@button("assign", Role.COORDINATOR)
def assign(turn: Turn, request_id: int, page: int = 0) -> Screen:
    """Whom? First who fits, then the other volunteers of the municipality, at the end who said no or stayed away."""
    t, request = turn.t, own_case(turn, request_id)
    if request.state is State.ENDED:
        raise Refused(Reason.ENDED, request)
    found = _volunteers(turn, request)
    back = row(Button(t("Back to the question"), "case", request.id))
    if not found:
        nobody = t("There is no other volunteer in this municipality who can be reached.")
        return Screen.of(nobody, back, title=title_of(t, request))
    shown, page, more = page_of(found, page, PAGE)
    rows = [
        row(Button(_label(turn, each, standing), "assign_whom", request.id, each.person_id)) for each, standing in shown
    ]
    rows += turning(t, "assign", page, more=more, before=[request.id])
    text = t("Call first: tap a name to see the number. Who helps with this?")
    return Screen.of(text, *rows, back, title=title_of(t, request))


@button("assign_whom", Role.COORDINATOR)
def assign_whom(turn: Turn, request_id: int, person_id: int) -> Screen:
    """Once more, with the facts: a wrong tap would send somebody to a door."""
    t, request = turn.t, own_case(turn, request_id)
    helper = _assignable(turn, request, person_id)
    lines = [
        t("{label}: {fact}", label=t("Helper"), fact=helper.first_name),
        *([t("{label}: {fact}", label=t("Phone"), fact=phone.shown(helper.phone))] if helper.phone else []),
        t("{label}: {fact}", label=t("For"), fact=for_whom(t, request)),
        t("{label}: {fact}", label=t("Kind of help"), fact=category_name(t, request.category)),
        t("{label}: {fact}", label=t("When"), fact=when(t, request)),
    ]
    if request.helper is not None and request.helper is not helper:
        lines.append(t("{name} then no longer has this task.", name=request.helper.first_name))
    if helper.id in stayed_away(turn.session, request):
        names = {"name": helper.first_name, "resident": request.resident.first_name}
        lines.append(t("Please note: {name} did not come to {resident} before, says one of the two.", **names))
    lines.append("")
    writes = [] if helper.phone else _writing(turn, request, helper)
    if not helper.phone:
        lines.append(t("{name} gave no phone number.", name=helper.first_name))
    if writes:
        lines.append(t("You can write first."))
    lines.append(t("Did {name} say yes to you?", name=helper.first_name))
    yes = Button(with_name(t, N_("Yes, choose {name}"), helper.first_name), "assign_now", request.id, helper.id)
    back = Button(t("Choose somebody else"), "assign", request.id)
    screen = Screen.of("\n".join(lines), *writes, row(yes), row(back), title=title_of(t, request))
    return screen.as_card(CASE, about(request), private=True)  # the number leaves the chat with the address


@button("assign_now", Role.COORDINATOR)
def assign_now(turn: Turn, request_id: int, person_id: int) -> Screen:
    """Give the task to this volunteer; both sides are told."""
    request = own_case(turn, request_id, lock=True)
    helper = _assignable(turn, request, person_id)
    turn.announce(request.assign(helper, turn.person, turn.now))
    return case_card(turn.t, request, turn.now).after(_who_is_told(turn, request, helper))


@button("close", Role.COORDINATOR)
def close(turn: Turn, request_id: int) -> Screen:
    """How did it end?"""
    t, request = turn.t, own_case(turn, request_id)
    if request.state is State.ENDED:
        raise Refused(Reason.ENDED, request)
    outcomes = pairs(*(Button(outcome_name(t, each), "close_with", request.id, each) for each in OUTCOMES))
    back = row(Button(t("Do not close it"), "case", request.id))
    text = t("You close this question, and everybody concerned knows. How did it end?")
    return Screen.of(text, *outcomes, back, title=title_of(t, request))


@button("close_with", Role.COORDINATOR)
def close_with(turn: Turn, request_id: int, word: str) -> Screen:
    """Close it."""
    request = own_case(turn, request_id, lock=True)
    outcome = turn.pick(Outcome, word)
    if outcome not in OUTCOMES:
        raise Refused(Reason.NOT_FOUND)
    turn.announce(request.close(outcome, turn.person, turn.now))
    return case_card(turn.t, request, turn.now)


def _who_is_told(turn: Turn, request: Request, helper: Person) -> str:
    """Who gets a message, and who is to be called instead; nobody is told what they did themselves."""
    t, resident = turn.t, request.resident
    told = [each.first_name for each in (helper, resident) if each.can_be_told() and not turn.acts(each)]
    if request.is_by_phone and told:
        names = {"name": helper.first_name, "resident": resident.first_name}
        return t("{name} gets a message. Call {resident}: what to say is in /calls.", **names)
    if request.is_by_phone:
        return t("Call {resident}: what to say is in /calls.", resident=resident.first_name)
    if told[1:]:
        return t("{name} and {resident} get a message.", name=told[0], resident=told[1])
    sentences = [t("{name} gets a message.", name=name) for name in told]
    if request.gone is not None:
        sentences += [t(GONE, name=request.gone.first_name), how_to_ask(t, request, request.gone)]
    return " ".join(sentences) or t("Good, that is changed.")


def _volunteers(turn: Turn, request: Request) -> list[tuple[Volunteer, int]]:
    """Who may help in the municipality and can be told so, with where they stand towards it, in that order."""
    here = set(request.area.municipality.and_below())
    away = stayed_away(turn.session, request)
    found = [
        (volunteer, STAYED_AWAY if volunteer.person_id in away else _standing(volunteer, request))
        for volunteer in turn.session.scalars(Volunteer.in_state(VolunteerState.APPROVED))
        if here & {area for chosen in volunteer.areas for area in chosen.and_below()}
        and volunteer.person.can_be_told()
        and volunteer.person is not request.resident
        and volunteer.person is not request.helper
        and not ((asked := request.asked_of(volunteer.person)) and asked.state is AskedState.REFUSED)
    ]
    return sorted(found, key=lambda each: (each[1], each[0].person.first_name.casefold(), each[0].id))


def _writing(turn: Turn, request: Request, helper: Person) -> list[Row]:
    """A button to write to them: about the question where they know it, else where their answer comes back here."""
    knows = helper is request.helper or request.asked_of(helper) is not None
    home = helper.area or next(iter(helper.volunteer.areas if helper.volunteer is not None else ()), None)
    if helper is turn.person or not helper.can_be_told() or not (knows or turn.person.coordinates_area(home)):
        return []
    label = with_name(turn.t, N_("Write to {name}"), helper.first_name)
    return [row(Button(label, "answer_person", helper.id, request.id if knows else 0))]


def _label(turn: Turn, volunteer: Volunteer, standing: int) -> str:
    return with_name(turn.t, _WITH_NAME[standing], volunteer.person.first_name)


def _standing(volunteer: Volunteer, request: Request) -> int:
    """What they said about it goes before what they chose once."""
    if request.was_declined_by(volunteer.person):
        return SAID_NO
    return FITS if fits(volunteer, request, Ring.WIDER) else OTHERS


def _assignable(turn: Turn, request: Request, person_id: int) -> Person:
    """One of them; anybody else does not exist for this request."""
    if request.state is State.ENDED:
        raise Refused(Reason.ENDED, request)
    helper = request.helper
    if helper is not None and helper.id == person_id:
        return helper
    for volunteer, _ in _volunteers(turn, request):
        if volunteer.person_id == person_id:
            return volunteer.person
    raise Refused(Reason.NOT_FOUND)
