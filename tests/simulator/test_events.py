"""What the page is told while it happens, and the log of calls."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from simulator.actors import Person, Phones
from simulator.events import Log
from simulator.server import Simulator
from tests.simulator.conftest import Caller


class Listener:
    """Reads server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> dict[str, Any]:
        while line := await self._response.content.readline():
            if line.startswith(b"data: "):
                return dict(json.loads(line[6:]))
        raise EOFError


@pytest.fixture
async def events(sim: Simulator, anna: Person) -> AsyncIterator[Listener]:
    async with aiohttp.ClientSession() as session, session.get(f"{sim.url}/api/events") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readline() == b"retry: 1000\n"
        yield Listener(response)


async def test_everything_is_told(call: Caller, anna: Person, phones: Phones, events: Listener) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    sent = await call.ok("sendMessage", chat_id=anna.id, text="een", reply_markup=markup)
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    assert await events.next() == {"kind": "message", "phone": anna.id, "message_id": sent["message_id"]}
    await call.ok("editMessageText", **where, text="twee", reply_markup=markup)
    assert (await events.next())["kind"] == "edit"
    await call.ok("sendChatAction", chat_id=anna.id, action="typing")
    assert await events.next() == {"kind": "typing", "phone": anna.id, "action": "typing"}
    await anna.taps("Ja")
    await call.ok("answerCallbackQuery", callback_query_id=anna.callback_id, text="goed")
    told = await events.next()
    assert (told["kind"], told["text"], told["show_alert"]) == ("callback", "goed", False)
    await call.ok("deleteMessage", **where)
    assert (await events.next())["kind"] == "delete"
    await call.ok("setMyCommands", commands=[])
    assert await events.next() == {"kind": "commands", "phone": None}
    await phones.jump(hours=1)
    assert (await events.next())["kind"] == "clock"
    await anna.speaks("fr")
    assert await events.next() == {"kind": "phone", "phone": anna.id}


async def test_listeners_are_sent_home_at_the_end() -> None:
    sim = Simulator()
    await sim.start()
    async with aiohttp.ClientSession() as session, session.get(f"{sim.url}/api/events") as response:
        await sim.stop()
        with pytest.raises(EOFError):
            await Listener(response).next()


async def test_waiting_for_a_changed_chat(call: Caller, anna: Person) -> None:
    revision = (await anna.view())["revision"]
    waiting = asyncio.create_task(anna.view(revision=revision, wait=20))
    await call.ok("sendMessage", chat_id=anna.id, text="hallo")
    async with asyncio.timeout(10):
        assert (await waiting)["messages"][-1]["text"] == "hallo"
    seeing = asyncio.create_task(anna.sees("nieuws"))
    await call.ok("sendMessage", chat_id=anna.id, text="groot nieuws")
    assert (await seeing).text == "groot nieuws"


async def test_waiting_for_the_answer_to_a_tap(call: Caller, anna: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    await call.ok("sendMessage", chat_id=anna.id, text="een", reply_markup=markup)
    await anna.taps("Ja")
    assert not (await anna.answer(wait=0)).answered
    waiting = asyncio.create_task(anna.answer(wait=30))
    await call.ok("answerCallbackQuery", callback_query_id=anna.callback_id, text="ja", show_alert=True)
    async with asyncio.timeout(10):
        toast = await waiting
    assert (toast.answered, toast.text, toast.show_alert) == (True, "ja", True)


async def test_the_log_tells_every_call(call: Caller, anna: Person, phones: Phones) -> None:
    newest = (await phones.log())[-1]["n"]
    await call.refused("sendMessage", chat_id=5, text="x")
    await call.ok("getMe")
    refused, fine = await phones.log(since=newest)
    assert (refused["method"], refused["params"], refused["ok"], refused["error_code"]) == (
        "sendMessage", {"chat_id": 5, "text": "x"}, False, 400,
    )  # fmt: skip
    assert (fine["method"], fine["ok"], fine["error_code"]) == ("getMe", True, None)


def test_the_log_forgets_the_oldest() -> None:
    log = Log(length=2)
    for _ in range(3):
        log.add("getMe", {}, None, "now")
    assert [call["n"] for call in log.since(0)] == [2, 3]
