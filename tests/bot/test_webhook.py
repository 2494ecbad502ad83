"""Updates that Telegram sends: only Telegram's are read, and 200 is said only after the commit."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import build
from bot.health import Health
from bot.settings import Settings, WrongSettingError, load
from bot.webhook import LARGEST, PortTakenError
from models.seen import RESTORED, Fact
from tests.bot.machine import Gate, calls, committed, counted, dead_updates, locked, routes
from tests.support.town import Town, open_town

SECRET = "a-secret-of-telegram_and-us"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hook(port: int) -> dict[str, Any]:
    """Settings of a bot that listens there."""
    listen = f"127.0.0.1:{port}"
    return {"webhook_url": f"http://{listen}/hook", "webhook_secret": SECRET, "webhook_listen": listen}


@pytest.fixture
async def town(tmp_path: Path, gate: Gate) -> AsyncIterator[Town]:
    async with open_town(tmp_path, routes(gate), **hook(free_port())) as town:
        yield town


async def post(town: Town, body: bytes | dict[str, Any], secret: str | None = SECRET, **how: Any) -> int:
    """What Telegram, or somebody else, sends; returns the status."""
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as http,
        http.request(how.get("method", "POST"), str(town.settings.webhook_url), data=data, headers=headers) as response,
    ):
        return response.status


def message(update_id: int, text: str, sender: int = 1001) -> dict[str, Any]:
    person = {"id": sender, "is_bot": False, "first_name": "Anna", "language_code": "nl"}
    chat = {"id": sender, "type": "private", "first_name": "Anna"}
    said = {"message_id": update_id, "date": 1_800_000_000, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": said}


def seen(town: Town) -> int:
    return committed(town, "SELECT count(*) FROM seen_update")


async def test_a_story_goes_as_with_polling(town: Town):
    anna = await town.somebody("Anna")
    assert await anna.starts() == "Hallo Anna"
    assert await anna.taps("Tel") == "Geteld: 1"
    assert await anna.toast() == "Dank je"
    assert not await calls(town, "getUpdates")
    [told] = await calls(town, "setWebhook")
    assert told["ok"]
    await anna.writes("help, ik ga dood")
    assert "112" in await anna.reads()


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET.upper(), f"{SECRET}x", "x" * len(SECRET)])
async def test_with_a_wrong_secret_nothing_is_read_and_nothing_written(town: Town, secret: str | None):
    before = seen(town)
    assert await post(town, message(7, "hallo"), secret) == 403
    assert await post(town, b"{", secret) == 403, "not even looked at"
    assert seen(town) == before
    assert not dead_updates(town)


async def test_with_a_wrong_secret_the_rest_is_not_waited_for(town: Town):
    host, _, port = town.settings.webhook_listen.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n")
    writer.write(b"X-Telegram-Bot-Api-Secret-Token: wrong\r\n\r\n{")
    assert b" 403 " in await asyncio.wait_for(reader.readline(), 20)
    writer.close()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"7", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": 9223372036854775808}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 7, "x": "' + b"x" * LARGEST + b'"}', 413),
    ],
    ids=range(12),
)
async def test_what_is_no_update_is_refused_and_leaves_no_trace(town: Town, body: bytes, status: int):
    before = seen(town)
    assert await post(town, body) == status
    assert seen(town) == before
    assert not dead_updates(town)


async def test_other_ways_to_ask_and_other_addresses_do_not_exist(town: Town):
    assert await post(town, b"", method="GET") == 405
    async with aiohttp.ClientSession() as http:
        for path in ("", "other", "livez", "metrics"):
            async with http.get(f"http://{town.settings.webhook_listen}/{path}") as response:
                assert response.status == 404


async def test_what_comes_again_has_one_effect(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    for _ in range(3):
        assert await post(town, message(900_001, "eenmaal", anna.id)) == 200
    await town.settled()
    assert (await anna.reads()).count("Gehoord: eenmaal") == 1


async def test_words_of_need_that_telegram_sends_again_are_answered_once(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("slow", "sendMessage", seconds=0.5)
    need = message(900_020, "ik krijg geen adem", anna.id)
    assert list(await asyncio.gather(post(town, need), post(town, need))) == [200, 200], (
        "the second while the first is told"
    )
    assert await post(town, need) == 200
    await town.settled()
    assert (await anna.reads()).count("1813") == 1
    await town.phones.fault("error", "sendMessage", error_code=429, description="-", retry_after=1)
    for _ in range(2):
        assert await post(town, message(900_021, "er is brand", anna.id)) == 200
    await town.settled()
    await town.jump(seconds=2)  # so long Telegram takes nothing
    await anna.actor.sees("Nood: untold")
    assert (await anna.reads()).count("1813") == 1, "the turn says it where it could not be said before"


async def test_while_the_database_is_away_it_is_503_and_later_done_once(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        assert await post(town, message(900_002, "straks", anna.id)) == 503
        update = await anna.actor.taps("Tel")
    await town.settled(update)
    assert counted(town, anna) == 1
    assert "straks" not in await anna.reads()
    assert await post(town, message(900_002, "straks", anna.id)) == 200
    await town.settled()
    assert (await anna.reads()).count("Gehoord: straks") == 1


async def test_200_comes_after_the_commit_and_one_person_has_turns_in_order(town: Town, gate: Gate):
    anna = await town.somebody("Anna")
    await anna.starts()
    tap = await anna.actor.taps("Wacht")
    await asyncio.to_thread(gate.entered.wait, 20)
    later = asyncio.create_task(post(town, message(900_003, "daarna", anna.id)))
    await asyncio.wait({later}, timeout=0.2)
    assert not later.done()
    assert committed(town, "SELECT count(*) FROM seen_update WHERE update_id = 900003") == 0
    gate.open.set()
    assert await later == 200
    assert committed(town, "SELECT count(*) FROM seen_update WHERE update_id = 900003") == 1
    await town.settled(tap)


async def test_a_process_that_stands_by_takes_them_too_and_the_other_one_sends(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    port = free_port()
    beside = town.settings.model_copy(update={"webhook_listen": f"127.0.0.1:{port}"})
    async with build(beside, town.clock, routes()) as second, aiohttp.ClientSession() as http:
        assert not second.works.is_set()
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with http.post(
            f"http://127.0.0.1:{port}/hook", json=message(900_004, "via de andere", anna.id), headers=headers
        ) as response:
            assert response.status == 200
        await anna.actor.sees("Gehoord: via de andere")
    assert (await anna.reads()).count("via de andere") == 1


async def test_while_a_restored_database_is_held_it_is_503_in_each_process_and_later_done_once(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.app.__aexit__(None, None, None)
    town.app = build(town.settings, town.clock, routes())
    town.app.turns.remember({RESTORED: "2026-11-23T09:00:00+00:00"})
    await town.app.__aenter__()
    port = free_port()
    beside = town.settings.model_copy(update={"webhook_listen": f"127.0.0.1:{port}"})
    async with build(beside, town.clock, routes()) as second, aiohttp.ClientSession() as http:
        assert (town.app.held, second.lease.ours) == (True, False)
        assert await Health(second).problems() == ["the database was restored: buren release"], "it says so already"
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        sent = message(900_010, "een oude toestand", anna.id)
        async with http.post(f"http://127.0.0.1:{port}/hook", json=sent, headers=headers) as response:
            assert response.status == 503
        assert await post(town, sent) == 503
        assert await post(town, message(900_011, "ik krijg geen adem", anna.id)) == 503
        await anna.actor.sees("112")  # words of need are answered all the same
        assert committed(town, "SELECT count(*) FROM seen_update WHERE update_id IN (900010, 900011)") == 0
    with town.session() as session, session.begin():
        session.delete(session.get_one(Fact, RESTORED))
    await town.app._look()
    assert await post(town, message(900_010, "een oude toestand", anna.id)) == 200
    await anna.actor.sees("Gehoord: een oude toestand")


async def test_a_webhook_that_telegram_has_forgotten_is_noticed(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    assert await town.app.webhook._is_known()
    await town.app.client.call("deleteWebhook", {})
    assert not await town.app.webhook._is_known()


async def test_who_goes_back_to_polling_takes_the_own_webhook_away(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.app.__aexit__(None, None, None)
    await anna.actor.writes("onderweg")
    town.settings.webhook_url = None
    await town.begin()
    await anna.actor.sees("Gehoord: onderweg")
    assert await anna.writes("en nu") == "Gehoord: en nu"
    assert len(await calls(town, "deleteWebhook")) == 1
    await town.restart()
    assert len(await calls(town, "deleteWebhook")) == 1


async def test_a_port_that_is_taken_is_named(town: Town):
    second = build(town.settings, town.clock, routes())
    with pytest.raises(PortTakenError, match="BUREN_WEBHOOK_LISTEN"):
        await second.__aenter__()
    await second.application.shutdown()
    second.turns.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"webhook_url": "https://hulp.example/hook"}, "BUREN_WEBHOOK_SECRET is missing"),
        ({"webhook_url": "https://hulp.example/hook", "webhook_secret": "short"}, "BUREN_WEBHOOK_SECRET is wrong"),
        ({"webhook_url": "https://hulp.example/hook", "webhook_secret": "é" * 20}, "BUREN_WEBHOOK_SECRET is wrong"),
        ({"webhook_url": "http://hulp.example/hook", "webhook_secret": SECRET}, "must begin with https"),
        ({"webhook_url": "hulp"}, "BUREN_WEBHOOK_URL is wrong"),
        ({"webhook_listen": "8080"}, "BUREN_WEBHOOK_LISTEN is wrong"),
        ({"webhook_listen": "127.0.0.1:http"}, "BUREN_WEBHOOK_LISTEN is wrong"),
    ],
)
def test_a_door_that_is_open_to_anybody_is_refused(given: dict[str, str], words: str):
    with pytest.raises(WrongSettingError, match=words) as wrong:
        load(_env_file=None, token="1:x", key="A" * 43 + "=", **given)
    assert "short" not in str(wrong.value)


def test_the_secret_does_not_show_in_what_is_printed():
    settings: Settings = load(
        _env_file=None, token="1:x", key="A" * 43 + "=", webhook_url="https://a.example/", webhook_secret=SECRET
    )
    assert SECRET not in repr(settings)
