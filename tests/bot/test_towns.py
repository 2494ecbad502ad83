"""Towns leave nothing to the next one, although they share what is costly to make."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sealing import KeyRing, new_key
from models import Person
from tests.bot.machine import routes
from tests.support.engines import lent
from tests.support.town import open_town


async def test_the_next_town_knows_nobody_and_has_its_own_file(tmp_path: Path) -> None:
    names, engines = [], []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_town(folder, routes()) as town:
            engines.append(town.app.turns.engine)
            names.append(town.settings.database_url)
            anna = await town.somebody("Anna")
            assert await anna.starts() == "Hallo Anna"
            assert await anna.taps("Tel") == "Geteld: 1"
            assert [call["method"] for call in await town.phones.log()].count("sendMessage") == 1
            with town.session() as session:
                assert session.scalars(select(Person.id)).all() == [1]
    assert engines[0] is engines[1], "what was compiled serves again"
    assert names[0] != names[1]


@pytest.mark.sqlite("lends engines of files")
def test_an_engine_that_is_lent_again_opens_the_other_file_with_the_other_keys(tmp_path: Path) -> None:
    first, second, keys = tmp_path / "first.db", tmp_path / "second.db", KeyRing(new_key())
    with lent(f"sqlite:///{first}", keys) as engine, engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE things (name TEXT)")
    with lent(f"sqlite:///{second}", KeyRing(new_key())) as other:
        assert other is engine
        assert other.url.database == str(second)
        with other.begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
        with pytest.raises(ValueError, match="key"):
            other.dialect.sealer.unseal(keys.seal(b"Anna"))  # type: ignore[attr-defined]  # set by bot.database
