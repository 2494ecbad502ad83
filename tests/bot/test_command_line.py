"""`buren …` as somebody types it: a real database, a local Telegram, and processes where a bot runs."""

import asyncio
import os
import re
import signal
import sqlite3
import stat
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, chdir, closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import Kind, main
from bot.backup import NotCopiedError, back_up
from bot.commands import CannotError
from bot.commands.areas import add_area, describe, find_area, read_streets, slug_of
from bot.commands.storage import alone, migrate
from bot.database import open_engine
from bot.sealing import KeyRing, new_key
from models import Area, AreaKind, Coordinator, Person
from simulator.actors import Phones
from simulator.server import Simulator
from tests.structure.tree import ROOT
from tests.support.processes import Program, begin, ending

pytestmark = pytest.mark.sqlite("runs commands on a file")

KEY = new_key()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Shell:
    """A folder in which somebody types commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        outside = {name: value for name, value in os.environ.items() if not name.startswith("BUREN_")}
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self.env = outside | {"PYTHONPATH": path, "BUREN_TOKEN": "12345:nobody-answers-here", "BUREN_KEY": KEY}

    async def begins(self, *words: str) -> Program:
        """Type a command, and do not wait for its end."""
        return await begin("bot.__main__", *words, cwd=self.folder, env=self.env)

    async def loads(self, *words: str) -> tuple[int, str, str]:
        """Type a command in a Python that complains of each module which it imports."""
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-X", "importtime", "-m", "bot", *words),
            cwd=self.folder,
            env=self.env,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        out, err = await started.communicate()
        assert started.returncode is not None
        return started.returncode, out.decode(), err.decode()

    def prepare(self, *areas: str) -> None:
        """Make the database, with a municipality and these neighbourhoods where any are named."""
        with self.session() as session:
            if areas:
                add_area(session, "Lindebeek", AreaKind.MUNICIPALITY, None, None, [])
            for name in areas:
                add_area(session, name, AreaKind.NEIGHBOURHOOD, "lindebeek", None, [])

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The database from within, made where it is not there yet."""
        file = self.folder / "buren.db"
        if not file.exists():
            file.write_bytes(migrated())
        engine = open_engine(f"sqlite:///{file}", KeyRing(KEY))
        try:
            with Session(engine) as session, session.begin():
                yield session
        finally:
            engine.dispose()

    async def types(self, *words: str) -> tuple[int, str, str]:
        """Type a command that ends by itself; returns exit code, output and complaints."""
        # In a thread, as it may speak to a Telegram that lives in this one. A process of its own would take a second.
        return await asyncio.to_thread(self._types, words)

    def _types(self, words: Sequence[str]) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        with (
            chdir(self.folder),
            environment(self.env),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as end,
        ):
            main(words)
        assert isinstance(end.value.code, int)
        return end.value.code, out.getvalue(), err.getvalue()

    async def does(self, *words: str) -> str:
        """Type a command that must work; returns its output."""
        code, out, err = await self.types(*words)
        assert (code, err) == (0, ""), err
        return out

    async def complaint(self, *words: str, code: int) -> str:
        """Type a command that cannot work; returns its one line."""
        return only_line(await self.types(*words), code)


@cache
def migrated() -> bytes:
    """A database as `buren migrate` makes it, made once."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "buren.db"
        migrate(f"sqlite:///{file}", KeyRing(KEY), NOW, lambda _: None)
        return file.read_bytes()


async def ended(process: Program) -> tuple[int, str, str]:
    """Exit code, output and complaints of a process, when it has ended."""
    out, err = await process.communicate()
    return await process.wait(), out.decode(), err.decode()


def only_line(said: tuple[int, str, str], code: int) -> str:
    """The one line of complaint with this exit code."""
    found, out, err = said
    assert found == code, err
    assert out == ""
    assert err.count("\n") == 1, err
    return err.strip()


@contextmanager
def environment(variables: dict[str, str]) -> Iterator[None]:
    """These environment variables and no others."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator(limits=False) as simulator:
        yield simulator


def use(shell: Shell, telegram: Simulator) -> None:
    """From now on commands speak to this Telegram."""
    shell.env |= {"BUREN_TOKEN": telegram.token, "BUREN_API_URL": telegram.url}


@asynccontextmanager
async def running(shell: Shell, until: bytes = b"answers") -> AsyncIterator[Program]:
    """The bot, from its first line until it is stopped."""
    async with ending(await shell.begins("run"), by=signal.SIGTERM) as process:
        line = await process.stdout.readline()
        assert until in line, line
        yield process


def query(file: Path, words: str) -> list[tuple[object, ...]]:
    """Look into the database with other eyes."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(words).fetchall()


# --- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [(("--help",), 0, "neighbours help each other"), (("key",), 0, "="), (("run",), 2, "BUREN_TOKEN is missing")],
)
async def test_what_needs_no_database_is_said_before_anything_slow_is_loaded(shell, words, code, says):
    del shell.env["BUREN_TOKEN"]
    found, out, err = await shell.loads(*words)
    lines = err.splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    slow = {"telegram", "sqlalchemy", "alembic", "aiohttp", "httpx", "babel", "holidays", "phonenumbers"}
    said = [line for line in lines if not line.startswith("import time:")]
    assert found == code, said
    assert says in f"{out}{said}"
    assert "typer" in loaded
    assert loaded & slow == set()


def test_the_kinds_of_areas_are_those_of_the_models():
    assert get_args(Kind) == tuple(AreaKind)


# --- settings and keys ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("run",), ("area", "list")])
async def test_a_missing_setting_is_one_line_and_exit_code_2(shell, words):
    del shell.env["BUREN_TOKEN"]
    assert await shell.complaint(*words, code=2) == "BUREN_TOKEN is missing"


async def test_a_wrong_setting_is_one_line_and_exit_code_2(shell):
    shell.env["BUREN_TIMEZONE"] = "Europe/Hoegaarden"
    assert (await shell.complaint("run", code=2)).startswith("BUREN_TIMEZONE is wrong")


async def test_a_key_is_printed_or_written_for_its_owner_only_and_never_over_another(shell):
    assert "KeyRing" in repr(KeyRing(await shell.does("key")))
    await shell.does("key", "buren.key")
    file = shell.folder / "buren.key"
    first = file.read_text()
    assert "KeyRing" in repr(KeyRing(first))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is there already" in await shell.complaint("key", "buren.key", code=1)
    assert file.read_text() == first
    assert (await shell.complaint("key", "nowhere/buren.key", code=1)).startswith("nowhere/buren.key")


# --- the database -----------------------------------------------------------------------------------------------------


async def test_without_a_database_run_says_what_to_do_and_makes_none(shell):
    assert "buren migrate" in await shell.complaint("run", code=2)
    assert list(shell.folder.iterdir()) == []


async def test_migrate_makes_the_database_once(shell):
    assert (await shell.does("migrate")).startswith("Made buren.db, at revision ")
    assert "is up to date" in await shell.does("migrate")
    assert [path.name for path in shell.folder.glob("*.db")] == ["buren.db"], "nothing changed: nothing is copied"


async def test_run_refuses_a_database_at_another_revision_and_migrate_copies_it_first(shell):
    shell.prepare("Centrum")
    query(shell.folder / "buren.db", "UPDATE alembic_version SET version_num = 'future'")
    for words in (("run",), ("area", "list")):
        line = await shell.complaint(*words, code=2)
        assert "revision future" in line
        assert "buren migrate" in line
    code, out, err = await shell.types("migrate")
    assert code == 2
    assert "does not know" in err
    assert err.count("\n") == 1
    assert "Copied buren.db" in out
    [copy] = shell.folder.glob("buren-*.db")
    assert query(copy, "SELECT name FROM area ORDER BY name") == [("Centrum",), ("Lindebeek",)]
    assert not list(shell.folder.glob("*.partial*"))


async def test_migrate_changes_nothing_below_a_bot_that_runs(shell, telegram):
    use(shell, telegram)
    shell.prepare("Centrum")
    async with running(shell):
        query(shell.folder / "buren.db", "UPDATE alembic_version SET version_num = '0003'")
        code, out, err = await shell.types("migrate")
    assert (code, err) == (1, "A bot runs on this database. Stop it first.\n")
    assert out == "", "what the bot writes meanwhile would be missing in a copy"
    assert query(shell.folder / "buren.db", "SELECT version_num FROM alembic_version") == [("0003",)]


async def test_a_file_that_is_no_database_is_left_alone(shell):
    (shell.folder / "buren.db").write_bytes(b"a shopping list, not a database" * 100)
    for words in (("run",), ("migrate",)):
        assert (await shell.complaint(*words, code=1)).startswith("BUREN_DATABASE_URL")
    assert (shell.folder / "buren.db").read_bytes().startswith(b"a shopping list")


async def test_somebody_elses_database_is_left_alone(shell):
    query(shell.folder / "buren.db", "CREATE TABLE recipe (name TEXT)")
    assert "not of this bot" in await shell.complaint("migrate", code=2)
    assert "migrate" in await shell.complaint("run", code=2)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _scratched(content: bytes) -> bytes:
    """The first page is whole, so that it opens."""
    return content[:8192] + b"?" * 8192 + content[16384:]


def _gone(_: bytes) -> bytes:
    return b""


def _other(_: bytes) -> bytes:
    return b"what a power cut left behind" * 999


@pytest.mark.parametrize("harm", [_cut, _scratched, _gone, _other])
async def test_a_damaged_database_is_refused_and_kept_and_never_replaced_by_an_empty_one(shell, harm):
    shell.prepare("Centrum")
    await shell.does("backup", "copies")
    shell.env["BUREN_BACKUP_DIR"] = "copies"
    [copy] = (shell.folder / "copies").iterdir()
    file = shell.folder / "buren.db"
    file.write_bytes(harm(file.read_bytes()))
    before = {path: path.read_bytes() for path in shell.folder.glob("*.db*")}
    line = await shell.complaint("run", code=1)
    assert "buren.db is damaged" in line
    assert line.endswith(f"It stays as it is. Put a copy in its place: buren restore copies/{copy.name}")
    code, _, err = await shell.types("migrate")
    assert (code == 0) == (harm is _scratched), "it looks at nothing else where nothing is to be done"
    assert "Made" not in err
    _, told, _ = await shell.types("doctor")
    assert "bad  database" in told
    assert {path: path.read_bytes() for path in before} == before
    assert await shell.does("restore", f"copies/{copy.name}", "--yes")
    assert query(file, "SELECT count(*) FROM area") == [(2,)]


async def test_a_database_that_is_being_made_is_never_there_by_half(shell):
    (shell.folder / "buren.db.partial").write_bytes(b"what an interrupted start left behind")
    assert (await shell.does("migrate")).startswith("Made buren.db, at revision ")
    assert {path.name for path in shell.folder.iterdir()} == {"buren.db", "buren.db-lease"}
    assert await shell.does("area", "list")


async def test_an_absent_postgresql_is_one_line_without_the_password(shell):
    shell.env["BUREN_DATABASE_URL"] = "postgresql://buren:geheim@127.0.0.1:1/buren"
    line = await shell.complaint("run", code=1)
    assert line.startswith("BUREN_DATABASE_URL")
    assert "geheim" not in line


def test_a_postgresql_that_is_away_is_not_taken_for_a_bot_that_runs():
    with (
        pytest.raises(CannotError, match=r"BUREN_DATABASE_URL: .* cannot be used"),
        alone("postgresql://b:geheim@127.0.0.1:1/b"),
    ):
        pytest.fail("nobody knows whether it is alone")


async def test_another_key_is_noticed_before_anything_is_taken_from_telegram(shell):
    with shell.session() as session:
        person = Person(first_name="Anna", since=NOW, seen_at=NOW)
        person.use_telegram_id(1001)
        session.add(person)
    shell.env["BUREN_KEY"] = new_key()
    assert "another key" in await shell.complaint("run", code=2)
    # The old key still opens everything, but people would be looked up under the new one.
    shell.env["BUREN_KEY"] = f"{KEY} {new_key()}"
    assert "another key" in await shell.complaint("run", code=2)
    shell.env["BUREN_KEY"] = f"{new_key()} {KEY}"
    assert await shell.does("area", "list")


def test_a_copy_is_whole_while_somebody_writes(tmp_path):
    file, copy = tmp_path / "a.db", tmp_path / "b.db"
    engine = open_engine(f"sqlite:///{file}", KeyRing(KEY))
    with engine.connect() as connection, closing(sqlite3.connect(file)) as writer:
        connection.exec_driver_sql("CREATE TABLE t (x)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        connection.commit()
        writer.execute("INSERT INTO t VALUES (2)")  # not committed: not in the copy
        back_up(engine, file, copy)
        writer.rollback()
    engine.dispose()
    assert query(copy, "SELECT x FROM t") == [(1,)]
    assert not (tmp_path / "b.db-wal").exists()


def test_a_copy_that_cannot_be_made_leaves_nothing_behind(tmp_path):
    file = tmp_path / "a.db"
    engine = open_engine(f"sqlite:///{file}", KeyRing(KEY))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    with pytest.raises(NotCopiedError, match="could not be copied"):
        back_up(engine, file, tmp_path / "nowhere" / "b.db")
    engine.dispose()


def test_a_damaged_database_gives_no_copy(tmp_path):
    file, copy = tmp_path / "a.db", tmp_path / "b.db"
    engine = open_engine(f"sqlite:///{file}", KeyRing(KEY))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (id INTEGER REFERENCES parent)")
    query(file, "INSERT INTO child VALUES (7)")  # other programs do not mind the reference
    with pytest.raises(NotCopiedError, match="not sound"):
        back_up(engine, file, copy)
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir() if "b.db" in path.name] == []


# --- areas and invitations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sint-Jozefs wijk", "sint-jozefs-wijk"),
        ("Liège-Guillemins", "liege-guillemins"),
        ("  Ter  Elst! ", "ter-elst"),
        ("C Hof", "a-c-hof"),  # links that begin with c- make a coordinator
        ("Een heel lange naam van een wijk buiten de dorpskern", "een-heel-lange-naam-van-een-wijk"),
        ("北", ""),
    ],
)
def test_a_slug_is_made_of_the_name(name, slug):
    assert slug_of(name) == slug
    assert len(slug) <= 32


async def test_areas_are_added_with_their_streets_and_listed(shell):
    shell.prepare()
    assert "no area yet" in await shell.does("area", "list")
    await shell.does("area", "add", "Lindebeek", "--kind", "municipality")
    streets = "\ufeffDorpsstraat\n\n# a comment\nKerkplein\n Dorpsstraat \n"
    (shell.folder / "centrum.txt").write_text(streets, encoding="utf-8")
    added = await shell.does("area", "add", "Centrum", "--parent", "lindebeek", "--streets", "centrum.txt")
    assert added == "Added Centrum [centrum]: neighbourhood, 2 streets\n"
    assert await shell.does("area", "list") == (
        "Lindebeek [lindebeek]: municipality\n  Centrum [centrum]: neighbourhood, 2 streets\n"
    )
    assert "There are: centrum, lindebeek" in await shell.complaint("area", "add", "X", "--parent", "linde", code=2)


def test_the_same_name_in_two_municipalities_gets_two_slugs(shell):
    shell.prepare("Centrum")
    with shell.session() as session:
        add_area(session, "Elsbeek", AreaKind.MUNICIPALITY, None, None, [])
        assert add_area(session, "Centrum", AreaKind.NEIGHBOURHOOD, "elsbeek", None, []).slug == "elsbeek-centrum"
        add_area(session, "北", AreaKind.NEIGHBOURHOOD, "elsbeek", "dorp", [])
        elsbeek = list(describe(session, find_area(session, "elsbeek")))
    assert sorted(elsbeek) == [
        "  Centrum [elsbeek-centrum]: neighbourhood",
        "  北 [dorp]: neighbourhood",
        "Elsbeek [elsbeek]: municipality",
    ]


@pytest.mark.parametrize(
    ("name", "kind", "parent", "slug", "reason"),
    [
        ("Centrum", "neighbourhood", "lindebeek", None, "is there already"),
        ("centrum ", "neighbourhood", "lindebeek", None, "is there already"),
        ("Noord", "neighbourhood", "linde", None, "There are: centrum, lindebeek"),
        ("Noord", "municipality", "centrum", None, "cannot be in"),
        (" ", "neighbourhood", "lindebeek", None, "1 to 64"),
        ("x" * 65, "neighbourhood", "lindebeek", None, "1 to 64"),
        ("北", "neighbourhood", "lindebeek", None, "--slug"),
        ("Noord", "neighbourhood", "lindebeek", "c-noord", "does not begin with c- or n-"),
        ("Noord", "neighbourhood", "lindebeek", "", "does not begin with c-"),
        ("Noord", "neighbourhood", "lindebeek", "centrum", "is taken"),
    ],
)
def test_an_area_that_does_not_fit_is_refused(shell, name, kind, parent, slug, reason):
    shell.prepare("Centrum")
    with shell.session() as session:
        with pytest.raises(CannotError, match=reason) as refused:
            add_area(session, name, AreaKind(kind), parent, slug, [])
        assert refused.value.code == 2
        assert len(list(describe(session))) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), ("Abbé Pierrestraat".encode("latin-1"), "UTF-8"), (b"x" * 65, "at most 64")],
)
def test_a_list_of_streets_that_cannot_be_read_is_refused(tmp_path, content, reason):
    file = tmp_path / "streets.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotError, match=reason):
        read_streets(file)


async def test_an_invitation_makes_one_coordinator_and_only_its_digest_is_kept(shell, telegram):
    use(shell, telegram)
    shell.prepare("Centrum")
    link = (await shell.does("invite", "coordinator", "--area", "lindebeek")).strip()
    matched = re.fullmatch(rf"https://t\.me/{telegram.username}\?start=(c-([\w-]{{22,62}}))", link)
    assert matched, link
    payload, secret = matched[1], matched[2]
    held = b"".join(path.read_bytes() for path in shell.folder.glob("buren.db*"))
    assert secret.encode() not in held
    async with running(shell), Phones(telegram.url) as phones:
        an, eve = await phones.person("An"), await phones.person("Eve")
        await an.acknowledged(await an.start(payload))
        await an.sees("Lindebeek")
        await eve.acknowledged(await eve.start(payload))
        await eve.until(lambda chat: [message for message in chat if not message.outgoing])
    assert "Lindebeek [lindebeek]: municipality, 1 coordinator\n" in await shell.does("area", "list")


async def test_nobody_is_invited_where_there_is_no_area_or_no_telegram(shell, telegram):
    shell.prepare("Centrum")
    assert "There are: centrum" in await shell.complaint("invite", "coordinator", "--area", "x", code=2)
    shell.env["BUREN_API_URL"] = "http://127.0.0.1:1"
    assert "Telegram is away" in await shell.complaint("invite", "coordinator", "--area", "lindebeek", code=1)
    shell.env["BUREN_API_URL"] = telegram.url
    assert "BUREN_TOKEN" in await shell.complaint("invite", "coordinator", "--area", "lindebeek", code=1)
    assert query(shell.folder / "buren.db", "SELECT count(*) FROM invitation") == [(0,)]


# --- running ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_the_bot_cleanly(shell, telegram, number):
    use(shell, telegram)
    shell.prepare()
    async with running(shell) as process, Phones(telegram.url) as phones:
        anna = await phones.person("Anna", language="nl")
        await anna.start()
        await anna.sees("Welkom")
        process.send_signal(number)
        process.send_signal(number)
        _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert b"no neighbourhood yet" in err


async def test_a_signal_also_stops_a_bot_that_waits_for_telegram(shell):
    shell.prepare()
    shell.env["BUREN_API_URL"] = "http://127.0.0.1:1"
    process = await shell.begins("run")
    while b"Telegram is away" not in (line := await process.stderr.readline()):
        assert line, "it ended too early"
    process.terminate()
    _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err


async def test_run_says_who_hears_of_an_area_without_a_coordinator(shell, telegram):
    use(shell, telegram)
    shell.prepare("Centrum")
    async with running(shell) as process:
        process.terminate()
        _, err = await process.communicate()
    assert "areas='centrum, lindebeek' alerts_go_to='this log" in err.decode()


async def test_run_does_not_warn_of_an_area_whose_coordinator_is_the_one_above(shell, telegram):
    use(shell, telegram)
    shell.prepare("Centrum")
    with shell.session() as session:
        an = Person(first_name="An", since=NOW, seen_at=NOW)
        an.use_telegram_id(1)
        lindebeek = session.scalars(select(Area).where(Area.slug == "lindebeek")).one()
        session.add(Coordinator(person=an, area=lindebeek, since=NOW))
    async with running(shell) as process:
        process.terminate()
        _, err = await process.communicate()
    line = next(line for line in err.decode().splitlines() if "alerts_go_to='the coordinator of lindebeek'" in line)
    assert "areas='centrum'" in line
    assert " INFO " in line
    assert "no coordinator who can be reached" not in err.decode()


async def test_a_token_that_telegram_refuses_ends_the_bot_with_one_clear_line(shell, telegram):
    shell.prepare()
    shell.env["BUREN_API_URL"] = telegram.url
    code, out, err = await ended(await shell.begins("run"))
    assert (code, out) == (1, "")
    assert "Telegram does not accept BUREN_TOKEN." in err
    assert "Traceback" not in err
    assert "nobody-answers-here" not in err


async def test_a_second_one_on_the_same_database_stands_by_until_the_first_is_gone(shell, telegram):
    use(shell, telegram)
    shell.prepare()
    async with running(shell) as first:
        second = await shell.begins("run")
        assert b"stands by" in await second.stdout.readline()
        first.kill()
        assert b"answers" in await second.stdout.readline()
        second.terminate()
        _, err = await second.communicate()
    assert second.returncode == 0
    assert b"Traceback" not in err


async def test_a_second_bot_with_the_same_token_ends_one_of_them_with_one_clear_line(shell, telegram, tmp_path):
    use(shell, telegram)
    shell.prepare()
    (tmp_path / "other").mkdir()
    other = Shell(tmp_path / "other")
    use(other, telegram)
    other.prepare()
    first, second = await shell.begins("run"), await other.begins("run")
    done, others = await asyncio.wait(
        [asyncio.create_task(process.wait()) for process in (first, second)], return_when=asyncio.FIRST_COMPLETED
    )
    assert [task.result() for task in done] == [1]
    loser, winner = (first, second) if first.returncode is not None else (second, first)
    _, err = await loser.communicate()
    assert "Messages are already fetched with BUREN_TOKEN" in err.decode()
    winner.terminate()
    await winner.communicate()
    await asyncio.gather(*others)
    assert winner.returncode == 0


async def test_a_clock_that_does_not_answer_is_named(shell, telegram):
    use(shell, telegram)
    shell.prepare()
    shell.env["BUREN_CLOCK_URL"] = "http://127.0.0.1:1"
    code, _, err = await ended(await shell.begins("run"))
    assert code == 1
    assert "BUREN_CLOCK_URL: no clock answers" in err
    assert "Traceback" not in err
