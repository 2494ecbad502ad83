"""Telephones in the simulator's process do and see what those over HTTP do and see."""

from typing import Any

import pytest

from simulator.actors import Phones
from simulator.nearby import NearbyPhones
from simulator.seen import Refusal
from simulator.server import Simulator
from tests.simulator.conftest import Caller


@pytest.fixture
def near(sim: Simulator) -> NearbyPhones:
    return NearbyPhones(sim)


async def test_both_kinds_of_telephones_see_one_world(near: NearbyPhones, phones: Phones, call: Caller):
    anna = await near.person("Anna", language="nl", id=1001)
    await anna.start("wijk-oost")
    update = await anna.writes("½ € 🙂")
    assert update is not None
    [_, written] = await call.take()
    assert written["update_id"] == update
    assert written["message"]["text"] == "½ € 🙂"
    await near.waits_for(update)
    await call.ok("sendMessage", chat_id=1001, text="Dag Anna")
    assert (await anna.sees("Dag")).text == "Dag Anna"
    paths: list[tuple[str, dict[str, Any]]] = [
        ("phones", {}), ("phones/1001/chat", {"last": 1}), ("queue", {"until": update}), ("log", {"since": 1}),
        ("limits", {}), ("faults", {}), ("bots", {}), ("groups", {}),
    ]  # fmt: skip
    for path, query in paths:
        assert await near.get(path, **query) == await phones.get(path, **query), path


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "phones/1001/send", {}),
        ("GET", "phones/7/chat", None),
        ("POST", "clock/step", {"now": "soon"}),
        ("POST", "phones/1001/send", {"text": "\ud800"}),
        ("GET", "nowhere", None),
    ],
)
async def test_both_are_refused_alike(near: NearbyPhones, phones: Phones, method: str, path: str, body: Any):
    await near.person("Anna", id=1001)
    refusals = []
    for each in (near, phones):
        with pytest.raises(Refusal) as refused:
            await each.ask(method, path, body)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


async def test_who_waits_nearby_hears_of_it_at_once(near: NearbyPhones, call: Caller):
    anna = await near.person("Anna", id=1001)
    update = await anna.start()
    assert update is not None
    assert not (await near.get("queue", until=update, wait=0))["done"]
    await call.take()
    assert (await near.get("queue", until=update, wait=50))["done"]
