"""The threads that turns run in. Their results come back in handfuls: measured, that saves a third of a turn's time.

With `run_in_executor` each result wakes the event loop, which then wants the interpreter for itself while the next turn
runs: the two threads take it from each other at every statement. A handful is handed back at once instead, and never
later than `LATEST` seconds after its first result.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

HANDFUL = 16  # results; each handful waits for the disk once
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
    """`threads` threads; what is given to them begins in its order.

    `sync` makes last what the work has written, and no result is handed back before it has: where it fails, all that
    waited for it fail with its error.
    """

    def __init__(self, threads: int, sync: Callable[[], object] | None = None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="turn")
        self._most = threads
        self._sync = sync
        # Of its own: while it waits for the disk, the next turns run.
        self._syncs = ThreadPoolExecutor(1, thread_name_prefix="sync")
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
        self._syncs.shutdown()
        _hand_back(self._kept(self._take_done()))

    def _take_jobs(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: until nothing waits."""
        self._do_what_waits(partial(self._give_back, loop))
        self._give_back(loop)
        loop.call_soon_threadsafe(self._rest)

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

    def _rest(self) -> None:
        """A thread found nothing more to do; what came meanwhile it takes all the same."""
        if self._waiting:
            self._threads.submit(self._take_jobs, asyncio.get_running_loop())
            return
        self._active -= 1
        if self._looks is not None and not self._active:
            self._looks.cancel()
            self._looks = None

    def _look(self) -> None:
        self._looks = None
        self._give_back(asyncio.get_running_loop())
        if self._active:
            self._looks = asyncio.get_running_loop().call_later(LATEST, self._look)

    def _take_done(self) -> list[_Job]:
        done = []
        while self._done:
            try:
                done.append(self._done.popleft())
            except IndexError:
                break  # another thread was quicker
        return done

    def _give_back(self, loop: asyncio.AbstractEventLoop) -> None:
        """In any thread: hand back what is done, as soon as it is kept."""
        done = self._take_done()
        if done and self._sync is None:
            loop.call_soon_threadsafe(_hand_back, done)
        elif done:
            self._syncs.submit(lambda: loop.call_soon_threadsafe(_hand_back, self._kept(done)))

    def _kept(self, done: list[_Job]) -> list[_Job]:
        """The same, when what they wrote lasts."""
        if self._sync is not None and done:
            try:
                self._sync()
            except Exception as error:  # noqa: BLE001 – whoever waits for them gets it
                for job in done:
                    job.error = job.error or error
        return done


def _hand_back(done: list[_Job]) -> None:
    for job in done:
        job.hand_back()
