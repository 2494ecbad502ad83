"""Nobody polled for a while, and taps do not wait long: what waits for an answer is shown once more."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.given import Given
from bot.log import get_logger, where
from bot.retelling import in_other_languages
from bot.side_by_side import again, alone_with
from bot.turn import Turn
from bot.turns import DATABASE_AWAY
from models.form import FormRow
from models.person import Person
from models.seen import POLLED, Fact

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.turns import Turns

log = get_logger(__name__)
LONG = timedelta(hours=2)  # so long reminders can be late without being too late


class Gap:
    """So long nobody polled: who is in a dialogue sees its question again, and what else waits for an answer is shown.

    Who answers for others hears of it where nobody worked for long.
    Each in a transaction of its own, so that one that fails does not take the others along; at night nobody wakes.
    """

    def __init__(self, away: timedelta) -> None:
        self.away = away
        self._left: deque[Callable[[Session], None]] | None = None  # the database may go away in the middle

    def show(self, turns: Turns) -> None:
        """Show all, or what is left of it. Raises DATABASE_AWAY: then once more."""
        if self._left is None:
            self._left = self._all(turns)
        while self._left:
            try:
                again(partial(_in_a_transaction, turns, self._left[0]))
            except DATABASE_AWAY:
                raise
            except Exception as error:  # noqa: BLE001 – the next one still wants to know where they are
                log.error("a screen was not shown again", error=type(error).__name__, where=where(error))  # noqa: TRY400 – the traceback may hold what people wrote
            self._left.popleft()

    def _all(self, turns: Turns) -> deque[Callable[[Session], None]]:
        with turns.session() as session, session.begin():
            found = select(FormRow.person_id).where(FormRow.expires_at > turns.clock.now()).order_by(FormRow.id)
            people = session.scalars(found).all()
        shown: list[Callable[[Session], None]] = [partial(_show_dialogue, turns, person_id) for person_id in people]
        shown.append(partial(_show_cards, turns))
        if self.away >= LONG:
            shown.append(partial(_tell_who_answers, turns, self.away))
        return deque(shown)


def _in_a_transaction(turns: Turns, work: Callable[[Session], None]) -> None:
    with turns.session() as session, session.begin():
        work(session)


def _show_dialogue(turns: Turns, person_id: int, session: Session) -> None:
    person = session.get_one(Person, person_id)
    alone_with(session, person.telegram_id or 0)  # behind a webhook they may be answering it right now
    session.refresh(person)
    given = Given.in_chat_of(person, turns.bot_id)
    turn = Turn(session, turns.clock.now(), turns.settings, turns.router, person, given)
    if person.can_be_told() and (dialogue := turn.dialogue) and dialogue.step() is not None:
        screen = dialogue.screen().after(turn.t("I was away for a while. This is what I asked you."))
        screen = in_other_languages(screen, turn.t, turns.router)
        turn.say(screen, not_before=turn.calendar.after_quiet(turn.now))


def _show_cards(turns: Turns, session: Session) -> None:
    if (show := turns.router.special.get("gap")) is not None:
        show(Turn(session, turns.clock.now(), turns.settings, turns.router))


def _tell_who_answers(turns: Turns, away: timedelta, session: Session) -> None:
    if (tell := turns.router.special.get("away")) is not None:
        turn = Turn(session, turns.clock.now(), turns.settings, turns.router)
        tell(turn, turn.now - away)


def note_poll(turns: Turns) -> None:
    """Remember that somebody polls now."""
    again(partial(_note, turns))


def _note(turns: Turns) -> None:
    with turns.session() as session, session.begin():
        fact = session.get(Fact, POLLED, with_for_update=True)
        now = turns.clock.now().isoformat()  # not before: who waited must not take back what was written meanwhile
        if fact is None:
            session.add(Fact(name=POLLED, value=now))
        else:
            fact.value = now
