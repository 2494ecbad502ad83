"""`/logboek`: what coordinators and the operator did, for those who answer for the same area.

That somebody reads it is not written down: it holds nothing that they could not see, and it would fill up with itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command
from bot.screen import Button, Screen, pairs, row
from handlers.coordinator.cards import told_apart
from handlers.coordinator.colleagues import SENSITIVE, name_of, sentence_of
from handlers.coordinator.history import what_happened, when_of
from handlers.paging import TIMES, turning
from handlers.words import with_name
from models import Area, Coordinator, EventKind, Reason, Refused
from models.logbook import logbook
from models.person import Role

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models import Event

PAGE = 10
CHOICES = 8
_WHAT = {
    EventKind.APPROVED: N_("{who} approved {whom}."),
    EventKind.DECLINED: N_("{who} did not approve {whom}."),
    EventKind.PAUSED: N_("{who} gave {whom} a break."),
    EventKind.RESUMED: N_("{who} ended the break of {whom}."),
    EventKind.ENTERED: N_("{who} wrote down {whom}, who has no Telegram."),
    EventKind.RELINKED: N_("{whom} writes from another account now."),
    EventKind.WROTE: N_("{who} wrote to {whom}."),
    EventKind.OPERATED: N_("The operator looked after a message to {whom}."),
}
_OTHERWISE = N_("{who} did something: {kind}")


@command(
    "logboek", fr="journal", en="log", de="protokoll", about=N_("What the coordinators did"), role=Role.COORDINATOR
)
def show_log(turn: Turn) -> Screen:
    """From its newest line."""
    return log(turn)


@button("log", Role.COORDINATOR)
def log(turn: Turn, page: int = 0, who: int = 0, area_id: int = 0) -> Screen:
    """One page, the newest first; of one coordinator or one area, where that was chosen."""
    t, area = turn.t, _own_area(turn, area_id) if area_id else None
    areas = [area] if area is not None else [each.area for each in turn.person.coordinates]
    page = max(page, 0)
    asked = logbook(areas, who or None).offset(page * PAGE).limit(PAGE + 1)
    found = turn.session.scalars(asked).all()
    choose = row(Button(t("Choose what you see"), "log_filter"))
    if not found:
        everything = [row(Button(t("See everything"), "log"))] if who or area_id or page else []
        return Screen.of(t("Nothing is written down here yet."), *everything, choose, title=t("Log"))
    older = turning(t, "log", page, more=len(found) > PAGE, after=[who, area_id], words=TIMES)
    lines = [_line(turn, each) for each in found[:PAGE]]
    return Screen.of("\n".join(lines), *older, choose, title=t("Log"))


@button("log_filter", Role.COORDINATOR)
def choose_whose_log(turn: Turn) -> Screen:
    """Of one colleague, or of one area."""
    t = turn.t
    roles = turn.session.scalars(Coordinator.below(each.area for each in turn.person.coordinates)).all()
    people = sorted({each.person for each in roles}, key=lambda each: (each.first_name.casefold(), each.id))
    areas = sorted({each.area for each in roles}, key=lambda each: each.name) if len(roles) > len(people) else []
    areas = areas or [each for mine in turn.person.coordinates for each in mine.area.children]
    labels = told_apart([with_name(t, N_("What {name} did"), each.first_name) for each in people[:CHOICES]])
    named = [Button(label, "log", 0, each.id) for label, each in zip(labels, people, strict=False)]
    return Screen.of(
        t("What would you like to see?"),
        *pairs(*named),
        *pairs(*(Button(each.name, "log", 0, 0, each.id) for each in areas[:CHOICES])),
        row(Button(t("See everything"), "log")),
    )


def _line(turn: Turn, event: Event) -> str:
    t, request = turn.t, event.request
    if request is not None:
        said = t("{label}: {fact}", label=request.code, fact=what_happened(t, request, event))
    elif event.kind in SENSITIVE:
        said = sentence_of(t, event)
    else:
        said = _said(t, event)
    return f"{when_of(t, event, turn.settings.timezone)} – {said}"


def _said(t: Translator, event: Event) -> str:
    who, whom = name_of(t, event.via or event.by, t("The operator")), name_of(t, event.person, t("somebody"))
    return t(_WHAT.get(event.kind, _OTHERWISE), who=who, whom=whom, kind=event.kind.value)


def _own_area(turn: Turn, area_id: int) -> Area:
    area = turn.get(Area, area_id)
    if not turn.person.coordinates_area(area):
        raise Refused(Reason.NOT_FOUND)
    return area
