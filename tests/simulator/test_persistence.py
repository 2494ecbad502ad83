"""The real process, killed with -9 in the middle, goes on where it was."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.actors import Phones
from simulator.server import TOKEN, Simulator
from simulator.store import InUseError, Store
from tests.simulator.conftest import Hand

ROOT = Path(__file__).parents[2]


async def launch(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", *arguments,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@asynccontextmanager
async def running(how: signal.Signals, *arguments: str) -> AsyncIterator[str]:
    """The process by its address; ended by the signal."""
    process = await launch(*arguments)
    try:
        assert process.stdout
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.send_signal(how)
        await process.communicate()
    assert process.returncode == (0 if how is not signal.SIGKILL else -signal.SIGKILL)


async def ask(server: str, method: str, **fields: Any) -> Any:
    address = f"{server}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=fields) as response:
        answer = await response.json()
        return answer["result"] if answer["ok"] else answer


async def test_nothing_is_lost_by_kill_9(folder: Path) -> None:
    button = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    async with running(signal.SIGKILL, "--data", str(folder), "--no-limits") as url, Phones(url) as phones:
        anna = await phones.person("Anna", id=1001, language="nl")
        await anna.start()
        sent = await ask(url, "sendMessage", chat_id=1001, text="Help je?", reply_markup=button)
        gone = await ask(url, "sendMessage", chat_id=1001, text="weg")
        await ask(url, "deleteMessage", chat_id=1001, message_id=gone["message_id"])
        await ask(url, "setMyCommands", commands=[{"command": "help", "description": "Uitleg"}])
        await ask(url, "sendMessage", chat_id=1001, text="?", reply_markup={"keyboard": [["Ja", "Nee"]]})
        voice = await anna.sends_voice()
        tap = await anna.taps("Ja", on=(await anna.chat())[1])
        group = await phones.group("Straat", [anna])
        await phones.jump(hours=30)
        before, now = await anna.view(), await phones.now()
        first = await ask(url, "getUpdates", limit=1)
        waiting = (await phones.get("queue"))["waiting"]
        callback = anna.callback_id
    async with running(signal.SIGTERM, "--data", str(folder), "--no-limits") as url, Phones(url) as phones:
        anna = await phones.person("Anna", id=1001)
        after = await anna.view()
        assert before.pop("revision") != after.pop("revision")
        assert after == before
        assert (await phones.now() - now).total_seconds() < 60
        assert (await phones.get("groups"))[0]["id"] == group["id"]
        # The jump of 30 hours made the updates too old, as Telegram has it; the numbers go on all the same.
        assert first == []
        assert waiting == 0
        assert voice is not None
        assert tap == voice + 1
        assert await anna.writes("nog daar") == tap + 3
        (update,) = await ask(url, "getUpdates")
        assert update["message"]["message_id"] > sent["message_id"]
        assert (await phones.get(f"callbacks/{callback}"))["answered"] is False
        assert await ask(url, "editMessageText", chat_id=1001, message_id=sent["message_id"], text="Dank je")


async def test_waiting_updates_and_files_survive(folder: Path, hand: Hand) -> None:
    async with Simulator(data=folder, clock=hand, limits=False) as sim, Phones(sim.url) as phones:
        anna = await phones.person("Anna", id=1001)
        await anna.start()
        await anna.sends_document("brief.txt")
        await ask(sim.url, "setWebhook", url="https://127.0.0.1:9/hook", secret_token="s")
        await ask(sim.url, "deleteWebhook")
    async with Simulator(data=folder, clock=hand, limits=False) as sim:
        start, document = await ask(sim.url, "getUpdates", timeout=1)
        assert start["message"]["text"] == "/start"
        file = await ask(sim.url, "getFile", file_id=document["message"]["document"]["file_id"])
        address = f"{sim.base_file_url}{sim.token}/{file['file_path']}"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            assert await response.read() == b"brief.txt\n"
        assert await ask(sim.url, "getUpdates", offset=document["update_id"] + 1) == []
    async with Simulator(data=folder, clock=hand) as sim:
        assert await ask(sim.url, "getUpdates") == []


async def test_a_folder_serves_one_process_and_one_bot(folder: Path) -> None:
    async with Simulator(data=folder):
        process = await launch("--data", str(folder))
        _, errors = await process.communicate()
        assert process.returncode == 2
        assert "is in use by another process" in errors.decode()
    process = await launch("--data", str(folder), "--token", "5:OTHER")
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert "belongs to the bot buren_demo_bot with the id 110201543" in errors.decode()
    async with Simulator() as sim:
        process = await launch("--port", str(sim.port))
        _, errors = await process.communicate()
        assert process.returncode == 2
        assert "address already in use" in errors.decode()
    process = await launch("--token", "nonsense")
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert "A token looks like" in errors.decode()


async def test_without_a_folder_nothing_is_kept() -> None:
    async with running(signal.SIGINT) as url, Phones(url) as phones:
        await phones.person("Anna")
        assert await phones.get("limits") == {"on": True}
    async with running(signal.SIGINT, "--no-limits") as url, Phones(url) as phones:
        assert await phones.get("phones") == []
        assert await phones.get("limits") == {"on": False}


def test_a_failed_write_leaves_nothing_half_done(folder: Path) -> None:
    store = Store(folder)
    store.put("person", 1, {})
    store.commit()
    store.put("person", 2, {})
    assert store._db
    store._db.execute("DROP TABLE files")
    store.put_file("a", b"x")
    with pytest.raises(sqlite3.OperationalError):
        store.commit()
    assert [key for key, _ in store.records("person")] == [1]
    store._puts.clear()
    store._contents.clear()
    store.close()


def test_two_stores_cannot_share_a_folder(folder: Path) -> None:
    store = Store(folder)
    with pytest.raises(InUseError):
        Store(folder)
    store.close()


async def test_phones_stand_in_the_order_in_which_they_were_made(folder: Path) -> None:
    made = [103, 101, 102]
    async with Simulator(data=folder) as sim, Phones(sim.url) as phones:
        for key in made:
            await phones.person("Anna", id=key)
        await phones.post("phones/101/start")
    async with Simulator(data=folder) as sim, Phones(sim.url) as phones:
        assert [phone["id"] for phone in await phones.get("phones")] == made
