"""A clock that stands still until a test sets it."""

from datetime import UTC, datetime

# A Monday morning in winter time, 10.00 in Brussels.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class HandClock:
    """Tells what it was set to."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self._now

    async def set(self, moment: datetime) -> None:
        """From now on it is `moment`."""
        self._now = moment
