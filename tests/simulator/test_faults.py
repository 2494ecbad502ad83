"""Faults on demand: each kind as the bot sees it, and whether the message arrived."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.actors import Person, Phones, Refusal
from tests.simulator.conftest import Caller


async def send(call: Caller, anna: Person, timeout: float = 5) -> Any:
    fields, limit = {"chat_id": anna.id, "text": "dag"}, aiohttp.ClientTimeout(total=timeout)
    async with call.session.post(call.address("sendMessage"), json=fields, timeout=limit) as response:
        return response.status, await response.text()


async def arrived(anna: Person) -> bool:
    return await anna.reads() == "dag"


async def test_an_error_delivers_nothing(call: Caller, anna: Person, phones: Phones) -> None:
    await phones.fault(
        "error", "sendMessage", chat_id=anna.id, times=2, error_code=429, description="Too Many Requests", retry_after=7
    )
    assert (await call("sendMessage", chat_id=5, text="x"))["error_code"] == 400
    for _ in range(2):
        answer = await call("sendMessage", chat_id=anna.id, text="dag")
        assert answer == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests",
            "parameters": {"retry_after": 7},
        }
    assert not await arrived(anna)
    assert (await send(call, anna))[0] == 200
    assert [entry["error_code"] for entry in await phones.log() if entry["method"] == "sendMessage"] == [
        400, 429, 429, None,
    ]  # fmt: skip


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_bad_gateway(call: Caller, anna: Person, phones: Phones, when: str) -> None:
    await phones.fault(f"bad_gateway_{when}", "sendMessage")
    status, text = await send(call, anna)
    assert status == 502
    assert text.startswith("<html>")
    assert await arrived(anna) == (when == "after")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_torn_connection(call: Caller, anna: Person, phones: Phones, when: str) -> None:
    await phones.fault(f"reset_{when}", "sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(call, anna)
    assert await arrived(anna) == (when == "after")
    assert (await send(call, anna))[0] == 200


@pytest.mark.parametrize("when", ["before", "after"])
async def test_no_answer(call: Caller, anna: Person, phones: Phones, when: str) -> None:
    await phones.fault(f"timeout_{when}", "sendMessage", seconds=30)
    with pytest.raises(TimeoutError):
        await send(call, anna, timeout=0.2)
    assert await arrived(anna) == (when == "after")
    await phones.fault(f"timeout_{when}", "sendMessage", seconds=0.05)
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(call, anna)


async def test_slow_answers_are_right(call: Caller, anna: Person, phones: Phones) -> None:
    await phones.fault("slow", "*", seconds=0.1)
    began = asyncio.get_running_loop().time()
    assert (await send(call, anna))[0] == 200
    assert asyncio.get_running_loop().time() - began >= 0.1


async def test_redelivery(call: Caller, anna: Person, phones: Phones) -> None:
    first, second = await anna.writes("een"), await anna.writes("twee")
    await call.take()
    poll = asyncio.create_task(call.ok("getUpdates", timeout=20))
    while not (await phones.get("queue"))["poller"]:
        pass
    await phones.fault("redeliver")
    assert [u["update_id"] for u in await poll] == [first, second]
    assert await call.ok("getUpdates") == []


async def test_disorder(call: Caller, anna: Person, phones: Phones) -> None:
    await phones.fault("disorder")
    first = await anna.writes("een")
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [first]
    second = await anna.writes("twee")
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [second, first]
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [first, second]


async def test_faults_are_listed_and_disarmed(phones: Phones, call: Caller) -> None:
    await phones.fault("error", "getMe", times=3)
    (armed,) = await phones.get("faults")
    assert (armed["method"], armed["times"]) == ("getMe", 3)
    assert (await call("getMe"))["error_code"] == 400
    await phones.no_faults()
    assert await phones.get("faults") == []
    await call.ok("getMe")


@pytest.mark.parametrize("body", [{"kind": "boredom"}, {"kind": "slow", "seconds": "x"}, {"colour": 1}, {"times": 0}])
async def test_what_is_no_fault(phones: Phones, body: Any) -> None:
    with pytest.raises(Refusal):
        await phones.post("faults", {"kind": "slow"} | body)


async def test_migration_as_a_fault(call: Caller, anna: Person, phones: Phones) -> None:
    await phones.fault("error", error_code=400, description="Bad Request: migrated", migrate_to_chat_id=-100123)
    answer = await call("sendMessage", chat_id=anna.id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": -100123}
