"""`buren revoke`: the role is gone at once, with a bot that runs beside it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.commands import CannotError
from bot.commands.revoking import NONE, describe, forget_pin, revoke
from models import Coordinator, Event, EventKind, FormRow, Invitation, Relink, migrations
from tests.handlers.test_coordinator_story import ask
from tests.support.town import Town, open_town


async def types(work: Callable[..., Iterator[str]], *words: Any) -> list[str]:
    """As from the command line: in another thread, with a connection of its own."""
    return await asyncio.to_thread(lambda: list(work(*words)))


async def test_the_role_is_gone_at_once_beside_a_bot_that_runs(town: Town) -> None:
    settings = town.settings.model_copy(update={"clock_url": town.sim.url})
    an, els, rosa = await town.coordinator("An"), await town.coordinator("Els"), await town.resident("Rosa")
    code = await ask(rosa)
    await an.writes("/coordinatoren")
    await an.taps("Nodig iemand uit")
    found = re.search(r"start=(c-[\w-]+)", await an.taps("Centrum"))
    assert found is not None
    await an.writes("/open")
    await an.taps(f"Bekijk {code}")
    await an.taps("Koppel nieuw toestel")
    await an.taps("Ja, maak de link")
    await an.taps("Terug naar de vraag")
    assert "Dorpsstraat 12" in await an.reads()
    await an.writes("/namens")
    with town.session() as session:
        (mine,) = [line for line in describe(session) if " An: " in line]
        assert "lindebeek since 2026-11-23, a PIN" in mine
    lines = await types(revoke, settings, "An", None)
    assert lines[0] == "An does not coordinate lindebeek any more."
    assert len(lines) == 2, "somebody else answers for it"
    await town.jump(minutes=1)
    assert "Je bent geen coördinator van Lindebeek meer." in await an.reads()
    assert "Dorpsstraat 12" not in await an.reads()
    assert "De beheerder liet An stoppen als coördinator van Lindebeek." in await els.reads()
    assert "Die opdracht ken ik niet." in await an.writes("/open")
    assert "Dorpsstraat 12" not in await an.forges("1:case:1")
    mia = await town.somebody("Mia")
    assert "werkt niet meer" in await mia.starts(found[1])
    with town.session() as session:
        for table in (FormRow, Relink, Invitation):
            assert not session.scalars(select(table)).all()
        assert session.scalars(select(Event).where(Event.kind == EventKind.LEFT_COORDINATING)).one().by is None
    assert "De beheerder liet An stoppen" in await els.writes("/logboek")


async def test_the_last_one_goes_too_and_it_is_said_that_nobody_is_left(town: Town) -> None:
    settings = town.settings.model_copy(update={"clock_url": town.sim.url})
    an = await town.coordinator("An")
    assert "buren invite coordinator --area lindebeek" in (await types(revoke, settings, "An", "lindebeek"))[-1]
    with town.session() as session:
        assert not session.scalars(select(Coordinator)).all()
        assert list(describe(session)) == [NONE]
    await town.jump(minutes=1)
    assert "Je bent geen coördinator van Lindebeek meer." in await an.reads()


async def test_only_of_one_area_and_only_who_is_one(town: Town) -> None:
    settings = town.settings.model_copy(update={"clock_url": town.sim.url})
    an, bo = await town.coordinator("An"), await town.coordinator("Bo")
    await town.coordinator("Bo", "Kerkhoek")
    with town.session() as session, session.begin():
        person = town.person(session, an)
        session.add(Coordinator(person=person, area=town.area(session, "Centrum"), since=town.clock.now()))
    for who, words in (("Eve", "There is no coordinator Eve."), ("Bo", "There are 2, say which one")):
        with pytest.raises(CannotError, match=words):
            await types(revoke, settings, who, None)
    with pytest.raises(CannotError, match="An does not coordinate molenveld"):
        await types(revoke, settings, "an", "molenveld")
    await types(revoke, settings, "An", "centrum")
    assert "Er staat nu geen vraag open." in await an.writes("/open")
    with town.session() as session:
        assert [each.area.slug for each in town.person(session, an).coordinates] == ["lindebeek"]
        assert town.person(session, an).pin is not None
        number = town.person(session, bo).id
    assert "chooses a new PIN" in (await types(forget_pin, settings, str(number)))[0]
    with pytest.raises(CannotError, match="Bo has no PIN"):
        await types(forget_pin, settings, str(number))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as town:
        with town.app.turns.engine.begin() as connection:  # as `buren migrate` leaves it
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrations.head()})
        yield town
