"""How fast a bot may send: 30 messages a second in all, about one a second in a chat, 20 a minute in a group."""

import math
from collections import deque
from collections.abc import Callable

from simulator.errors import ApiError

OVERALL = (30, 1.0)
PRIVATE = (4, 4.0)
GROUP = (20, 60.0)


class Limits:
    """Windows of real seconds. A chat bears a short burst, as Telegram's do: 4 messages in any 4 seconds."""

    def __init__(self, monotonic: Callable[[], float], *, on: bool) -> None:
        self._monotonic = monotonic
        self.on = on
        self._overall: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}

    def spend(self, chat_id: str, *, sends: bool) -> None:
        """Count one message (or one change of a message, which only counts overall). Raises ApiError 429."""
        if not self.on:
            return
        now = self._monotonic()
        windows = [(self._overall, *OVERALL)]
        if sends:
            windows.append((self._chats.setdefault(chat_id, deque()), *(GROUP if chat_id.startswith("-") else PRIVATE)))
        wait = max(_wait(times, number, seconds, now) for times, number, seconds in windows)
        if wait > 0:
            retry = math.ceil(wait)
            raise ApiError(429, f"Too Many Requests: retry after {retry}", retry_after=retry)
        for times, _, _ in windows:
            times.append(now)


def _wait(times: deque[float], number: int, seconds: float, now: float) -> float:
    while times and now - times[0] >= seconds:
        times.popleft()
    return times[0] + seconds - now if len(times) >= number else 0.0
