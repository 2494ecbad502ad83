"""The clock: it runs, it jumps, and a follower leads it through what falls due."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.actors import Phones, Refusal
from simulator.clock import RealTime
from simulator.server import Simulator
from tests.simulator.conftest import Hand


async def test_time_runs_as_outside_plus_what_was_jumped(sim: Simulator, phones: Phones, hand: Hand) -> None:
    began = hand.now()
    assert await phones.now() == began
    await phones.jump(hours=3)
    assert await phones.now() == began + timedelta(hours=3)
    hand.forward(minutes=5)
    assert await phones.now() == sim.now() == began + timedelta(hours=3, minutes=5)
    await phones.jump(to=began + timedelta(days=1))
    assert await phones.now() == began + timedelta(days=1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"seconds": -1}, 409),
        ({"seconds": 0}, 409),
        ({"to": "2020-01-01T00:00:00+00:00"}, 409),
        ({"to": "2030-01-01T00:00:00"}, 400),
        ({"to": "tomorrow"}, 400),
        ({"seconds": "many"}, 400),
        ({"seconds": 1e300}, 400),
        ({}, 400),
    ],
)
async def test_impossible_jumps(phones: Phones, body: dict[str, Any], status: int) -> None:
    with pytest.raises(Refusal) as refusal:
        await phones.post("clock/jump", body)
    assert refusal.value.status == status


async def test_a_follower_visits_every_moment(phones: Phones, hand: Hand) -> None:
    began = hand.now()
    state = await phones.get("clock", follow="bot")
    waiting = asyncio.create_task(phones.get("clock", revision=state["revision"], wait=20, follow="bot"))
    await phones.jump(hours=3)
    under_way = await waiting
    assert under_way["target"] == (began + timedelta(hours=3)).isoformat()
    assert not under_way["running"]
    hand.forward(minutes=10)
    assert await phones.now() == began, "time stands still while a jump is led"
    for hours in (1, 2):
        stepped = await phones.post("clock/step", {"now": (began + timedelta(hours=hours)).isoformat()})
        assert await phones.now() == began + timedelta(hours=hours)
        assert stepped["revision"] > under_way["revision"]
    for wrong in (began, began + timedelta(hours=4)):
        with pytest.raises(Refusal):
            await phones.post("clock/step", {"now": wrong.isoformat()})
    with pytest.raises(Refusal):
        await phones.jump(hours=1)
    await phones.post("clock/step", {"now": under_way["target"]})
    hand.forward(minutes=1)
    assert await phones.now() == began + timedelta(hours=3, minutes=1)
    assert (await phones.get("clock"))["running"]
    with pytest.raises(Refusal):
        await phones.post("clock/step", {"now": (began + timedelta(hours=5)).isoformat()})


async def test_a_silent_follower_is_none(phones: Phones, hand: Hand) -> None:
    began = hand.now()
    await phones.get("clock", follow="bot")
    hand.forward(seconds=61)
    await phones.jump(hours=1)
    assert await phones.now() == began + timedelta(hours=1, seconds=61)


async def test_a_jump_is_completed_without_a_follower_that_died(sim: Simulator, phones: Phones, hand: Hand) -> None:
    target = hand.now() + timedelta(hours=1)
    await phones.get("clock", follow="bot")
    await phones.jump(to=target)
    state = await phones.get("clock")
    assert not state["running"]
    hand.forward(seconds=61)
    state = await phones.get("clock", revision=state["revision"], wait=20)
    assert state["running"]
    assert sim.now() == target


async def test_a_led_jump_survives_a_restart(hand: Hand, folder: Path) -> None:
    began = hand.now()
    async with Simulator(data=folder, clock=hand, monotonic=hand.monotonic) as sim, Phones(sim.url) as phones:
        await phones.jump(days=1)
        await phones.get("clock", follow="bot")
        await phones.jump(hours=2)
        await phones.post("clock/step", {"now": (began + timedelta(days=1, hours=1)).isoformat()})
    hand.forward(seconds=30)
    async with Simulator(data=folder, clock=hand, monotonic=hand.monotonic) as sim, Phones(sim.url) as phones:
        state = await phones.get("clock")
        assert state["now"] == (began + timedelta(days=1, hours=1)).isoformat()
        await phones.post("clock/step", {"now": state["target"]})
        assert await phones.now() == began + timedelta(days=1, hours=2)


def test_real_time_is_aware() -> None:
    assert RealTime().now().utcoffset() == timedelta()
