"""Design, "The turn": acknowledged only after the commit, one effect an update, and nothing stops the line."""

import asyncio
import logging
import threading
from datetime import timedelta

import pytest

from bot.gap import note_poll
from bot.intake import AT_ONCE, NOTED
from bot.log import set_up
from models.letter import LetterState
from models.seen import POLLED, Fact
from tests.bot.conftest import Monotonic
from tests.bot.machine import SECRET, Gate, calls, committed, counted, dead_updates, letters, locked
from tests.support.town import Town


async def waiting(town: Town) -> int:
    """How many updates Telegram still keeps for the bot."""
    return int((await town.phones.get("queue"))["waiting"])


@pytest.mark.both
async def test_an_update_is_acknowledged_only_after_its_turn_committed(town: Town, gate: Gate):
    anna = await town.somebody("Anna")
    await anna.starts()
    update = await anna.actor.taps("Wacht")
    await asyncio.to_thread(gate.entered.wait, 20)
    assert await waiting(town) == 1
    assert committed(town, "SELECT count(*) FROM seen_update") == 1
    gate.open.set()
    await town.settled(update)
    assert await waiting(town) == 0
    assert committed(town, "SELECT count(*) FROM seen_update") == 2
    assert await anna.last_text() == "Gewacht: 1"


@pytest.mark.both
async def test_an_update_that_comes_again_has_one_effect(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("redeliver", "getUpdates", times=2)
    await anna.taps("Tel")
    await anna.writes("hallo")
    await anna.writes("nog eens")
    assert not await town.phones.get("faults")
    assert counted(town, anna) == 1
    assert (await anna.reads()).count("Gehoord: hallo") == 1


async def test_updates_in_disorder_are_handled_in_the_order_of_their_ids(town: Town, gate: Gate):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.actor.taps("Wacht")
    await asyncio.to_thread(gate.entered.wait, 20)
    await town.phones.fault("disorder", "getUpdates")
    for word in ("een", "twee"):
        await anna.actor.writes(word)
    last = await anna.actor.writes("drie")
    gate.open.set()
    await town.settled(last)
    assert not await town.phones.get("faults")
    heard = [message.text for message in await anna.messages() if message.text.startswith("Gehoord")]
    assert heard == ["Gehoord: een", "Gehoord: twee", "Gehoord: drie"]


async def test_ids_that_begin_anew_after_a_quiet_week_are_taken(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.get("queue")
    lower = town.sim.world.counters["update"] - 5_000
    town.sim.world.counters["update"] = lower
    assert await anna.writes("daar ben ik weer") == "Gehoord: daar ben ik weer"


@pytest.mark.parametrize(
    "raw",
    [
        {"message": "not an object"},
        {"message": {"message_id": 5}},
        {"message": {"message_id": 5, "date": "yesterday", "chat": {"id": 1, "type": "private"}, "text": "x"}},
        {"callback_query": {"id": "1"}},
        {"message": []},
    ],
)
async def test_what_cannot_be_read_is_buried_and_the_line_goes_on(town: Town, raw: dict[str, object]):
    anna = await town.somebody("Anna")
    update = await town.phones.raw(raw)
    await town.settled(update)
    assert await anna.starts() == "Hallo Anna"
    buried = dead_updates(town)
    assert [each.update_id for each in buried] == [update]
    assert buried[0].raw == {"update_id": update, **raw}
    assert await waiting(town) == 0


async def test_who_sent_what_cannot_be_read_gets_an_apology(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    chat = {"id": anna.id, "type": "private", "first_name": "Anna"}
    sender = {"id": anna.id, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    update = await town.phones.raw({"message": {"message_id": 9, "date": "?", "chat": chat, "from": sender}})
    await town.settled(update)
    assert "Something went wrong on our side" in await anna.last_text()


@pytest.mark.parametrize("raw", [{"poll": {"id": "1"}}, {"something_new": {"id": 1}}, {}])
async def test_updates_that_concern_nobody_are_passed_over(town: Town, raw: dict[str, object]):
    update = await town.phones.raw(raw)
    await town.settled(update)
    assert await waiting(town) == 0


async def test_a_handler_that_raises_leaves_nothing_but_an_apology(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    assert "misgelopen" in (await anna.taps("Breek")).lower() or "mis" in (await anna.last_text()).lower()
    assert counted(town, anna) == 0
    assert [each.error for each in dead_updates(town)] == ["RuntimeError"]
    assert (await anna.actor.answer()).answered
    assert await anna.writes("verder") == "Gehoord: verder"


async def test_a_refusal_undoes_the_work_of_the_handler_only(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    assert await anna.taps("Weiger") == "Neen: not_found"
    assert counted(town, anna) == 0
    assert not dead_updates(town)
    await town.phones.fault("redeliver", "getUpdates")
    await anna.writes("verder")
    assert (await anna.reads()).count("Neen") == 1


async def test_while_the_database_is_away_nothing_is_acknowledged_and_later_all_is_done(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    with locked(town):
        update = await anna.actor.taps("Tel")
        await anna.actor.writes("en nog iets")
        answer = await anna.actor.answer(wait=0.1)
        assert not answer.answered
        assert await waiting(town) == 2
    await town.settled(update)
    await anna.writes("klaar")
    assert counted(town, anna) == 1
    assert "Gehoord: en nog iets" in await anna.reads()
    assert not dead_updates(town)


async def test_what_is_logged_has_no_words_of_people_and_no_token(town: Town, caplog: pytest.LogCaptureFixture):
    level = logging.getLogger().level
    handlers = logging.getLogger().handlers[:]
    try:
        set_up("DEBUG")
        logging.getLogger().addHandler(caplog.handler)
        anna = await town.somebody("Anna")
        await anna.starts()
        await anna.taps("Breek")
        await anna.writes("mijn geheime zin")
        await town.phones.fault("error", "sendMessage", error_code=400, description="Bad Request: mijn geheime zin")
        await anna.writes("mijn geheime zin")
        await town.settled()
        assert "update could not be handled" in caplog.text
        assert "machine.py" in caplog.text
        assert letters(town, LetterState.DEAD)
        for secret in (SECRET, "geheime", town.sim.token):
            assert secret not in caplog.text
    finally:
        logging.getLogger().handlers[:] = handlers
        logging.getLogger().setLevel(level)


async def test_a_tap_gets_its_word_after_the_commit(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.taps("Tel")
    assert await anna.toast() == "Dank je"
    assert [each["params"].get("text") for each in await calls(town, "answerCallbackQuery")] == ["Dank je"]


async def test_a_tap_that_cannot_be_answered_any_more_changes_nothing(town: Town):
    anna = await town.somebody("Anna")
    await anna.starts()
    await town.phones.fault("error", "answerCallbackQuery", error_code=400, description="Bad Request: query is too old")
    assert await anna.taps("Tel") == "Geteld: 1"
    assert await anna.taps("Tel") == "Geteld: 2"


async def test_nobody_waits_for_all_that_another_one_wrote(town: Town):
    anna, bert = await town.somebody("Anna"), await town.somebody("Bert")
    await anna.starts()
    await bert.starts()
    with locked(town):
        last = [await anna.actor.writes(f"woord {n}") for n in range(3 * AT_ONCE)][-1]
        await bert.actor.writes("en ik")
    await town.settled(last)
    said = [call["params"]["text"] for call in await calls(town)]
    assert said.index("Gehoord: en ik") < said.index(f"Gehoord: woord {AT_ONCE}")
    heard = [each for each in said if each.startswith("Gehoord: ") and each != "Gehoord: en ik"]
    assert heard == [f"Gehoord: woord {n}" for n in range(3 * AT_ONCE)], "each in their order, and once"


@pytest.mark.sqlite("one thread has all turns there")
async def test_when_somebody_last_polled_is_the_time_at_which_it_is_written(town: Town, monotonic: Monotonic):
    """A note that waited in line must not say that nobody polled since it was asked for."""
    go_on, turns, intake = threading.Event(), town.app.turns, town.app.intake
    monotonic.seconds += NOTED + 1
    held = asyncio.create_task(turns.run(go_on.wait))
    noted = asyncio.create_task(intake.note())
    await asyncio.sleep(0)
    later = town.clock.now() + timedelta(hours=3)
    await town.clock.set(later)
    go_on.set()
    await asyncio.gather(held, noted)
    assert turns.facts(POLLED)[""] == later.isoformat()


@pytest.mark.sqlite("one thread has all turns there")
async def test_a_start_looks_back_from_when_it_began(town: Town):
    """The clock may jump while the database is asked when somebody polled: that is no outage."""
    anna = await town.somebody("Anna")
    await anna.starts()
    await anna.writes("/rondleiding")
    go_on, turns, intake = threading.Event(), town.app.turns, town.app.intake
    turns.remember({POLLED: town.clock.now().isoformat()})
    held = asyncio.create_task(turns.run(go_on.wait))
    looked = asyncio.create_task(intake.look_back())
    await asyncio.sleep(0)
    await town.clock.set(town.clock.now() + timedelta(hours=3))
    go_on.set()
    await asyncio.gather(held, looked)
    await intake.note()
    await town.settled()
    assert (await anna.reads()).count("Hoe heet je hond?") == 1


@pytest.mark.postgresql
async def test_of_two_notes_at_once_the_one_that_waits_is_written_with_a_later_time(town: Town):
    turns = town.app.turns
    turns.remember({POLLED: town.clock.now().isoformat()})
    with town.session() as other, other.begin():
        other.get(Fact, POLLED, with_for_update=True)
        noted = asyncio.create_task(turns.run(note_poll, turns))
        while not (noted.done() or await asyncio.to_thread(_somebody_waits, town)):
            pass
        later = town.clock.now() + timedelta(hours=3)
        await town.clock.set(later)
    await noted
    assert turns.facts(POLLED)[""] == later.isoformat()


def _somebody_waits(town: Town) -> bool:
    """Whether one who asks this database waits for what another one holds."""
    here = "datname = current_database() AND wait_event_type = 'Lock'"
    return committed(town, f"SELECT count(*) FROM pg_stat_activity WHERE {here}") > 0
