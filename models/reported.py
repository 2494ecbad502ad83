"""The part of a request that says how it went: what both sides say, and what that means together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.asked import Outcome, Report, Side, verdict
from models.event import EventKind
from models.guarded import Guarded
from models.lifecycle import Action, Attention
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Mapped

    from models.event import Event
    from models.person import Person

ABOUT_THE_END = {Attention.NOBODY_CAME, Attention.DISAGREED, Attention.SILENT}  # what a further report may settle


class Reported(Guarded):
    """Silence is not "done": both sides are asked, and say it as often as they like."""

    if TYPE_CHECKING:
        starts_at: Mapped[datetime | None]
        reports: Mapped[list[Report]]

        def side_of(self, person: Person) -> Side: ...

    def report_of(self, side: Side) -> Report | None:
        """What this side said about how it went."""
        return next((report for report in self.reports if report.side is side), None)

    @property
    def both_reported(self) -> bool:
        """Whether both sides said how it went; where that did not end it, they do not say the same."""
        return len(self.reports) == len(Side)

    def report(self, outcome: Outcome, by: Person, at: datetime) -> Event:
        """One side says how it went; it may say so again. Together they end it, or a coordinator looks."""
        side = self.side_of(by)
        if outcome is Outcome.NOBODY_CAME and self.starts_at is not None and at < self.starts_at:
            raise Refused(Reason.TOO_EARLY, self)
        self._go(Action.REPORT)
        self.proposed_day = self.proposed_hour = None  # of an hour that was agreed nobody asks for another one now
        mine = self.report_of(side)
        if mine is None:
            self.reports.append(Report(side=side, outcome=outcome, at=at))
        else:
            mine.outcome, mine.at = outcome, at
        self._conclude(at)
        return self._event(EventKind.REPORTED, by, at, self.helper, detail=f"{side}:{outcome}")

    def conclude_without_helper(self, at: datetime) -> Event | None:
        """Who helped had everything erased, and says nothing any more: it ends where the resident said how it went."""
        ends = self._conclude(at)
        return self._event(EventKind.ENDED, None, at, self.helper, detail=ends) if ends is not None else None

    def _conclude(self, at: datetime) -> Outcome | None:
        """What was said ends it, or says why a coordinator should look. Of a helper who is gone nothing counts."""
        alone = self.helper is None or self.helper.erased_at is not None
        counts = [report for report in self.reports if not alone or report.side is Side.RESIDENT]
        ends, attention = verdict(counts, sides=1 if alone else len(Side))
        if attention is not None or self.attention in ABOUT_THE_END:
            self.attention = attention
        if ends is not None:
            self._go(Action.FINISH)
            self._end(ends, at)
        return ends
