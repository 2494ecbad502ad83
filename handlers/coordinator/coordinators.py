"""`/coordinatoren`: who coordinates here; inviting somebody, taking the role or a forgotten PIN away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.routing import button, command, hears, renders
from bot.screen import Button, Screen, link_to, pairs, row
from handlers.coordinator.cards import told_apart
from handlers.everyone.standing import home
from handlers.paging import page_of, turning
from handlers.words import with_name
from models import Area, Coordinator, Event, EventKind, Reason, Refused
from models.coordinating import areas_before, invite, leave, take_pin_away
from models.person import Role

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn

PAGE = 8


@command(
    "coordinatoren",
    fr="coordinateurs",
    en="coordinators",
    de="koordination",
    about=N_("Who coordinates here"),
    role=Role.COORDINATOR,
)
def show_coordinators(turn: Turn) -> Screen:
    """The list, from its beginning."""
    return coordinators(turn)


@button("coordinators", Role.COORDINATOR)
def coordinators(turn: Turn, page: int = 0) -> Screen:
    """All in the areas of who acts and below them, by area."""
    t = turn.t
    shown, page, more = page_of(_all(turn), page, PAGE)
    lines = [t("{label}: {fact}", label=each.area.name, fact=_name(t, turn, each)) for each in shown]
    labels = told_apart([_label(t, turn, each) for each in shown])
    return Screen.of(
        "\n".join(lines),
        *(row(Button(label, "coordinator", each.id)) for label, each in zip(labels, shown, strict=True)),
        *turning(t, "coordinators", page, more=more),
        row(Button(t("Invite somebody"), "invite")),
        title=t("Who coordinates here"),
    )


@button("coordinator", Role.COORDINATOR)
def coordinator(turn: Turn, key: int) -> Screen:
    """One of them, and what can be done."""
    t, role = turn.t, _own(turn, key)
    name, area, back = role.person.first_name, role.area.name, row(Button(t("Back to the list"), "coordinators"))
    since = t.day(turn.calendar.day(role.since))
    text = t("{name} coordinates {area} since {day}.", name=name, area=area, day=since)
    if role.person is turn.person:
        return Screen.of(text, row(Button(t("Stop as coordinator"), "uncoordinate", role.id)), back)
    rows = [row(Button(with_name(t, N_("Make {name} stop"), name), "uncoordinate", role.id))]
    if role.person.pin is not None:
        rows.append(row(Button(t("Take PIN away"), "forget_pin", role.id)))
    return Screen.of(text, *rows, back)


@button("invite", Role.COORDINATOR)
def choose_where(turn: Turn, page: int = 0) -> Screen:
    """For which area; who answers for one only is asked nothing."""
    t, found = turn.t, [each for mine in turn.person.coordinates for each in mine.area.and_below()]
    areas = sorted(set(found), key=lambda each: (each.parent_id is not None, each.name))
    page = page % max(-(-len(areas) // PAGE), 1)
    shown = areas[page * PAGE : (page + 1) * PAGE]
    more = [row(Button(t("Show more"), "invite", page + 1))] if len(areas) > PAGE else []
    lines = [
        t("You get a link that works once, for 24 hours. Who opens it coordinates from then on."),
        t("For which area?"),
    ]
    return Screen.of(
        "\n".join(lines),
        *pairs(*(Button(each.name, "invite_now", each.id) for each in shown)),
        *more,
        row(Button(t("Back to the list"), "coordinators")),
    )


@button("invite_now", Role.COORDINATOR, pin=True)
def invite_now(turn: Turn, area_id: int) -> Screen:
    """The link, to be passed on to one person."""
    t, area = turn.t, turn.get(Area, area_id)
    payload, event = invite(turn.session, area, turn.person, turn.now)
    turn.announce(event)
    lines = [
        t("Give this link only to who will coordinate {area}.", area=area.name),
        "",
        link_to(turn.username, payload),
    ]
    return Screen.of("\n".join(lines), row(Button(t("Back to the list"), "coordinators")))


@button("uncoordinate", Role.COORDINATOR)
def ask_to_stop(turn: Turn, key: int) -> Screen:
    """Once more, with what it means; the last one hears what to do first."""
    t, role = turn.t, _own(turn, key)
    area, name = role.area.name, role.person.first_name
    if role.is_last(turn.session):
        first = t("Nobody else coordinates {area}. Please invite somebody else first.", area=area)
        rows = row(Button(t("Invite somebody"), "invite")), row(Button(t("Back to the list"), "coordinators"))
        return Screen.of(first, *rows)
    own = role.person is turn.person
    what = t("You then see nothing of {area} any more, at once.", area=area)
    question = t("Do you stop as a coordinator?")
    if not own:
        what = t("{name} then sees nothing of {area} any more, at once.", name=name, area=area)
        question = t("Does {name} stop as a coordinator?", name=name)
    yes = t("Yes, I stop") if own else with_name(t, N_("Yes, {name} stops"), name)
    return Screen.of(
        f"{what}\n{question}",
        row(Button(yes, "uncoordinate_now", role.id)),
        row(Button(t("No, go back"), "coordinator", role.id)),
    )


@button("uncoordinate_now", Role.COORDINATOR, pin=True)
def stop_coordinating(turn: Turn, key: int) -> Screen:
    """From now on they see nothing of it any more."""
    t, role = turn.t, _own(turn, key, lock=True)
    person, area = role.person, role.area
    turn.announce(leave(turn.session, role, turn.person, turn.now))
    if person is turn.person:
        return home(turn).after(t("You do not coordinate {area} any more.", area=area.name))
    return coordinators(turn).after(
        t("{name} does not coordinate {area} any more.", name=person.first_name, area=area.name)
    )


@button("forget_pin", Role.COORDINATOR, pin=True)
def forget_pin(turn: Turn, key: int) -> Screen:
    """They forgot it: they choose another one when it is needed."""
    role = _own(turn, key)
    for event in take_pin_away(role, turn.person, turn.now):
        turn.announce(event)
    gone = turn.t("The PIN of {name} is gone. {name} chooses a new one.", name=role.person.first_name)
    return coordinators(turn).after(gone)


@hears(EventKind.LEFT_COORDINATING, EventKind.PIN_TAKEN_AWAY)
def tell_who_it_is_about(turn: Turn, event: Event) -> None:
    """Who did not do it themselves hears it at once: it may be a mistake."""
    if event.person is not None and event.person is not event.by and not areas_before(event):
        turn.tell(event.person, taken_card(turn.t_for(event.person), event), urgent=True)


def taken_card(t: Translator, event: Event) -> Screen:
    """What was taken away."""
    if event.kind is EventKind.PIN_TAKEN_AWAY:
        words = t("Your PIN was taken away. Choose a new one when it is asked.")
    else:
        words = t("You do not coordinate {area} any more.", area=event.area.name if event.area else "")
    return Screen(words).retold("taken", event.id)


@renders("taken")
def taken_anew(turn: Turn, event_id: int) -> Screen:
    """Only to who it is about."""
    event = turn.get(Event, event_id)
    if event.person is not turn.person or event.kind not in {EventKind.LEFT_COORDINATING, EventKind.PIN_TAKEN_AWAY}:
        raise Refused(Reason.NOT_FOUND)
    return taken_card(turn.t, event)


def _all(turn: Turn) -> list[Coordinator]:
    return list(turn.session.scalars(Coordinator.below(each.area for each in turn.person.coordinates)))


def _own(turn: Turn, key: int, *, lock: bool = False) -> Coordinator:
    """One in the areas of who acts; another one does not exist for them."""
    role = turn.get(Coordinator, key, lock=lock)
    if not turn.person.coordinates_area(role.area):
        raise Refused(Reason.NOT_FOUND)
    return role


def _name(t: Translator, turn: Turn, role: Coordinator) -> str:
    return t("you") if role.person is turn.person else role.person.first_name


def _label(t: Translator, turn: Turn, role: Coordinator) -> str:
    return t("See yourself") if role.person is turn.person else with_name(t, N_("See {name}"), role.person.first_name)
