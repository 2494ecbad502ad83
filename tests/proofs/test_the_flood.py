"""One person sends without end: everybody else is answered as if nothing were."""

import asyncio
import random
import statistics
from pathlib import Path

import pytest

from bot.database import open_engine
from simulator.actors import Person as Actor
from simulator.nearby import NearbyPhones
from simulator.server import Simulator
from tests.bot.test_processes import process
from tests.support.proving import Proof
from tests.support.town import populate, settings_for

FLOOD, SECONDS = 300, 10.0
OTHERS = 10
SOON = 0.3  # seconds


async def floods(who: Actor) -> None:
    """So many messages in so many seconds."""
    for n in range(FLOOD):
        await who.writes(f"nog iets {n}")
        await asyncio.sleep(SECONDS / FLOOD)


async def talks(who: Actor, until: float) -> list[float]:
    """Asks something now and then; how many seconds each answer took."""
    loop, taken = asyncio.get_running_loop(), []
    while loop.time() < until:
        asked, before = loop.time(), len(await who.chat())
        await who.writes("/privacy")
        await who.until(lambda chat, before=before: len(chat) >= before + 2, wait=30)  # type: ignore[misc]
        taken.append(loop.time() - asked)
        await asyncio.sleep(random.uniform(0.5, 1.5))
    return taken


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
        proof.most(milliseconds=disturbed * 1000, undisturbed=undisturbed * 1000)
        assert disturbed < SOON
