"""The plug is pulled: what was acknowledged to Telegram or shown to somebody is on the disk."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError

from bot.app import App, build
from bot.database import open_engine, sqlite
from bot.disk import Disk
from bot.sealing import KeyRing, new_key
from bot.telegram_api import Client
from models.seen import SeenUpdate
from simulator.nearby import NearbyPhones
from simulator.server import Simulator
from tests.bot.machine import routes
from tests.support.clock import HandClock
from tests.support.town import populate, settings_for

pytestmark = pytest.mark.sqlite("PostgreSQL waits for the disk itself")

MANY = 40
SEEN = "SELECT count(*) FROM seen_update WHERE update_id < ?"
ON_ITS_WAY = "SELECT count(*) FROM letter WHERE state IN ('sending', 'sent')"


@dataclass
class Power:
    """What the disk holds for certain: the files as they were when it last said so."""

    file: Path
    kept: list[tuple[bytes, bytes]] = field(default_factory=list)
    named: int = 0  # how often it was waited for the names in the folder
    handles: set[int] = field(default_factory=set)  # through which the log was waited for
    fails: bool = False
    goes: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def taking_its_time(self) -> Iterator[None]:
        """Nobody hears from the disk for a while."""
        self.goes.clear()
        try:
            yield
        finally:
            self.goes.set()

    @contextmanager
    def failing(self) -> Iterator[None]:
        """The disk takes nothing, and for as long somebody reads, so that the log cannot be emptied either."""
        reader = sqlite.connect(self.file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sqlite_master").fetchall()
        self.fails = True
        try:
            yield
        finally:
            self.fails = False
            reader.close()

    def fsync(self, handle: int) -> None:
        if self.fails:
            raise OSError(5, "Input/output error")
        assert self.goes.wait(20)
        if Path(f"/proc/self/fd/{handle}").readlink() == self.file.parent:
            self.named += 1
        else:
            self.handles.add(handle)
            self.kept.append((self.file.read_bytes(), Path(f"{self.file}-wal").read_bytes()))

    def after_a_cut(self, moment: int, question: str, *values: object) -> int:
        """What a number in the database is when the plug is pulled after the sync number `moment`."""
        copy = self.file.parent / "cut.db"
        data, log = self.kept[moment - 1] if moment else (b"", b"")
        copy.write_bytes(data)
        Path(f"{copy}-wal").write_bytes(log)
        connection = sqlite.connect(copy)
        try:
            return int(connection.execute(question, values).fetchone()[0]) if data else 0
        finally:
            connection.close()
            for each in self.file.parent.glob("cut.db*"):
                each.unlink()


@pytest.fixture
def power(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Power:
    power = Power(tmp_path / "buren.db")
    power.goes.set()
    monkeypatch.setattr("bot.disk.os.fsync", power.fsync)
    return power


@pytest.fixture
def engine(power: Power) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{power.file}", KeyRing(new_key()))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact (name TEXT)"))
    yield engine
    engine.dispose()


def write(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO fact VALUES (:name)"), {"name": name})


@dataclass
class Said:
    """What went out, and how often the disk had been waited for until then."""

    power: Power
    acknowledged: list[tuple[int, int]] = field(default_factory=list)  # up to which update
    shown: list[int] = field(default_factory=list)

    def hear(self, method: str, fields: dict[str, Any]) -> None:
        moment = len(self.power.kept)
        if fields.get("offset"):
            self.acknowledged.append((moment, fields["offset"]))
        elif method == "sendMessage":
            self.shown.append(moment)

    def taking(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """The same call, which is written down before anything leaves."""

        async def heard(client: Client, method: str, fields: dict[str, Any]) -> Any:
            self.hear(method, fields)
            return await call(client, method, fields)

        return heard


def committed(app: App) -> int:
    """How many turns were committed, whether the disk has them or not."""
    with app.turns.session() as session:
        return session.scalar(select(func.count()).select_from(SeenUpdate)) or 0


async def test_nothing_is_acknowledged_or_shown_before_it_is_on_the_disk(
    tmp_path: Path, power: Power, monkeypatch: pytest.MonkeyPatch
):
    clock = HandClock()
    async with Simulator(limits=False, clock=clock) as sim, NearbyPhones(sim) as phones:
        settings = settings_for(sim, tmp_path)
        opened = open_engine(settings.database_url, settings.key_ring())
        populate(opened)
        opened.dispose()
        people = [await phones.person(f"P{n}", language="nl", id=2000 + n) for n in range(MANY)]
        app = build(settings, clock, routes())
        said = Said(power)
        monkeypatch.setattr(Client, "call", said.taking(Client.call))
        async with app:
            await app.settled()
            with power.taking_its_time():
                updates = [int(await person.start() or 0) for person in people]
                while not committed(app):
                    await phones.log()
                await phones.log()  # by now it would have heard of it
                assert not said.shown
                assert not said.acknowledged
            await phones.waits_for(updates[-1])
            await app.settled()
        assert [(await person.last()).text for person in people] == [f"Hallo P{n}" for n in range(MANY)]
    assert len(power.kept) < MANY + 10, "the disk was not waited for with every turn"
    assert said.acknowledged
    for moment, offset in said.acknowledged:
        assert power.after_a_cut(moment, SEEN, offset) == sum(update < offset for update in updates)
    for number, moment in enumerate(said.shown, 1):
        assert power.after_a_cut(moment, ON_ITS_WAY) >= number


async def test_what_the_disk_does_not_take_is_not_acknowledged_and_comes_again(
    tmp_path: Path, power: Power, monkeypatch: pytest.MonkeyPatch
):
    clock = HandClock()
    async with Simulator(limits=False, clock=clock) as sim, NearbyPhones(sim) as phones:
        settings = settings_for(sim, tmp_path)
        opened = open_engine(settings.database_url, settings.key_ring())
        populate(opened)
        opened.dispose()
        app = build(settings, clock, routes())
        monkeypatch.setattr("bot.intake.PAUSE", 0.01)
        async with app:
            anna = await phones.person("Anna", language="nl", id=2000)
            with power.failing():
                update = await anna.start()
                while not app.intake.refusing.under_way:
                    await phones.log()
                assert (await phones.get("queue"))["waiting"] == 1, "Telegram keeps it"
            await phones.waits_for(update)
            await app.settled()
            greetings = [message.text for message in await anna.chat() if message.text == "Hallo Anna"]
        assert greetings == ["Hallo Anna"], "once, for its turn was committed the first time"


def test_what_is_committed_after_the_last_wait_may_be_lost_and_nothing_before(engine: Engine, power: Power):
    disk = Disk(engine)
    write(engine, "one")
    write(engine, "two")
    disk.sync()
    write(engine, "three")
    assert power.after_a_cut(1, "SELECT count(*) FROM fact") == 2


def test_after_a_failure_the_disk_is_not_believed_until_all_is_written_once_more(engine: Engine, power: Power):
    disk = Disk(engine)
    write(engine, "one")
    with power.failing():
        for _ in range(2):
            with pytest.raises(OperationalError, match="disk I/O error"):
                disk.sync()
    disk.sync()
    assert not power.kept, "that the log is on the disk was not asked again"
    assert Path(f"{power.file}-wal").stat().st_size == 0, "it was written into the database itself"
    write(engine, "two")
    disk.sync()
    assert power.after_a_cut(1, "SELECT count(*) FROM fact") == 2


def test_a_loss_that_sqlite_heard_of_first_is_heard_too(engine: Engine, power: Power):
    """The kernel tells it once to each that has the file open, and to nobody who opens it later."""
    disk = Disk(engine)
    write(engine, "one")
    disk.sync()
    with Path(f"{power.file}-wal").open("rb"):  # whoever opened it anew would get another number
        write(engine, "two")
        disk.sync()
    assert len(power.handles) == 1


def test_each_new_log_has_its_name_on_the_disk(engine: Engine, power: Power):
    """Also where it gets the number of the one before, which SQLite deleted with its last connection."""
    disk = Disk(engine)
    for times in (1, 2):
        write(engine, "again")
        disk.sync()
        disk.sync()
        assert power.named == times
        connection = engine.raw_connection()
        connection.invalidate()
        connection.close()
        assert not Path(f"{power.file}-wal").exists()


def test_without_a_log_all_is_in_the_database(engine: Engine, power: Power):
    engine.dispose()
    Disk(engine).sync()
    assert not power.kept
