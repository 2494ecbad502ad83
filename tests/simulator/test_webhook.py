"""Updates delivered to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from simulator.actors import Person, Phones
from simulator.chats import Update
from simulator.webhook import lane
from tests.simulator.conftest import Caller


class Receiver:
    """A bot's web server: collects updates, answers as it was told."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[Any, str | None]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.got.put_nowait((await request.json(), request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.gate.set()
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(call: Caller, anna: Person, receiver: Receiver) -> None:
    waiting = await anna.writes("van tevoren")
    await call.ok("setWebhook", url=receiver.url, secret_token="geheim")
    update_id = await anna.writes("hallo")
    first, second = await receiver.got.get(), await receiver.got.get()
    assert (first[0]["update_id"], first[1]) == (waiting, "geheim")
    assert second[0]["message"]["text"] == "hallo"
    await anna.acknowledged(update_id)
    assert (await call.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_what_was_refused_comes_again(call: Caller, anna: Person, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=503), web.Response(status=302)]
    await call.ok("setWebhook", url=receiver.url)
    first = await anna.writes("een")
    second = await anna.writes("twee")
    got = [(await receiver.got.get())[0]["update_id"] for _ in range(4)]
    assert got == [first, first, first, second]
    await anna.acknowledged(second)
    info = await call.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["last_error_date"]


async def test_one_chat_does_not_wait_for_another(
    call: Caller, anna: Person, phones: Phones, receiver: Receiver
) -> None:
    bea = await phones.person("Bea")
    receiver.gate.clear()
    await call.ok("setWebhook", url=receiver.url, max_connections=2)
    first, held = await anna.writes("een"), await anna.writes("twee")
    other = await bea.start()
    third = await (await phones.person("Cis")).start()
    assert {(await receiver.got.get())[0]["update_id"] for _ in range(2)} == {first, other}
    assert receiver.got.empty()
    receiver.gate.set()
    assert {(await receiver.got.get())[0]["update_id"] for _ in range(2)} == {held, third}
    await anna.acknowledged(held)
    await anna.acknowledged(third)


async def test_a_method_can_be_called_in_the_answer(call: Caller, anna: Person, receiver: Receiver) -> None:
    receiver.answers = [
        web.json_response({"method": "sendMessage", "chat_id": anna.id, "text": "via het antwoord"}),
        web.json_response(["no call"]),
        web.json_response({"method": "getUpdates"}),
    ]
    await call.ok("setWebhook", url=receiver.url)
    await anna.writes("een")
    await anna.writes("twee")
    await anna.acknowledged(await anna.writes("drie"))
    assert await anna.reads() == "via het antwoord"


async def test_a_new_address_is_tried_at_once(call: Caller, anna: Person, receiver: Receiver) -> None:
    await call.ok("setWebhook", url="http://127.0.0.1:9/hook")
    update_id = await anna.writes("een")
    while "last_error_message" not in (info := await call.ok("getWebhookInfo")):
        pass
    assert info["last_error_message"].startswith("Connection failed")
    await call.ok("setWebhook", url=receiver.url)
    await anna.acknowledged(update_id)


async def test_pending_updates_can_be_dropped(call: Caller, anna: Person, receiver: Receiver) -> None:
    receiver.gate.clear()
    await call.ok("setWebhook", url=receiver.url)
    await anna.writes("een")
    await receiver.got.get()
    await anna.writes("twee")
    await call.ok("setWebhook", url="", drop_pending_updates=True)
    receiver.gate.set()
    assert await call.ok("getUpdates") == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"message": {"chat": {"id": 5}}}, 5),
        ({"callback_query": {"message": {"chat": {"id": 6}}}}, 6),
        ({"message": {"chat": "?"}}, 0),
        ({"message": []}, 0),
        ({}, 0),
    ],
)
def test_order_holds_within_a_chat(body: dict[str, Any], where: int) -> None:
    assert lane(Update(1, next(iter(body), ""), body, 0)) == where
