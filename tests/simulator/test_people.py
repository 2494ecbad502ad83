"""What people do with their phones, and how the bot hears of it."""

import base64
from typing import Any

import pytest

from simulator import files
from simulator.actors import NotThere, Person, Phones, Refusal
from tests.simulator.conftest import Caller

BUTTONS = {
    "inline_keyboard": [
        [{"text": "Ik help", "callback_data": "help"}, {"text": "Site", "url": "https://example.be/"}],
        [
            {"text": "Start", "url": "https://t.me/buren_demo_bot?start=oost"},
            {"text": "Code", "copy_text": {"text": "K7"}},
        ],
    ]
}


async def newest(call: Caller) -> dict[str, Any]:
    return dict((await call.take())[-1]["message"])


async def test_a_phone_is_made_and_changed(phones: Phones) -> None:
    bea = await phones.person("Bea", language="fr", id=77, label="Volunteer")
    await phones.person("Béa", id=77)
    await bea.speaks("nl")
    (phone,) = await phones.get("phones")
    assert (phone["id"], phone["first_name"], phone["language_code"], phone["label"]) == (77, "Béa", "nl", "Volunteer")
    other = await phones.person("Cis")
    assert other.id != bea.id


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"first_name": ""}, 400),
        ({"first_name": 5}, 400),
        ({"first_name": "A", "colour": "red"}, 400),
        ({"first_name": "A", "labels": "Resident"}, 400),
        ({"first_name": "A", "labels": {"fr": 5}}, 400),
        ({"first_name": "A", "id": -5}, 400),
        ({"first_name": "A", "id": True}, 400),
        ({"first_name": "A", "id": "1"}, 400),
        ({"first_name": "A", "id": 110201543}, 409),
    ],
)
async def test_impossible_phones(phones: Phones, body: dict[str, Any], status: int) -> None:
    with pytest.raises(Refusal) as refusal:
        await phones.post("phones", body)
    assert refusal.value.status == status


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("voice", {"duration": 7, "caption": "luister"}, {"duration": 7, "mime_type": "audio/ogg"}),
        ("document", {"file_name": "a.pdf"}, {"file_name": "a.pdf", "mime_type": "application/pdf"}),
        ("document", {"file_name": "a", "mime_type": "x/y"}, {"mime_type": "x/y"}),
        ("location", {"latitude": 50.8, "longitude": 4.9, "live_period": 900}, {"live_period": 900}),
        ("location", {"latitude": 50.8, "longitude": 4.9}, {"latitude": 50.8}),
        ("contact", {"phone_number": "+321", "first_name": "B"}, {"phone_number": "+321"}),
        ("sticker", {"emoji": "👍"}, {"emoji": "👍", "type": "regular"}),
        ("dice", {"value": 6}, {"emoji": "🎲", "value": 6}),
        ("poll", {"question": "Ja?", "options": ["ja", "nee"]}, {"question": "Ja?", "total_voter_count": 0}),
        ("video_note", {}, {"length": 240}),
        ("video", {"duration": 9, "caption": "kijk"}, {"duration": 9}),
        ("audio", {}, {"mime_type": "audio/mpeg"}),
        ("animation", {}, {"width": 640}),
    ],
)
async def test_everything_can_be_sent(
    call: Caller, anna: Person, kind: str, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert await anna.sends(kind, **fields) is not None
    message = await newest(call)
    assert expected.items() <= message[kind].items()
    assert message.get("caption") == fields.get("caption")


async def test_helpers_send_too(call: Caller, anna: Person) -> None:
    await anna.sends_photo(caption="mijn #tuin")
    await anna.sends_document("brief.txt")
    await anna.sends_contact("+32470000000")
    await anna.sends_contact("+32470000001", "Bea")
    await anna.sends_location(50.8, 4.9)
    await anna.sends_sticker()
    await anna.sends_poll("?", ["a", "b"])
    photo, _, own, other, *_ = (update["message"] for update in await call.take())
    assert photo["caption_entities"] == [{"type": "hashtag", "offset": 5, "length": 5}]
    assert own["contact"]["user_id"] == anna.id
    assert "user_id" not in other["contact"]


async def test_real_bytes_can_be_sent(call: Caller, anna: Person, phones: Phones) -> None:
    picture = files.picture(20, 10)
    await anna.sends("photo", beside={"file_base64": base64.b64encode(picture).decode()})
    (size,) = (await newest(call))["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (20, 10, len(picture))
    async with call.session.get(f"{call.sim.url}/api/files/{size['file_id']}") as response:
        assert response.content_type == "image/png"
        assert await response.read() == picture
    with pytest.raises(Refusal):
        await phones.get("files/none")


async def test_answers_forwards_and_albums(call: Caller, anna: Person) -> None:
    first = (await anna.chat())[0]
    await anna.writes("ja", reply_to=first)
    assert (await newest(call))["reply_to_message"]["message_id"] == first.id
    await anna.sends("photo", beside={"forward": True, "media_group_id": 5})
    message = await newest(call)
    assert (message["forward_origin"]["type"], message["media_group_id"]) == ("hidden_user", "5")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": "a", "photo": {}}, 400),
        ({"poem": {}}, 400),
        ({"text": 5}, 400),
        ({"text": " "}, 400),
        ({"text": "a" * 4097}, 400),
        ({"photo": []}, 400),
        ({"photo": {"caption": "a" * 1025}}, 400),
        ({"photo": {"file_base64": "?"}}, 400),
        ({"photo": {"file_base64": "YWJj"}}, 400),
        ({"voice": {"duration": "x"}}, 400),
        ({"location": {}}, 400),
        ({"location": {"latitude": 100, "longitude": 0}}, 400),
        ({"contact": {}}, 400),
        ({"poll": {"question": "x"}}, 400),
        ({"text": "a", "reply_to": 999}, 409),
        ({"text": "a", "reply_to": "x"}, 400),
    ],
)
async def test_impossible_messages(phones: Phones, anna: Person, body: dict[str, Any], status: int) -> None:
    with pytest.raises(Refusal) as refusal:
        await phones.post(f"phones/{anna.id}/send", body)
    assert refusal.value.status == status


async def test_own_words_can_be_edited(call: Caller, anna: Person, phones: Phones) -> None:
    await anna.writes("dag")
    await anna.sends_photo(caption="foto")
    await anna.sends_location(50, 4)
    text, photo, place = (await anna.chat())[-3:]
    await call.take()
    await anna.edits(text, "goedendag /help")
    await anna.edits(photo, "mooie foto #x")
    first, second = (update["edited_message"] for update in await call.take())
    assert first["text"] == "goedendag /help"
    assert first["edit_date"]
    assert first["entities"][0]["type"] == "bot_command"
    assert (second["caption"], second["caption_entities"][0]["type"]) == ("mooie foto #x", "hashtag")
    assert (await anna.chat())[-3].edited
    sent = await call.ok("sendMessage", chat_id=anna.id, text="van de bot")
    for message_id in (place.id, sent["message_id"], 999, "x"):
        with pytest.raises(Refusal):
            await phones.post(f"phones/{anna.id}/edit", {"message_id": message_id, "text": "x"})


async def test_tapping(call: Caller, anna: Person) -> None:
    first = await call.ok("sendMessage", chat_id=anna.id, text="een", reply_markup=BUTTONS)
    await call.ok("sendMessage", chat_id=anna.id, text="twee", reply_markup=BUTTONS)
    await anna.taps("Ik help")
    (update,) = await call.take()
    assert (update["callback_query"]["data"], update["callback_query"]["message"]["text"]) == ("help", "twee")
    chat = await anna.chat()
    await anna.taps("Ik help", on=next(m for m in chat if m.id == first["message_id"]))
    (update,) = await call.take()
    assert update["callback_query"]["message"]["text"] == "een"
    await anna.taps("Site")
    assert anna.opened == "https://example.be/"
    await anna.taps("Start")
    assert (await newest(call))["text"] == "/start oost"
    assert await anna.taps("Code") is None
    assert (await anna.last()).buttons[0]["callback_data"] == "help"
    with pytest.raises(NotThere, match="Ik help"):
        await anna.taps("Bestaat niet")
    with pytest.raises(NotThere):
        await anna.taps("Ik help", on=chat[0])
    with pytest.raises(NotThere):
        await (await anna.phones.person("Bea")).answer()


async def test_forged_taps(call: Caller, anna: Person, phones: Phones) -> None:
    sent = await call.ok("sendMessage", chat_id=anna.id, text="een", reply_markup=BUTTONS)
    await anna.forges(sent["message_id"], "gestolen:1")
    await anna.forges(424242, "oud")
    real, gone = (update["callback_query"] for update in await call.take())
    assert (real["data"], real["message"]["text"]) == ("gestolen:1", "een")
    assert gone["message"] == {"chat": real["message"]["chat"], "message_id": 424242, "date": 0}
    for body in ({"message_id": sent["message_id"], "data": "andere"}, {"message_id": 424242, "label": "Ik help"}, {}):
        with pytest.raises(Refusal) as refusal:
            await phones.post(f"phones/{anna.id}/tap", body)
        assert refusal.value.status == 409
    with pytest.raises(Refusal):
        await phones.post(f"phones/{anna.id}/tap", {"message_id": 1, "forged": True})


async def test_reply_keyboards_come_and_go(call: Caller, anna: Person) -> None:
    keyboard = {"keyboard": [[{"text": "Nummer", "request_contact": True}, "Nee"]], "one_time_keyboard": True}
    await call.ok("sendMessage", chat_id=anna.id, text="Je nummer?", reply_markup=keyboard)
    assert await anna.labels() == ["Nummer", "Nee"]
    await anna.taps("Nummer", phone_number="+32499")
    assert (await newest(call))["contact"] == {"phone_number": "+32499", "first_name": "Anna", "user_id": anna.id}
    assert await anna.labels() == []
    await call.ok("sendMessage", chat_id=anna.id, text="Naam?", reply_markup={"force_reply": True})
    assert (await anna.view())["reply_keyboard"] == {"force_reply": True}
    await anna.writes("Anna")
    assert (await anna.view())["reply_keyboard"] is None


async def test_starting_and_deep_links(call: Caller, phones: Phones) -> None:
    bea = await phones.person("Bea", language="fr")
    assert not (await bea.view())["started"]
    with pytest.raises(NotThere):
        await bea.last()
    assert await bea.labels() == []
    await bea.start("wijk_oost-1")
    message = await newest(call)
    assert message["text"] == "/start wijk_oost-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "fr"
    for wrong in ("", "a b", "a" * 65):
        with pytest.raises(Refusal):
            await bea.start(wrong)


async def test_blocking_and_unblocking(call: Caller, anna: Person) -> None:
    await anna.blocks()
    with pytest.raises(Refusal):
        await anna.blocks()
    with pytest.raises(Refusal, match="Unblock"):
        await anna.writes("hallo")
    await anna.start()
    blocked, unblocked, start = await call.take()
    statuses = [
        (u["my_chat_member"]["old_chat_member"]["status"], u["my_chat_member"]["new_chat_member"]["status"])
        for u in (blocked, unblocked)
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert start["message"]["text"] == "/start"
    with pytest.raises(Refusal):
        await anna.unblocks()
    await anna.deactivates()
    with pytest.raises(Refusal):
        await anna.writes("hallo")
    with pytest.raises(Refusal):
        await anna.blocks()


async def test_unread_marks(call: Caller, anna: Person, phones: Phones) -> None:
    await call.ok("sendMessage", chat_id=anna.id, text="een")
    await call.ok("sendMessage", chat_id=anna.id, text="twee")
    assert (await phones.get("phones"))[0]["unread"] == 2
    await anna.reads_all()
    assert (await phones.get("phones"))[0]["unread"] == 0
    assert [message["read"] for message in (await anna.view(last=2))["messages"]] == [True, True]


async def test_typing_ends_with_a_message_or_after_five_seconds(call: Caller, anna: Person, hand: Any) -> None:
    await call.ok("sendChatAction", chat_id=anna.id, action="typing")
    assert (await anna.view())["typing"]
    await call.ok("sendMessage", chat_id=anna.id, text="een")
    assert not (await anna.view())["typing"]
    await call.ok("sendChatAction", chat_id=anna.id, action="typing")
    hand.forward(seconds=5)
    assert not (await anna.view())["typing"]


async def test_waiting_for_words(call: Caller, anna: Person) -> None:
    await call.ok("sendMessage", chat_id=anna.id, text="Iemand helpt je")
    assert (await anna.sees("helpt")).text == "Iemand helpt je"
    with pytest.raises(TimeoutError, match="Iemand helpt je"):
        await anna.sees("niemand", wait=0.05)


async def test_what_is_not_there(phones: Phones, anna: Person) -> None:
    for path in ("phones/5/chat", "callbacks/5", "nothing"):
        with pytest.raises(Refusal) as refusal:
            await phones.get(path)
        assert refusal.value.status == 404
    with pytest.raises(Refusal):
        await phones.post(f"phones/{anna.id}/react", {"message_id": 999, "emoji": "👍"})
    for body in ("{", "[]", '"\\ud800"'):
        async with phones._session.post(f"{phones.url}/api/phones", data=body) as response:
            assert response.status == 400
            assert "JSON" in (await response.json())["error"]
    with pytest.raises(Refusal):
        await phones.get("queue", until="x")
