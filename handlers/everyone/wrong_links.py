"""Somebody opens many links that do not work: perhaps they guess, perhaps somebody was given a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.log import get_logger
from bot.routing import hears, renders
from bot.screen import Screen
from models import Area, Event, EventKind, Reason, Refused
from models.matching import coordinators_for
from models.wrong_link import is_to_be_reported

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.turn import Turn

log = get_logger(__name__)


@hears(EventKind.TRIED_LINK)
def report_who_guesses(turn: Turn, event: Event) -> None:
    """The operator reads it in the log, and the coordinators at the top in Telegram; not who it was, nor what."""
    if event.person is None or not is_to_be_reported(turn.session, event.person):
        return
    log.warning("somebody tries links that do not work", person_id=event.person.id)
    top = turn.session.scalars(select(Area).where(Area.parent_id.is_(None)).order_by(Area.id)).all()
    for person in {each.id: each for area in top for each in coordinators_for(turn.session, area)}.values():
        turn.tell(person, guessing_card(turn.t_for(person)))


def guessing_card(t: Translator) -> Screen:
    """It says what happened, that it led to nothing, and what to do."""
    what = t("Somebody opened several links that do not work. They learned nothing from it.")
    do = t("Did you give somebody a link? Ask them whether it worked.")
    return Screen(f"{what}\n{do}").retold("guessing")


@renders("guessing")
def guessing_anew(turn: Turn) -> Screen:
    """Only to who coordinates."""
    if not turn.person.coordinates:
        raise Refused(Reason.NOT_FOUND)
    return guessing_card(turn.t)
