"""Groups: what a bot hears, how it comes and goes, and the migration to a supergroup."""

from typing import Any

import pytest

from simulator.actors import Person, Phones, Refusal
from tests.simulator.conftest import Caller


@pytest.fixture
async def bea(phones: Phones) -> Person:
    return await phones.person("Bea", id=1002)


@pytest.fixture
async def group(phones: Phones, anna: Person, call: Caller) -> dict[str, Any]:
    made = await phones.group("Straat", [anna])
    joined, created = await call.take()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert created["message"]["group_chat_created"]
    return made


async def say(phones: Phones, group: dict[str, Any], person: Person, text: str, **more: Any) -> Any:
    return await phones.post(f"groups/{group['id']}/send", {"from": person.id, "text": text, **more})


async def test_privacy_mode(call: Caller, phones: Phones, anna: Person, group: dict[str, Any]) -> None:
    assert (await say(phones, group, anna, "dag iedereen"))["update_id"] is None
    for heard in ("/help", "/help@buren_demo_bot", "hallo @Buren_demo_bot"):
        assert (await say(phones, group, anna, heard))["update_id"] is not None
    assert (await say(phones, group, anna, "/help@other_bot en @other_bot"))["update_id"] is None
    sent = await call.ok("sendMessage", chat_id=group["id"], text="dag")
    assert (await say(phones, group, anna, "dag!", reply_to=sent["message_id"]))["update_id"] is not None
    await phones.post(f"groups/{group['id']}/members", {"bot": "administrator"})
    assert (await say(phones, group, anna, "gewoon"))["update_id"] is not None
    messages = (await phones.get(f"groups/{group['id']}/chat"))["messages"]
    assert [message.get("text") for message in messages][-2:] == ["dag!", "gewoon"]
    assert len(await phones.get("groups")) == 1


async def test_people_come_and_go(
    call: Caller, phones: Phones, anna: Person, bea: Person, group: dict[str, Any]
) -> None:
    path = f"groups/{group['id']}/members"
    with pytest.raises(Refusal):
        await say(phones, group, bea, "/hallo")
    await phones.post(path, {"add": [bea.id]})
    await phones.post(path, {"add": [bea.id]})
    (joined,) = await call.take()
    assert joined["message"]["new_chat_members"][0]["id"] == bea.id
    await say(phones, group, bea, "/hallo")
    await call.take()
    await call.ok("getUpdates", allowed_updates=["message", "chat_member"])
    await phones.post(path, {"bot": "administrator"})
    await phones.post(path, {"remove": [bea.id, anna.id]})
    left, change = await call.take()
    assert left["message"]["left_chat_member"]["id"] == bea.id
    assert change["chat_member"]["new_chat_member"]["status"] == "left"
    assert (await call.ok("getChatMember", chat_id=group["id"], user_id=bea.id))["status"] == "left"
    for wrong in ({"bot": "king"}, {"add": [5]}, {"remove": 5}):
        with pytest.raises(Refusal):
            await phones.post(path, wrong)


async def test_a_bot_that_is_out_cannot_write(call: Caller, phones: Phones, group: dict[str, Any]) -> None:
    await phones.post(f"groups/{group['id']}/members", {"bot": False})
    refusal = await call.refused("sendMessage", chat_id=group["id"], text="x")
    assert refusal == "403 Forbidden: bot was kicked from the group chat"
    await phones.post(f"groups/{group['id']}/members", {"bot": True})
    await call.ok("leaveChat", chat_id=group["id"])
    refusal = await call.refused("sendMessage", chat_id=group["id"], text="x")
    assert refusal == "403 Forbidden: bot is not a member of the group chat"
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in await call.take()]
    assert statuses == ["kicked", "member", "left"]


async def test_migration(call: Caller, phones: Phones, anna: Person, group: dict[str, Any]) -> None:
    before = (await call.ok("sendMessage", chat_id=group["id"], text="oud"))["message_id"]
    new = await phones.post(f"groups/{group['id']}/migrate")
    answer = await call("sendMessage", chat_id=group["id"], text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new["id"]},
    }
    old, fresh = (update["message"] for update in await call.take())
    assert (old["migrate_to_chat_id"], fresh["migrate_from_chat_id"]) == (new["id"], group["id"])
    assert str(new["id"]).startswith("-100")
    sent = await call.ok("sendMessage", chat_id=new["id"], text="nieuw")
    assert (sent["message_id"], sent["chat"]["type"]) == (2, "supergroup")
    assert before > 2
    refusal = await call.refused("deleteMessage", chat_id=new["id"], message_id=1)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"
    with pytest.raises(Refusal):
        await say(phones, group, anna, "/x")
    with pytest.raises(Refusal):
        await phones.post(f"groups/{group['id']}/migrate")


async def test_only_administrators_pin_and_delete_what_others_wrote(
    call: Caller, phones: Phones, anna: Person, group: dict[str, Any]
) -> None:
    theirs = (await say(phones, group, anna, "/x"))["message"]["message_id"]
    where = {"chat_id": group["id"], "message_id": theirs}
    assert "not enough rights" in await call.refused("pinChatMessage", **where)
    assert "can't be deleted" in await call.refused("deleteMessage", **where)
    await phones.post(f"groups/{group['id']}/members", {"bot": "administrator"})
    await call.ok("pinChatMessage", **where)
    await call.ok("deleteMessage", **where)


@pytest.mark.parametrize("body", [{}, {"title": "x", "members": []}, {"title": " ", "members": [1001]}])
async def test_impossible_groups(phones: Phones, anna: Person, body: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        await phones.post("groups", body)


async def test_groups_have_their_errors(phones: Phones, anna: Person, group: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        await say(phones, group, anna, " ")
    with pytest.raises(Refusal):
        await phones.get("groups/-5/chat")
    senders: list[Any] = [5, [], None]
    for sender in senders:
        with pytest.raises(Refusal):
            await phones.post(f"groups/{group['id']}/send", {"from": sender, "text": "x"})


async def test_a_group_without_the_bot_is_unknown_to_it(call: Caller, phones: Phones, anna: Person) -> None:
    made = await phones.group("Privé", [anna], bot=False)
    assert (await say(phones, made, anna, "/help"))["update_id"] is None
    assert await call.take() == []
    assert (await call("getChat", chat_id=made["id"]))["error_code"] == 403
