"""Somebody sets this machine's clock a day back or forth: no storm of messages, nothing is deleted early."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.app import build
from bot.clock import TICK
from bot.connection import Connection
from bot.steady import SteadyClock, passed, wall
from simulator.server import Simulator
from tests.support.clock import START
from tests.support.town import Town, settings_for

DAY = timedelta(days=1)


class Machine:
    """A clock on the wall, and the seconds that pass."""

    def __init__(self) -> None:
        self.wall, self.seconds = START, 0.0

    def lets_pass(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds

    def clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.seconds)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def at(moment: datetime) -> str:
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


@pytest.mark.parametrize("leap", [DAY, -DAY, timedelta(minutes=3)])
def test_the_time_goes_on_evenly_where_the_clock_is_set(machine: Machine, leap: timedelta):
    clock = machine.clock()
    machine.lets_pass(60)
    machine.wall += leap
    assert clock.now() == START + timedelta(seconds=60)
    machine.lets_pass(3600)
    assert clock.now() == START + timedelta(seconds=3660)
    clock.hear(at(clock.now()))
    assert clock.now() == START + timedelta(seconds=3660), "Telegram agrees"
    machine.wall -= leap
    assert clock.now() == START + timedelta(seconds=3660), "and set right again it is this machine's"
    assert clock.now() == machine.wall


def test_a_clock_that_was_wrong_and_is_set_right_is_believed_when_telegram_says_so(machine: Machine):
    machine.wall -= DAY
    clock = machine.clock()
    machine.wall += DAY
    assert clock.now() == START - DAY
    clock.hear(at(START))
    assert clock.now() == START


def test_a_clock_that_was_set_before_the_start_is_wrong_only_until_telegram_answers(machine: Machine):
    machine.wall += DAY
    clock = machine.clock()
    clock.hear(at(START))
    assert clock.now() == START
    machine.lets_pass(600)
    assert clock.now() == START + timedelta(minutes=10)


def test_what_is_no_time_and_small_differences_change_nothing(machine: Machine):
    clock = machine.clock()
    for said in ("", "yesterday", at(START + timedelta(seconds=90))):
        clock.hear(said)
    machine.wall += timedelta(seconds=90)  # what NTP may do
    assert clock.now() == machine.wall


def test_the_clocks_of_this_machine_are_told_apart():
    before = passed()
    assert wall().tzinfo is UTC
    assert passed() >= before


async def test_only_another_machine_is_asked_for_the_time(town: Town, tmp_path):
    async with Simulator(limits=False) as sim:
        for url, heard in ((sim.url, False), ("https://telegram.example", True)):
            app = build(settings_for(sim, tmp_path, api_url=url))
            assert isinstance(app.clock, SteadyClock)
            listening = [getattr(connection, "heard", None) is not None for connection in app.client._both]
            assert listening == [heard, heard]
            app.turns.close()


async def test_each_answer_tells_the_time(machine: Machine):
    told: list[str] = []
    async with Simulator(limits=False) as sim:
        connection = Connection(1, 5)
        connection.heard = told.append
        await connection.initialize()
        await connection.do_request(f"{sim.base_url}{sim.token}/getMe", "POST")
        await connection.shutdown()
    clock = machine.clock()
    clock.hear(told[0])
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_clock_that_is_set_back_stops_no_ticks(town: Town):
    scheduler = town.app.sweeper._scheduler
    scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + DAY)  # it was set a day back since
    town.app.sweeper.keep_ticking()
    assert scheduler.get_job("tick").next_run_time - datetime.now(UTC) < timedelta(seconds=TICK)
