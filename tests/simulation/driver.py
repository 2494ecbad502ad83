"""Plays one seed: people act, time passes, Telegram has its moods, the process dies and is started again."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import structlog

from bot.clock import TICK
from bot.telegram_api import POLL_SECONDS
from simulator.chats import Update
from tests.simulation.machine import POINTS, Lab, Machine
from tests.simulation.oracle import Oracle
from tests.simulation.people import Folk
from tests.simulation.telegram import Telegram
from tests.simulation.trace import Trace
from tests.simulation.virtual import passes

STEPS = 200
LONGEST_CALL = 30  # seconds
LONGEST_STEP = timedelta(hours=1)  # in which nothing that is due is too late
DRAINED_WITHIN = 1800.0  # seconds, once nothing goes wrong any more


@dataclass
class Played:
    """What one seed brought."""

    seed: int
    digest: str = ""
    step: int = 0
    violations: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    most_duplicates: int = 0

    def report(self) -> str:
        """What broke, where, and how to see it again."""
        head = f"seed {self.seed}, step {self.step}: " + "; ".join(self.violations)
        return "\n".join([head, *self.lines, f"Again: make simulate SEEDS=1 FIRST={self.seed}"])


def quietly() -> None:
    """The product's log would say of each fault what it does."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)


@cache
def lab() -> Lab:
    """What all seeds of this process share."""
    made = Lab()
    asyncio.set_event_loop(made.loop)
    Driver(made, 0, 0)
    made.machine = Machine(made)
    made.loop.run_until_complete(made.application.initialize())
    return made


def play(seed: int, steps: int = STEPS) -> Played:
    """Play one seed from the beginning."""
    the_lab = lab()
    driver = Driver(the_lab, seed, steps)
    with chosen(seed):
        task = the_lab.loop.create_task(driver.play(), name="driver")
        the_lab.loop.run_until_complete(task)
    return driver.played


@contextmanager
def chosen(seed: int) -> Iterator[None]:
    """What the product takes from the system's chance comes from the seed."""
    chance = random.Random(f"secrets {seed}")
    before = secrets.choice, secrets.token_urlsafe
    secrets.choice = chance.choice
    secrets.token_urlsafe = lambda nbytes=None: f"{chance.getrandbits(8 * (nbytes or 32)):x}"
    try:
        yield
    finally:
        secrets.choice, secrets.token_urlsafe = before


class Driver:
    """One seed."""

    def __init__(self, the_lab: Lab, seed: int, steps: int) -> None:
        self.lab, self.seed, self.steps = the_lab, seed, steps
        self.chance = random.Random(f"driver {seed}")
        self.played = Played(seed)
        the_lab.reset(seed)
        the_lab.counts = self.played.counts
        self.trace = Trace()
        self.oracle = Oracle(the_lab.clock.now)
        self.telegram = the_lab.telegram = Telegram(the_lab, seed, self.oracle, self.trace)
        self.folk = Folk(the_lab, self.telegram.world, self.oracle, self.trace, seed)
        self.usual = self.chance.choice((0.0, 0.03, 0.1, 0.25))

    async def play(self) -> None:
        """All steps, and a quiet end."""
        await self._start()
        for step in range(self.steps):
            self.played.step = step
            await self._step()
            if self.oracle.violations:
                break
        else:
            await self._calm()
        assert self.lab.machine is not None
        await self.lab.machine.bury()
        played, oracle = self.played, self.oracle
        played.digest, played.violations, played.lines = self.trace.digest, oracle.violations, self.trace.lines()
        played.duplicates, played.most_duplicates = oracle.duplicates, oracle.most_duplicates

    async def _start(self) -> None:
        """A new life; where the start itself dies, one more."""
        for _ in range(100):
            self.lab.machine = machine = Machine(self.lab)
            self.telegram.life += 1
            try:
                await machine.start()
            except Exception as error:  # noqa: BLE001 – whoever watches over the process starts it again
                self.trace.add(self.lab.clock.now(), "start", type(error).__name__, None)
                await machine.bury()
                await passes(1)
                continue
            return
        self.oracle.broken("the process starts again", "a hundred times it did not")

    async def _look(self) -> bool:
        """Whether the process lives; a dead one is started again."""
        machine = self.lab.machine
        assert machine is not None
        if machine.alive and machine.ended is None:
            return True
        if machine.ended is not None:
            name = type(machine.ended).__name__
            self.lab.count(f"stopped itself: {name}")
            if name not in {"InvalidToken", "AnotherPollsError"}:
                self.oracle.broken("the process goes on", repr(machine.ended))
        self.trace.add(self.lab.clock.now(), "died", machine.died_at or "stopped", None)
        self.oracle.crashed()
        died = self.lab.clock.now()
        await machine.bury()
        chance = self.chance.random()
        if chance < 0.6:
            await passes(self.chance.uniform(0.1, 5))
        elif chance < 0.9:
            await passes(self.chance.uniform(5, 400))
        else:
            self.lab.count("away for hours")
            self.lab.clock.ahead += timedelta(hours=self.chance.uniform(1, 40))
        await self._start()
        if self.lab.clock.now() - died > timedelta(minutes=1):
            self.oracle.away = self.lab.clock.now()
        return False

    # ── steps ──

    async def _step(self) -> None:
        await self._look()
        chance = self.chance.random()
        if chance < 0.72:
            self.folk.acts()
            await passes(self.chance.choice((0.0, 0.02, 0.1, 0.5, 2.0, 5.0)))
        elif chance < 0.80:
            await self._hours(timedelta(minutes=self.chance.choice((1, 10, 60, 180, 600, 1300))))
        elif chance < 0.86:
            await self._crash()
        elif chance < 0.90:
            self._weather()
        elif chance < 0.925:
            self._redeliver()
        elif chance < 0.935:
            await self._outage()
        else:
            await self._calm()

    async def _crash(self) -> None:
        machine = self.lab.machine
        assert machine is not None
        machine.armed = (self.chance.choice(POINTS), self.chance.randint(1, 12))
        self.folk.acts()
        await passes(self.chance.choice((0.5, 2.0)))
        machine.armed = None if machine.alive else machine.armed

    def _weather(self) -> None:
        self.telegram.trouble = self.chance.choice((0.0, self.usual, self.usual, 0.5))
        self.lab.database_trouble = self.chance.choice((0.0, 0.0, 0.02, 0.2))
        if self.chance.random() < 0.2:
            self.telegram.everywhere_until = self.lab.loop.time() + 8

    def _redeliver(self) -> None:
        """Telegram sends again what was acknowledged already."""
        found = [each for each in self.oracle.handed.values() if each.acknowledged][-20:]
        recent = [each for each in found if self.lab.clock.now() - each.at < timedelta(hours=20)]
        if recent:
            self._again(self.chance.choice(recent).raw)

    def _again(self, raw: dict[str, Any]) -> None:
        world, body = self.telegram.world, {name: value for name, value in raw.items() if name != "update_id"}
        update_id = raw["update_id"]
        if update_id not in world.updates:
            world.updates[update_id] = Update(update_id, next(iter(body)), body, world.clock.unix())
            world.updates = dict(sorted(world.updates.items()))
            world._changed.add(world.arrived)
            world.commit()
            self.lab.count("redelivered")

    async def _outage(self) -> None:
        """Telegram is away for a while."""
        self.telegram.away = True
        self.lab.count("outage")
        self.folk.acts()
        await passes(self.chance.choice((20, 90, 400)))
        self.telegram.away = False
        await passes(5)

    async def _hours(self, by: timedelta) -> None:
        """Time passes: each due time is visited in its order."""
        clock = self.lab.clock
        target = clock.now() + by
        struck, step = None, timedelta(seconds=TICK)
        for _ in range(60):
            machine = self.lab.machine
            assert machine is not None
            if not machine.alive or machine.ended is not None or clock.now() >= target:
                return
            try:
                async with asyncio.timeout(120):
                    due = await machine.sweeper.next_due()
            except Exception:  # noqa: BLE001 – the database is away now and then
                await passes(1)
                continue
            now = clock.now()
            if due is not None and due == struck:  # it could not be struck; what follows must not be jumped over
                moment, step = min(target, now + step), min(2 * step, LONGEST_STEP)
            else:
                moment = target if due is None else min(max(due, now), target)
            struck = due
            clock.ahead += moment - now
            machine.begin(machine.sweeper.strike(), "strike")
            machine.outbox.wake()
            await passes(2)
            for _ in range(LONGEST_CALL):
                if self.telegram.under_way:  # no call lasts for hours
                    await passes(1)
            if moment >= target:
                return

    async def _calm(self) -> None:
        """Nothing goes wrong any more; when all is sent, it is looked what everybody has."""
        telegram = self.telegram
        before = telegram.trouble, self.lab.database_trouble
        telegram.trouble = self.lab.database_trouble = 0.0
        telegram.everywhere_until = 0.0
        for _ in range(20):
            machine = self.lab.machine
            assert machine is not None
            machine.armed = None
            if await self._look() and await self._drained(machine):
                break
        else:
            self.oracle.broken("queues drain", "the queues did not drain")
        if not self.oracle.violations:
            self.oracle.quiet(telegram.world)
            self.lab.count("quiet looks")
        if not self.oracle.violations and self.chance.random() < 0.5:
            await self._nothing_twice()
        telegram.trouble, self.lab.database_trouble = before

    async def _drained(self, machine: Machine) -> bool:
        """Wait until everything was fetched, struck and sent; `False` where the process ended meanwhile."""
        end = self.lab.loop.time() + DRAINED_WITHIN
        while self.lab.loop.time() < end:
            if self._dead(machine):
                return False
            if not self.telegram.world.updates:
                try:
                    async with asyncio.timeout(end - self.lab.loop.time()):
                        await machine.sweeper.strike()
                        await machine.outbox.drained()
                        await passes(1.5)
                        await machine.outbox.drained()
                except TimeoutError:
                    if self._dead(machine):  # it stopped itself meanwhile, and nobody sends any more
                        return False
                    break
                if await self._waits(machine):
                    continue
                if not self.telegram.world.updates:
                    return not self._dead(machine)
            await passes(1.0)
        self.oracle.broken("queues drain", f"after {DRAINED_WITHIN} s there is still something to send or to take")
        return True

    async def _waits(self, machine: Machine) -> bool:
        """Whether Telegram said "too fast" somewhere; it is waited for."""
        due = await machine.outbox.next_due() if not self._dead(machine) else None
        now = self.lab.clock.now()
        if due is None or not now < due < now + timedelta(minutes=2):
            return False
        await passes((due - now).total_seconds() + 0.1)
        return True

    @staticmethod
    def _dead(machine: Machine) -> bool:
        return not machine.alive or machine.ended is not None

    async def _nothing_twice(self) -> None:
        """An update that comes again when all is quiet changes nothing, and nobody hears anything."""
        machine = self.lab.machine
        assert machine is not None
        # Only with its next poll the process finds out that nobody polled for long, and shows questions again.
        await passes(POLL_SECONDS + 1)
        if not await self._drained(machine):
            return
        due = await machine.sweeper.next_due()
        now = self.lab.clock.now()
        # Of what Telegram dropped before it was acknowledged, this would be the first effect.
        found = [each for each in self.oracle.handed.values() if each.acknowledged]
        found = [each for each in found if now - each.at < timedelta(hours=20)][-10:]
        if not found or (due is not None and due < now + timedelta(minutes=3)):
            return
        again = self.chance.choice(found)
        before = {who: len(chat.calls) for who, chat in self.oracle.chats.items()}
        self._again(again.raw)
        if await self._drained(machine):
            for who, chat in self.oracle.chats.items():
                for call in chat.calls[before[who] :]:
                    if call.method != "answerCallbackQuery":
                        self.oracle.broken(
                            "one effect an update", f"{str(again.raw)[:200]} came again, and {who} got {call.method}"
                        )
