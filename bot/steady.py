"""The time where somebody may set this machine's clock: it goes on evenly, and Telegram, which tells it too, decides.

Set a day forth, all that is due within a day would be struck at once and what must be kept would be deleted; set back,
everything would stand still.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable

log = get_logger(__name__)
LEAP = timedelta(minutes=2)  # more than this is no drift, and no slow answer


def wall() -> datetime:
    """What this machine's clock shows."""
    return datetime.now(UTC)


def passed() -> float:
    """Seconds that nobody can set; they also go on while the machine sleeps, where it can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SteadyClock:
    """This machine's time, but for leaps that Telegram does not confirm."""

    def __init__(self, wall: Callable[[], datetime] = wall, passed: Callable[[], float] = passed) -> None:
        self._wall, self._passed = wall, passed
        self._last = wall(), passed()
        self._off = timedelta()  # what this machine's clock is wrong by
        self._lock = threading.Lock()  # turns ask from their threads

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        with self._lock:
            shown, seconds = self._wall(), self._passed()
            leap = shown - self._last[0] - timedelta(seconds=seconds - self._last[1])
            self._last = shown, seconds
            if abs(leap) > LEAP:
                self._off -= leap
                log.error("this machine's clock was set: the time goes on as before", by=str(leap))
            return shown + self._off

    def hear(self, date: str) -> None:
        """Telegram says what time it is, as in a header of HTTP."""
        try:
            told = parsedate_to_datetime(date)
        except ValueError:
            return
        if told.tzinfo is None or abs(self.now() - told) <= LEAP:
            return
        with self._lock:
            wrong = told - self._last[0]
            self._off = wrong if abs(wrong) > LEAP else timedelta()
        log.error("the time is Telegram's from now on", this_clock_is_wrong_by=str(self._off))
