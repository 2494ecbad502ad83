"""One person sends without end: everybody else is answered as if nothing were."""

import asyncio
import random
import statistics
from functools import partial
from pathlib import Path

import pytest

from bot.database import open_engine
from simulator.actors import Message
from simulator.actors import Person as Actor
from simulator.nearby import NearbyPhones
from simulator.server import Simulator
from tests.bot.test_processes import process
from tests.support.proving import Proof
from tests.support.town import populate, settings_for

FLOOD, SECONDS = 300, 10.0
OTHERS = 10
SOON = 0.3  # seconds


async def strikes(moment: float) -> None:
    """The clock on the wall shows `moment`: what is measured here is real time."""
    struck = asyncio.Event()
    asyncio.get_running_loop().call_at(moment, struck.set)
    await struck.wait()


async def floods(who: Actor) -> None:
    """So many messages in so many seconds."""
    begun = asyncio.get_running_loop().time()
    for n in range(FLOOD):
        await strikes(begun + n * SECONDS / FLOOD)
        await who.writes(f"nog iets {n}")


async def talks(who: Actor, until: float) -> list[float]:
    """Asks something now and then; how many seconds each answer took."""
    loop, taken = asyncio.get_running_loop(), []
    while loop.time() < until:
        asked, before = loop.time(), len(await who.chat())
        await who.writes("/privacy")
        await who.until(partial(_longer, before + 1), wait=30)
        taken.append(loop.time() - asked)
        await strikes(loop.time() + random.uniform(0.5, 1.5))
    return taken


def _longer(than: int, chat: list[Message]) -> bool:
    return len(chat) > than


async def p95(others: list[Actor]) -> float:
    """Of all their answers, in seconds."""
    until = asyncio.get_running_loop().time() + SECONDS
    taken = await asyncio.gather(*(talks(each, until) for each in others))
    return statistics.quantiles([seconds for each in taken for seconds in each], n=20)[-1]


@pytest.mark.long
@pytest.mark.sqlite("the processor is what is measured, and a server would want a part of it")
@pytest.mark.proof(
    "flood",
    promise="While one person sends without end, everybody else is answered at once",
    how="the real process; ten people ask something about once a second, while one sends 300 messages in ten seconds; "
    "95 of 100 answers come within",
    figure="{milliseconds} ms, and {undisturbed} ms where nobody floods, on the same machine in the same minute",
    goal={"floods": 1},
    alone=True,
    only_in_full=True,
)
async def test_nobody_waits_for_who_sends_too_fast(tmp_path: Path, proof: Proof) -> None:
    async with Simulator(limits=False) as sim, NearbyPhones(sim) as phones:
        settings = settings_for(sim, tmp_path)  # the process has the usual measure
        engine = open_engine(settings.database_url, settings.key_ring())
        populate(engine)
        engine.dispose()
        *others, one = [await phones.person(f"P{n}", language="nl") for n in range(OTHERS + 1)]
        async with process(settings, "tests.proofs.whole"):
            for each in (*others, one):
                await each.start()
                await each.sees("Welkom", wait=30)
            undisturbed = await p95(others)
            disturbed, _ = await asyncio.gather(p95(others), floods(one))
        proof.count(floods=1)
        proof.most(milliseconds=disturbed * 1000, undisturbed=undisturbed * 1000)
        assert disturbed < SOON
