"""Design, "Letters": what the sender does with each thing that Telegram can answer."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, RetryAfter

from bot import mailroom
from bot.envelopes import Envelope, Result
from bot.letters import Post, To
from bot.returned import settle
from bot.screen import Screen
from bot.turns import Turns
from models import Person
from models.letter import LetterState, Priority
from tests.bot.machine import calls, letters, people
from tests.support.town import Town

OPEN = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNKNOWN)


async def refuse(town: Town, code: int, description: str, method: str = "sendMessage", **more: Any) -> None:
    await town.phones.fault("error", method, error_code=code, description=description, **more)


async def moments_later(town: Town) -> None:
    """What waits a moment for its next try gets it: the clock of the tests stands still."""
    await town.jump(seconds=2)


async def test_what_arrived_is_sent_and_its_words_are_blanked(town: Town):
    (anna,) = await people(town, "Anna")
    (letter,) = letters(town, LetterState.SENT)
    assert letter.message_id == (await anna.last()).id
    assert letter.body is None
    assert letter.sent_at == town.clock.now()


async def test_429_lets_one_chat_wait_in_order_and_nobody_else(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await refuse(town, 429, "Too Many Requests: retry after 40", chat_id=anna.id, retry_after=40)
    await anna.writes("een")
    await anna.writes("twee")
    assert await bert.writes("drie") == "Gehoord: drie"
    assert "Gehoord" not in await anna.reads()
    await town.jump(seconds=39)
    assert "Gehoord" not in await anna.reads()
    await town.jump(seconds=2)
    heard = [message.text for message in await anna.messages()][1:]
    assert heard == ["Gehoord: een", "Gehoord: twee"]


async def test_429_is_remembered_across_a_restart(town: Town):
    (anna,) = await people(town, "Anna")
    await refuse(town, 429, "Too Many Requests: retry after 40", chat_id=anna.id, retry_after=40)
    await anna.writes("een")
    await town.restart()
    assert "Gehoord" not in await anna.reads()
    await town.jump(seconds=41)
    assert await anna.last_text() == "Gehoord: een"


async def test_of_two_waits_for_what_goes_at_once_the_longer_one_counts(town: Town):
    (anna,) = await people(town, "Anna")
    for seconds in (40, 5):
        await refuse(town, 429, "Too Many Requests", chat_id=anna.id, retry_after=seconds)
        with pytest.raises(RetryAfter):
            await town.app.outbox.at_once("sendMessage", {"chat_id": anna.id, "text": "nood"})
    await anna.writes("een")
    await town.jump(seconds=39)
    assert "Gehoord" not in await anna.reads()
    await town.jump(seconds=2)
    assert await anna.last_text() == "Gehoord: een"


async def test_429_in_several_chats_lets_everybody_wait(town: Town):
    anna, bert, cleo = await people(town, "Anna", "Bert", "Cleo")
    for each, seconds in ((anna, 20), (bert, 40)):
        await refuse(town, 429, "Too Many Requests", chat_id=each.id, retry_after=seconds)
        await each.writes("een")
    await cleo.writes("een")
    assert "Gehoord" not in await cleo.reads()
    await town.jump(seconds=41)
    for each in (anna, bert, cleo):
        assert await each.last_text() == "Gehoord: een"


@pytest.mark.parametrize("kind", ["bad_gateway_before", "reset_before", "timeout_before"])
async def test_a_letter_that_perhaps_arrived_is_tried_once_more(town: Town, kind: str):
    (anna,) = await people(town, "Anna")
    await town.phones.fault(kind, "sendMessage", seconds=0.05)
    await anna.writes("een")
    await moments_later(town)
    assert (await anna.reads()).count("Gehoord: een") == 1
    assert not letters(town, *OPEN)


@pytest.mark.parametrize("kind", ["bad_gateway_after", "reset_after", "timeout_after"])
async def test_at_most_it_arrives_twice(town: Town, kind: str):
    (anna,) = await people(town, "Anna")
    await town.phones.fault(kind, "sendMessage", seconds=0.05)
    await anna.writes("een")
    await moments_later(town)
    assert (await anna.reads()).count("Gehoord: een") == 2
    assert not letters(town, *OPEN)


async def test_a_letter_that_perhaps_arrived_twice_is_left_to_the_operator(town: Town):
    (anna,) = await people(town, "Anna")
    await town.phones.fault("bad_gateway_before", "sendMessage", times=2)
    await anna.writes("een")
    await moments_later(town)
    await anna.writes("twee")
    (dead,) = letters(town, LetterState.DEAD)
    assert dead.error == "unknown"
    assert dead.body == {"text": "Gehoord: een", "link_preview_options": {"is_disabled": True}}
    assert await anna.last_text() == "Gehoord: twee"


async def test_an_outage_does_not_use_up_the_second_try_of_anybody(town: Town):
    anna, bert, cleo = await people(town, "Anna", "Bert", "Cleo")
    await town.phones.fault("bad_gateway_before", "getMe", times=2)
    await town.phones.fault("bad_gateway_before", "sendMessage", times=3)
    updates = [await each.actor.writes("een") for each in (anna, bert, cleo)]
    await town.phones.waits_for(updates[-1])
    await town.settled()
    await moments_later(town)
    for each in (anna, bert, cleo):
        assert await each.last_text() == "Gehoord: een"
    assert not letters(town, LetterState.DEAD, *OPEN)


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_who_cannot_be_reached_is_a_fact_until_they_write_again(town: Town, code: int, description: str):
    anna, bert = await people(town, "Anna", "Bert")
    await refuse(town, code, description, chat_id=bert.id)
    await anna.writes(f"/dringend {bert.id} oud")
    with town.session() as session:
        assert town.person(session, bert).unreachable_since == town.clock.now()
    await anna.writes(f"/dringend {bert.id} ongehoord")
    assert not letters(town, *OPEN)
    assert await bert.writes("ik ben er weer") == "Gehoord: ik ben er weer"
    with town.session() as session:
        assert town.person(session, bert).unreachable_since is None
    await anna.writes(f"/dringend {bert.id} nieuw")
    assert await bert.last_text() == "nieuw"
    assert "oud" not in await bert.reads()
    assert "ongehoord" not in await bert.reads()


async def test_the_answer_to_what_they_wrote_while_a_letter_was_refused_still_goes(town: Town):
    (anna,) = await people(town, "Anna")
    now = town.clock.now()
    left = now + timedelta(seconds=1)
    with town.session() as session, session.begin():
        to = To(str(anna.id), town.person(session, anna))
        refused, before, after = (
            Post(session, at).send(to, Screen(words), priority=Priority.ANSWER)
            for at, words in ((now, "geweigerd"), (now, "oud"), (left + timedelta(milliseconds=50), "antwoord"))
        )
        session.flush()
        envelope = Envelope(refused.id, to.chat_id, refused.method, {}, None)
        assert settle(session, Result(envelope, "unreachable", left=left), left + timedelta(seconds=1))
        session.expire_all()
        found = [each.state for each in (refused, before, after)]
    assert found == [LetterState.CANCELLED, LetterState.CANCELLED, LetterState.QUEUED]


async def test_nothing_goes_to_who_blocked_the_bot_and_nobody_else_waits(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await town.settled(await bert.actor.blocks())
    for word in ("een", "twee"):
        await anna.writes(f"/dringend {bert.id} {word}")
    assert len(letters(town, LetterState.CANCELLED)) == 1
    assert await anna.last_text() == "Gezegd."


async def test_an_edit_that_changes_nothing_is_done(town: Town):
    (anna,) = await people(town, "Anna")
    card = await anna.last()
    await anna.forges("1:number:1", card)
    await anna.forges("1:number:1", card)
    assert not letters(town, LetterState.DEAD, *OPEN)


async def test_what_cannot_be_edited_is_sent_anew(town: Town):
    (anna,) = await people(town, "Anna")
    before = await anna.last()
    await refuse(town, 400, "Bad Request: message to edit not found", "editMessageText")
    assert await anna.taps("Tel") == "Geteld: 1"
    assert (await anna.last()).id > before.id


async def test_the_answer_to_a_tap_at_what_has_no_text_comes_as_a_new_message(town: Town):
    """Buttons stand below text only; a tap can be forged."""
    (anna,) = await people(town, "Anna")
    await anna.writes(f"/plaats {anna.id}")
    (place,) = [letter for letter in letters(town, LetterState.SENT) if letter.method == "sendLocation"]
    (shown,) = [message for message in await anna.messages() if message.id == place.message_id]
    assert await anna.forges("1:number:1", shown)
    assert (await anna.last()).id > shown.id
    assert not letters(town, LetterState.DEAD, *OPEN)
    await anna.writes(f"/weg {anna.id}")
    assert shown.id not in [message.id for message in await anna.messages()], "what is private leaves the chat still"


async def test_a_button_that_cannot_be_taken_off_is_let_be(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    await anna.writes(f"/kaart {bert.id} een")
    await refuse(town, 400, "Bad Request: message can't be edited", "editMessageReplyMarkup")
    await anna.writes(f"/kaart {bert.id} twee")
    assert await bert.last_text() == "twee"
    assert [letter.error for letter in letters(town, LetterState.CANCELLED)] == ["gone"]


async def test_what_telegram_never_takes_is_left_to_the_operator_and_the_next_one_goes(town: Town):
    (anna,) = await people(town, "Anna")
    await refuse(town, 400, "Bad Request: something quite new")
    await anna.writes("een")
    assert await anna.writes("twee") == "Gehoord: twee"
    (dead,) = letters(town, LetterState.DEAD)
    assert dead.error == "refused"
    assert dead.body is not None


async def test_a_wrong_token_stops_everything_and_drops_nothing(town: Town):
    (anna,) = await people(town, "Anna")
    await refuse(town, 401, "Unauthorized")
    await anna.actor.writes("een")
    with pytest.raises(InvalidToken):
        await town.app.run()
    assert not letters(town, LetterState.DEAD, LetterState.CANCELLED)
    await town.restart()
    assert await anna.last_text() == "Gehoord: een"


async def test_a_chat_that_moved_is_followed(town: Town):
    anna, bert = await people(town, "Anna", "Bert")
    cleo = await town.somebody("Cleo")
    await cleo.starts()
    await refuse(town, 400, "Bad Request: group chat was upgraded", chat_id=bert.id, migrate_to_chat_id=cleo.id)
    await refuse(town, 403, "Forbidden: bot was kicked", chat_id=bert.id)
    with town.session() as session, session.begin():
        person = town.person(session, cleo)
        person.telegram_key = person.telegram_id = None
    await anna.writes(f"/dringend {bert.id} verhuisd")
    assert await cleo.last_text() == "verhuisd"
    with town.session() as session:
        moved = session.scalars(select(Person).where(Person.telegram_key == str(cleo.id))).one()
        assert moved.first_name == "Bert"


async def test_a_group_is_told_when_the_bot_comes_or_is_addressed_that_this_is_for_private_chats(town: Town):
    (anna,) = await people(town, "Anna")
    group = await town.phones.group("Straat", [anna.actor])
    for text in ("/start@" + town.sim.username, "zomaar wat"):
        sent = await town.phones.post(f"groups/{group['id']}/send", {"from": anna.id, "text": text})
        await town.settled(sent["update_id"])
    said = [call for call in await calls(town) if str(call["params"]["chat_id"]) == str(group["id"])]
    assert [bool(call["ok"]) for call in said] == [True, True], "when it came, and when it was addressed"


async def test_letters_that_were_in_flight_at_a_crash_are_tried_once_more(town: Town):
    (anna,) = await people(town, "Anna")
    await town.phones.fault("slow", "sendMessage", seconds=20)
    await anna.actor.writes("een")
    await anna.actor.sees("Gehoord: een")  # delivered, and the bot does not know it yet
    assert [letter.state for letter in letters(town, *OPEN)] == [LetterState.SENDING]
    for task in asyncio.all_tasks():
        if task.get_coro().__qualname__ == "Outbox._deliver":  # type: ignore[union-attr]  # tasks of ours have a name
            task.cancel()
    await town.restart()
    assert (await anna.reads()).count("Gehoord: een") == 2
    assert not letters(town, *OPEN)


async def test_what_lands_at_the_very_moment_at_which_it_is_looked_through_is_written_down(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    """That is looked through in another thread, which may run in the middle of any line."""
    (anna,) = await people(town, "Anna")
    settle_and_claim, begun, lands, taken = mailroom.settle_and_claim, *(threading.Event() for _ in range(3))

    def settle_in_the_middle(turns: Turns, take: Callable[[], Sequence[Result]], room: int) -> mailroom.Round:
        def take_in_the_middle() -> Sequence[Result]:
            begun.set()
            assert lands.wait(20)
            results = take()
            taken.set()
            return results

        return settle_and_claim(turns, take_in_the_middle, room)

    def land(*told: Any, **more: Any) -> Result:
        assert begun.is_set()
        lands.set()
        assert taken.wait(20)
        return Result(*told, **more)

    await town.phones.fault("slow", "sendMessage", seconds=0.2)
    monkeypatch.setattr("bot.mailroom.settle_and_claim", settle_in_the_middle)
    monkeypatch.setattr("bot.outbox.Result", land)
    assert await anna.writes("een") == "Gehoord: een"
    assert not letters(town, *OPEN)
    assert await anna.writes("twee") == "Gehoord: twee"


@pytest.mark.parametrize(
    ("words", "came"), [("een", "Gehoord: een"), ("/kaart {} een", "een")], ids=["with its turn", "by the sender"]
)
async def test_what_was_committed_though_the_database_said_no_more_is_sent(town: Town, words: str, came: str):
    anna, bert = await people(town, "Anna", "Bert")
    engine, left = town.app.turns.engine, [1]

    def answer_nothing(connection: Connection) -> None:
        marked = connection.exec_driver_sql("SELECT count(*) FROM letter WHERE state = 'sending'").scalar()
        if marked and left and left.pop():
            connection.connection.driver_connection.commit()  # type: ignore[union-attr]  # there is one
            raise OperationalError("COMMIT", None, Exception("the connection was lost"))

    event.listen(engine, "commit", answer_nothing)
    await town.settled(await anna.actor.writes(words.format(bert.id)))
    event.remove(engine, "commit", answer_nothing)
    assert not left
    await town.jump(seconds=2)
    assert not letters(town, *OPEN)
    assert [each.text for who in (anna, bert) for each in await who.messages()].count(came) == 1


async def test_an_answer_that_is_being_handed_over_is_not_taken_for_a_lost_one(town: Town):
    """On PostgreSQL, or while the disk is waited for, another turn may fail between its commit and its sending."""
    (anna,) = await people(town, "Anna")
    app = town.app
    with app.outbox.may_take() as may:
        assert may
        with town.session() as session, session.begin():
            letter = Post(session, town.clock.now()).send(To(str(anna.id)), Screen("een"), priority=Priority.ANSWER)
            envelope = mailroom.hand_over(session, letter)
        assert envelope is not None
        app.outbox.doubt()
        for _ in range(3):
            await app.turns.run(app.turns.facts, "-")
        assert [each.id for each in letters(town, LetterState.SENDING)] == [envelope.id]
        app.outbox.take(envelope)
    await town.settled()
    assert (await anna.reads()).count("een") == 1
