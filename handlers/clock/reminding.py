"""The evening before and two hours before: both know when, who, where and the code word."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.routing import due
from bot.screen import Button, Screen, row
from bot.turn import about
from handlers.resident.cards import request_card, state_of
from handlers.volunteer.cards import propose_row, task_card
from handlers.words import category_name, code_word_of, phone_label, where
from models import phone
from models.asked import Side
from models.reminder import Reminder, ReminderKind

if TYPE_CHECKING:
    from datetime import date

    from bot.i18n import Translator
    from bot.turn import Turn
    from models.request import Request

AT_LEAST = timedelta(minutes=30)  # so long before the moment a reminder still helps


@due(ReminderKind.EVENING_BEFORE, ReminderKind.TWO_HOURS)
def remind(turn: Turn, reminder: Reminder) -> None:
    """Remind one side, in words that are true when they are read; too late it would only confuse."""
    request, side = reminder.request, reminder.side
    person = request.person_on(side) if side is not None else None
    if person is None or side is None or request.starts_at is None:
        return
    read_at = turn.calendar.after_quiet(turn.now)
    in_time = read_at + AT_LEAST <= request.starts_at
    read_at = read_at if in_time else turn.now
    if not reminder.still_makes_sense(read_at, turn.calendar):
        return
    day = turn.calendar.day(read_at)
    midnight = turn.calendar.at(day + timedelta(days=1), time())
    card = reminder_card(turn.t_for(person), request, side, day)
    letter = turn.tell(person, card, urgent=not in_time, valid_until=min(midnight, request.starts_at))
    if letter is not None:
        turn.session.flush()
        reminder.letter_id = letter.id


@due(ReminderKind.PROPOSE)
def ask_for_an_hour(turn: Turn, reminder: Reminder) -> None:
    """No hour is agreed yet: remind who should speak, helper or resident. What was proposed and is past lapses."""
    request = reminder.request
    proposed = request.proposed_at(turn.calendar)
    if proposed is not None and proposed <= turn.now:
        turn.announce(request.let_proposal_lapse(turn.now))
        return
    if not reminder.still_makes_sense(turn.now, turn.calendar):
        return
    if request.proposed is not None:
        card = request_card(turn.t_for(request.resident), request)
        turn.tell(request.resident, card, valid_until=request.starts_at)
    elif request.helper is not None:
        turn.tell(request.helper, task_card(turn.t_for(request.helper), request), valid_until=request.starts_at)


def reminder_card(t: Translator, request: Request, side: Side, today: date) -> Screen:
    """One message with all that one needs at the door."""
    day = request.day or today
    moment = t.near_part(day, request.moment.part_of_day, today)
    if request.hour is not None:
        moment = t("{day} at {hour}", day=t.near_day(day, today), hour=t.hour(request.hour))
    facts = {"what": category_name(t, request.category), "when": moment, "word": code_word_of(t, request)}
    write = Button(t("Send a message"), "write", request.id)
    if side is Side.RESIDENT:
        name = request.helper.first_name if request.helper else ""
        text = t("{name} comes {when}. At the door {name} says the code word “{word}”.", name=name, **facts)
        if request.for_name:
            text = t(
                "For {whom}: {name} comes {when}. At the door {name} says the code word “{word}”.",
                **facts | {"whom": request.for_name, "name": name},
            )
            text += " " + t("Please tell {whom}.", whom=request.for_name)
        if request.helper is not None and request.helper.unreachable_since is not None:
            text = state_of(t, request)  # nobody waits at the door for who does not come
        buttons = (row(write), row(Button(t("Show my request"), "request", request.id)))
        return Screen.of(text, *buttons, title=t("Reminder: {what}", **facts)).as_card("reminder", about(request))
    name, place = request.helped_name, where(t, request)
    if request.bell:
        place = "\n".join([place, t("{label}: {fact}", label=t("Name on the bell"), fact=request.bell)])
    if request.phone:
        place = "\n".join([place, t("{label}: {fact}", label=phone_label(t, request), fact=phone.shown(request.phone))])
    text = t(
        "You help {name} {when}.\n{place}\nAt the door say the code word “{word}”.", name=name, place=place, **facts
    )
    writing = () if request.is_by_phone else (row(write),)
    proposing = propose_row(t, request) if request.needs_hour else ()
    buttons = (*proposing, *writing, row(Button(t("Show my task"), "task", request.id)))
    card = Screen.of(text, *buttons, title=t("Reminder: {what}", **facts))
    return card.as_card("reminder", about(request), private=True)
