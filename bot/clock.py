"""What time it is, and what that means: APScheduler ticks, everything due gets its turn in order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import aiohttp
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.copying import Copier
from bot.gap import note_poll
from bot.log import get_logger
from bot.turns import DATABASE_AWAY

if TYPE_CHECKING:
    from bot.outbox import Outbox
    from bot.turns import Turns

log = get_logger(__name__)
TICK = 15  # seconds between two looks at what is due; a commit looks earlier
SOON = timedelta(seconds=1)  # after a commit; what it planned for now is rare, and commits are many
POLL = 25  # seconds that the local Telegram may hold a question about its clock


class Clock(Protocol):
    """Tells the time; given to everything that asks."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)


class Sweeper:
    """Strikes what is due: reminders one by one in their order, and the periodic sweeps."""

    def __init__(self, turns: Turns, outbox: Outbox) -> None:
        self._turns = turns
        self._outbox = outbox
        self.copier = Copier(turns)
        self._swept: dict[str, datetime] = {}
        self._one_at_a_time = asyncio.Lock()
        self._woken = False
        self._stopping = False
        self._ticks: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    async def start(self) -> None:
        """Begin to tick, also anew after a stop."""
        self._stopping = self._woken = False
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        await self.recall()
        self._scheduler.add_job(
            self._tick, "interval", seconds=TICK, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()
        self.wake()

    async def recall(self) -> None:
        """Remember when what was done last."""
        last = await self._turns.run(self._turns.facts, "swept.")
        self._swept = {name: datetime.fromisoformat(at) for name, at in last.items()}
        await self.copier.start()

    async def stop(self) -> None:
        """No tick begins any more; what is under way finishes."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await asyncio.gather(*self._ticks)
        await self.copier.finish()

    async def _tick(self) -> None:
        # A task of our own: the scheduler cancels its jobs when it stops, and logs that as an error.
        task = asyncio.create_task(self.strike())
        self._ticks.add(task)
        task.add_done_callback(self._ticks.discard)

    def wake(self) -> None:
        """Look soon at what is due, not at the next tick."""
        if self._scheduler.running and not self._woken:
            self._woken = True
            self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + SOON)

    def keep_ticking(self) -> None:
        """Where this machine's clock was set back, the scheduler would wait until it shows the old time again."""
        tick = self._scheduler.get_job("tick") if self._scheduler.running else None
        if tick is not None and tick.next_run_time - datetime.now(UTC) > timedelta(seconds=2 * TICK):
            self._woken = False
            self.wake()

    async def strike(self) -> None:
        """Give everything that is due its turn."""
        async with self._one_at_a_time:
            self._woken = False
            try:
                while (
                    not self._stopping and (reminder_id := await self._turns.run(self._turns.due_reminder)) is not None
                ):
                    await self._turns.run(self._turns.strike, reminder_id)
                    self._outbox.wake()
                for name, (interval, _sweep) in self._turns.router.sweeps.items():
                    now = self._turns.clock.now()
                    if not self._stopping and now - self._swept.get(name, datetime.min.replace(tzinfo=UTC)) >= interval:
                        await self._turns.run(self._turns.sweep, name)
                        self._swept[name] = now  # not before: while the database is away it has to be tried again
                        self._outbox.wake()
                if not self._stopping:
                    self.copier.begin_if_due()
            except DATABASE_AWAY as error:
                log.warning("the database is away, trying again at the next tick", error=type(error).__name__)

    async def arrive(self) -> None:
        """A jump is over. Nobody was away meanwhile: whoever starts next must not take it for an outage."""
        await self._turns.run(note_poll, self._turns)

    async def next_due(self) -> datetime | None:
        """The next moment at which something happens: a reminder, a sweep, a letter that waits for the morning."""
        moments = [
            await self._turns.run(self._turns.next_due),
            await self._outbox.next_due(),
            *(
                self._swept[name] + interval
                for name, (interval, _sweep) in self._turns.router.sweeps.items()
                if name in self._swept
            ),
        ]
        return min((moment for moment in moments if moment is not None), default=None)


class FollowedClock:
    """Follows the clock of a local Telegram (docs/simulator.md): a jump there visits every due time."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._ahead = timedelta()
        self._fixed: datetime | None = None
        self._revision = -1

    def now(self) -> datetime:
        """The time there, aware, in UTC; it stands still during a jump."""
        return self._fixed or datetime.now(UTC) + self._ahead

    async def read(self, session: aiohttp.ClientSession, *, wait: bool) -> datetime | None:
        """Ask for the time, with `wait` until it was changed; returns where a jump wants to go."""
        question = {"follow": "bot", **({"revision": str(self._revision), "wait": str(POLL)} if wait else {})}
        async with session.get(f"{self._url}/api/clock", params=question) as response:
            response.raise_for_status()
            told = await response.json()
        self._revision = told["revision"]
        now = datetime.fromisoformat(told["now"])
        self._ahead = now - datetime.now(UTC)
        target = told["target"]
        self._fixed = now if target else None
        return datetime.fromisoformat(target) if target else None

    async def begin(self) -> None:
        """Read the time once, before anything happens."""
        async with aiohttp.ClientSession() as session:
            await self.read(session, wait=False)

    async def follow(self, sweeper: Sweeper, outbox: Outbox) -> None:
        """Follow for ever: with each jump step from one due time to the next, act, deliver, go on."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=POLL + 10)) as session:
            target = await self.read(session, wait=False)
            while True:
                try:
                    if target is None:
                        target = await self.read(session, wait=True)
                    if target is not None:
                        await self._jump(session, target, sweeper, outbox)
                        target = await self.read(session, wait=False)
                except (aiohttp.ClientError, TimeoutError) as error:
                    log.warning("the local Telegram does not tell the time", error=type(error).__name__)
                    target, self._revision = None, -1  # where the jump stands now is to be asked anew
                    await asyncio.sleep(1)

    async def _jump(self, session: aiohttp.ClientSession, target: datetime, sweeper: Sweeper, outbox: Outbox) -> None:
        await visit(sweeper, outbox, self.now(), target, lambda moment: self._step(session, moment))

    async def _step(self, session: aiohttp.ClientSession, moment: datetime) -> None:
        self._fixed = moment
        async with session.post(f"{self._url}/api/clock/step", json={"now": moment.isoformat()}) as response:
            response.raise_for_status()


class SetsClock(Protocol):
    """Sets a clock that can be set."""

    async def __call__(self, moment: datetime) -> None:
        """From now on it is `moment`."""


async def visit(sweeper: Sweeper, outbox: Outbox, now: datetime, target: datetime, set_clock: SetsClock) -> None:
    """Jump from `now` to `target`: visit each due time in order, act, and deliver before the next."""
    struck: datetime | None = None
    # What is due at the target itself is struck after arriving there: a jump can arrive only once.
    while (due := await sweeper.next_due()) is not None and due < target and due != struck:
        now, struck = max(now, due), due
        await set_clock(now)
        await sweeper.strike()
        await outbox.drained()
    await set_clock(target)
    await sweeper.arrive()
    await sweeper.strike()
    await outbox.drained()
