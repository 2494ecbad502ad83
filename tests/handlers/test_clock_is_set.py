"""The clock of the machine is set a day back or forth while people have an appointment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.steady import SteadyClock
from models import FormRow, SeenUpdate
from tests.handlers.test_reminding_late import agreed
from tests.support.telling import told, wall
from tests.support.town import Neighbour, Town


async def read(*people: Neighbour) -> list[str]:
    return [await who.reads() for who in people]


def kept(town: Town) -> list[int | None]:
    with town.session() as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in (FormRow, SeenUpdate)]


@pytest.mark.parametrize("days", [4, 1, -1])
async def test_nobody_hears_anything_nothing_is_deleted_and_reminders_come_in_time(town: Town, days: int):
    an, eva = await town.coordinator("An"), await town.resident("Eva")
    rosa, jef = await agreed(town)  # tomorrow at two
    await eva.writes("/vraag")
    seconds = 0.0
    town.app.turns.clock = SteadyClock(town.clock.now, lambda: seconds)
    before, rows = await read(an, rosa, jef, eva), kept(town)
    await town.clock.set(town.clock.now() + timedelta(days=days))
    town.app.sweeper._swept.clear()  # every sweep has its turn
    await town.settled()
    assert await read(an, rosa, jef, eva) == before
    assert kept(town) == rows
    seconds = (wall("2026-11-23 18:00") - wall("2026-11-23 10:00")).total_seconds()
    await town.clock.set(town.clock.now() + timedelta(seconds=seconds))
    await town.settled()
    for who in (rosa, jef):
        assert len(await told(who, "Herinnering")) == 1
