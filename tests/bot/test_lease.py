"""Of several processes on one database one works; killed, it is followed at once, and nothing is done twice."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.app import App, build
from bot.database import open_engine
from bot.lease import Lease
from bot.sealing import KeyRing, new_key
from models.letter import LetterState
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.machine import letters, routes
from tests.bot.test_processes import process
from tests.support.clock import START
from tests.support.postgresql import cluster
from tests.support.processes import first_line
from tests.support.town import Town, populate, settings_for

SOON = 10  # seconds after a kill -9 until somebody works again


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'buren.db'}"
    return str(request.getfixturevalue("postgresql"))


@asynccontextmanager
async def another(town: Town) -> AsyncIterator[App]:
    """A second one on the same database."""
    async with build(town.settings, town.clock, routes()) as app:
        yield app


@pytest.mark.long
async def test_killed_with_9_it_is_followed_within_ten_seconds(address: str, tmp_path: Path):
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        settings = settings_for(sim, tmp_path, database_url=address)
        engine = open_engine(settings.database_url, settings.key_ring())
        populate(engine)
        engine.dispose()
        anna = await phones.person("Anna", language="nl")
        await anna.start()
        async with process(settings) as first:
            assert await first_line(first) == "works"
            await anna.sees("Hallo Anna")
            async with process(settings) as second:
                assert await first_line(second) == "stands by"
                await anna.writes("een")
                await anna.sees("Gehoord: een")
                first.send_signal(signal.SIGKILL)
                await first.wait()
                killed = asyncio.get_running_loop().time()
                await anna.writes("twee")
                await anna.sees("Gehoord: twee", wait=SOON)
                assert asyncio.get_running_loop().time() - killed < SOON
        heard = [message.text for message in await anna.chat() if message.text.startswith("Gehoord")]
        assert sorted(set(heard)) == ["Gehoord: een", "Gehoord: twee"]
        assert len(heard) <= 3  # the one in flight at the kill perhaps twice


async def test_it_is_given_back_with_a_clean_stop(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    async with another(town) as second:
        assert not second.works.is_set()
        await town.app.__aexit__(None, None, None)
        await asyncio.wait_for(second.works.wait(), SOON)
        await anna.actor.writes("een")
        await anna.actor.sees("Gehoord: een")
    await town.begin()
    assert (await anna.reads()).count("Gehoord: een") == 1


async def test_what_is_in_flight_is_not_sent_again_because_another_process_starts(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("slow", "sendMessage", seconds=0.5)
    await anna.actor.writes("een")
    await anna.actor.sees("een")
    async with another(town) as second:
        assert not second.works.is_set()
        await town.settled()
    assert (await anna.reads()).count("Gehoord: een") == 1
    assert not letters(town, LetterState.UNKNOWN)


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_clock_that_is_set_gives_it_to_nobody_else(town: Town, days: int):
    async with another(town) as second:
        await town.clock.set(START + timedelta(days=days))
        await second._look()
        await town.app._look()
        assert (town.app.works.is_set(), second.works.is_set()) == (True, False)


@pytest.mark.sqlite("deletes the file of the lease")
async def test_a_lease_that_was_taken_away_is_noticed_and_the_work_stops(town: Town):
    """Somebody deletes the file: who locks the new one would be a second."""
    anna = await town.somebody("Anna")
    await anna.starts()
    file = Path(str(make_url(town.settings.database_url).database))
    (file.parent / f"{file.name}-lease").unlink()
    async with another(town) as second:
        assert second.works.is_set()
        await town.app._look()
        assert not town.app.works.is_set()
        await anna.actor.writes("een")
        await anna.actor.sees("Gehoord: een")
    await town.app._look()
    assert town.app.works.is_set(), "free again: it works again"
    assert await anna.writes("twee") == "Gehoord: twee"
    assert (await anna.reads()).count("Gehoord: een") == 1


async def test_one_at_a_time_holds_it_and_a_torn_connection_lets_it_go(postgresql: str):
    first, second = Lease(postgresql), Lease(postgresql)
    try:
        await _hand_over(postgresql, first, second)
    finally:
        await first.release()
        await second.release()


async def _hand_over(postgresql: str, first: Lease, second: Lease) -> None:
    assert [await first.look(), await second.look(), await first.look()] == [True, False, True]
    engine = open_engine(postgresql, KeyRing(new_key()))
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    engine.dispose()
    async with asyncio.timeout(SOON):
        while not await second.look():  # the server takes a moment to notice
            pass
    assert not await first.look()
    assert not await first.look()
    await second.release()
    async with asyncio.timeout(SOON):
        while not await first.look():
            pass


async def test_without_postgresql_nobody_holds_it():
    lease = Lease("postgresql://buren@127.0.0.1:1/buren")
    assert not await lease.look()
    await lease.release()
