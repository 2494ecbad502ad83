"""How the life of a request is guarded: one table says which step may follow which, and each one is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import object_session

from models.asked import Outcome
from models.event import Event
from models.lifecycle import TRANSITIONS, Action, State
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from sqlalchemy.orm import Mapped

    from models.event import EventKind
    from models.lifecycle import Attention
    from models.person import Person


class Guarded:
    """What every step goes through."""

    if TYPE_CHECKING:
        code_word: Mapped[str | None]
        proposed_day: Mapped[date | None]
        proposed_hour: Mapped[time | None]
        state: Mapped[State]
        outcome: Mapped[Outcome | None]
        closed_at: Mapped[datetime | None]
        attention: Mapped[Attention | None]
        helper: Mapped[Person | None]

        def mind_who_is_gone(self) -> None: ...

    def _go(self, action: Action) -> None:
        target = TRANSITIONS.get((self.state, action))
        if target is None:
            if self.state is State.ENDED:
                raise Refused(Reason.CANCELLED if self.outcome is Outcome.CANCELLED else Reason.ENDED, self)
            wants_it = action in {Action.OFFER, Action.ACCEPT}
            raise Refused(Reason.TAKEN if wants_it else Reason.NOT_NOW, self)
        self.state = target

    def _end(self, outcome: Outcome, at: datetime) -> None:
        self.state, self.outcome, self.closed_at, self.attention = State.ENDED, outcome, at, None
        self.code_word = self.proposed_day = self.proposed_hour = None

    def _event(
        self, kind: EventKind, by: Person | None, at: datetime, person: Person | None = None, detail: str | None = None
    ) -> Event:
        self.mind_who_is_gone()
        event = Event(kind=kind, by=by, at=at, request=self, person=person, detail=detail)
        if (session := object_session(self)) is not None:
            session.add(event)  # the history has no gaps, also where nobody announces it
        return event
