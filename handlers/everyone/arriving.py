"""Arriving: `/start`, alone or from a link that names a neighbourhood or invites a coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.i18n import N_
from bot.routing import command
from handlers.everyone.standing import arrived, home, start_screen, welcome
from models import Area, AreaKind, Coordinator, Event, EventKind, Invitation, Reason, Refused, Relink
from models.coordinating import INVITATION
from models.relink import CODE
from models.wrong_link import may_try, tried_in_vain

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.turn import Turn


@command("start", fr="start", en="start", de="start", about=N_("See where you are"), last=True)
def start(turn: Turn, payload: str = "") -> Screen:
    """The welcome, and later where somebody stands."""
    if CODE.fullmatch(payload):
        return _moved(turn, payload)
    first_time = arrived(turn)
    if payload.startswith(INVITATION):
        return _invited(turn, payload.removeprefix(INVITATION))
    if payload and turn.person.area is None:
        here = select(Area).where(Area.slug == payload, Area.kind == AreaKind.NEIGHBOURHOOD)
        turn.person.area = turn.session.scalars(here).first()
    return welcome(turn) if first_time else start_screen(turn)


def _moved(turn: Turn, code: str) -> Screen:
    """A link that works once brings somebody back in another Telegram account."""
    t, account = turn.t, turn.person
    tries = may_try(turn.session, account, turn.now)
    link = turn.session.scalars(Relink.with_code(code).with_for_update()).first() if tries else None
    worthless = t("This link does not work any more. Please ask for a new link.")
    if link is None or turn.now >= link.expires_at:
        _write_down(turn, code)
        return _somewhere(turn).after(worthless)
    if link.person is account:
        return home(turn).after(t("This account is yours already."))
    lost = link.person.unreachable_since is not None
    try:
        former, event = link.move(turn.session, account, turn.now)
    except Refused as no:
        if no.reason is Reason.NOT_FOUND:
            _write_down(turn, code)
            return _somewhere(turn).after(worthless)
        return home(turn).after(t("This account has questions or tasks of its own. Please open the link in another."))
    person = link.person
    turn.leave_account(person, former)
    turn.announce(event)
    if lost:
        turn.announce(Event(kind=EventKind.REACHABLE, person=person, at=turn.now))
    turn.show_commands(person)
    return start_screen(turn).after(t("Welcome back. You now write from this account."))


def _write_down(turn: Turn, link: str) -> None:
    """It led nowhere: whether it is wrong, used or too old makes no difference."""
    if event := tried_in_vain(turn.session, turn.person, link, turn.now):
        turn.announce(event)


def _somewhere(turn: Turn) -> Screen:
    return welcome(turn) if arrived(turn) else home(turn)


def _invited(turn: Turn, secret: str) -> Screen:
    """A link that works once makes somebody a coordinator."""
    t, person = turn.t, turn.person
    tries = may_try(turn.session, person, turn.now)
    invitation = turn.session.scalars(Invitation.with_secret(secret).with_for_update()).first() if tries else None
    if invitation is not None and any(each.area is invitation.area for each in person.coordinates):
        return home(turn).after(t("You are a coordinator of {area}.", area=invitation.area.name))
    if invitation is None or not invitation.valid(turn.now):
        _write_down(turn, secret)
        return home(turn).after(t("This invitation does not work any more. Please ask for a new link."))
    invitation.used_at, area = turn.now, invitation.area
    person.coordinates.append(Coordinator(area=area, since=turn.now))
    turn.announce(
        Event(kind=EventKind.BECAME_COORDINATOR, by=person, person=person, at=turn.now, detail=area.slug, area=area)
    )
    turn.show_commands(person)
    return home(turn).after(t("You are now a coordinator of {area}.", area=invitation.area.name))
