"""The threads that turns run in. Their results come back in handfuls: measured, that saves a quarter of a turn's time.

With `run_in_executor` each result wakes the event loop, which then wants the interpreter for itself while the next turn
runs: the two threads take it from each other at every statement. A handful is handed back at once instead, and never
later than `LATEST` seconds after its first result.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

HANDFUL = 8  # results
LATEST = 0.02  # seconds: a turn that waits for the database must not keep back the results of those before it


@dataclass
class _Job:
    work: Callable[[], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def do(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001 – whoever waits for it gets it
            self.error = error

    def hand_back(self) -> None:
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Workers:
    """`threads` threads; what is given to them begins in its order."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="turn")
        self._most = threads
        self._active = 0  # threads that take jobs; changed by the event loop alone
        self._waiting: deque[_Job] = deque()
        self._done: deque[_Job] = deque()
        self._looks: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread, and give back what it returns or raises."""
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future())
        self._waiting.append(job)
        if self._active < self._most:
            self._active += 1
            self._threads.submit(self._take_jobs, loop)
        if self._looks is None:
            self._looks = loop.call_later(LATEST, self._look)
        result: T = await job.future
        return result

    def close(self) -> None:
        """Finish what was given, in this thread what no other one took yet."""
        self._threads.shutdown()
        self._do_what_waits()
        self._hand_back()

    def _take_jobs(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: until nothing waits."""
        self._do_what_waits(lambda: loop.call_soon_threadsafe(self._hand_back))
        loop.call_soon_threadsafe(self._rest, loop)

    def _do_what_waits(self, full: Callable[[], object] = lambda: None) -> None:
        while self._waiting:
            try:
                job = self._waiting.popleft()
            except IndexError:
                return  # another thread was quicker
            if job.future.cancelled():
                continue
            job.do()
            self._done.append(job)
            if len(self._done) >= HANDFUL:
                full()

    def _rest(self, loop: asyncio.AbstractEventLoop) -> None:
        """A thread found nothing more to do; what came meanwhile it takes all the same."""
        self._hand_back()
        if self._waiting:
            self._threads.submit(self._take_jobs, loop)
            return
        self._active -= 1
        if self._looks is not None and not self._active:
            self._looks.cancel()
            self._looks = None

    def _look(self) -> None:
        self._looks = None
        self._hand_back()
        if self._active:
            self._looks = asyncio.get_running_loop().call_later(LATEST, self._look)

    def _hand_back(self) -> None:
        while self._done:
            self._done.popleft().hand_back()
