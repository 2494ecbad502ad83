"""What must not stay: places on the map, dialogues that ended in silence, and rows that only guard against doubles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, delete, or_, select, update

from bot.routing import due, every
from handlers.erasing import erase
from models.call import Call, CallState, forget_words
from models.event import Event
from models.form import FormRow
from models.guard import history_open
from models.letter import WAITING, Letter, LetterState
from models.lifecycle import State
from models.person import Invitation, Person
from models.relink import Relink
from models.reminder import Reminder, ReminderKind, ReminderState
from models.request import Request
from models.retention import DEAD, HISTORY, LETTERS, SEEN, TYPED, UNUSED
from models.seen import DeadUpdate, SeenUpdate

if TYPE_CHECKING:
    from bot.turn import Turn


@due(ReminderKind.HIDE)
def hide_place(turn: Turn, reminder: Reminder) -> None:
    """Delete a place on the map from the chat; Telegram allows it for 48 hours."""
    letter = turn.session.get(Letter, reminder.letter_id or 0, with_for_update=True)
    if letter is not None and letter.private:
        letter.private = False
        turn.delete(letter)


@due(ReminderKind.FORGET)
def forget_content(turn: Turn, reminder: Reminder) -> None:
    """What was asked and where; the figures and the history need neither."""
    reminder.request.forget()
    forget_words(turn.session, Call.request_id == reminder.request_id)


@every(timedelta(days=1))
def forget_what_is_over(turn: Turn) -> None:
    """Delete what has served."""
    for row in turn.session.scalars(select(FormRow).where(FormRow.expires_at <= turn.now, FormRow.below.is_not(None))):
        if not row.uncover(turn.now):
            turn.session.delete(row)
    for person in turn.session.scalars(_no_longer_calling(turn)).all():
        erase(turn, person)
    over = Letter.state.not_in(WAITING)
    for old in (
        delete(DeadUpdate).where(DeadUpdate.at < turn.now - DEAD),
        update(Letter)
        .where(Letter.state == LetterState.DEAD, Letter.body.is_not(None), Letter.created_at < turn.now - DEAD)
        .values(body=None),
        # What is typed after such a long time hardly means these buttons.
        update(Letter).where(Letter.keys.is_not(None), Letter.created_at < turn.now - TYPED).values(keys=None),
        delete(Relink).where(Relink.expires_at <= turn.now),
        delete(Invitation).where(Invitation.expires_at < turn.now - DEAD),
        delete(SeenUpdate).where(SeenUpdate.at < turn.now - SEEN),
        delete(FormRow).where(FormRow.expires_at <= turn.now, FormRow.below.is_(None)),
        delete(Call).where(Call.state != CallState.WAITING, Call.wanted_at < turn.now - LETTERS),
        delete(Reminder).where(Reminder.state != ReminderState.WAITING, Reminder.due_at < turn.now - LETTERS),
        # The farewell could not be sent, or something else could not: nobody is left who could be reached.
        delete(Letter).where(over, Letter.person_id.in_(select(Person.id).where(Person.erased_at.is_not(None)))),
        # What is private and arrived must be found when it has to leave the chat, however late that is.
        delete(Letter).where(
            over, or_(~Letter.private, Letter.message_id.is_(None)), Letter.created_at < turn.now - LETTERS
        ),
    ):
        turn.session.execute(old)
    forgotten = Event.at < turn.now - HISTORY
    if turn.session.scalars(select(Event.id).where(forgotten).limit(1)).first() is not None:
        with history_open(turn.session):
            turn.session.execute(delete(Event).where(forgotten))
    if turn.settings.language_memory == "session":  # a language that was tapped lasts as long as its dialogue
        tapped = Person.language.is_not(None), Person.id.not_in(select(FormRow.person_id))
        turn.session.execute(update(Person).where(*tapped).values(language=None))


def _no_longer_calling(turn: Turn) -> Select[Person]:
    """People without Telegram for whom nothing was asked in a year, and nothing is open."""
    asks = select(Request.id).where(Request.resident_id == Person.id, Request.state != State.ENDED)
    known = Person.telegram_key.is_(None), Person.area_id.is_not(None)
    return select(Person).where(*known, Person.seen_at < turn.now - UNUSED, ~asks.exists())
