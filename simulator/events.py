"""What the page is told while it happens, and the log of calls."""

import asyncio
import time
from collections import deque

from simulator.bell import Bell
from simulator.chats import Json
from simulator.store import dumps


class Events:
    """Listeners of `GET /api/events`. What is said waits until it is committed."""

    def __init__(self) -> None:
        self._said: list[Json] = []
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self.changed = Bell()
        # Begins with the time, so that a number from before a restart is never this one's.
        self._begun = time.time_ns() // 1_000_000
        self._counts: dict[int, int] = {}

    def say(self, kind: str, phone: int | None = None, **more: object) -> None:
        """Tell everybody at the next `publish`."""
        self._said.append({"kind": kind, "phone": phone, **more})

    def revision(self, phone: int) -> int:
        """Changes whenever something is said about this phone."""
        return self._begun + self._counts.get(phone, 0)

    def publish(self) -> None:
        """Tell what was said since the last time."""
        said, self._said = self._said, []
        for event in said:
            if (phone := event["phone"]) is not None:
                self._counts[phone] = self._counts.get(phone, 0) + 1
        if said:
            self.changed.ring()
        for listener in self._listeners:
            for event in said:
                listener.put_nowait(dumps(event))

    def listen(self) -> asyncio.Queue[str | None]:
        """A queue of events as JSON; None is the end."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str | None]) -> None:
        """No more for this one."""
        self._listeners.discard(queue)

    def close(self) -> None:
        """Send everybody home."""
        for listener in self._listeners:
            listener.put_nowait(None)


class Log:
    """Every call the bot made, the newest few thousand."""

    def __init__(self, length: int = 20_000) -> None:
        self._calls: deque[Json] = deque(maxlen=length)
        self._last = 0

    def add(self, method: str, params: Json, error_code: int | None, at: str) -> None:
        """One call; `error_code` is None when it went well."""
        self._last += 1
        self._calls.append(
            {
                "n": self._last,
                "method": method,
                "params": params,
                "ok": error_code is None,
                "error_code": error_code,
                "at": at,
            }
        )

    def since(self, n: int) -> list[Json]:
        """Those after number `n`, oldest first."""
        return [call for call in self._calls if call["n"] > n]
