"""The real bot in this process: its parts put together as `bot.app` does, with seams for time, network and death."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import Application, ApplicationBuilder

from bot import profile
from bot.app import all_routes
from bot.clock import Sweeper
from bot.database import open_engine
from bot.intake import Intake
from bot.outbox import Outbox
from bot.routing import Route
from bot.settings import Settings, load
from bot.telegram_api import Client
from bot.turns import Turns
from bot.workers import Workers
from models import Area, AreaKind, Base, Coordinator, Person, Street, Volunteer, VolunteerState
from models.category import Category
from simulator.server import TOKEN
from tests.simulation.cast import CAST, NEIGHBOURHOODS
from tests.simulation.virtual import START, VirtualClock, VirtualLoop
from tests.support.engines import _without_power_cuts
from tests.support.town import ALL_TIMES

KEY = "c2ltdWxhdGVkLWtleS1zaW11bGF0ZWQta2V5LXRlc3Q="
MEMORY = Path("/dev/shm")  # noqa: S108 – a file there needs no disk
# Where the process can die. A transaction that was not committed is undone, as by the kernel's kill.
POINTS = (
    "turn.before", "turn.statement", "turn.commit", "turn.after",
    "call.before", "call.after", "poll.before", "poll.after",
)  # fmt: skip


class Crash(BaseException):
    """The process is killed here: nothing of it runs any more, and only what was committed or sent remains."""


class Inline:
    """Instead of worker threads: what is given runs at once, where it is awaited."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    async def run(self, work: Callable[[], Any]) -> Any:
        machine = self._machine
        await asyncio.sleep(0)
        machine.reach("turn.before")
        machine.lab.database_may_fail("busy")
        machine.lab.working = machine
        try:
            result = work()
        finally:
            machine.lab.working = None
        machine.reach("turn.after")
        return result

    def close(self) -> None:
        """There is nothing to end."""


class NoCopies:
    """Copies of the file are another test."""

    async def start(self) -> None: ...

    async def finish(self) -> None: ...

    def begin_if_due(self) -> None: ...


class StruckSweeper(Sweeper):
    """Struck by the driver and, as by the scheduler, a second after a commit."""

    def __init__(self, turns: Turns, outbox: Outbox, machine: Machine) -> None:
        super().__init__(turns, outbox)
        self._machine = machine
        self.copier = NoCopies()  # type: ignore[assignment]  # it has what the sweeper calls

    def wake(self) -> None:
        if not self._woken and self._machine.alive:
            self._woken = True
            asyncio.get_running_loop().call_later(1.0, self._due)

    def _due(self) -> None:
        if self._machine.alive:
            self._machine.begin(self.strike(), "strike")


class Machine:
    """One life of the process, from its start until it dies or stops itself."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.alive = True
        self.died_at = ""
        self.ended: BaseException | None = None  # it stopped itself: Telegram refuses the token, or another one polls
        self.armed: tuple[str, int] | None = None
        self.tasks: list[asyncio.Task[Any]] = []
        self.turns = Turns(lab.engine, lab.settings, lab.clock, lab.routes, Inline(self))  # type: ignore[arg-type]  # it has what turns call
        self.turns.bot_id, self.turns.username = int(TOKEN.partition(":")[0]), "buren_demo_bot"
        self.outbox = Outbox(self.turns, lab.client, self._wake)
        self.sweeper = StruckSweeper(self.turns, self.outbox, self)
        self.intake = Intake(lab.application, lab.client, self.turns, self.outbox, self._wake, lab.loop.time)

    def _wake(self) -> None:
        self.sweeper.wake()

    def begin(self, job: Any, name: str) -> asyncio.Task[Any]:
        """A task of this process."""
        task = asyncio.get_running_loop().create_task(job, name=name)
        self.tasks = [each for each in self.tasks if not each.done()] + [task]
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, Crash):
            return
        if task.get_name() in {"outbox", "intake"} or error is not None:
            self.ended = error or self.outbox.stopped_by or RuntimeError(task.get_name())

    async def start(self) -> None:
        """As `App` begins to work."""
        await self.sweeper.recall()
        self.begin(self.outbox.run(), "outbox")
        self.begin(self.intake.poll(), "intake")
        self.sweeper.wake()

    def reach(self, point: str) -> None:
        """Die here, where that was decided; a dead process does nothing at all."""
        if not self.alive:
            raise Crash
        if self.armed is not None and self.armed[0] == point:
            left = self.armed[1] - 1
            self.armed = (point, left)
            if left <= 0:
                self.alive, self.died_at = False, point
                self.lab.count(f"crash {point}")
                raise Crash

    async def bury(self) -> None:
        """Nothing of it is left in the loop."""
        self.alive = False
        me = asyncio.current_task()
        others = sorted(
            (task for task in asyncio.all_tasks() if task is not me and task.get_name() != "driver"),
            key=lambda task: (len(task.get_name()), task.get_name()),
        )
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class Lab:
    """What all lives of a process, and all seeds, share: the loop's parts, the engine, the registered routes."""

    def __init__(self) -> None:
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        self.settings = _settings()
        self.routes = all_routes()
        self._folder = TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self._file = Path(self._folder.name) / "buren.db"
        self.engine = open_engine(f"sqlite:///{self._file}", self.settings.key_ring())
        event.listen(self.engine, "connect", _without_power_cuts)
        self.working: Machine | None = None
        self.chance = random.Random(0)
        self.database_trouble = 0.0
        self._failed_in_a_row = 0
        self.counts: dict[str, int] = {}
        self.telegram: Any = None  # of the seed that is played
        event.listen(self.engine, "before_cursor_execute", self._statement)
        event.listen(self.engine, "commit", self._commit)
        self._template = self._populate()
        self.client = _client(self)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.client).updater(None).job_queue(None).build()
        )
        self.machine: Machine | None = None
        self.routes.add_to(self.application, self._answer)

    async def _answer(self, update: Update, route: Route, words: Any) -> None:
        """The library's application is built once; what answers is the present process."""
        assert self.machine is not None
        await self.machine.turns.answer(update, route, words)

    def count(self, kind: str, by: int = 1) -> None:
        """One more of this kind."""
        self.counts[kind] = self.counts.get(kind, 0) + by

    # ── the database ──

    def _statement(self, *_: Any) -> None:
        if self.working is not None:
            self.working.reach("turn.statement")

    def _commit(self, _connection: Any) -> None:
        if self.working is not None:
            self.working.reach("turn.commit")
            self.database_may_fail("commit")

    def database_may_fail(self, where: str) -> None:
        """Busy, or full: nothing was changed. Never so often in a row that a good update would be given up."""
        if self.database_trouble and self._failed_in_a_row < 3 and self.chance.random() < self.database_trouble:
            self._failed_in_a_row += 1
            self.count(f"database {where}")
            raise OperationalError(
                where, None, Exception("database is locked" if where == "busy" else "database or disk is full")
            )
        self._failed_in_a_row = 0

    def _populate(self) -> bytes:
        """The town as it is before anybody does anything."""
        Base.metadata.create_all(self.engine)
        with Session(self.engine) as session, session.begin():
            town = Area(kind=AreaKind.MUNICIPALITY, name="Lindebeek", slug="lindebeek")
            areas = {}
            for name in NEIGHBOURHOODS:
                areas[name] = Area(kind=AreaKind.NEIGHBOURHOOD, name=name, slug=name.lower())
                areas[name].streets = [Street(name=f"{name}straat")]
                town.children.append(areas[name])
            session.add(town)
            session.flush()
            for number, each in enumerate(CAST, 1):
                if each.kind == "stranger":
                    continue
                person = Person(id=number, first_name=each.name, since=START, seen_at=START)
                person.use_telegram_id(each.id)
                session.add(person)
                if each.kind in {"resident", "volunteer"}:
                    person.area = areas[each.area]
                if each.kind == "resident":
                    person.street, person.bell = each.street, f"Familie {each.name}"
                if each.kind == "volunteer":
                    session.add(
                        Volunteer(
                            person=person,
                            state=VolunteerState.APPROVED,
                            categories=[str(category) for category in Category],
                            times=list(ALL_TIMES),
                            areas=[areas[each.area]],
                            note_version="test",
                            note_read_at=START,
                            applied_at=START,
                        )
                    )
                if each.kind == "coordinator":
                    session.add(Coordinator(person=person, area=town, since=START))
        turns = Turns(self.engine, self.settings, self.clock, self.routes, Workers(1))
        turns.bot_id = int(TOKEN.partition(":")[0])
        turns.remember({name: wanted for name, wanted, *_ in profile.news(turns, {})})
        self.engine.dispose()
        return self._file.read_bytes()

    def reset(self, seed: int) -> None:
        """Everything as at the beginning."""
        self.engine.dispose()
        for file in self._file.parent.iterdir():
            file.unlink()
        self._file.write_bytes(self._template)
        self.loop._virtual.now = 0.0
        self.clock.ahead = self.clock.ahead * 0
        self.chance = random.Random(f"database {seed}")
        self.database_trouble, self._failed_in_a_row = 0.0, 0
        self.working = self.machine = None
        random.seed(f"jitter {seed}")


def _settings() -> Settings:
    return load(
        _env_file=None,
        token=TOKEN,
        api_url="http://telegram.invalid",
        database_url="sqlite:///never-opened.db",
        key=KEY,
        organisation="OCMW Lindebeek",
        phone="016 12 34 56",
    )


def _client(lab: Lab) -> Client:
    from tests.simulation.telegram import Wire  # noqa: PLC0415 – which needs this module

    return Client(TOKEN, "http://telegram.invalid/bot", connect=lambda _most, _wait: Wire(lab))
