"""The part of a request that says when: the wish, what was proposed, and what follows from it on the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from models.base import choice
from models.category import DAYS, MINUTES, Category
from models.event import EventKind
from models.moment import Moment, Part
from models.refused import Reason, Refused
from models.spoken import find
from models.spoken.words import LANGUAGES

if TYPE_CHECKING:
    from models.calendar import Calendar
    from models.event import Event

URGENT_BEFORE = timedelta(hours=12)  # news about a moment that is so near may break the night,
URGENT_AFTER = timedelta(hours=1)  # and until so long after it
SHORT = timedelta(hours=2)


class Appointment:
    """When. `starts_at`, `ends_at`, `deadline_at` follow from the moment: `set_moment` alone writes them."""

    category: Mapped[Category] = mapped_column(choice(Category))
    sent_at: Mapped[datetime]
    day: Mapped[date | None]
    part: Mapped[Part | None] = mapped_column(choice(Part))
    hour: Mapped[time | None]
    proposed_day: Mapped[date | None]
    proposed_hour: Mapped[time | None]
    zone: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime]  # when a helper should be there: at the start, or so many days after asking
    # Since when it waits for what it waits for now: a helper, the resident's word, the appointment as agreed.
    waiting_since: Mapped[datetime]
    # Whether the words in which it was asked name another moment than the one that counts ("morgen om 14u").
    words_differ: Mapped[bool] = mapped_column(default=False)

    if TYPE_CHECKING:
        text: Mapped[str]
        history: Mapped[list[Event]]

    @property
    def moment(self) -> Moment:
        """When help is wanted, or when the two agreed."""
        return Moment(self.day, self.part, self.hour)

    @property
    def proposed(self) -> Moment | None:
        """Day and hour that the helper proposed and the resident has not answered yet."""
        return Moment(self.proposed_day, None, self.proposed_hour) if self.proposed_hour else None

    def proposed_at(self, calendar: Calendar) -> datetime | None:
        """When that would be; from then on nobody can say yes to it."""
        if self.proposed_day is None or self.proposed_hour is None:
            return None
        return calendar.at(self.proposed_day, self.proposed_hour)

    @property
    def needs_hour(self) -> bool:
        """An appointment, not a wish: without a fixed hour the helper proposes one."""
        return self.hour is None or self.day is None

    @property
    def last_chance_at(self) -> datetime:
        """From when on nobody can come in time: the hour itself, the end of a part of the day, or the deadline."""
        return (self.starts_at if self.hour is not None else self.ends_at) or self.deadline_at

    def is_over(self, at: datetime) -> bool:
        """Whether nobody can come in time any more; without a day somebody always can."""
        return self.starts_at is not None and self.last_chance_at <= at

    @property
    def search_until(self) -> datetime:
        """By when somebody must be found; a part of the day that begins soon or has begun may be used to its end."""
        return self.deadline_at if self.deadline_at - self.waiting_since >= SHORT else self.last_chance_at

    def is_urgent(self, now: datetime) -> bool:
        """Whether news about it may break the night, for both sides, volunteers and coordinators."""
        if self.starts_at is None or self.ends_at is None:
            return False
        return self.starts_at - URGENT_BEFORE <= now < self.ends_at + URGENT_AFTER

    def set_moment(self, moment: Moment, calendar: Calendar, at: datetime | None = None) -> None:
        """Set when, and what follows from it, as said `at` (when it was sent, if not given); refuses what is over."""
        at = at or self.sent_at
        starts, ends = calendar.bounds(moment, timedelta(minutes=MINUTES[self.category]))
        last = starts if moment.hour is not None else ends
        if last is not None and last <= at:
            raise Refused(Reason.PAST)
        self.day, self.part, self.hour = moment.day, moment.part, moment.hour
        self.proposed_day = self.proposed_hour = None
        self.zone = calendar.zone.key
        self.starts_at, self.ends_at = starts, ends
        self.deadline_at = starts or calendar.days_after(at, DAYS[self.category])
        self.waiting_since = at
        self.compare_words(calendar)

    def compare_words(self, calendar: Calendar) -> None:
        """Find out whether the text names another moment; called with every change of the one or the other."""
        written = [each.at for each in self.history if each.kind is EventKind.CHANGED and each.detail == "text"]
        self.words_differ = not_in_words(self.moment, self.text, max([self.sent_at, *written]), calendar)


def not_in_words(moment: Moment, text: str, written_at: datetime, calendar: Calendar) -> bool:
    """Whether `text` names a moment, and none that could be this one. Nobody changes what a person wrote."""
    found = [find(text, written_at, calendar, language) for language in LANGUAGES]
    said = max((each for each in found if each is not None), key=lambda each: each.length, default=None)
    return said is not None and said.reading.moments != () and not any(map(moment.suits, said.reading.moments))
