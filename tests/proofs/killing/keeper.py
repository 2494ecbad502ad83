"""Keeps the bot alive, and kills it: at named points, and at random."""

import asyncio
import os
import signal
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from simulator.server import Simulator
from tests.proofs.killing.points import AT_RANDOM
from tests.structure.tree import ROOT
from tests.support.processes import Program, begin

LIVES = (2, 40)  # calls of the Bot API, after which who has not passed the chosen point is killed at random
IDLE = 3.0  # seconds after which it is killed though nobody does anything
STUCK = 120.0  # seconds in which a new life must poll
ALONE = 25  # one life in so many is not forked, but a program of its own: it also loads everything
# What may happen while the clock jumps.
BY_THE_CLOCK = (
    "clock",
    "copy",
    "reminder",
    "sweep",
    "start",
    "recovery",
    "claim",
    "settlement",
    "sender",
    "gap",
    "note",
)


class Keeper:
    """Starts one life after the other while `killing`; an async context manager."""

    def __init__(self, sim: Simulator, rng: Random, env: dict[str, str], log: Path, points: list[str]) -> None:
        self.kills: Counter[str] = Counter()
        self.marks: list[int] = []  # the newest message at each kill
        self.slowest = self.slowest_alone = 0.0  # seconds from a death to the next poll
        self.alone = 0
        self.by_the_clock = False
        self.unexpected: list[int] = []
        self._sim, self._rng, self._env, self._log = sim, rng, env, log
        self._wanted = points
        self._polled = asyncio.Event()
        self._died: float | None = None
        self._bot: Program | None = None
        self._task: asyncio.Task[None] | None = None
        self._calm = asyncio.Event()
        self._limit = 0
        self._hear_polls()
        self._left, self._lived = 0, asyncio.Event()
        self._count_calls()

    def _count_calls(self) -> None:
        real = self._sim.log.add

        def add(*call: Any) -> None:
            real(*call)
            self._left -= 1
            if self._left <= 0:
                self._lived.set()

        self._sim.log.add = add  # type: ignore[method-assign, assignment]  # to let a busy machine take its time

    async def _lives(self) -> None:
        self._lived.clear()
        self._left = self._rng.randint(*LIVES)
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE):
                await self._lived.wait()

    def _hear_polls(self) -> None:
        real = self._sim.bot_api.polling.poll

        async def poll(call: Any) -> Any:
            self._polled.set()
            return await real(call)

        self._sim.bot_api.polling.poll = poll  # type: ignore[method-assign]  # to see the moment in which it arrives

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._bot is not None:
            self._bot.kill()
            await self._bot.wait()  # what it says may be read already, by who waited for its end

    def begin(self, limit: int) -> None:
        """Live and kill until there were `limit` kills, or until `rest`; then live in peace."""
        self._limit = self.kills.total() + limit
        self._calm.clear()
        self._task = asyncio.create_task(self._live_and_die())

    async def rest(self) -> None:
        """Kill no more; returns when one lives in peace."""
        self._calm.set()
        if self._task is not None:
            await self._task

    async def kill_once_more(self) -> None:
        """The one that lives in peace dies too."""
        assert self._bot is not None
        self._died_at(AT_RANDOM)
        self._bot.kill()
        await self._ended()

    async def _live_and_die(self) -> None:
        while not self._calm.is_set() and self.kills.total() < self._limit:
            if self._rng.randrange(ALONE) == 0:
                await self._die_alone()
            else:
                await self._die_at(self._choose())
        await self._fork(AT_RANDOM, 1)
        await self._until_it_polls()

    def _choose(self) -> str:
        """One of those at which it died the fewest times, of what may happen now."""
        now = [point for point in self._wanted if point.startswith(BY_THE_CLOCK) or not self.by_the_clock]
        fewest = min(self.kills[point] for point in now)
        # Some do not happen now: not always the same ones are tried.
        return self._rng.choice([point for point in now if self.kills[point] <= fewest + self._rng.randrange(4)])

    async def _die_at(self, point: str) -> None:
        await self._fork(point, self._rng.choice((1, 1, 1, 2, 3)))
        ended = asyncio.create_task(self._ended())
        polls = asyncio.create_task(self._until_it_polls())
        await asyncio.wait({ended, polls}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            polls.result()
            lived = asyncio.create_task(self._lives())
            await asyncio.wait({ended, lived}, return_when=asyncio.FIRST_COMPLETED)
            lived.cancel()
        polls.cancel()
        if not ended.done():
            assert self._bot is not None
            point = AT_RANDOM
            self._bot.kill()
        if (how := await ended) != -signal.SIGKILL:
            self.unexpected.append(how)
            raise AssertionError(f"the bot ended by itself with {how}: {self._log}")
        self._died_at(point)

    async def _die_alone(self) -> None:
        """A program of its own, killed at random."""
        with self._log.open("ab") as log:
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), cwd=ROOT, env=os.environ | self._env, stdout=log, stderr=log
            )
        self._polled.clear()
        async with asyncio.timeout(STUCK):
            await self._polled.wait()
        if self._died is not None:
            self.slowest_alone = max(self.slowest_alone, asyncio.get_running_loop().time() - self._died)
        await self._lives()
        bot.kill()
        await bot.wait()
        self.alone += 1
        self._died_at(AT_RANDOM)

    def _died_at(self, point: str) -> None:
        self.kills[point] += 1
        self.marks.append(self._sim.world.counters["message"] - 1)  # it counts the next one
        self._died = asyncio.get_running_loop().time()

    async def _fork(self, point: str, nth: int) -> None:
        self._polled.clear()
        words = ("tests.proofs.killing.life", point, str(nth))
        self._bot = await begin(*words, env=os.environ | self._env, cwd=ROOT, complaints=self._log)

    async def _ended(self) -> int:
        assert self._bot is not None
        await self._bot.communicate()
        return await self._bot.wait()

    async def _until_it_polls(self) -> None:
        async with asyncio.timeout(STUCK):
            await self._polled.wait()
        if self._died is not None:
            self.slowest = max(self.slowest, asyncio.get_running_loop().time() - self._died)
            self._died = None
