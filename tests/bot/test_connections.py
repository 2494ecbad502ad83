"""What surely never left and what perhaps arrived: on real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.connection import Connection
from bot.telegram_api import Client, Verdict, judge
from models.letter import LetterState
from simulator.actors import Phones
from simulator.server import TOKEN, Simulator
from tests.bot.machine import Gate, letters, routes
from tests.bot.wire import Wire
from tests.support.clock import HandClock
from tests.support.town import Town, populate, settings_for

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"


@asynccontextmanager
async def answering(said: str, *, hang: bool) -> AsyncIterator[int]:
    """A server that reads a request, says something, and hangs or tears the connection; yields its port."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said.encode())
        if hang:
            await over.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await server.wait_closed()


async def verdict_of(port: int, seconds: float = 20) -> tuple[Verdict, TelegramError]:
    async with Connection(1, seconds) as connection:
        with pytest.raises(NetworkError) as caught:
            await connection.post(f"http://127.0.0.1:{port}/bot1:x/getMe")
    return judge(caught.value), caught.value


async def test_a_refused_connection_surely_sent_nothing():
    async with answering("", hang=False) as port:
        pass
    assert (await verdict_of(port))[0] is Verdict.NOT_DELIVERED


async def test_waiting_for_a_free_connection_surely_sent_nothing():
    async with answering("", hang=True) as port, Connection(1, 0.5, connect_timeout=0.05) as connection:
        both = [connection.post(f"http://127.0.0.1:{port}/bot1:x/getMe") for _ in range(2)]
        errors = await asyncio.gather(*both, return_exceptions=True)
    late = [error for error in errors if isinstance(error, TimedOut)]
    assert [judge(error) for error in late] == [Verdict.AMBIGUOUS, Verdict.NOT_DELIVERED]


@pytest.mark.parametrize(
    ("said", "hang"), [("", True), ("", False), (HEAD, True), (HEAD, False), ("nonsense\r\n", False)]
)
async def test_after_the_request_left_nobody_knows(said: str, hang: bool):
    async with answering(said, hang=hang) as port:
        verdict, error = await verdict_of(port, 0.05)
    assert verdict is Verdict.AMBIGUOUS
    assert "1:x" not in repr(error)


async def test_files_go_beside_the_words():
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        anna = await phones.person("Anna")
        await anna.start()
        client = Client(TOKEN, sim.base_url)
        async with client:
            sent = await client.send_document(anna.id, InputFile(b"regels", "regels.txt"), caption="Lees dit")
        assert sent.caption == "Lees dit"
        assert (await anna.last()).json["document"]["file_name"] == "regels.txt"


async def test_a_connection_that_is_not_open_says_so():
    connection = Connection(1, 1)
    assert connection.read_timeout == 1
    with pytest.raises(NetworkError):
        await connection.post("http://127.0.0.1:9/bot1:x/getMe")
    await connection.shutdown()


async def test_what_was_refused_at_the_door_is_sent_when_telegram_is_back(tmp_path: Path, gate: Gate):
    clock = HandClock()
    async with Simulator(limits=False, clock=clock) as sim, Phones(sim.url) as phones, Wire(sim.port) as wire:
        settings = settings_for(sim, tmp_path, api_url=f"http://127.0.0.1:{wire.port}")
        town = Town(sim, phones, clock, settings, routes(gate))
        populate(town.app.turns.engine)
        async with town.app:
            anna = await town.somebody("Anna")
            await anna.starts()
            await anna.actor.taps("Wacht")
            await asyncio.to_thread(gate.entered.wait, 20)
            await wire.cut()
            gate.open.set()
            tried = False
            while not tried:
                tried = any(letter.attempts for letter in letters(town, LetterState.QUEUED))
                await asyncio.sleep(0)
            await wire.mend()
            await town.jump(seconds=2)
            await town.settled()
            assert (await anna.reads()).count("Gewacht: 1") == 1
            assert not letters(town, LetterState.QUEUED, LetterState.UNKNOWN, LetterState.DEAD)


async def test_a_proxy_that_the_environment_names_is_used(monkeypatch: pytest.MonkeyPatch):
    async with Simulator(limits=False) as sim, Wire(sim.port) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "")
        async with Connection(1, 5) as connection:
            with pytest.raises(TelegramError) as caught:
                await connection.post("http://telegram.invalid/bot1:x/getMe")
        assert judge(caught.value) is not Verdict.NOT_DELIVERED  # the proxy was asked, and is none
