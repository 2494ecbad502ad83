"""How a database is opened, so that what people were told survives."""

from pathlib import Path

import pytest

from bot.database import empty_log, open_engine
from bot.sealing import KeyRing, new_key


@pytest.mark.sqlite("a pragma of SQLite")
def test_what_is_committed_survives_a_power_cut_and_what_is_deleted_is_gone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'buren.db'}", KeyRing(new_key()))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size")
        }
    engine.dispose()
    full = 2
    assert found == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "secure_delete": 1, "mmap_size": 0}


@pytest.mark.sqlite("only SQLite has a log of its own")
def test_a_log_that_cannot_be_emptied_undoes_nothing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'gone' / 'buren.db'}", KeyRing(new_key()))
    empty_log(engine)  # what came before is committed: an error here would say that it was not
