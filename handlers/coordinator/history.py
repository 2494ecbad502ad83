"""The history of a request as lines that can be read: when, who, what."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.i18n import N_
from handlers.words import outcome_name
from models import EventKind, Outcome, Side
from models.event import NOBODY_NEW, TAKEN_BACK, TO_TELL

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models import Event, Person, Request

_WHAT = {
    EventKind.SENT: N_("{who} asked this"),
    EventKind.OFFERED: N_("{who} wants to help"),
    EventKind.ACCEPTED: N_("{who} takes the task"),
    EventKind.AGREED: N_("{who} said yes to {whom}"),
    EventKind.PREFERRED_OTHER: N_("{who} prefers somebody else, not {whom}"),
    EventKind.PASSED: N_("{who}: not this time"),
    EventKind.JOINED_RESERVE: N_("{who} is on the reserve list"),
    EventKind.HANDED_BACK: N_("{who} cannot come any more"),
    EventKind.PROPOSED: N_("{who} proposed an hour"),
    EventKind.CONFIRMED: N_("{who} agreed with the hour"),
    EventKind.TIME_REFUSED: N_("{who} cannot at that hour"),
    EventKind.CHANGED: N_("{who} changed the question"),
    EventKind.EDITED: N_("{who} changed the text"),
    EventKind.PUT_BACK: N_("{who} looks for somebody else than {whom}"),
    EventKind.CANCELLED: N_("{who} stopped the question"),
    EventKind.REPORTED: N_("{who} says: {outcome}"),
    EventKind.ENDED: N_("{who} closed it: {outcome}"),
    EventKind.WIDENED: N_("Volunteers further away were asked"),
    EventKind.ESCALATED: N_("Coordinator told: nobody found yet"),
    EventKind.WARNED: N_("The resident knows that nobody was found yet"),
    EventKind.LAPSED: N_("The moment is over, nobody was found"),
    EventKind.ASSIGNED: N_("{who} chose {whom} for this"),
    EventKind.WROTE: N_("{who} wrote to {whom}"),
    EventKind.SILENT: N_("Coordinator told: an answer is missing"),
    EventKind.UNREACHABLE: N_("Coordinator told: somebody cannot be reached"),
    EventKind.TO_CALL: N_("On the call list for {resident}"),
    EventKind.CALLED: N_("{who} called {resident}"),
    EventKind.NOT_REACHED: N_("{who} called {resident}, nobody picked up"),
}
_WROTE_US = N_("{who} wrote to the coordinator")
_WROTE_THROUGH_US = N_("{who} wrote to {resident}, through the coordinator")
_COULD_NOT = N_("{who} could not come")
_OF_ITSELF = {
    EventKind.ENDED: N_("It ended as was said: {outcome}"),
    EventKind.TIME_REFUSED: N_("Nobody answered before the proposed hour"),
}
_KEEPS = N_("{who} comes at the agreed hour after all")
_UNANSWERED = N_("The moment is over, and {whom} got no answer")
_OTHERWISE = N_("{who} did something: {kind}")


def history_of(t: Translator, request: Request) -> list[str]:
    """All that happened, the oldest first."""
    return [_line(t, request, event) for event in request.history if event.detail != NOBODY_NEW]


def _line(t: Translator, request: Request, event: Event) -> str:
    return f"{when_of(t, event, ZoneInfo(request.zone))} – {what_happened(t, request, event)}"


def when_of(t: Translator, event: Event, zone: ZoneInfo) -> str:
    """`28/11, 14.30 uur`."""
    at = event.at.astimezone(zone)
    return f"{at:%d/%m}, {t.hour(at.time())}"


def what_happened(t: Translator, request: Request, event: Event) -> str:
    """Who did what; never what was written."""
    what = _WHAT.get(event.kind, _OTHERWISE)
    if event.by is None:
        what = _OF_ITSELF.get(event.kind, what)
    if event.kind is EventKind.REPORTED and event.detail == f"{Side.HELPER}:{Outcome.NOBODY_CAME}":
        what = _COULD_NOT  # the button on which they said it
    if event.kind is EventKind.WROTE and event.person is None:
        what = _WROTE_THROUGH_US if event.detail == TO_TELL else _WROTE_US
    if event.kind is EventKind.OFFERED and event.person is not event.by:
        what = _WHAT[EventKind.ASSIGNED]  # a coordinator found somebody, the resident still decides
    if event.kind is EventKind.ASSIGNED and event.person is event.by:
        what = _WHAT[EventKind.ACCEPTED]  # who coordinates may help too
    if event.detail == TAKEN_BACK:
        what = _KEEPS
    if event.kind is EventKind.LAPSED and event.person is not None:
        what = _UNANSWERED
    facts = {
        "who": _name(t, event.by) if event.by else t("The bot"),
        "whom": _name(t, event.person),
        "resident": _name(t, request.resident),
        "outcome": _outcome(t, event.detail),
        "kind": event.kind.value,
    }
    line = t(what, **facts)
    return t("{line} (by phone, {name} noted it)", line=line, name=_name(t, event.via)) if event.via else line


def _name(t: Translator, person: Person | None) -> str:
    """Their first name, unless nobody knows it (any more)."""
    return (person.first_name if person is not None else "") or t("somebody")


def _outcome(t: Translator, detail: str | None) -> str:
    """`helper:done` and `done` alike are "it worked out"."""
    word = (detail or "").split(":")[-1]
    return outcome_name(t, Outcome(word)) if word in set(Outcome) else ""
