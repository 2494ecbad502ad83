"""`make bench`: our bot and a bare echo bot take turns on one server; what counts is their ratio."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sealing import new_key
from simulator.actors import Person, Phones
from simulator.chats import Json
from simulator.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LEAST_RATIO = 0.5
MOST_MEGABYTES = 150
WARM_UP = 0.2  # of a round's messages: by then both have compiled their statements and opened their connections
WORDS = "/privacy"  # to this a fixed text is the answer, as it is with the echo bot; all else of a turn happens
SIDES = ("echo", "ours")


@contextmanager
def server() -> Iterator[str]:
    """The local Telegram as a process of its own, without limits; yields its address."""
    command = [sys.executable, "-m", "simulator", "--no-limits", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


@contextmanager
def bot(side: str, url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One of the two bots as a process of its own, with a database of its own."""
    settings = {
        "BUREN_TOKEN": TOKEN,
        "BUREN_API_URL": url,
        "BUREN_DATABASE_URL": f"sqlite:///{folder / 'buren.db'}",
        "BUREN_KEY": new_key(),
        "BUREN_RATE_LIMITS": "false",
        "BUREN_FLOOD_LIMIT": "0",  # one person writes without end here
        "BUREN_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", f"benchmarks.{side}"]
    process = subprocess.Popen(command, env=os.environ | settings, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


async def people(phones: Phones, number: int) -> list[Person]:
    """So many people with a telephone."""
    return [await phones.person(f"P{n}", id=10_000 + n, language="nl") for n in range(number)]


def answered(log: list[Json]) -> list[datetime]:
    """When the server took each answer."""
    return [datetime.fromisoformat(call["at"]) for call in log if call["method"] == "sendMessage" and call["ok"]]


async def answers(phones: Phones, since: int, number: int) -> list[datetime]:
    """When each of `number` answers after call `since` was taken."""
    times = answered(await phones.log(since))
    while len(times) < number:
        # Seldom, for looking costs the server time.
        await asyncio.sleep(0.3)
        times = answered(await phones.log(since))
    return times


def spent(process: subprocess.Popen[bytes]) -> float:
    """Processor time of a process so far, in milliseconds."""
    user, system = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def peak_of(process: subprocess.Popen[bytes]) -> float:
    """The most memory that a process had at once, in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


async def throughput(side: str, phones: Phones, everybody: list[Person], number: int) -> tuple[float, float]:
    """Turns a second, while `number` messages wait from the start, and processor time (ms) for one."""
    since = await newest_call(phones)
    for n in range(number):
        await everybody[n % len(everybody)].writes(WORDS)
    with tempfile.TemporaryDirectory() as folder, bot(side, phones.url, Path(folder)) as process:
        warm = len(await answers(phones, since, int(number * WARM_UP)))
        before = spent(process)
        times = await answers(phones, since, number)
        after = spent(process)
    counted = times[int(number * WARM_UP) :]
    return (len(counted) - 1) / (counted[-1] - counted[0]).total_seconds(), (after - before) / (number - warm)


async def delay(side: str, phones: Phones, person: Person, number: int) -> float:
    """The median time in milliseconds from a message to its answer, one after the other."""
    with tempfile.TemporaryDirectory() as folder, bot(side, phones.url, Path(folder)):
        taken = []
        for n in range(number + 20):
            since = len(await person.chat())
            begin = time.perf_counter()
            await person.writes(WORDS)
            await person.until(lambda chat, since=since: len(chat) >= since + 2)  # type: ignore[misc]  # bound at once
            if n >= 20:
                taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


async def memory(phones: Phones, everybody: list[Person], number: int) -> float:
    """The peak of our process in megabytes after `number` turns."""
    since = await newest_call(phones)
    with tempfile.TemporaryDirectory() as folder, bot("ours", phones.url, Path(folder)) as process:
        for n in range(number):
            await everybody[n % len(everybody)].writes(WORDS)
        await answers(phones, since, number)
        return peak_of(process)


async def newest_call(phones: Phones) -> int:
    """The number of the newest call that a bot made."""
    log = await phones.log()
    return int(log[-1]["n"]) if log else 0


async def measure(url: str, given: argparse.Namespace) -> bool:
    """Measure everything, print it; whether it is good enough."""
    async with Phones(url) as phones:
        everybody = await people(phones, given.people)
        speeds: dict[str, list[float]] = {side: [] for side in SIDES}
        costs: dict[str, list[float]] = {side: [] for side in SIDES}
        for n in range(given.rounds):
            for side in SIDES if n % 2 == 0 else reversed(SIDES):
                speed, cost = await throughput(side, phones, everybody[:100], given.turns)
                speeds[side].append(speed)
                costs[side].append(cost)
            print(f"round {n + 1}: echo {speeds['echo'][-1]:.0f}/s, ours {speeds['ours'][-1]:.0f}/s", flush=True)
        ratio = statistics.median(ours / echo for ours, echo in zip(speeds["ours"], speeds["echo"], strict=True))
        print(f"turns a second beside the echo bot: {ratio:.2f} × (at least {LEAST_RATIO} ×)")
        for side in SIDES:
            print(f"processor time a turn, {side}: {statistics.median(costs[side]):.2f} ms")
        for side in SIDES:
            milliseconds = await delay(side, phones, everybody[0], 100)
            print(f"median from message to answer, {side}: {milliseconds:.1f} ms")
        peak = await memory(phones, everybody, given.memory)
        print(
            f"peak memory after {given.memory} turns of {given.people} people: {peak:.0f} MB (at most {MOST_MEGABYTES})"
        )
    return ratio >= LEAST_RATIO and peak < MOST_MEGABYTES


def main() -> int:
    """Exit code 1 where it is too slow or too large."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--turns", type=int, default=1000, help="messages in a round")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--memory", type=int, default=10_000, help="turns after which memory is measured")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors")
    with server() as url:
        return 0 if asyncio.run(measure(url, given)) else 1


if __name__ == "__main__":
    sys.exit(main())
