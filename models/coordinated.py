"""The part of a request that says what a coordinator does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.asked import AskedState
from models.event import EventKind
from models.guarded import Guarded
from models.lifecycle import Action, Attention, State
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Mapped

    from models.asked import Asked, Outcome
    from models.event import Event
    from models.person import Person


class Coordinated(Guarded):
    """What a coordinator may do in place of the two, and what only a coordinator does."""

    if TYPE_CHECKING:
        text: Mapped[str]
        message_id: Mapped[int | None]
        wants_to_know: Mapped[bool]
        resident: Mapped[Person]
        history: Mapped[list[Event]]

        def is_over(self, at: datetime) -> bool: ...
        def asked_of(self, person: Person) -> Asked | None: ...
        def ask(self, person: Person, at: datetime, ring: str) -> Asked: ...
        def _may_help(self, person: Person) -> None: ...
        def _give_to(self, asked: Asked, at: datetime) -> None: ...
        def _taken(self, at: datetime) -> None: ...
        def _free(self, state: AskedState, at: datetime) -> Person | None: ...

    @property
    def gone(self) -> Person | None:
        """Who of the two had Telegram and cannot be reached there now; the helper first, who is expected somewhere."""
        both = (self.helper, self.resident)
        return next((each for each in both if each is not None and each.has_telegram and not each.can_be_told()), None)

    def mind_who_is_gone(self) -> None:
        """While one of the two cannot be told anything, a coordinator looks; any other reason to look goes before."""
        if self.attention is None and self.gone is not None and self.state is not State.ENDED:
            self.attention = Attention.UNREACHABLE
        elif self.attention is Attention.UNREACHABLE and self.gone is None:
            self.attention = None

    def was_declined_by(self, person: Person) -> bool:
        """Whether they said "not this time", or gave it back themselves."""
        asked = self.asked_of(person)
        if asked is None or asked.state is AskedState.PASSED:
            return asked is not None
        gave_back = any(each.kind is EventKind.HANDED_BACK and each.by is person for each in self.history)
        return asked.state is AskedState.HANDED_BACK and gave_back

    def assign(self, helper: Person, by: Person, at: datetime) -> Event:
        """A coordinator found somebody; where the resident wants to know first who it is, they still decide."""
        self._may_help(helper)
        self._go(Action.SUGGEST if self.wants_to_know else Action.ASSIGN)
        former = self._free(AskedState.HANDED_BACK, at)
        self._give_to(self.asked_of(helper) or self.ask(helper, at, ring="assigned"), at)
        self.attention = None
        detail = f"from:{former.id}" if former is not None else None
        if self.wants_to_know:
            return self._event(EventKind.OFFERED, by, at, helper, detail)
        self._taken(at)
        return self._event(EventKind.ASSIGNED, by, at, helper, detail)

    def put_back(self, by: Person, at: datetime) -> Event:
        """A coordinator takes the task from whoever helps, or offered to: somebody else is looked for in time."""
        if self.is_over(at):
            raise Refused(Reason.PAST, self)
        self._go(Action.PUT_BACK)
        former = self._free(AskedState.HANDED_BACK, at)
        self.attention = None
        return self._event(EventKind.PUT_BACK, by, at, former)

    def edit_text(self, text: str, by: Person, at: datetime) -> Event:
        """A coordinator takes out what is nobody's business, such as health; also when it is over."""
        if self.state is not State.ENDED:
            self._go(Action.CHANGE)
        self.text = text
        self.message_id = None  # the message that it came in does not bring it back
        return self._event(EventKind.EDITED, by, at)

    def close(self, outcome: Outcome, by: Person, at: datetime) -> Event:
        """A coordinator ends it."""
        self._go(Action.CLOSE)
        self._end(outcome, at)
        return self._event(EventKind.ENDED, by, at, self.helper, detail=outcome)
