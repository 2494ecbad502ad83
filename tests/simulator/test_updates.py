"""How updates reach a poller, and how long they wait for one."""

import asyncio

from simulator.actors import Person, Phones
from simulator.server import Simulator
from tests.simulator.conftest import Caller, Hand


async def test_what_was_not_acknowledged_comes_again(call: Caller, anna: Person) -> None:
    first, second = await anna.writes("een"), await anna.writes("twee")
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [first, second]
    assert [u["update_id"] for u in await call.ok("getUpdates", limit=1)] == [first]
    assert [u["update_id"] for u in await call.ok("getUpdates", offset=second)] == [second]
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [second]
    assert await call.ok("getUpdates", offset=second + 1 if second else 0) == []


async def test_a_negative_offset_keeps_only_the_newest(call: Caller, anna: Person) -> None:
    await anna.writes("een")
    await anna.writes("twee")
    third = await anna.writes("drie")
    assert [u["update_id"] for u in await call.ok("getUpdates", offset=-1)] == [third]
    assert len(await call.ok("getUpdates")) == 1


async def test_an_offset_far_in_the_future_means_nothing(call: Caller, anna: Person) -> None:
    update_id = await anna.writes("een")
    assert update_id is not None
    assert [u["update_id"] for u in await call.ok("getUpdates", offset=update_id + 11)] == [update_id]
    assert await call.ok("getUpdates", offset=update_id + 10) == []


async def test_a_poll_waits_until_something_comes(call: Caller, anna: Person, phones: Phones) -> None:
    poll = asyncio.create_task(call.ok("getUpdates", timeout=20))
    while not (await phones.get("queue"))["poller"]:
        pass
    update_id = await anna.writes("hallo")
    async with asyncio.timeout(10):
        assert [u["update_id"] for u in await poll] == [update_id]
    assert not (await phones.get("queue"))["poller"]


async def test_a_poll_ends_empty_after_its_timeout(call: Caller, anna: Person) -> None:
    assert await call.ok("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first(call: Caller, anna: Person, phones: Phones) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=20))
    while not (await phones.get("queue"))["poller"]:
        pass
    newer = asyncio.create_task(call("getUpdates", timeout=20))
    refusal = await older
    assert refusal["error_code"] == 409
    assert refusal["description"].startswith("Conflict: terminated by other getUpdates request")
    await anna.writes("hallo")
    assert len((await newer)["result"]) == 1


async def test_a_poller_that_is_gone_polls_no_more(call: Caller, anna: Person, phones: Phones) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=20))
    while not (await phones.get("queue"))["poller"]:
        pass
    poll.cancel()
    while (await phones.get("queue"))["poller"]:
        pass
    update_id = await anna.writes("nog daar?")
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [update_id]


async def test_a_webhook_ends_polling(call: Caller, phones: Phones) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=20))
    while not (await phones.get("queue"))["poller"]:
        pass
    await call.ok("setWebhook", url="https://example.be/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert "can't use getUpdates method while webhook is active" in await call.refused("getUpdates")


async def test_stopping_the_server_ends_a_poll(hand: Hand) -> None:
    sim = Simulator(clock=hand)
    await sim.start()
    async with Phones(sim.url) as phones:
        poll = asyncio.create_task(Caller(sim, phones._session)("getUpdates", timeout=50))
        while not (await phones.get("queue"))["poller"]:
            pass
        await sim.stop()
        assert (await poll) == {"ok": True, "result": []}


async def test_messages_wait_a_day_and_taps_150_seconds(call: Caller, anna: Person, hand: Hand) -> None:
    buttons = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    await call.ok("sendMessage", chat_id=anna.id, text="Help je?", reply_markup=buttons)
    message, tap = await anna.writes("hallo"), await anna.taps("Ja")
    hand.forward(seconds=150)
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [message, tap]
    hand.forward(seconds=1)
    assert [u["update_id"] for u in await call.ok("getUpdates")] == [message]
    callback = anna.callback_id
    assert "query is too old" in await call.refused("answerCallbackQuery", callback_query_id=callback)
    hand.forward(hours=24)
    assert await call.ok("getUpdates") == []


async def test_after_a_quiet_week_numbers_start_anew(call: Caller, anna: Person, hand: Hand) -> None:
    before = await anna.writes("een")
    assert before is not None
    hand.forward(days=7)
    assert await anna.writes("twee") == before + 1
    hand.forward(days=7, seconds=1)
    after = await anna.writes("drie")
    assert after is not None
    assert after != before + 2
    assert [u["message"]["text"] for u in await call.ok("getUpdates")] == ["drie"]


async def test_only_the_wanted_kinds_come(call: Caller, anna: Person) -> None:
    message = (await anna.chat())[0]
    assert await anna.reacts(message, "👍") is None
    await call.ok("getUpdates", allowed_updates=["message_reaction", "no_such_kind"])
    assert await anna.writes("hallo") is None
    assert await anna.reacts(message, "") is not None
    (update,) = await call.take()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == []
    assert (await call.ok("getWebhookInfo"))["allowed_updates"] == ["message_reaction"]
    await call.ok("getUpdates", allowed_updates=[])
    assert await anna.writes("hallo") is not None


async def test_raw_updates_are_queued_as_they_stand(call: Caller, phones: Phones) -> None:
    update_id = await phones.raw({"message": {"nonsense": [None]}})
    assert await call.take() == [{"update_id": update_id, "message": {"nonsense": [None]}}]


async def test_a_raw_update_may_hold_half_a_sign_and_a_call_may_not(call: Caller, anna: Person, phones: Phones) -> None:
    update_id = await phones.raw({"message": {"text": "\ud83d"}})
    assert await call.take() == [{"update_id": update_id, "message": {"text": "\ud83d"}}]
    assert "UTF-8" in await call.refused("sendMessage", chat_id=anna.id, text="\ud83d")


async def test_one_can_wait_for_an_acknowledgement(call: Caller, anna: Person, phones: Phones) -> None:
    update_id = await anna.writes("hallo")
    assert update_id is not None
    try:
        await anna.acknowledged(update_id, wait=0)
    except TimeoutError:
        pass
    else:
        raise AssertionError
    waiting = asyncio.create_task(anna.acknowledged(update_id, wait=30))
    await call.take()
    async with asyncio.timeout(10):
        await waiting
    await anna.acknowledged(None)
    state = await phones.get("queue")
    assert (state["waiting"], state["acknowledged"], state["last"]) == (0, update_id, update_id)
