"""Waiting for something to become true, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Wakes everybody who waits for it; each looks for themselves whether what they wait for is there."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Something changed."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], T], seconds: float) -> T:
        """What `look` returns as soon as it is true, or after `seconds` real seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not (seen := look()):
            left = end - loop.time()
            if left <= 0:
                break
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the ring.
                async with asyncio.timeout(left):
                    await future
            except TimeoutError:
                return look()
            finally:
                self._waiting.discard(future)
        return seen
