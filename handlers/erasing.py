"""Forgetting somebody: what goes on ends, what they left in the chats of others goes, and nobody knows who it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select

from bot.retelling import taken_away
from bot.turn import about
from handlers.below import event_of
from handlers.coordinator.cards import case_card
from handlers.correspondents import OFFICE
from handlers.outdating import calm_card
from models.call import Call, forget_words
from models.event import Event, EventKind
from models.letter import Letter, LetterState
from models.person import Coordinator, Person
from models.relink import Relink
from models.request import Request
from models.seen import DeadUpdate

if TYPE_CHECKING:
    from sqlalchemy import Select

    from bot.screen import Screen
    from bot.turn import Turn


def end_what_goes_on(turn: Turn, person: Person) -> None:
    """Own requests are stopped, and tasks find somebody else."""
    for request in turn.lock_all(Request.open_of(person).order_by(Request.id)):
        turn.announce(request.cancel(person, turn.now))
    for request in turn.lock_all(Request.promised_by(person)):
        if not request.is_over(turn.now):  # else it was done, or not: the resident still says how it went
            turn.announce(request.hand_back(person, turn.now))


def tasks_for_others(turn: Turn, person: Person) -> int:
    """For how many of their tasks somebody else is then looked for."""
    tasks = turn.session.scalars(Request.promised_by(person)).all()
    return sum(not request.is_over(turn.now) for request in tasks)


def erase(turn: Turn, person: Person, farewell: Screen | None = None) -> None:
    """All at once. After the farewell nothing goes to them any more; who acts reads it on the screen."""
    session = turn.session
    person.erased_at = turn.now  # from here on nobody is told their name
    helped = turn.lock_all(Request.promised_by(person))
    if person.volunteer is not None and turn.lock(person.volunteer).goes_on:
        turn.announce(person.volunteer.end(person, turn.now))
    end_what_goes_on(turn, person)
    for request in helped:
        if request.helper is person and (event := request.conclude_without_helper(turn.now)) is not None:
            turn.announce(event)
    _take_back(turn, person)
    for dead in session.scalars(select(DeadUpdate)):
        if person.telegram_id is not None and dead.is_from(person.telegram_id):
            session.delete(dead)
    session.execute(delete(Relink).where(Relink.person_id == person.id))
    turn.clear_chat(person)
    if farewell is not None:
        turn.tell(person, farewell)
    turn.announce(Event(kind=EventKind.ERASED, by=turn.actor, person=person, at=turn.now, area=person.home))
    person.forget(turn.now)
    theirs = select(Request).where(or_(Request.resident_id == person.id, Request.helper_id == person.id))
    for request in sorted({*turn.lock_all(theirs.order_by(Request.id)), *helped}, key=lambda each: each.id):
        if request.resident is person:
            request.forget()
            forget_words(session, Call.request_id == request.id)
        _leave_the_chats(turn, request, person)
    _leave_as_volunteer(turn, person)


def _leave_the_chats(turn: Turn, request: Request, person: Person) -> None:
    """What others have of them about `request`: a case shows what is left of it, anything private goes."""
    letters = select(Letter.person_id).where(Letter.about == about(request))
    for holder in turn.session.scalars(select(Person).where(Person.id.in_(letters)).order_by(Person.id)).all():
        if holder is person:
            continue
        t = turn.t_for(holder)
        case = case_card(t, request, turn.now) if holder.coordinates_area(request.area) else None
        if request.resident is person:
            turn.withdraw(holder, request, case or taken_away(t))
        if request.resident is person and case is not None:  # whom to call for them
            turn.revise(holder, calm_card(t, request, turn.now))
        if case is not None:
            turn.revise(holder, case)


def _leave_as_volunteer(turn: Turn, person: Person) -> None:
    """The card on which coordinators decided about them, with their number."""
    known = person.volunteer
    if known is None:
        return
    card, of = "applicant", f"volunteer:{known.id}"
    holders = select(Letter.person_id).where(Letter.about == of, Letter.card == card)
    for holder in turn.session.scalars(select(Person).where(Person.id.in_(holders)).order_by(Person.id)).all():
        turn.retract(holder, taken_away(turn.t_for(holder)).as_card(card, of))


def _take_back(turn: Turn, person: Person) -> None:
    """What they wrote names them: nobody receives it any more, and where it was read only a trace is left."""
    on_their_way = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNKNOWN)
    waiting = select(Letter).where(Letter.state.in_(on_their_way), Letter.keys.is_not(None))
    for letter in turn.lock_all(waiting.where(Letter.person_id != person.id).order_by(Letter.id)):
        event = event_of(turn, letter)
        if event is not None and event.by is person:
            turn.delete(letter)
            for file in turn.session.scalars(_sent_with(letter)).all():
                turn.delete(file)
    to_whom = select(Event.person_id).where(Event.kind == EventKind.WROTE, Event.by_id == person.id)
    readers = or_(Letter.person_id.in_(to_whom), Letter.person_id.in_(select(Coordinator.person_id)))
    read = select(Letter).where(Letter.state == LetterState.SENT, Letter.keys.is_not(None), readers)
    for letter in turn.lock_all(read.order_by(Letter.id)):
        event = event_of(turn, letter)
        theirs = event is not None and event.by is person and event.detail != OFFICE  # which speaks for others too
        if theirs and letter.person is not None and letter.person is not person:
            turn.take_from(letter.person, [letter], taken_away(turn.t_for(letter.person)))
    forget_words(turn.session, Call.writer_id == person.id)


def _sent_with(letter: Letter) -> Select[Letter]:
    """The photo or voice message that was queued with these words."""
    queued = select(Letter).where(Letter.state == LetterState.QUEUED, Letter.method.in_(("sendPhoto", "sendVoice")))
    same = Letter.person_id == letter.person_id, Letter.about == letter.about, Letter.created_at == letter.created_at
    return queued.where(*same)
