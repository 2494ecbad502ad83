"""Alerts: why a coordinator should look, and whom to call or write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.coordinator.cards import GONE, number_of, reason, said_by_both, silent_of, title_of
from handlers.words import when, with_name
from models import EventKind, Outcome, State
from models.lifecycle import Attention
from models.matching import waits_for_rest

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models import Person, Request

_ALERTS = {
    EventKind.ESCALATED: N_("Nobody was found yet for {resident}. Can you call somebody?"),
    EventKind.HANDED_BACK: N_("The helper cannot come any more, and it is soon. Can you find somebody?"),
    EventKind.LAPSED: N_("Nobody was found in time for {resident}."),
}
_NEEDS_YOU = N_("This needs your attention.")


def alert_card(t: Translator, request: Request, kind: EventKind) -> Screen:
    """Why a coordinator should look, in one sentence; the rest is one tap away."""
    called = _to_call(request, kind)
    number = _number_to_call(request, called) if called else ""
    facts = [
        (t("When"), when(t, request)),
        (t("Neighbourhood"), request.area.name),
        *(said_by_both(t, request) if kind is EventKind.SILENT else []),
    ]
    rows = [row(Button(t("See the question"), "case", request.id))]
    why = _why(t, request, kind)
    if called is not None:
        facts.append((t("Phone of {name}", name=called.first_name), number or t("not known")))
        why += " " + how_to_ask(t, request, called)
        if not number and called.can_be_told():
            write = with_name(t, N_("Write to {name}"), called.first_name)
            rows.append(row(Button(write, "answer_person", called.id, request.id)))
    lines = [why, *(t("{label}: {fact}", label=label, fact=fact) for label, fact in facts)]
    if request.state is State.OPEN:  # there stands whom one could call
        rows.append(row(Button(t("Choose somebody"), "assign", request.id)))
    screen = Screen.of("\n".join(lines), *rows, title=title_of(t, request))
    return screen.as_card("alert", about(request), private=bool(number)).retold("alert", request.id, kind)


def how_to_ask(t: Translator, request: Request, person: Person) -> str:
    """What a coordinator can do to ask one of the two: nobody is called without a number."""
    if _number_to_call(request, person):
        return t("Can you call {name}?", name=person.first_name)
    if person.can_be_told():
        return t("Can you write to {name}?", name=person.first_name)
    return t("Can you reach {name} in another way?", name=person.first_name)


def _number_to_call(request: Request, person: Person) -> str:
    own = request.phone if person is request.resident and not request.for_name else None
    return number_of(own or person.phone)


def _to_call(request: Request, kind: EventKind) -> Person | None:
    """Whom the sentence of an alert suggests to ask, where it is one of the two."""
    if kind is EventKind.UNREACHABLE:
        return request.gone or request.resident
    if kind is EventKind.SILENT:
        return silent_of(request) or request.resident
    no_answer = kind is EventKind.ESCALATED and request.state is State.OFFERED
    nobody_came = kind is EventKind.REPORTED and request.attention is Attention.NOBODY_CAME
    asks_for_it = kind is EventKind.LAPSED or no_answer or nobody_came
    return request.resident if asks_for_it else None


def _why(t: Translator, request: Request, kind: EventKind) -> str:
    resident, helper = request.resident, request.helper
    if kind is EventKind.UNREACHABLE:
        gone = request.gone or request.resident
        return t(GONE, name=gone.first_name)
    if kind is EventKind.LAPSED and request.outcome is Outcome.UNANSWERED:
        return t("{resident} did not answer in time whether somebody may come.", resident=resident.first_name)
    if kind is EventKind.ESCALATED and helper is not None and request.state is State.OFFERED:
        return t(
            "{resident} does not answer whether {helper} may come.",
            resident=resident.first_name,
            helper=helper.first_name,
        )
    if kind is EventKind.REPORTED:
        nobody_came = request.attention is Attention.NOBODY_CAME
        return reason(t, request, Attention.NOBODY_CAME if nobody_came else Attention.DISAGREED)
    if kind is EventKind.SILENT:
        return reason(t, request, Attention.SILENT)
    if kind is EventKind.ESCALATED and waits_for_rest(request):
        return " ".join([reason(t, request, Attention.ESCALATED), t("Can you call somebody?")])
    return t(_ALERTS.get(kind, _NEEDS_YOU), resident=request.helped_name)
