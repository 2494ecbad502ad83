"""Telegram is away for ten minutes: the bot does not try without end, and afterwards catches up within two."""

from collections import Counter

import pytest

from tests.simulation.driver import Driver, chosen, lab, quietly
from tests.simulation.virtual import passes
from tests.support.proving import Proof

AWAY, ACTS = 600, 20  # seconds; people go on meanwhile
CAUGHT_UP = 120.0  # seconds
POLLS, CALLS = 40, 120  # at most so many in the ten minutes, of all chats together


async def ten_minutes(driver: Driver, proof: Proof) -> None:
    telegram, loop = driver.telegram, driver.lab.loop
    await driver._start()
    for _ in range(2 * ACTS):
        driver.folk.acts()
        await passes(1)
    for _ in range(ACTS):  # their answers are on the way when it goes away
        driver.folk.acts()
    await passes(0.04)
    telegram.away, before = True, Counter(driver.lab.counts)
    for _ in range(ACTS):
        driver.folk.acts()
        await passes(AWAY / ACTS)
    tried = Counter(driver.lab.counts) - before
    telegram.away, back = False, loop.time()
    machine = driver.lab.machine
    assert machine is not None
    assert await driver._drained(machine)
    polls, calls = tried["poll: connection refused"], tried["connection refused"] + tried["read timeout before"]
    proof.count(outages=1)
    proof.most(polls=polls, calls=calls, seconds=loop.time() - back)
    assert 0 < polls <= POLLS
    assert 0 < calls <= CALLS
    assert loop.time() - back <= CAUGHT_UP
    driver.oracle.quiet(telegram.world)
    await machine.bury()
    assert not driver.oracle.violations


@pytest.mark.proof(
    "away",
    promise="When Telegram is away for ten minutes the bot does not try without end, and catches up within two",
    how="the simulation, in which nothing else goes wrong; people go on writing and tapping all the while",
    figure="{outages} times: at most {polls} polls and {calls} calls in the ten minutes, all caught up after at most "
    "{seconds} s",
    goal={"outages": 50},
)
def test_after_ten_minutes_without_telegram_it_catches_up_within_two(proof: Proof) -> None:
    quietly()
    for seed in range(1, 1 + proof.size(small=2)):
        driver = Driver(lab(), seed, 0)
        with chosen(seed):
            driver.lab.loop.run_until_complete(driver.lab.loop.create_task(ten_minutes(driver, proof), name="driver"))
