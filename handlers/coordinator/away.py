"""The bot did not work for long: coordinators hear from when until when, and what came late."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.routing import on, renders
from bot.screen import Button, Screen, row
from models import Coordinator, Person, Reason, Refused, Reminder, ReminderKind, ReminderState, Request

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn
    from models.calendar import Calendar

CARD = "away"
LATEST = 2**33  # seconds since 1970: a forged button may say anything
FORGOTTEN = 24 * 3600  # seconds that Telegram keeps what people write
NEWS = set(ReminderKind) - {ReminderKind.HIDE, ReminderKind.WITHDRAW, ReminderKind.FORGET}


@on("away")
def tell_that_nobody_worked(turn: Turn, since: datetime) -> None:
    """One message to each coordinator, whatever came late."""
    span = int(since.timestamp()), int(turn.now.timestamp())
    coordinators = select(Person).where(Person.id.in_(select(Coordinator.person_id))).order_by(Person.id)
    for person in turn.session.scalars(coordinators).all():
        if person.can_be_told():
            turn.tell(person, away_card(turn.t_for(person), turn.calendar, *span, late_for(turn, person, *span)))


@renders(CARD)
def show_again_that_nobody_worked(turn: Turn, since: int, until: int) -> Screen:
    """The same, in the language of who asks."""
    if not turn.person.coordinates or not 0 < since <= until < LATEST:
        raise Refused(Reason.ROLE)
    return away_card(turn.t, turn.calendar, since, until, late_for(turn, turn.person, since, until))


def late_for(turn: Turn, person: Person, since: int, until: int) -> int:
    """How many reminders about requests of this coordinator fell due meanwhile."""
    areas = {each.id for own in person.coordinates for each in own.area.and_below()}
    span = datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC)
    due = Reminder.due_at.between(*span), Reminder.kind.in_(NEWS)
    alive = Reminder.state.in_((ReminderState.WAITING, ReminderState.DONE)), Request.area_id.in_(areas)
    return turn.session.scalar(select(func.count()).select_from(Reminder).join(Request).where(*due, *alive)) or 0


def away_card(t: Translator, calendar: Calendar, since: int, until: int, late: int) -> Screen:
    """From when until when, what was late, and what to do."""
    span = {"since": _moment(t, calendar, since), "until": _moment(t, calendar, until)}
    text = t("I did not work from {since} until {until}.", **span)
    if late:
        text += " " + t.n("{n} reminder was late.", "{n} reminders were late.", late)
    if until - since > FORGOTTEN:
        text += " " + t("What people wrote more than a day ago may be lost.")
    screen = Screen.of(text, row(Button(t("See questions"), "cases")), title=t("I was away for long"))
    return screen.as_card(CARD, CARD).retold(CARD, since, until)


def _moment(t: Translator, calendar: Calendar, at: int) -> str:
    moment = datetime.fromtimestamp(at, UTC).astimezone(calendar.zone)
    return t("{day} at {hour}", day=t.day(moment.date()), hour=t.hour(moment.time().replace(second=0)))
