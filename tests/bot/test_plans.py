"""What runs with every message finds its rows through an index: a chat of years must not make each answer slower."""

import pytest

from tests.bot.machine import people
from tests.support.plans import plans_of, reads_all
from tests.support.town import Town

pytestmark = pytest.mark.sqlite("SQLite says how it goes about a statement; PostgreSQL decides by how large a table is")


async def test_nothing_that_runs_with_every_message_reads_a_whole_table(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    with plans_of(town.app.turns.engine) as plans:
        await anna.writes("een")
        await anna.writes("/drie")
        await anna.writes(f"/kaart {bert.id} eerst")
        await town.phones.fault("error", "sendMessage", chat_id=bert.id, error_code=429, description="-", retry_after=9)
        await anna.writes(f"/dringend {bert.id} nieuws")
        await town.jump(seconds=10)
        await anna.taps("Tel")
    assert len(plans) > 15
    assert reads_all(plans) == []
