"""The tables that the migrations make are the ones that the models want."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Engine, MetaData, inspect, text
from sqlalchemy.orm import Session

import models
from bot.database import open_engine
from bot.sealing import KeyRing, new_key
from models import Base, Person, migrations
from tests.support import databases


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(databases.empty_in(tmp_path), KeyRing(new_key()))
    yield engine
    engine.dispose()


def upgraded(engine: Engine) -> None:
    with engine.connect() as connection:
        migrations.upgrade(connection)


@pytest.mark.both
def test_from_empty_they_make_exactly_what_the_models_want(engine: Engine) -> None:
    upgraded(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.sqlite("looks into the file")
def test_the_index_of_waiting_letters_leaves_the_others_out(engine: Engine) -> None:
    upgraded(engine)
    with engine.connect() as connection:
        sql = connection.execute(text("select sql from sqlite_master where name = 'ix_letter_waiting'")).scalar_one()
    assert "WHERE state IN ('queued', 'sending', 'unknown')" in sql


def test_an_empty_file_has_no_revision_and_afterwards_the_newest(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrations.current(connection) is None
    upgraded(engine)
    with engine.connect() as connection:
        assert migrations.current(connection) == migrations.head()


@pytest.mark.both
def test_running_them_again_changes_nothing(engine: Engine) -> None:
    upgraded(engine)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with Session(engine) as session, session.begin():
        session.add(Person(first_name="Rosa", since=now, seen_at=now))
    upgraded(engine)
    with Session(engine) as session:
        assert session.query(Person).one().first_name == "Rosa"


@pytest.mark.sqlite("a pragma of SQLite")
def test_foreign_keys_hold_again_afterwards(engine: Engine) -> None:
    with engine.connect() as connection:
        migrations.upgrade(connection)
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


@pytest.mark.sqlite("a pragma of SQLite")
def test_rows_that_point_to_nothing_undo_the_migration(engine: Engine) -> None:
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("CREATE TABLE mother (id INTEGER PRIMARY KEY)")
        raw.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, mother_id INTEGER REFERENCES mother (id))")
        raw.execute("INSERT INTO child VALUES (1, 99)")
        with pytest.raises(migrations.BrokenReferencesError):
            migrations.upgrade(connection)
    assert sorted(inspect(engine).get_table_names()) == ["child", "mother"]


def test_a_revision_of_a_newer_version_is_refused(engine: Engine) -> None:
    upgraded(engine)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with engine.connect() as connection, pytest.raises(CommandError):
        migrations.upgrade(connection)


def test_no_revision_goes_back_for_the_copy_made_before_is_the_way(engine: Engine) -> None:
    upgraded(engine)
    before = sorted(inspect(engine).get_table_names())
    with engine.connect() as connection, pytest.raises(CommandError):
        command.downgrade(migrations._config(connection), "base")
    assert sorted(inspect(engine).get_table_names()) == before


@pytest.mark.parametrize("revision", [each.revision for each in ScriptDirectory(str(migrations.HERE)).walk_revisions()])
def test_what_a_database_of_any_revision_holds_is_kept(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        migrations.upgrade(connection, revision)
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(table.insert(), {column.name: something(column) for column in table.columns})
    upgraded(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            if table.name in inspect(connection).get_table_names():
                count = connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
                assert count == 1, f"{table.name} lost what it held"


def something(column: Column[Any]) -> Any:
    """A value that fits; every row has the number 1, so that all of them point to each other."""
    if column.foreign_keys or column.primary_key:
        return 1
    values = {datetime: datetime(2026, 3, 2), date: date(2026, 3, 2), time: time(10), bytes: b"x", str: "x"}  # noqa: DTZ001 – as the file holds it
    return values.get(column.type.python_type, 1)


def test_the_next_revision_is_drafted_from_what_changed_in_the_models(tmp_path: Path) -> None:
    shutil.copytree(Path(models.__file__).parent, tmp_path / "models", ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / "models" / "seen.py"
    changed.write_text(
        changed.read_text().replace("value: Mapped[str]", "value: Mapped[str]\n    note: Mapped[str | None]")
    )
    subprocess.run([sys.executable, "-m", "models.migrations", "note facts"], cwd=tmp_path, check=True)
    (drafted,) = (tmp_path / "models" / "migrations" / "versions").glob("*_note_facts.py")
    assert "batch_alter_table('fact'" in drafted.read_text()
    assert "'note', sa.String(length=64)" in drafted.read_text()
