"""Who has not been here for a year is not kept; they are asked a month before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select

from bot.routing import button, every, renders
from bot.screen import Button, Screen, row
from handlers.erasing import erase
from handlers.everyone.standing import home
from handlers.everyone.wiping import farewell
from models.lifecycle import State
from models.person import Coordinator, Person
from models.request import Request
from models.retention import TO_ANSWER, UNUSED

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn


@every(timedelta(days=1))
def forget_who_is_gone(turn: Turn) -> None:
    """First who was asked and said nothing, then those to ask."""
    silent = Person.asked_to_stay_at <= turn.now - TO_ANSWER, Person.seen_at < Person.asked_to_stay_at
    for person in turn.session.scalars(select(Person).where(*_nothing_goes_on(), *silent).order_by(Person.id)).all():
        erase(turn, person, farewell(turn.t_for(person)))
    unused = Person.seen_at <= turn.now - (UNUSED - TO_ANSWER)
    not_asked = or_(Person.asked_to_stay_at.is_(None), Person.asked_to_stay_at <= Person.seen_at)
    for person in turn.session.scalars(select(Person).where(*_nothing_goes_on(), unused, not_asked)).all():
        person.asked_to_stay_at = turn.now
        turn.tell(person, stay_card(turn.t_for(person)))


def stay_card(t: Translator) -> Screen:
    """Would you like to stay?"""
    asked = t("You have not been here for a long time. Would you like to stay?")
    otherwise = t("If I hear nothing, I erase your data after a month.")
    buttons = row(Button(t("Yes, I stay"), "stay")), row(Button(t("Erase everything"), "erase"))
    return Screen.of(f"{asked} {otherwise}", *buttons).as_card("stay", "stay").retold("stay")


@button("stay")
def stay(turn: Turn) -> Screen:
    """They do; that they tapped says so already."""
    return home(turn).after(turn.t("Good that you stay!"))


@renders("stay")
def stay_card_anew(turn: Turn) -> Screen:
    """In another language."""
    return stay_card(turn.t)


def _nothing_goes_on() -> tuple[ColumnElement[bool], ...]:
    """People with Telegram who have nothing open, and answer for no area."""
    theirs = or_(Request.resident_id == Person.id, Request.helper_id == Person.id)
    open_ones = select(Request.id).where(theirs, Request.state != State.ENDED).exists()
    coordinates = select(Coordinator.id).where(Coordinator.person_id == Person.id).exists()
    return Person.telegram_key.is_not(None), ~open_ones, ~coordinates
