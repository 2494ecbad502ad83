"""The whole story, from /start to done, finds its rows through an index."""

import pytest

from tests.handlers.test_story import live_it
from tests.support.plans import plans_of, reads_all
from tests.support.town import Town


@pytest.mark.sqlite("SQLite says how it goes about a statement; PostgreSQL decides by how large a table is")
async def test_nothing_in_the_story_reads_a_whole_table_but_what_forgets_now_and_then(town: Town):
    turns = town.app.turns
    with plans_of(turns.engine) as seldom:
        for name in turns.router.sweeps:
            await turns.run(turns.sweep, name)
    with plans_of(turns.engine) as plans:
        await live_it(town)
    often = {statement: plan for statement, plan in plans.items() if statement not in seldom}
    assert len(often) > 60
    assert reads_all(often) == []
