"""What an operator has: doctor, dead letters, health, a log for programs, and a stop that does not take long."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram.error import InvalidToken

from bot.commands import CannotError
from bot.commands import letters as post
from bot.commands.doctor import clock_of, copies_of, examine, webhook_of
from bot.database import open_engine
from bot.health import Health, notify
from bot.letters import Post, To
from bot.screen import Screen
from bot.sealing import new_key
from bot.settings import load
from models import Area, Coordinator, DeadUpdate, Event, EventKind, Fact, Letter, LetterState, Person
from models.letter import Priority
from models.seen import RESTORED
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.machine import locked
from tests.bot.test_command_line import KEY, NOW, Shell, ended, query, running, shell, telegram, use
from tests.bot.test_processes import process
from tests.support.processes import first_line
from tests.support.town import Town, populate, settings_for

pytestmark = pytest.mark.sqlite("runs commands on a file")

__all__ = ["shell", "telegram"]  # fixtures

Doctor = Callable[..., Awaitable[tuple[int, dict[str, tuple[str, str]], str]]]
SECRET = "Rosa, Kapelstraat 7"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dead_letter(session: Session, number: int = 1001) -> None:
    """A message that Telegram refused."""
    person = Person(first_name="Rosa", since=NOW, seen_at=NOW)
    person.use_telegram_id(number)
    session.add(person)
    letter = Post(session, NOW).send(To(str(number), person), Screen(SECRET), priority=Priority.NOTICE)
    letter.state, letter.error, letter.attempts, letter.about = LetterState.DEAD, "refused", 1, "request:7"


# --- letters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(shell: Shell) -> Iterator[Session]:
    """A database with a dead letter."""
    with shell.session() as session:
        dead_letter(session)
        session.flush()
        yield session


def operated(session: Session) -> list[tuple[str | None, int | None]]:
    session.flush()
    events = session.scalars(select(Event).where(Event.kind == EventKind.OPERATED).order_by(Event.id))
    return [(event.detail, event.person_id) for event in events]


def test_dead_letters_are_listed_without_what_is_in_them(session: Session):
    later = NOW + timedelta(days=3, hours=4)
    listed = [post.describe(letter, later) for letter in post.dead(session)]
    assert listed == ["1: 3 d 4 h old, sendMessage, about request:7, to person 1: refused after 1 tries"]
    assert list(post.show(session, 1, later, content=False)) == listed
    assert operated(session) == []


def test_to_read_what_is_in_one_is_written_down(session: Session):
    assert any(SECRET in line for line in post.show(session, 1, NOW, content=True))
    assert operated(session) == [("letter 1 read", 1)]


def test_all_are_dropped_and_their_content_goes(session: Session):
    dead_letter(session, 1002)
    session.flush()
    assert list(post.drop(session, post.chosen(session, None, all_=True), NOW)) == ["1: dropped.", "2: dropped."]
    assert [(letter.state, letter.body) for letter in session.scalars(select(Letter))] == [("cancelled", None)] * 2
    assert operated(session) == [("letter 1 dropped", 1), ("letter 2 dropped", 2)]


def test_one_whose_content_was_erased_is_not_sent_again(session: Session):
    [letter] = post.dead(session)
    letter.body = None
    assert "content gone" in post.describe(letter, NOW)
    assert "cannot be sent any more" in next(iter(post.replay(session, [letter], NOW)))
    assert len(list(post.show(session, 1, NOW, content=True))) == 1
    assert (letter.state, operated(session)) == (LetterState.DEAD, [])


@pytest.mark.parametrize(("number", "all_"), [(None, False), (1, True)])
def test_which_one_must_be_said(session: Session, number: int | None, all_: bool):
    with pytest.raises(CannotError, match="--all"):
        post.chosen(session, number, all_=all_)


def test_a_letter_that_is_not_dead_is_left_alone(session: Session):
    post.find(session, 1).state = LetterState.SENT
    for number in (1, 9):
        with pytest.raises(CannotError, match=f"no dead letter {number}"):
            post.chosen(session, number, all_=False)


@pytest.mark.parametrize(("span", "said"), [(5, "5 s"), (-5, "0 s"), (130, "2 min"), (7500, "2 h 5 min")])
def test_an_age_is_said_shortly(span: int, said: str):
    assert post.ago(timedelta(seconds=span)) == said


async def test_at_the_command_line_one_is_seen_sent_again_and_arrives(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    async with Phones(telegram.url) as phones:
        rosa = await phones.person("Rosa", id=1001)
        await rosa.start()
        with shell.session() as session:
            dead_letter(session)
            dead_letter(session, 1002)
        listed = await shell.does("letters")
        assert listed.count("\n") == 2
        assert "Kapelstraat" not in listed
        assert SECRET in await shell.does("letters", "show", "1", "--content")
        assert "1: will be sent again" in await shell.does("letters", "replay", "1")
        assert "2: dropped" in await shell.does("letters", "drop", "--all")
        async with running(shell):
            await rosa.sees(SECRET)
    assert "no dead letter" in await shell.does("letters")


# --- a lost account ---------------------------------------------------------------------------------------------------


async def test_a_coordinator_who_lost_their_phone_goes_on_with_another_account(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    shell.prepare("Centrum")
    with shell.session() as session:
        for name, number in (("An", 7), ("Rosa", 8), ("rosa", 9)):
            person = Person(first_name=name, street=SECRET if number == 8 else None, since=NOW, seen_at=NOW)
            person.use_telegram_id(number)
            session.add(person)
            session.flush()
            if name == "An":
                area = session.scalars(select(Area).where(Area.slug == "lindebeek")).one()
                session.add(Coordinator(person=person, area=area, since=NOW))
        session.add(Person(first_name="Zonder", since=NOW, seen_at=NOW))
    both = await shell.complaint("relink", "Rosa", code=2)
    assert "There are 2, say which one by its number: 2 resident, last seen" in both
    assert "3 no role" in both
    assert await shell.complaint("relink", "Eve", code=2) == "There is nobody Eve."
    assert await shell.complaint("relink", "99", code=2) == "There is nobody 99."
    assert "has no Telegram account" in await shell.complaint("relink", "4", code=2)
    link, warning = (await shell.does("relink", "An")).splitlines()
    assert link.startswith(f"https://t.me/{telegram.username}?start=n-")
    assert "is An from then on" in warning
    payload = link.partition("start=")[2]
    assert payload.encode() not in b"".join(path.read_bytes() for path in shell.folder.glob("buren.db*"))
    async with running(shell), Phones(telegram.url) as phones:
        an = await phones.person("An", id=70, language="nl")
        await an.start(payload)
        await an.sees("Welkom terug")
    with shell.session() as session:
        moved = session.get_one(Person, 1)
        assert moved.telegram_id == "70"
        assert [each.area.slug for each in moved.coordinates] == ["lindebeek"]


# --- doctor -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def doctor(shell: Shell, telegram: Simulator, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """What `buren doctor` says in this folder, run here: a process for each would take long."""
    use(shell, telegram)
    monkeypatch.chdir(shell.folder)
    for name in [name for name in os.environ if name.startswith("BUREN_")]:
        monkeypatch.delenv(name)

    async def examined(**change: str) -> tuple[int, dict[str, tuple[str, str]], str]:
        for name, value in (shell.env | change).items():
            if name.startswith("BUREN_"):
                monkeypatch.setenv(name, value)
        told: list[str] = []
        code = await asyncio.to_thread(examine, told.append)
        return code, {line[5:18].strip(): (line[:5].strip(), line[18:]) for line in told}, "\n".join(told)

    return examined


async def test_where_all_is_well_the_doctor_says_so_line_by_line(shell: Shell, telegram: Simulator, doctor: Doctor):
    shell.prepare("Centrum")
    shell.env["BUREN_BACKUP_DIR"] = "copies"
    await shell.does("backup")
    with shell.session() as session:
        an = Person(first_name="An", since=NOW, seen_at=NOW)
        an.use_telegram_id(7)
        session.add_all(Coordinator(person=an, area=area, since=NOW) for area in session.scalars(select(Area)))
    async with running(shell), Phones(telegram.url) as phones:
        while not (await phones.get("queue"))["poller"]:
            pass  # it says that it answers before it has asked for the first time
        code, found, told = await doctor()
    assert {what: how for what, (how, _) in found.items() if how != "ok"} == {}, told
    assert code == 0
    assert set(found) >= {"settings", "secrets", "clock", "token", "disk", "backup", "sqlite", "database", "key",
        "writing", "last poll", "letters", "dead letters", "dead updates", "dead timers", "coordinators",
        "process"}  # fmt: skip
    assert telegram.username in found["token"][1]
    assert "lost key, lost data" in found["key"][1]


async def test_what_wants_attention_is_named_with_what_to_do(shell: Shell, doctor: Doctor):
    shell.prepare("Centrum")
    (shell.folder / ".env").touch(mode=0o644)
    with shell.session() as session:
        dead_letter(session)
        session.add(DeadUpdate(update_id=5, raw={"secret": SECRET}, error="LookupError", at=NOW))
        session.add(Fact(name="polled", value="2020-01-01T00:00:00+00:00"))
        late = Post(session, NOW).send(To("1001"), Screen(SECRET), priority=Priority.NOTICE)
        late.not_before = NOW.replace(year=2020)
    code, found, told = await doctor()
    assert code == 1
    assert SECRET not in told
    expected = {
        "secrets": ("warn", "chmod 600 .env"), "backup": ("warn", "BUREN_BACKUP_DIR"),
        "last poll": ("warn", "Is `buren run` running?"),
        "letters": ("bad", "log"), "dead letters": ("warn", "1: `buren letters`"),
        "dead updates": ("warn", "(LookupError)"),
        "coordinators": ("warn", "centrum, lindebeek: buren invite coordinator"), "process": ("warn", "buren run"),
    }  # fmt: skip
    for what, (how, words) in expected.items():
        assert found[what][0] == how, what
        assert words in found[what][1]


@pytest.mark.parametrize(
    ("change", "what", "words"),
    [
        ({"BUREN_TIMEZONE": "Mars"}, "settings", "BUREN_TIMEZONE is wrong"),
        ({"BUREN_TOKEN": "12345:not-the-one"}, "token", "@BotFather"),
        ({"BUREN_API_URL": "http://127.0.0.1:1"}, "telegram", "does not answer"),
        ({"BUREN_DATABASE_URL": "sqlite:///other.db"}, "database", "`buren migrate` makes it"),
        ({"BUREN_KEY": new_key()}, "database", "sealed with another key"),
        ({"BUREN_CLOCK_URL": "http://127.0.0.1:1"}, "database", "no clock answers"),
    ],
)
async def test_what_is_wrong_is_bad_and_the_exit_code_says_it(
    shell: Shell, doctor: Doctor, change: dict[str, str], what: str, words: str
):
    with shell.session() as session:
        dead_letter(session)
    code, found, told = await doctor(**change)
    assert code == 1
    assert found[what][0] == "bad", told
    assert words in found[what][1]
    assert "not-the-one" not in told


async def test_a_database_that_cannot_be_written_is_bad_and_areas_that_are_not_there_are_named(
    shell: Shell, doctor: Doctor
):
    shell.prepare()
    file = shell.folder / "buren.db"
    query(file, "CREATE TRIGGER broken BEFORE DELETE ON fact BEGIN SELECT RAISE(FAIL, 'disk I/O error'); END")
    query(file, "INSERT INTO fact VALUES ('no fact has this name', '1')")
    _, found, told = await doctor()
    assert found["writing"][0] == "bad", told
    assert "disk I/O error" in found["writing"][1]
    assert "buren area add" in found["areas"][1]


async def test_at_the_command_line_the_doctor_has_an_exit_code(shell: Shell):
    code, out, err = await shell.types("doctor")
    assert (code, err) == (1, "")
    assert "bad  database     BUREN_DATABASE_URL: there is no database buren.db yet." in out


def test_copies_that_are_old_or_missing_are_noticed(tmp_path: Path):
    settings = load(_env_file=None, token="1:x", key=KEY, backup_dir=tmp_path)
    assert "there is none" in copies_of(settings, NOW).words
    (tmp_path / f"buren-{NOW - timedelta(hours=5):%Y%m%d-%H%M%S}.db").touch()
    found = copies_of(settings, NOW)
    assert (found.how, "5 h 0 min old" in found.words) == ("warn", True)
    (tmp_path / f"buren-{NOW:%Y%m%d-%H%M%S}.db").touch()
    assert copies_of(settings, NOW).how == "ok"


async def test_a_restored_database_and_copies_that_are_too_old_are_named(shell: Shell, doctor: Doctor):
    with shell.session() as session:
        session.add(Fact(name=RESTORED, value=NOW.isoformat()))
    (shell.folder / "buren-20200101-000000-damaged.db").touch()
    code, found, told = await doctor()
    assert code == 1
    assert found["restored"][0] == "bad"
    assert "buren release" in found["restored"][1]
    assert "buren run` running" not in told
    assert found["old copies"][0] == "warn"
    assert "buren-20200101-000000-damaged.db" in found["old copies"][1]


@pytest.mark.parametrize(
    ("wanted", "url", "error", "how"),
    [
        ("", "", "", "ok"),
        ("https://a.example/hook", "https://a.example/hook", "", "ok"),
        ("https://a.example/hook", "https://a.example/hook", "Connection timed out", "warn"),
        ("", "https://elsewhere.example/", "", "warn"),
        ("https://a.example/hook", "", "", "warn"),
    ],
)
def test_messages_that_go_elsewhere_are_noticed(wanted: str, url: str, error: str, how: str):
    given = {"webhook_url": wanted, "webhook_secret": "a-secret-of-sixteen"} if wanted else {}
    found = webhook_of(load(_env_file=None, token="1:x", key=KEY, **given), url, error)
    assert found.how == how
    assert error in found.words


@pytest.mark.parametrize(
    ("off", "how"), [(timedelta(), "ok"), (timedelta(seconds=-30), "warn"), (timedelta(hours=1), "bad"), (None, "warn")]
)
def test_a_clock_that_is_wrong_is_noticed(off: timedelta | None, how: str):
    date = "" if off is None else format_datetime(datetime.now(UTC) + off, usegmt=True)
    assert clock_of(date).how == how


# --- health -----------------------------------------------------------------------------------------------------------


async def fetch(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/{path}") as answer:
        return answer.status, await answer.text()


async def test_a_bot_that_works_is_alive_ready_and_counted(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    with shell.session() as session:
        dead_letter(session)
    shell.env["BUREN_HEALTH_PORT"] = str(free_port())
    port = int(shell.env["BUREN_HEALTH_PORT"])
    async with running(shell):
        assert await fetch(port, "livez") == (200, "alive\n")
        assert await fetch(port, "readyz") == (200, "ready: works\n")
        status, told = await fetch(port, "metrics")
        assert status == 200
        numbers = dict(line.split(" ") for line in told.splitlines())
        assert {"buren_works": "1", "buren_ready": "1", "buren_letters_dead": "1"}.items() <= numbers.items()
        assert {"buren_letters_waiting", "buren_seconds_since_poll", "buren_updates_dead"} <= numbers.keys()
        assert "Rosa" not in told
        code, _, err = await ended(await shell.begins("run"))
        assert (code, err.splitlines()[-1]) == (2, f"BUREN_HEALTH_PORT: port {port} is taken.")
        shell.env["BUREN_HEALTH_PORT"] = str(free_port())
        async with running(shell, until=b"stands by"):
            assert await fetch(int(shell.env["BUREN_HEALTH_PORT"]), "readyz") == (200, "ready: stands by\n")


async def test_a_bot_that_does_not_reach_telegram_lives_and_is_not_ready(shell: Shell):
    shell.prepare()
    shell.env |= {"BUREN_API_URL": "http://127.0.0.1:1", "BUREN_HEALTH_PORT": str(free_port())}
    port = int(shell.env["BUREN_HEALTH_PORT"])
    process = await shell.begins("run")
    while b"Telegram is away" not in (line := await process.stderr.readline()):
        assert line, "it ended too early"
    assert await fetch(port, "livez") == (200, "alive\n")
    assert await fetch(port, "readyz") == (503, "Telegram was not reached yet\n")
    assert "buren_ready 0" in (await fetch(port, "metrics"))[1]
    process.terminate()
    await process.communicate()


async def test_a_bot_whose_polls_are_not_answered_is_not_ready(town: Town, monotonic):
    health = Health(town.app)
    assert await health.problems() == []
    monotonic.seconds += 91
    assert await health.problems() == ["no updates were fetched for 91 seconds"]
    anna = await town.somebody("Anna")
    await anna.starts()
    assert await health.problems() == []


async def test_why_it_is_not_ready_is_said(town: Town):
    health = Health(town.app)
    with locked(town):
        assert await health.problems() == ["the database does not answer"]
    town.app.outbox.stopped_by = InvalidToken()
    assert await health.problems() == ["Telegram does not accept the token"]
    town.app.outbox.stopped_by = None
    town.app.held = True
    assert await health.problems() == ["the database was restored: buren release"]


async def test_systemd_hears_that_it_is_ready_lives_and_stops(shell: Shell, telegram: Simulator, tmp_path: Path):
    use(shell, telegram)
    shell.prepare()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.setblocking(False)
        shell.env |= {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000"}
        loop = asyncio.get_running_loop()
        async with running(shell):
            heard = [(await loop.sock_recv(channel, 99)).decode() for _ in range(4)]
        while heard[-1] != "STOPPING=1":
            heard.append((await asyncio.wait_for(loop.sock_recv(channel, 99), 10)).decode())
    assert heard[:4] == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]


def test_a_socket_of_systemd_that_is_gone_is_no_reason_to_fail(tmp_path: Path):
    os.environ["NOTIFY_SOCKET"] = f"@{tmp_path}"
    try:
        notify("READY=1")
    finally:
        del os.environ["NOTIFY_SOCKET"]


# --- log and end ------------------------------------------------------------------------------------------------------


async def test_the_log_for_programs_is_one_object_a_line(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    shell.prepare("Centrum")
    shell.env["BUREN_LOG_FORMAT"] = "json"
    async with running(shell) as process:
        process.terminate()
        _, err = await process.communicate()
    lines = [json.loads(line) for line in err.decode().splitlines()]
    alone = next(line for line in lines if line["event"] == "no coordinator who can be reached")
    assert alone["areas"] == "centrum, lindebeek"
    assert (alone["level"], alone["logger"]) == ("WARNING", "bot.commands.running")
    assert alone["at"].endswith("+00:00")


async def test_with_200_letters_waiting_it_stops_within_10_seconds_and_the_rest_go_later(tmp_path: Path):
    async with Simulator(limits=False) as sim, Phones(sim.url) as phones:
        settings = settings_for(sim, tmp_path)
        engine = open_engine(settings.database_url, settings.key_ring())
        populate(engine)
        people = [await phones.person(f"Persoon {n}", id=2000 + n) for n in range(20)]
        for each in people:
            await each.start()
        with Session(engine) as session, session.begin():
            letters = Post(session, datetime.now(UTC))
            for n in range(200):
                letters.send(To(str(people[n % 20].id)), Screen(f"bericht {n // 20}"), priority=Priority.NOTICE)
        await phones.fault("slow", "sendMessage", seconds=1, times=60)
        async with process(settings) as bot:
            assert await first_line(bot) == "works"
            await people[0].sees("bericht 0")
            stopped = asyncio.get_running_loop().time()
            for _ in range(2):
                bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(bot.wait(), 10) == 0
            assert asyncio.get_running_loop().time() - stopped < 10
        with Session(engine) as session:
            states = set(session.scalars(select(Letter.state)))
            assert LetterState.QUEUED in states, "it must be worth a test"
            assert not states & {LetterState.SENDING, LetterState.UNKNOWN, LetterState.DEAD}
        engine.dispose()
        await phones.no_faults()
        async with process(settings):
            for each in people:
                await each.sees("bericht 9")
        for each in people:
            told = [message.text for message in await each.chat() if message.text.startswith("bericht")]
            assert told == [f"bericht {n}" for n in range(10)]
