"""Who sends too fast is told once and not read; nobody else notices, and words of need always pass."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.flood import TOO_FAST, Flood
from bot.i18n import translator
from tests.bot.conftest import Monotonic
from tests.bot.machine import calls, committed, counted, locked, routes
from tests.bot.test_webhook import free_port, hook, message, post
from tests.support.raw import message as written
from tests.support.town import Neighbour, Town, open_town

LIMIT = 10  # smaller than usually: each message costs the test time


def told(language: str = "nl") -> str:
    return translator(language)(TOO_FAST)


@pytest.fixture
async def town(tmp_path: Path, monotonic: Monotonic) -> AsyncIterator[Town]:
    async with open_town(tmp_path, routes(), monotonic, flood_limit=LIMIT) as town:
        yield town


async def sends(town: Town, who: Neighbour, *texts: str, every: float = 0.0, **given: Any) -> None:
    """Many at once, each written `every` seconds after the one before; waits until all are handled."""
    update, begun = None, int(town.clock.now().timestamp()) + 60
    for at, text in enumerate(texts):
        facts = {"message_id": 700_000 + at, "date": begun + int(at * every)}
        said = written(town, who, {"text": text}, **given) | facts
        update = await town.phones.raw({"message": said})
    await town.settled(update)


def words(count: int) -> list[str]:
    return [f"woord{n}" for n in range(count)]


async def test_what_is_too_much_is_acknowledged_and_leaves_no_trace_but_one_notice(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await sends(town, anna, *words(40))
    assert (await anna.reads()).count("Gehoord") == LIMIT
    await anna.actor.sees(told())
    assert (await anna.reads()).count(told()) == 1
    assert committed(town, "SELECT count(*) FROM seen_update") == 1 + LIMIT
    flood = town.app.intake.flood
    assert (flood.held_back, flood.floods) == (40 - LIMIT, 1)
    assert (await town.phones.get("queue"))["waiting"] == 0


async def test_it_is_said_in_the_language_of_the_telephone(town: Town):
    anne = await town.somebody("Anne", "fr")
    await anne.starts()
    await sends(town, anne, *words(LIMIT + 1), language_code="fr")
    await anne.actor.sees(told("fr"))


async def test_others_are_read_meanwhile_and_have_a_measure_of_their_own(town: Town):
    anna, bert = await town.somebody("Anna"), await town.somebody("Bert")
    await bert.starts()
    await sends(town, anna, *words(40))
    await sends(town, bert, *words(LIMIT))
    assert (await bert.reads()).count("Gehoord") == LIMIT
    assert told() not in await bert.reads()


async def test_who_writes_fast_as_people_do_is_always_read(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await sends(town, anna, *words(30), every=1.0)
    assert (await anna.reads()).count("Gehoord") == 30
    assert town.app.intake.flood.held_back == 0


async def test_what_was_written_in_an_outage_arrives_at_once_and_is_all_read(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.app.__aexit__(None, None, None)
    begun = int(town.clock.now().timestamp())
    for n in range(25):
        said = written(town, anna, {"text": f"woord {n}"}) | {"message_id": 700_000 + n, "date": begun + 20 * n}
        await town.phones.raw({"message": said})
    await town.begin()
    await anna.actor.sees("Gehoord: woord 24")
    assert (await anna.reads()).count("Gehoord") == 25


async def test_after_a_while_they_are_read_again_and_told_again_if_it_is_too_fast_again(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    for n in range(1, 3):
        await sends(town, anna, *words(LIMIT + 3))
        await town.jump(minutes=5)
        assert await anna.writes(f"daar ben ik weer, {n}") == f"Gehoord: daar ben ik weer, {n}"
        await anna.actor.sees(told())
        assert (await anna.reads()).count(told()) == n


async def test_words_of_need_always_pass_and_are_answered(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await sends(town, anna, *words(15), "ik krijg geen adem", *words(5), "er is brand")
    assert (await anna.reads()).count("1813") == 2
    assert (await anna.reads()).count("Nood: told") == 2


async def test_who_repeats_words_of_need_gets_each_answer_but_holds_up_nobody(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await sends(town, anna, *["er is brand"] * 12)
    assert (await anna.reads()).count("Nood: told") == 5, "before all turns"
    assert (await anna.reads()).count("Nood: untold") == 7, "in their turns"


async def test_a_tap_too_many_gets_it_over_the_screen(town: Town, monotonic: Monotonic):
    anna = await town.somebody("Anna")
    await anna.starts()
    card = await anna.last()
    for _ in range(LIMIT):
        await anna.forges("1:count", card)
    assert counted(town, anna) == LIMIT
    await anna.forges("1:count", card)
    assert await anna.toast() == told()
    assert counted(town, anna) == LIMIT
    monotonic.seconds += 1
    await anna.forges("1:count", card)
    assert counted(town, anna) == LIMIT + 1
    await anna.forges("1:count", card)
    assert await anna.toast() == told(), "each second at most"
    assert told() not in await anna.reads()


async def test_while_the_database_is_away_nobody_is_too_fast(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        update = await anna.actor.writes("straks")
        for _ in range(3 * LIMIT):
            raw = {"update_id": update, "message": written(town, anna, {"text": "straks"})}
            assert not town.app.intake.holds_back(raw)
            assert not await town.app.intake.handle(raw)
            town.app.intake._failed.clear()
    await anna.actor.sees("Gehoord: straks")
    assert town.app.intake.flood.held_back == 0


async def test_who_blocks_the_bot_is_not_too_fast(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await sends(town, anna, *words(2 * LIMIT))
    update = await anna.actor.blocks()
    await town.settled(update)
    assert committed(town, f"SELECT count(*) FROM seen_update WHERE update_id = {update}") == 1


async def test_in_a_group_nothing_is_said_about_it(town: Town):
    anna, bert = await town.somebody("Anna"), await town.somebody("Bert")
    await anna.starts()
    group = await town.phones.group("Straat", [anna.actor, bert.actor])
    await town.settled((await town.phones.get("queue"))["last"])  # it said where it works
    before = len(await calls(town))
    chat = {"id": group["id"], "type": "group", "title": "Straat"}
    update = None
    for n in range(2 * LIMIT):
        said = written(town, anna, {"text": f"woord {n}"}) | {"chat": chat, "message_id": 700_000 + n}
        update = await town.phones.raw({"message": said})
    await town.settled(update)
    assert town.app.intake.flood.held_back >= LIMIT
    assert len(await calls(town)) == before


@pytest.mark.parametrize("date", [None, "gisteren", -1, 10**400, True, {}])
async def test_a_message_that_tells_no_time_counts_as_written_with_the_one_before(town: Town, date: object):
    flood = Flood(town.app.client.call, 3, Monotonic())
    raw = {"update_id": 1, "message": {"date": date, "from": {"id": {"no": "number"}}, "chat": {"id": 1}}}
    assert [flood.holds_back(raw) for _ in range(5)] == [False, False, False, True, True]
    await flood.finish()


async def test_behind_a_webhook_it_is_200_and_dropped(tmp_path: Path):
    async with open_town(tmp_path, routes(), flood_limit=LIMIT, **hook(free_port())) as town:
        anna = await town.somebody("Anna")
        await anna.starts()
        sent = [post(town, message(900_100 + n, f"woord {n}", anna.id)) for n in range(2 * LIMIT)]
        assert set(await asyncio.gather(*sent)) == {200}
        await anna.actor.sees(told())
        await town.settled()
        assert (await anna.reads()).count("Gehoord") == LIMIT
        assert await post(town, message(900_300, "ik krijg geen adem", anna.id)) == 200
        await anna.actor.sees("112")


async def test_the_usual_measure_is_generous_and_can_be_taken_away(town: Town):
    usual = type(town.settings).model_fields["flood_limit"].default
    assert usual >= 30, "an album, and an impatient finger"
    flood = Flood(town.app.client.call, 0, Monotonic())
    assert not any(flood.holds_back({"update_id": n, "message": {"date": 5, "from": {"id": 1}}}) for n in range(500))
