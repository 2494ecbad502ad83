"""What a coordinator sees: facts first, then what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.screen import Button, Row, Screen, pairs, row
from bot.turn import about
from handlers.coordinator.history import history_of
from handlers.coordinator.relinking import RESIDENT
from handlers.volunteer.wishes import wishes_of
from handlers.words import (
    category_name,
    code_word_of,
    for_whom,
    heard_or_seen,
    outcome_name,
    phone_label,
    when_for_sure,
    where,
    with_name,
)
from models import AskedState, Outcome, Side, State, VolunteerState, phone
from models.lifecycle import PROMISED, Attention
from models.matching import waits_for_rest
from models.relink import may_be_erased, may_be_relinked

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Translator
    from models import Person, Request, Volunteer

NEWEST = 10  # steps of the history on the card; a button shows all of them

_ATTENTION = {
    Attention.ESCALATED: N_("Nobody was found yet."),
    Attention.HANDED_BACK: N_("The helper cannot come any more, and it is soon."),
    Attention.NOBODY_CAME: N_("Somebody says that nobody came."),
    Attention.DISAGREED: N_("The two say different things about how it went."),
    Attention.SILENT: N_("Nobody says how it went."),
}
_ONE_IS_SILENT = N_("{name} does not say how it went.")
CASE = "case"  # what the card is to a coordinator
GONE = N_("{name} cannot be reached in Telegram any more.")
_AFTERWARDS = {Attention.NOBODY_CAME, Attention.DISAGREED, Attention.SILENT}  # the moment is over
_VOLUNTEER = {
    VolunteerState.APPLIED: N_("{name} wants to be a volunteer."),
    VolunteerState.APPROVED: N_("{name} is a volunteer."),
    VolunteerState.DECLINED: N_("{name} was not approved."),
    VolunteerState.PAUSED: N_("{name} takes a break."),
    VolunteerState.ENDED: N_("{name} is no longer a volunteer."),
}


def case_card(t: Translator, request: Request, now: datetime) -> Screen:
    """One request: how it stands, the facts, the newest steps; the address only as long as it is not over."""
    over, helper = request.state is State.ENDED, request.helper
    facts = [
        (t("For"), for_whom(t, request)),
        (t("What"), request.text or heard_or_seen(t, request)),
        (t("When"), when_for_sure(t, request)),
        (t("Where"), request.area.name if over else where(t, request)),
        (t("Name on the bell"), "" if over else request.bell),
        (phone_label(t, request), "" if over else number_of(_number_there(request))),
        (t("Helper"), helper.first_name if helper else ""),
        *said_by_both(t, request),
        *([(t("Phone of {name}", name=helper.first_name), number_of(helper.phone))] if helper and not over else []),
        (t("Code word"), "" if over else code_word_of(t, request)),
        (t("Volunteers"), _asked(t, request)),
    ]
    steps = history_of(t, request)
    lines = [
        *standing_of(t, request, now),
        "",
        *(t("{label}: {fact}", label=label, fact=fact) for label, fact in facts if fact),
        "",
        *steps[-NEWEST:],
    ]
    screen = Screen.of(
        "\n".join(lines), *_case_rows(t, request, now, more=len(steps) > NEWEST), title=title_of(t, request)
    )
    return screen.as_card(CASE, about(request), private=not over)


def _number_there(request: Request) -> str | None:
    """The number of who is helped: the resident's own is not that of somebody else."""
    return request.phone or (None if request.for_name else request.resident.phone)


def applicant_card(t: Translator, volunteer: Volunteer) -> Screen:
    """Who wants to be a volunteer, with what they chose."""
    read = t.day(volunteer.note_read_at.date())
    lines = [
        t(_VOLUNTEER[volunteer.state], name=volunteer.person.first_name),
        wishes_of(t, volunteer),
        t("{label}: {fact}", label=t("Read the information note"), fact=read),
    ]
    rows: list[Row] = [row(Button(t("See volunteers"), "volunteers"))]
    if volunteer.state is VolunteerState.APPLIED:
        decide = Button(t("Approve"), "approve", volunteer.id), Button(t("Do not approve"), "decline", volunteer.id)
        rows.insert(0, row(*decide))
    return Screen.of("\n".join(lines), *rows).as_card("applicant", f"volunteer:{volunteer.id}")


def title_of(t: Translator, request: Request) -> str:
    """`K7RM: Boodschappen`."""
    return t("{code}: {kind}", code=request.code, kind=category_name(t, request.category))


def standing_of(t: Translator, request: Request, now: datetime) -> list[str]:
    """How a request stands, in one or two sentences: first why a coordinator should look."""
    if request.state is State.ENDED:
        return [t("Closed: {outcome}.", outcome=outcome_name(t, request.outcome) if request.outcome else "?")]
    standing = _who_helps(t, request)
    gone = [t(GONE, name=request.gone.first_name)] if request.gone is not None else []
    if request.attention is None:
        return [t("It is urgent."), standing] if request.is_urgent(now) and request.helper is None else [standing]
    if request.state is State.OFFERED and request.attention in {Attention.ESCALATED, Attention.HANDED_BACK}:
        return [*gone, standing]  # somebody was found: only the word of the resident is missing
    if request.attention is Attention.UNREACHABLE:
        return [*gone, standing]
    why = reason(t, request, request.attention)
    if request.state is State.OPEN and request.attention is Attention.ESCALATED:
        return [*gone, why]
    return [*gone, why, standing]


def _who_helps(t: Translator, request: Request) -> str:
    if request.helper is None:
        return t("Nobody helps yet.")
    helper = request.helper.first_name
    if request.state is State.OFFERED:
        name = request.resident.first_name
        return t("{helper} wants to help. {resident} still has to say yes.", helper=helper, resident=name)
    if not helper:
        return t("Who had this task had everything erased.")
    if request.attention in _AFTERWARDS:
        return t("{helper} had this task.", helper=helper)
    if request.needs_hour:
        return t("{helper} helps. No hour is agreed yet.", helper=helper)
    return t("{helper} helps.", helper=helper)


def reason(t: Translator, request: Request, attention: Attention) -> str:
    """Why a coordinator should look."""
    if attention is Attention.ESCALATED and waits_for_rest(request):
        return t("Nobody was asked yet: who fits helped often this week.")
    silent = silent_of(request) if attention is Attention.SILENT else None
    named = silent is not None and silent.first_name  # not who had everything erased
    return t(_ONE_IS_SILENT, name=named) if named else t(_ATTENTION[attention])


def said_by_both(t: Translator, request: Request) -> list[tuple[str, str]]:
    """Who said how it went, and who did not yet; nothing where nobody did, or what they said ended it."""
    over = request.state is State.ENDED
    if all(over and report.outcome is request.outcome for report in request.reports):
        return []
    found = []
    for side in Side:
        person, report = request.person_on(side), request.report_of(side)
        name = (person.first_name if person is not None else "") or t("somebody")
        if report is None:
            found += [] if over else [(name, t("No answer yet"))]
        elif side is Side.HELPER and report.outcome is Outcome.NOBODY_CAME:
            found.append((name, t("I could not come")))  # the button on which they said it
        else:
            found.append((name, outcome_name(t, report.outcome)))
    return found


def silent_of(request: Request) -> Person | None:
    """Who of the two did not say how it went, where the other did."""
    silent = [side for side in Side if request.report_of(side) is None]
    return request.person_on(silent[0]) if len(silent) == 1 else None


def told_apart(labels: list[str]) -> list[str]:
    """With a number after those that are there already: each button can be typed."""
    return [
        f"{label} {labels[: at + 1].count(label)}" if labels[:at].count(label) else label
        for at, label in enumerate(labels)
    ]


def _asked(t: Translator, request: Request) -> str:
    if not request.asked:
        return t("nobody was asked yet")
    states = [asked.state for asked in request.asked]
    said_no = states.count(AskedState.PASSED)
    found = [t.n("{n} was asked", "{n} were asked", len(states))]
    if said_no:
        found.append(t.n("{n} said no", "{n} said no", said_no))
    if reserve := states.count(AskedState.RESERVE):
        found.append(t("{n} on the reserve list", n=reserve))
    return ", ".join(found)


def number_of(number: str | None) -> str:
    """`0470 12 34 56`; empty where there is none."""
    return phone.shown(number) if number else ""


def _case_rows(t: Translator, request: Request, now: datetime, *, more: bool) -> tuple[Row, ...]:
    going_on = request.state is not State.ENDED
    buttons = []
    if going_on:
        buttons.append(Button(t("Choose somebody"), "assign", request.id))
        buttons.append(Button(t("Close it"), "close", request.id))
    if request.state in PROMISED and not request.is_over(now):
        buttons.append(Button(t("Look further"), "put_back", request.id))
    if request.text:
        buttons.append(Button(t("Change the text"), "edit_text", request.id))
    if going_on and request.media_id is not None:
        label = t("Listen to it") if request.media_kind == "voice" else t("Show the photo")
        buttons.append(Button(label, "case_media", request.id))
    if request.is_by_phone:
        label = with_name(t, N_("Answer for {name}"), request.resident.first_name)
        buttons.append(
            Button(label, "act_for", request.id) if going_on else Button(t("Ask once more"), "again", request.id)
        )
    if more:
        buttons.append(Button(t("See all steps"), "case_history", request.id))
    both = (request.resident, request.helper)
    writes = [
        row(Button(with_name(t, N_("Write to {name}"), person.first_name), "answer_person", person.id, request.id))
        for person in both
        if person is not None and person.can_be_told()
    ]
    if may_be_relinked(request.resident):
        writes.append(row(Button(t("Link a new phone"), "relink", RESIDENT, request.id)))
    if not request.resident.has_telegram and may_be_erased(request.resident):  # others do it themselves
        label = with_name(t, N_("Erase {name}"), request.resident.first_name)
        writes.append(row(Button(label, "erase_other", RESIDENT, request.id)))
    return (*pairs(*buttons), *writes, row(Button(t("Back to the list"), "cases")))
