"""An event loop in which time is a number: nothing waits, and the same calls come in the same order every time."""

from __future__ import annotations

import asyncio
import selectors
from datetime import UTC, datetime, timedelta
from typing import Any

# A Monday in winter, 10.00 in Brussels.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


MOMENT = 1e-6  # seconds in which the loop goes round once


class StuckError(Exception):
    """Nothing will ever happen any more."""


class _Selector(selectors.SelectSelector):
    """Instead of waiting, it lets the time be what it would have waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise StuckError
        # What runs takes a moment too: who asks again and again "is it time now?" gets there in the end.
        self.now += max(timeout, 0) + MOMENT
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its `time()` stands still while something runs, and jumps to the next timer when nothing does."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now


class VirtualClock:
    """The wall clock beside it; `ahead` grows where hours pass in which nothing is played second by second."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return START + timedelta(seconds=round(self._loop.time(), 6)) + self.ahead


async def passes(seconds: float) -> None:
    """Let virtual time pass: whatever else is due meanwhile happens."""
    loop = asyncio.get_running_loop()
    over: asyncio.Future[None] = loop.create_future()
    handle = loop.call_later(seconds, over.set_result, None)
    try:
        await over
    finally:
        handle.cancel()
