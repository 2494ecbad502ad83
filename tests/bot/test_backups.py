"""Copies, back from one, and a new key: nothing is lost, nothing is sent twice, and no copy holds the key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot import backup
from bot.database import open_engine
from bot.letters import Post, To
from bot.resealing import reseal
from bot.screen import Screen
from bot.sealing import KeyRing, new_key
from bot.settings import load
from models import Base, DeadUpdate, Letter, Person, migrations
from models.columns import Digest, Sealed, SealedJSON
from models.letter import Priority
from simulator.actors import Phones
from simulator.server import Simulator
from tests.bot.test_command_line import KEY, NOW, Shell, query, running, shell, telegram, use
from tests.support.postgresql import cluster, programs
from tests.support.town import Town, open_town, populate

pytestmark = pytest.mark.sqlite(
    "copies and restores a file; PostgreSQL has pg_dump, which these tests run in a cluster of its own"
)

__all__ = ["shell", "telegram"]  # fixtures

SECRET = "Kapelstraat 7"


def somebody(session: Session, number: int = 1001) -> Person:
    person = Person(first_name="Rosa", street=SECRET, since=NOW, seen_at=NOW)
    person.use_telegram_id(number)
    session.add(person)
    return person


def waiting_letter(session: Session, words: str) -> None:
    Post(session, datetime.now(UTC)).send(To("1001"), Screen(words), priority=Priority.NOTICE)


# --- copies -----------------------------------------------------------------------------------------------------------


async def test_a_copy_is_made_while_the_bot_runs_and_holds_no_key(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    (shell.folder / "buren.key").write_text(KEY)
    del shell.env["BUREN_KEY"]
    shell.env["BUREN_KEY_FILE"] = "buren.key"
    with shell.session() as session:
        somebody(session)
    async with running(shell):
        told = await shell.does("backup", "copies")
    [copy] = (shell.folder / "copies").iterdir()
    assert copy.name in told
    assert "The key is not in it" in told
    assert query(copy, "SELECT count(*) FROM person") == [(1,)]
    assert KEY.encode() not in copy.read_bytes()
    assert SECRET.encode() not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0


async def test_where_to_must_be_said_and_be_possible(shell: Shell):
    shell.prepare()
    assert "BUREN_BACKUP_DIR" in await shell.complaint("backup", code=2)
    assert "File exists" in await shell.complaint("backup", "buren.db", code=1)


def test_every_copy_of_two_days_is_kept_then_one_a_day_and_after_35_days_none(tmp_path: Path):
    now = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = [now - timedelta(hours=hours) for hours in range(24 * 40)]
    for at in made:
        (tmp_path / f"buren-{at:{backup.STAMP}}.db").touch()
    (tmp_path / "buren.db").touch()
    (tmp_path / f"other-{made[-1]:{backup.STAMP}}.db").touch()
    backup.rotate(tmp_path, "buren", now)
    kept = [at for at, _ in backup.copies(tmp_path, "buren")]
    assert [at for at in made if now - at <= timedelta(hours=48)] == kept[:49]
    older = kept[49:]
    assert len({at.date() for at in older}) == len(older) == 33
    assert min(older) >= now - timedelta(days=35)
    assert len(list(tmp_path.iterdir())) == len(kept) + 2
    assert backup.rotate(tmp_path, "buren", now) == 0


def test_also_the_newest_copy_goes_after_35_days(tmp_path: Path):
    (tmp_path / "buren-20200101-000000.db").touch()
    (tmp_path / "buren-20200230-000000.db").touch()
    assert backup.rotate(tmp_path, "buren", NOW) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["buren-20200230-000000.db"], "no day has this name"
    assert backup.rotate(tmp_path / "nowhere", "buren", NOW) == 0


@pytest.mark.parametrize("with_copies", [True, False])
async def test_what_lies_beside_the_database_goes_after_35_days(tmp_path: Path, *, with_copies: bool):
    async with open_town(tmp_path, backup_dir=tmp_path / "copies" if with_copies else None) as town:
        at = f"{town.clock.now() - timedelta(days=35):{backup.STAMP}}"
        aside = {tmp_path / f"buren-{at}{end}" for end in (".db", "-damaged.db", "-damaged.db-wal", ".db.partial")}
        others = {tmp_path / f"other-{at}.db", tmp_path / "buren-notes.db"}
        for path in aside | others:
            path.touch()
        await copied(town)
        assert aside <= there(tmp_path), "35 days are allowed"
        await town.jump(hours=2)
        await copied(town)
        assert not aside & there(tmp_path)
        assert others | {tmp_path / "buren.db"} <= there(tmp_path)


async def test_each_hour_a_copy_is_made_by_the_clock(tmp_path: Path):
    folder = tmp_path / "copies"
    async with open_town(tmp_path, backup_dir=folder) as town:
        await copied(town)
        assert len(list(folder.iterdir())) == 1
        await town.jump(minutes=59)
        await copied(town)
        assert len(list(folder.iterdir())) == 1
        await town.jump(minutes=1)
        await copied(town)
        assert len(list(folder.iterdir())) == 2
        await town.restart(town.clock.now() + timedelta(minutes=30))
        await copied(town)
        assert len(list(folder.iterdir())) == 2, "it remembers over a restart"


def there(folder: Path) -> set[Path]:
    return set(folder.iterdir())


async def copied(town: Town) -> None:
    await town.settled()
    await town.app.sweeper.copier.finish()


async def test_a_copy_that_cannot_be_made_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "file").touch()
    async with open_town(tmp_path, backup_dir=tmp_path / "file") as town:
        await copied(town)
        anna = await town.somebody("Anna")
        assert await anna.starts()


def test_postgresql_is_copied_with_its_own_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with cluster() as address:
        settings = load(_env_file=None, token="1:x", key=KEY, database_url=address)
        engine = open_engine(settings.database_url, settings.key_ring())
        populate(engine)
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("PATH", str(programs()))
            copy = backup.make(engine, settings, tmp_path, NOW)
            elsewhere.setenv("PATH", "")
            with pytest.raises(backup.NotCopiedError, match="postgresql-client"):
                backup.make(engine, settings, tmp_path, NOW)
        assert copy.read_bytes().startswith(b"PGDMP")
        assert not [*tmp_path.glob("*.partial")]
        assert backup.copies(tmp_path, "postgres") == [(NOW, copy)]
        engine.dispose()


# --- back from one ----------------------------------------------------------------------------------------------------


async def test_what_waited_in_an_older_state_is_sent_only_when_somebody_says_so(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    async with Phones(telegram.url) as phones:
        rosa = await phones.person("Rosa", id=1001, language="nl")
        await rosa.start()
        with shell.session() as session:
            waiting_letter(session, "van toen")
        await shell.does("backup", "copies")
        async with running(shell):
            await rosa.sees("van toen")
        [copy] = (shell.folder / "copies").iterdir()
        told = await shell.does("restore", f"copies/{copy.name}", "--yes")
        assert "1 letters wait in it, and 0 reminders that are overdue. Nothing is sent yet." in told
        assert query(next(shell.folder.glob("buren-*.db")), "SELECT state FROM letter WHERE id = 1") == [("sent",)]
        async with running(shell, until=b"answers nobody yet") as process:
            before = len(await rosa.chat())
            assert "Released" in await shell.does("release", "--drop")
            assert b"answers." in await process.stdout.readline()
            await rosa.writes("/start")
            await rosa.until(lambda chat: len(chat) >= before + 2)
        assert [message.text for message in await rosa.chat()].count("van toen") == 1
    assert "Nothing is held" in await shell.does("release")


async def test_released_without_more_the_letters_go(shell: Shell, telegram: Simulator):
    use(shell, telegram)
    async with Phones(telegram.url) as phones:
        rosa = await phones.person("Rosa", id=1001)
        await rosa.start()
        with shell.session() as session:
            waiting_letter(session, "van toen")
        await shell.does("backup", "copies")
        [copy] = (shell.folder / "copies").iterdir()
        await shell.does("restore", str(copy), "--yes")
        assert await shell.does("release") == "Released: a bot that runs works within a second.\n"
        async with running(shell):
            await rosa.sees("van toen")


async def test_a_restore_is_asked_for_and_a_no_changes_nothing(shell: Shell):
    shell.prepare("Centrum")
    await shell.does("backup", "copies")
    [copy] = (shell.folder / "copies").iterdir()
    process = await shell.begins("restore", str(copy))
    await process.communicate()
    assert process.returncode == 1
    assert query(shell.folder / "buren.db", "SELECT count(*) FROM fact WHERE name = 'restored'") == [(0,)]


async def test_while_a_bot_runs_nothing_is_restored_and_no_key_is_replaced(keyed: Shell, telegram: Simulator):
    shell = keyed
    use(shell, telegram)
    await shell.does("backup", "copies")
    [copy] = (shell.folder / "copies").iterdir()
    async with running(shell):
        assert "Stop it first" in await shell.complaint("restore", str(copy), "--yes", code=1)
        assert "Stop it first" in await shell.complaint("key", "rotate", code=1)


async def test_a_damaged_database_is_kept_aside_and_the_copy_takes_its_place(shell: Shell):
    shell.prepare("Centrum")
    await shell.does("backup", "copies")
    [copy] = (shell.folder / "copies").iterdir()
    (shell.folder / "buren.db").write_bytes(b"what a power cut left behind" * 999)
    assert "is damaged: it is kept as" in await shell.does("restore", str(copy), "--yes")
    assert query(shell.folder / "buren.db", "SELECT count(*) FROM area") == [(2,)]
    [kept] = shell.folder.glob("*-damaged.db")
    assert kept.read_bytes().startswith(b"what a power cut")


@pytest.mark.parametrize("content", [b"a shopping list" * 99, b""])
async def test_what_is_no_copy_of_ours_is_refused(shell: Shell, content: bytes):
    shell.prepare("Centrum")
    (shell.folder / "list.db").write_bytes(content)
    code, _, err = await shell.types("restore", "list.db", "--yes")
    assert code == 1
    assert "Nothing was changed" in err or "cannot be used" in err
    assert query(shell.folder / "buren.db", "SELECT count(*) FROM area") == [(2,)]
    assert "There is no file" in await shell.complaint("restore", "nowhere.db", "--yes", code=2)


async def test_a_copy_sealed_with_a_key_that_is_gone_is_refused(shell: Shell):
    with shell.session() as session:
        somebody(session)
    await shell.does("backup", "copies")
    [copy] = (shell.folder / "copies").iterdir()
    shell.env["BUREN_KEY"] = new_key()
    code, _, err = await shell.types("restore", str(copy), "--yes")
    assert code != 0
    assert "sealed with another key" in err


async def test_postgresql_goes_back_too_and_holds_what_waits(shell: Shell):
    shell.env["PATH"] = f"{programs()}:{shell.env['PATH']}"
    with cluster() as address:
        shell.env["BUREN_DATABASE_URL"] = address
        await shell.does("migrate")
        engine = open_engine(
            load(_env_file=None, token="1:x", key=KEY, database_url=address).database_url, KeyRing(KEY)
        )
        with Session(engine) as session, session.begin():
            somebody(session)
            waiting_letter(session, SECRET)
        engine.dispose()
        await shell.does("backup", "copies")
        [copy] = (shell.folder / "copies").iterdir()
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE of_a_newer_version (id integer)")
            connection.exec_driver_sql("DELETE FROM letter")
        engine.dispose()
        said = await shell.does("restore", str(copy), "--yes")
        assert "The present state is kept as" in said
        assert "1 letters wait in it" in said
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT to_regclass('of_a_newer_version')").scalar() is None
            assert connection.exec_driver_sql("SELECT count(*) FROM fact WHERE name = 'restored'").scalar() == 1
        engine.dispose()
        assert "Threw 1 letters away" in await shell.does("release", "--drop")
        await _no_other_key_and_no_other_file(shell, copy)
        with engine.connect() as connection:
            held = "SELECT count(*) FROM fact WHERE name = 'restored'"
            assert connection.exec_driver_sql(held).scalar() == 0, "it is as it was: released"
            assert connection.exec_driver_sql("SELECT max(state) FROM letter").scalar() == "cancelled"
        engine.dispose()


async def _no_other_key_and_no_other_file(shell: Shell, copy: Path) -> None:
    rest = {key: shell.env[key] for key in ("BUREN_KEY",)}
    shell.env["BUREN_KEY"] = new_key()
    assert "another key" in (await shell.types("restore", str(copy), "--yes"))[2]
    shell.env |= rest
    (shell.folder / "list.dump").write_bytes(b"a shopping list")
    assert "Nothing was changed" in (await shell.types("restore", "list.dump", "--yes"))[2]


# --- a new key --------------------------------------------------------------------------------------------------------


@pytest.fixture
def keyed(shell: Shell) -> Shell:
    """The key stands in a file."""
    (shell.folder / "buren.key").write_text(f"{KEY}\n")
    with shell.session() as session:
        somebody(session)
        session.add(DeadUpdate(update_id=1, raw={"text": SECRET}, error="KeyError", at=NOW))
        waiting_letter(session, SECRET)
    del shell.env["BUREN_KEY"]
    shell.env["BUREN_KEY_FILE"] = "buren.key"
    return shell


async def test_a_new_key_seals_everything_anew_and_people_are_still_known(keyed: Shell):
    await keyed.does("backup", "copies")
    told = await keyed.does("key", "rotate")
    assert "stays in that file until" in told
    words = (keyed.folder / "buren.key").read_text().split()
    assert words[0] != KEY
    assert words[1].startswith("retired:")
    assert words[1].endswith(KEY)
    engine = open_engine(f"sqlite:///{keyed.folder / 'buren.db'}", KeyRing(words[0]))
    with Session(engine) as session:
        assert session.scalars(Person.with_telegram_id(1001)).one().street == SECRET
        assert session.scalars(select(DeadUpdate)).one().raw == {"text": SECRET}
        letter = session.scalars(select(Letter).where(Letter.chat_key == "1001")).one()
        assert (letter.body or {})["text"] == SECRET
    engine.dispose()
    assert await keyed.does("area", "list")
    [copy] = (keyed.folder / "copies").iterdir()
    assert "Restored." in await keyed.does("restore", str(copy), "--yes"), "an older copy opens"
    assert await keyed.does("area", "list"), "and is sealed with the new key by then"


async def test_a_copy_of_an_older_version_under_an_older_key_is_brought_up_to_date(keyed: Shell):
    ring, copy = KeyRing(KEY), keyed.folder / "old.db"
    engine = open_engine(f"sqlite:///{copy}", ring)
    with engine.connect() as connection:
        migrations.upgrade(connection, "0001")
    with engine.begin() as connection:
        row = {"key": ring.digest("1001"), "id": ring.seal(b"1001"), "name": ring.seal(b"Rosa")}
        connection.execute(
            text(
                "INSERT INTO person (telegram_key, telegram_id, first_name, since, seen_at)"
                " VALUES (:key, :id, :name, '2026-11-01 10:00:00.000000', '2026-11-01 10:00:00.000000')"
            ),
            row,
        )
    engine.dispose()
    await keyed.does("key", "rotate")
    told = await keyed.does("restore", "old.db", "--yes")
    assert f"It is at revision 0001: buren migrate brings it to {migrations.head()}." in told
    assert "Run `buren migrate`" in await keyed.complaint("release", code=2)
    await keyed.does("migrate")
    assert "Released" in await keyed.does("release")
    assert await keyed.does("area", "list")


async def test_a_migration_that_ended_before_all_was_sealed_anew_is_finished_by_the_next(keyed: Shell):
    await keyed.does("backup", "copies")
    await keyed.does("key", "rotate")
    [copy] = (keyed.folder / "copies").iterdir()
    (keyed.folder / "buren.db").write_bytes(copy.read_bytes())  # at the present revision, under the key of then
    query(keyed.folder / "buren.db", "INSERT INTO fact VALUES ('restored', '2026-11-23T09:00:00+00:00')")
    assert "another key" in await keyed.complaint("area", "list", code=2)
    assert "up to date" in await keyed.does("migrate")
    assert await keyed.does("area", "list")
    del keyed.env["BUREN_KEY_FILE"]
    keyed.env["BUREN_KEY"] = new_key()
    assert "another key" in await keyed.complaint("migrate", code=2)


async def test_a_rotation_that_was_interrupted_is_finished(keyed: Shell):
    keys = f"{new_key()}\nretired:2026-11-22:{KEY}\n"
    (keyed.folder / "buren.key.next").write_text(keys)
    engine = open_engine(f"sqlite:///{keyed.folder / 'buren.db'}", KeyRing(keys))
    reseal(engine, KeyRing(keys))
    engine.dispose()
    assert "another key" in await keyed.complaint("area", "list", code=2)
    assert "Finished what was begun" in await keyed.does("key", "rotate")
    assert (keyed.folder / "buren.key").read_text() == keys
    assert await keyed.does("area", "list")


async def test_one_that_had_not_begun_yet_begins_anew_and_old_keys_go_after_35_days(keyed: Shell):
    (keyed.folder / "buren.key.next").write_text(f"{new_key()}\n")
    ancient, recent = new_key(), new_key()
    today = datetime.now(UTC).date()
    (keyed.folder / "buren.key").write_text(
        f"{KEY}\nretired:{today - timedelta(days=35)}:{recent}\nretired:{today - timedelta(days=36)}:{ancient}\n"
    )
    assert "Removed 1" in await keyed.does("key", "rotate")
    text = (keyed.folder / "buren.key").read_text()
    assert ancient not in text
    assert recent in text
    assert not (keyed.folder / "buren.key.next").exists()
    assert await keyed.does("area", "list")


async def test_a_key_that_cannot_be_written_is_one_line_and_nothing_is_sealed(keyed: Shell):
    (keyed.folder / "buren.key.same").mkdir()  # also for root nothing can be written there
    assert "buren.key cannot be replaced (Is a directory)" in await keyed.complaint("key", "rotate", code=1)
    (keyed.folder / "buren.key.same").rmdir()
    assert (keyed.folder / "buren.key").read_text() == f"{KEY}\n"
    assert not (keyed.folder / "buren.key.next").exists()
    assert await keyed.does("area", "list")
    assert "new key" in await keyed.does("key", "rotate")


async def test_a_key_in_the_environment_cannot_be_replaced(shell: Shell):
    shell.prepare()
    assert "BUREN_KEY_FILE" in await shell.complaint("key", "rotate", code=2)


def test_what_is_looked_up_can_be_made_anew_or_does_not_live_long():
    """A digest names the sealed column that it was made of; only links of today have none."""
    for table in Base.metadata.sorted_tables:
        sealed = {column.name for column in table.columns if isinstance(column.type, Sealed | SealedJSON)}
        for column in table.columns:
            if isinstance(column.type, Digest):
                assert column.info.get("of") in sealed or table.name in {"invitation", "relink"}, column
        assert not sealed or "id" in table.c, f"{table.name} has no id to be sealed anew by"
