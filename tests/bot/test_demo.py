"""`make demo` as a visitor meets it: real processes, killed and started again."""

import os
import re
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands.seed import AN, ANNA, JEF, MIEKE, PEOPLE, ROSA, friendly
from models import Calendar
from simulator.actors import Person, Phones
from tests.structure.tree import ROOT
from tests.support.processes import Program, begin, ending, first_line

pytestmark = pytest.mark.long


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    """The processes that `pid` started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.append(int(stat.parent.name))
    return found


def command_of(pid: int) -> str:
    """What runs there; empty where it has ended."""
    file = Path(f"/proc/{pid}/cmdline")
    return file.read_bytes().replace(b"\0", b" ").decode() if file.exists() else ""


class Stage:
    """A folder and a port where a demo plays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    async def begins(self, port: int | None = None) -> Program:
        """Type `buren demo`. The settings of a real bot are around, and must not be used."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        return await begin(
            *("bot.__main__", "demo", "--port", str(port or self.port), "--data", "demo-data"),
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": path, "BUREN_TOKEN": "1:real", "BUREN_KEY": "real", "BUREN_PHONE": "112"},
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[tuple[Program, Phones]]:
        """A demo from its first line, and its telephones. Whatever still runs at the end is stopped."""
        async with ending(await self.begins(), by=signal.SIGTERM) as demo:
            line = await first_line(demo)
            assert self.url in line, line or self.why()
            async with Phones(self.url) as phones:
                yield demo, phones

    def why(self) -> str:
        log = self.folder / "demo-data" / "demo.log"
        return log.read_text() if log.exists() else "no log"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


async def complaint(demo: Program) -> str:
    """The one line of a demo that cannot begin, or had to end."""
    _, err = await demo.communicate()
    assert demo.returncode == 1
    assert err.count(b"\n") == 1, err.decode()
    return err.decode()


async def texts(phones: Phones, person_id: int) -> list[tuple[int, str]]:
    chat = (await phones.get(f"phones/{person_id}/chat"))["messages"]
    return [(message["message_id"], message.get("text", "")) for message in chat]


async def answered(person: Person) -> None:
    """Until the newest message is the bot's."""
    await person.until(lambda chat: bool(chat) and not chat[-1].outgoing)


async def test_a_visitor_finds_one_address_and_people_with_lives(stage):
    async with stage.open() as (demo, phones):
        listed = {phone["id"]: phone for phone in await phones.get("phones")}
        assert listed.keys() == {person.id for person in PEOPLE}
        assert "nieuw" in listed[ANNA.id]["label"]
        assert listed[AN.id]["labels"] == {"fr": "Coordinatrice", "en": "Coordinator", "de": "Koordinatorin"}
        assert await texts(phones, ANNA.id) == []
        for known in (ROSA, JEF, MIEKE, AN):
            start, welcome, *_ = [text for _, text in await texts(phones, known.id)]
            assert start == "/start"
            assert welcome
        assert "vrijwilliger" in (await texts(phones, JEF.id))[1][1]
        menus = {person: (await phones.get(f"phones/{person.id}/chat"))["commands"] for person in (ROSA, JEF, AN)}
        names = {person: {each["command"] for each in menu} for person, menu in menus.items()}
        assert names[ROSA] < names[JEF], "volunteers have commands of their own"
        assert names[ROSA] < names[AN], "and so have coordinators"
        an = Person(phones, AN.id, "An")
        assert await an.writes("/bellen")
        await an.until(lambda chat: "Bel Omer (0470 12 34 56): We vonden niet op tijd iemand." in chat[-1].text)
        wall = Calendar().wall(await phones.now())
        assert 9 <= wall.hour < 18

        demo.send_signal(signal.SIGINT)
        out, err = await demo.communicate()
        assert (demo.returncode, err) == (0, b"")
        assert out.decode().count("\n") == 1, "one line, after the one with the address"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", stage.port))
    settings = (stage.folder / "demo-data" / ".env").read_text()
    assert "1:real" not in settings


async def test_killed_with_everything_it_goes_on_where_it_was(stage):
    async with stage.open() as (demo, phones):
        rosa = Person(phones, ROSA.id, "Rosa")
        before = await texts(phones, ROSA.id)
        await phones.jump(hours=30)
        clock = await settled_clock(phones)
        written = await rosa.writes("/help")
        family = [demo.pid, *children(demo.pid)]
        assert len(family) == 3
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        await demo.wait()
    async with stage.open() as (demo, phones):
        rosa = Person(phones, ROSA.id, "Rosa")
        await answered(rosa)
        after = await texts(phones, ROSA.id)
        assert after[: len(before)] == before
        assert len([text for _, text in after if text == "/help"]) == 1
        assert await phones.now() >= clock
        assert await texts(phones, ANNA.id) == [], "nobody taps Start a second time, or for Anna"
        again = await rosa.writes("/start")
        assert written is not None
        assert again == written + 1
        await answered(rosa)
        assert max(id_ for id_, _ in await texts(phones, ROSA.id)) > max(id_ for id_, _ in after)
        assert len(await phones.get("phones")) == len(PEOPLE)


async def settled_clock(phones: Phones) -> datetime:
    """The time when no jump is under way any more."""
    clock: dict[str, Any] = await phones.get("clock")
    while clock["target"] is not None:
        clock = await phones.get("clock", revision=clock["revision"], wait=20)
    return datetime.fromisoformat(clock["now"])


async def test_what_a_killed_demo_leaves_running_ends_and_lets_the_next_one_begin(stage):
    async with stage.open() as (demo, _):
        orphans = children(demo.pid)
        assert len(orphans) == 2
        demo.kill()
        await demo.wait()
        async with stage.open() as (second, phones):
            assert await phones.get("phones")
            assert [pid for pid in orphans if command_of(pid)] == []
            assert len(children(second.pid)) == 2


async def test_only_one_demo_plays_in_a_folder_and_on_a_port(stage, tmp_path_factory):
    async with stage.open():
        assert "is running in demo-data already" in await complaint(await stage.begins(free_port()))
        elsewhere = Stage(tmp_path_factory.mktemp("elsewhere"))
        line = await complaint(await elsewhere.begins(stage.port))
        assert f"Port {stage.port} is taken" in line
        assert re.search(r"make demo ARGS=\"--port \d+\"", line)


async def test_a_bot_that_dies_ends_the_demo_with_its_reason(stage):
    async with stage.open() as (demo, _):
        [bot] = [pid for pid in children(demo.pid) if " bot run" in command_of(pid)]
        os.kill(bot, signal.SIGKILL)
        assert "The bot stopped" in await complaint(demo)


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),  # a Monday
        ("2026-11-23T07:00", "2026-11-23T09:30"),
        ("2026-11-23T13:59", "2026-11-23T13:59"),
        ("2026-11-23T14:00", "2026-11-24T09:30"),
        ("2026-11-23T17:00", "2026-11-24T09:30"),
        ("2026-11-28T22:00", "2026-11-29T10:00"),  # the night before a Sunday
        ("2026-11-29T09:15", "2026-11-29T10:00"),
        ("2026-12-24T18:00", "2026-12-25T10:00"),  # before Christmas
        ("2026-10-24T23:00", "2026-10-25T10:00"),  # the clocks go back
    ],
)
def test_the_first_start_is_at_a_friendly_hour(now, hour):
    calendar = Calendar()
    at, expected = (datetime.fromisoformat(each).replace(tzinfo=calendar.zone) for each in (now, hour))
    assert friendly(at.astimezone(UTC), calendar) == expected.astimezone(UTC)
    assert friendly(at.astimezone(UTC), calendar) - at < timedelta(hours=20)
