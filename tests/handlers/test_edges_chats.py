""" "Edges of Telegram": groups, channels, and people who go away and come back."""

from typing import Any

import pytest

from tests.support.asking import asks
from tests.support.raw import sender
from tests.support.telling import asks_at, wall
from tests.support.town import Neighbour, Town

ONLY_PRIVATE = "Ik werk alleen in een privégesprek."
SAID = ("/start", "/mijnvragen", "/open", "/bestaatniet", "hallo @{bot}", "/vraag@{bot} melk")


async def in_group(town: Town, group: dict[str, Any]) -> list[str]:
    """What the bot wrote there."""
    await town.settled()
    chat = await town.phones.get(f"groups/{group['id']}/chat")
    return [message["text"] for message in chat["messages"] if not message["outgoing"]]


async def says(town: Town, group: dict[str, Any], who: Neighbour, text: str) -> None:
    said = await town.phones.post(f"groups/{group['id']}/send", {"from": who.id, "text": text})
    await town.settled(said["update_id"])


async def group_of(town: Town, *members: Neighbour, bot: bool = True) -> dict[str, Any]:
    group = await town.phones.group("De straat", [who.actor for who in members], bot=bot)
    await town.settled((await town.phones.get("queue"))["last"])
    return dict(group)


async def test_a_group_that_adds_the_bot_reads_once_where_it_works(town: Town) -> None:
    anna = await town.resident("Anna")
    group = await group_of(town, anna)
    (only,) = await in_group(town, group)
    assert ONLY_PRIVATE in only


async def test_made_administrator_it_says_nothing_more(town: Town) -> None:
    anna, bert = await town.resident("Anna"), await town.resident("Bert")
    group = await group_of(town, anna)
    changed = await town.phones.post(f"groups/{group['id']}/members", {"bot": "administrator", "add": [bert.id]})
    for update in changed["updates"]:
        await town.settled(update)
    await says(town, group, bert, "Wie heeft er een ladder?")
    await says(town, group, bert, "/start@een_andere_bot")
    assert len(await in_group(town, group)) == 1


@pytest.mark.parametrize("text", SAID)
async def test_who_speaks_to_it_in_a_group_reads_where_it_works_and_nothing_else(town: Town, text: str) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa, text="Mijn geheim")
    group = await group_of(town, rosa, jef)
    before, private = len(await in_group(town, group)), len(await rosa.messages())
    bot = (await town.phones.get("bots"))[0]["username"]
    await says(town, group, rosa, text.format(bot=bot))
    answers = (await in_group(town, group))[before:]
    assert [ONLY_PRIVATE in answer for answer in answers] == [True]
    assert "geheim" not in " ".join(answers)
    assert len(await rosa.messages()) == private


async def test_a_tap_in_a_group_does_nothing(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks(rosa)
    data = (await jef.last()).buttons[0]["callback_data"]
    chat = {"id": -4_000_000_077, "type": "group", "title": "De straat"}
    query = {"id": "77", "from": sender(jef), "chat_instance": "1", "data": data}
    query["message"] = {"message_id": 5, "date": 1, "chat": chat, "text": "x"}
    before = await rosa.reads()
    await town.settled(await town.phones.raw({"callback_query": query}))
    assert await rosa.reads() == before
    assert "answerCallbackQuery" in {call["method"] for call in await town.phones.log()}


async def test_what_is_said_in_the_group_begins_no_dialogue(town: Town) -> None:
    anna = await town.resident("Anna")
    group = await group_of(town, anna)
    await says(town, group, anna, "/vraag melk")
    assert "Je begon aan een vraag" not in await anna.starts()


async def test_a_group_that_became_a_supergroup_gets_its_answer_there(town: Town) -> None:
    anna = await town.resident("Anna")
    group = await group_of(town, anna)
    await town.phones.fault("error", "sendMessage", chat_id=group["id"], error_code=429, retry_after=1)
    said = await town.phones.post(f"groups/{group['id']}/send", {"from": anna.id, "text": "/start"})
    await town.settled(said["update_id"])
    new = await town.phones.post(f"groups/{group['id']}/migrate")
    await town.jump(seconds=5)
    assert any(ONLY_PRIVATE in text for text in await in_group(town, new))


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post"])
async def test_a_channel_is_left_in_peace(town: Town, kind: str) -> None:
    anna = await town.resident("Anna")
    channel = {"id": -1_001_000_000_001, "type": "channel", "title": "Nieuws"}
    post = {"message_id": 7, "date": 1, "chat": channel, "sender_chat": channel, "text": "/start"}
    calls = len(await town.phones.log())
    await town.settled(await town.phones.raw({kind: post}))
    bot = {"id": town.app.turns.bot_id, "is_bot": True, "first_name": "Buren"}
    left, member = ({"status": status, "user": bot} for status in ("left", "member"))
    change = {"chat": channel, "from": sender(anna), "date": 1, "old_chat_member": left, "new_chat_member": member}
    await town.settled(await town.phones.raw({"my_chat_member": change}))
    new = {call["method"] for call in (await town.phones.log())[calls:]}
    assert new <= {"getUpdates"}


# ── away and back ──


async def test_who_comes_back_reads_one_summary_and_no_old_news(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    for text in ("Kaas", "Melk", "Boter"):
        await rosa.taps("Iets veranderen")
        await rosa.taps("Wat precies")
        await rosa.writes(text)
    await town.jump(wall("2026-11-24 12:00"))
    before = len(await jef.messages())
    await town.settled(await jef.actor.unblocks())
    await town.jump(seconds=10)
    assert len(await jef.messages()) == before + 1
    assert "Je hebt 1 taak." in await jef.last_text()
    assert "Boter" not in await jef.last_text()


async def test_who_comes_back_with_start_reads_it_once(town: Town) -> None:
    rosa, jef = await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    await jef.taps("Ik help")
    await town.settled(await jef.actor.blocks())
    before = len(await jef.messages())
    await jef.starts()  # as Telegram's own button does: unblocks, then says /start
    await town.jump(seconds=10)
    assert len(await jef.messages()) == before + 1


async def test_who_comes_back_with_nothing_open_is_left_in_peace(town: Town) -> None:
    anna = await town.resident("Anna")
    await town.settled(await anna.actor.blocks())
    before = len(await anna.messages())
    await town.settled(await anna.actor.unblocks())
    await town.jump(seconds=10)
    assert len(await anna.messages()) == before


async def test_a_dialogue_waits_for_who_blocked_the_bot_in_the_middle_of_it(town: Town) -> None:
    anna = await town.resident("Anna")
    await anna.writes("Kan iemand mijn gras maaien?")
    await town.settled(await anna.actor.blocks())
    await town.jump(hours=3)
    await town.settled(await anna.actor.unblocks())
    await town.jump(seconds=10)
    assert "Je begon aan een vraag." in await anna.last_text()
    assert "Ik begrijp: Tuin." in await anna.taps("Ga verder")


async def test_a_deleted_account_is_found_out_and_a_coordinator_hears_of_it(town: Town) -> None:
    an, rosa, jef = await town.coordinator("An"), await town.resident("Rosa"), await town.volunteer("Jef")
    await asks_at(rosa, "25/11", "14:00")
    await jef.taps("Ik help")
    await jef.actor.deactivates()
    await rosa.taps("Iets veranderen")
    await rosa.taps("Wat precies")
    await rosa.writes("Kaas")
    await town.settled()
    assert "Jef is niet meer bereikbaar via Telegram." in await an.last_text()
    assert "Ik kan Jef nu niet bereiken." in await rosa.last_text()
