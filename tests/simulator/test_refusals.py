"""What Telegram refuses is refused in its words."""

from typing import Any

import pytest

from simulator.actors import Person, Phones
from tests.simulator.conftest import Caller, Hand

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Knop", **button}]]}


async def test_who_cannot_be_written_to(call: Caller, anna: Person, phones: Phones) -> None:
    async def refusal(chat_id: object) -> str:
        return await call.refused("sendMessage", chat_id=chat_id, text="dag")

    stranger = await phones.person("Bea")
    assert await refusal(stranger.id) == "403 Forbidden: bot can't initiate conversation with a user"
    for unknown in (424242, "@nobody", "--5", "x" * 10, "9" * 5000):
        assert await refusal(unknown) == "400 Bad Request: chat not found"
    assert await refusal(call.sim.world.bot.id) == "403 Forbidden: bots can't send messages to bots"
    await anna.blocks()
    assert await refusal(anna.id) == "403 Forbidden: bot was blocked by the user"
    await anna.unblocks()
    await call.ok("sendMessage", chat_id=anna.id, text="dag")
    await anna.deactivates()
    assert await refusal(anna.id) == "403 Forbidden: user is deactivated"


async def test_lengths_are_counted_in_utf_16(call: Caller, anna: Person) -> None:
    await call.ok("sendMessage", chat_id=anna.id, text="😀" * 2048)
    too_long = "400 Bad Request: message is too long"
    assert await call.refused("sendMessage", chat_id=anna.id, text="😀" * 2048 + "a") == too_long
    await call.ok("sendMessage", chat_id=anna.id, text="<b>" + "a" * 4096 + "</b>", parse_mode="HTML")
    await call.ok("sendMessage", chat_id=anna.id, text="  " + "a" * 4096 + "\n\n")
    await anna.sends_photo()
    photo = (await call.take())[0]["message"]["photo"][0]["file_id"]
    await call.ok("sendPhoto", chat_id=anna.id, photo=photo, caption="a" * 1024)
    caption = await call.refused("sendPhoto", chat_id=anna.id, photo=photo, caption="a" * 1025)
    assert caption == "400 Bad Request: message caption is too long"


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\r", None])
async def test_a_message_needs_words(call: Caller, anna: Person, text: str | None) -> None:
    assert await call.refused("sendMessage", chat_id=anna.id, text=text) == "400 Bad Request: message text is empty"


async def test_callback_data_has_1_to_64_bytes(call: Caller, anna: Person) -> None:
    async def answer(data: str) -> Any:
        return await call("sendMessage", chat_id=anna.id, text="x", reply_markup=inline(callback_data=data))

    assert (await answer("é" * 32))["ok"]
    for wrong in ("", "é" * 32 + "a"):
        assert (await answer(wrong))["description"] == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (inline(), "Text buttons are unallowed in the inline keyboard"),
        (inline(url="https://a.be", callback_data="x"), "exactly one optional field must be used"),
        (inline(url="geen adres"), "Wrong HTTP URL"),
        (inline(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(callback_data="x", colour="red"), 'unknown field "colour" in InlineKeyboardButton'),
        (inline(callback_data="x", style="pink"), "invalid button style"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, "text must be non-empty"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        ({"keyboard": [[" "]]}, "text must be non-empty"),
        ({"keyboard": [["a"]], "input_field_placeholder": "a" * 65}, "placeholder is too long"),
        ({"buttons": []}, "must be of type InlineKeyboardMarkup or"),
        ("[]", "must be of type InlineKeyboardMarkup or"),
        ("{", "can't parse the JSON"),
        ({"inline_keyboard": "x"}, "can't parse the JSON"),
        ({"inline_keyboard": [5]}, "Array of InlineKeyboardButton"),
        ({"inline_keyboard": [[5]]}, "must be of type InlineKeyboardButton"),
        ({"inline_keyboard": None}, 'field "inline_keyboard" in InlineKeyboardMarkup is empty'),
    ],
)
async def test_keyboards_are_checked(call: Caller, anna: Person, markup: Any, why: str) -> None:
    assert why in await call.refused("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)


async def test_an_empty_keyboard_is_none(call: Caller, anna: Person) -> None:
    markups: list[Any] = [{"inline_keyboard": []}, {"inline_keyboard": [[]]}, {"keyboard": []}]
    for empty in markups:
        message = await call.ok("sendMessage", chat_id=anna.id, text="x", reply_markup=empty)
        assert "reply_markup" not in message
    assert (await anna.view())["reply_keyboard"] is None


async def test_editing_has_its_rules(call: Caller, anna: Person) -> None:
    async def refusal(method: str, **fields: Any) -> str:
        return await call.refused(method, chat_id=anna.id, **fields)

    markup = inline(callback_data="x")
    sent = (await call.ok("sendMessage", chat_id=anna.id, text="dag", reply_markup=markup))["message_id"]
    assert await refusal("editMessageText", message_id=sent, text="dag", reply_markup=markup) == NOT_MODIFIED
    await call.ok("editMessageText", chat_id=anna.id, message_id=sent, text="dag")
    assert await refusal("editMessageText", message_id=sent, text="<b></b>dag", parse_mode="HTML") == NOT_MODIFIED
    assert await refusal("editMessageReplyMarkup", message_id=sent) == NOT_MODIFIED
    not_found = "400 Bad Request: message to edit not found"
    assert await refusal("editMessageText", message_id=999, text="dag") == not_found
    own = (await anna.chat())[0].id
    uneditable = "400 Bad Request: message can't be edited"
    assert await refusal("editMessageText", message_id=own, text="dag") == uneditable
    no_caption = "400 Bad Request: there is no caption in the message to edit"
    assert await refusal("editMessageCaption", message_id=sent, caption="dag") == no_caption
    keyboard = await call.ok("sendMessage", chat_id=anna.id, text="k", reply_markup={"keyboard": [["a"]]})
    assert await refusal("editMessageText", message_id=keyboard["message_id"], text="l") == uneditable
    place = await call.ok("sendLocation", chat_id=anna.id, latitude=50.8, longitude=4.9)
    no_text = "400 Bad Request: there is no text in the message to edit"
    assert await refusal("editMessageText", message_id=place["message_id"], text="l") == no_text
    wrong = await refusal("editMessageText", message_id=sent, text="l", reply_markup={"keyboard": [["a"]]})
    assert 'unknown field "keyboard" in InlineKeyboardMarkup' in wrong


async def test_deleting_is_possible_for_48_hours(call: Caller, anna: Person, hand: Hand) -> None:
    old = (await call.ok("sendMessage", chat_id=anna.id, text="oud"))["message_id"]
    older = (await call.ok("sendMessage", chat_id=anna.id, text="net niet te oud"))["message_id"]
    hand.forward(hours=48)
    await call.ok("deleteMessage", chat_id=anna.id, message_id=older)
    new = (await call.ok("sendMessage", chat_id=anna.id, text="nieuw"))["message_id"]
    newer = (await call.ok("sendMessage", chat_id=anna.id, text="nieuwer"))["message_id"]
    await call.ok("deleteMessage", chat_id=anna.id, message_id=new)
    gone = await call.refused("deleteMessage", chat_id=anna.id, message_id=new)
    assert gone == "400 Bad Request: message to delete not found"
    hand.forward(seconds=1)
    late = await call.refused("deleteMessage", chat_id=anna.id, message_id=old)
    assert late == "400 Bad Request: message can't be deleted for everyone"
    await call.ok("deleteMessages", chat_id=anna.id, message_ids=[old, new, newer])
    assert await anna.reads() == "oud"
    await call.ok("editMessageText", chat_id=anna.id, message_id=old, text="nog altijd te wijzigen")
    many = await call.refused("deleteMessages", chat_id=anna.id, message_ids=[])
    assert many == "400 Bad Request: there must be 1-100 message identifiers"


async def test_a_deleted_message_is_pinned_no_more(call: Caller, anna: Person) -> None:
    sent = (await call.ok("sendMessage", chat_id=anna.id, text="vast"))["message_id"]
    await call.ok("pinChatMessage", chat_id=anna.id, message_id=sent)
    await call.ok("deleteMessage", chat_id=anna.id, message_id=sent)
    assert (await anna.view())["pinned"] is None
    unpin = await call.refused("unpinChatMessage", chat_id=anna.id)
    assert unpin == "400 Bad Request: message to unpin not found"
    assert "message to pin not found" in await call.refused("pinChatMessage", chat_id=anna.id, message_id=sent)


async def test_a_tap_is_answered_once_and_briefly(call: Caller, anna: Person) -> None:
    await call.ok("sendMessage", chat_id=anna.id, text="Help je?", reply_markup=inline(callback_data="x"))
    await anna.taps("Knop")
    mine = {"callback_query_id": anna.callback_id}
    assert "MESSAGE_TOO_LONG" in await call.refused("answerCallbackQuery", **mine, text="a" * 201)
    assert "URL_INVALID" in await call.refused("answerCallbackQuery", **mine, url="https://example.be")
    await call.ok("answerCallbackQuery", **mine, url="https://t.me/buren_demo_bot?start=x")
    assert await call.refused("answerCallbackQuery", **mine) == TOO_OLD
    for unknown in ("1", "abc", "9" * 5000):
        assert await call.refused("answerCallbackQuery", callback_query_id=unknown) == TOO_OLD


async def test_answering_a_message_that_is_not_there(call: Caller, anna: Person) -> None:
    missing = {"reply_parameters": {"message_id": 999}}
    refusal = await call.refused("sendMessage", chat_id=anna.id, text="x", **missing)
    assert refusal == "400 Bad Request: message to be replied not found"
    missing["reply_parameters"]["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await call.ok("sendMessage", chat_id=anna.id, text="x", **missing)
    elsewhere = {"reply_parameters": {"message_id": 1, "chat_id": 5}}
    assert "across chats" in await call.refused("sendMessage", chat_id=anna.id, text="x", **elsewhere)


@pytest.mark.parametrize(
    ("method", "fields", "why"),
    [
        ("sendLocation", {"latitude": 91, "longitude": 0}, "wrong coordinates specified"),
        ("sendLocation", {"latitude": "nan", "longitude": 0}, "wrong coordinates specified"),
        ("sendLocation", {"latitude": True, "longitude": 0}, 'field "latitude" must be of type Float'),
        ("sendLocation", {"latitude": 1, "longitude": 0, "live_period": 5}, "wrong live location period specified"),
        ("sendLocation", {"latitude": 1}, 'field "longitude" in sendLocation is empty'),
        ("sendChatAction", {"action": "dance"}, "wrong parameter action in request"),
        ("copyMessage", {"from_chat_id": 1001, "message_id": 999}, "message to copy not found"),
        ("copyMessage", {"from_chat_id": 5, "message_id": 1}, "chat not found"),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "X"}]}, "REACTION_INVALID"),
        ("setMessageReaction", {"message_id": 999}, "message to react not found"),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "paid"}]}, "must be of type ReactionType"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
            "REACTIONS_TOO_MANY",
        ),
        ("getChatMember", {"user_id": 5}, "PARTICIPANT_ID_INVALID"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("sendPhoto", {"photo": "https://example.be/a.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "unknown"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "attach://nothing"}, 'there is no file "nothing" in the request'),
        ("sendPhoto", {"photo": ["x"]}, 'field "photo" must be of type String'),
        ("sendMediaGroup", {"media": []}, "there must be 2-10 media in an album"),
        (
            "sendMediaGroup",
            {"media": [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}]},
            "can't be mixed",
        ),
        ("sendMediaGroup", {"media": [{"type": "poem", "media": "x"}]}, "InputMediaPhoto or InputMediaDocument"),
    ],
)
async def test_other_mistakes(call: Caller, anna: Person, method: str, fields: dict[str, Any], why: str) -> None:
    assert why in await call.refused(method, chat_id=anna.id, **fields)


@pytest.mark.parametrize(
    ("method", "fields", "why"),
    [
        ("setMyCommands", {"commands": [{"command": "A b", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [], "language_code": "dut"}, "invalid language code specified"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "must be of type BotCommandScope"),
        ("setMyName", {}, "bot name must be non-empty"),
        ("setMyName", {"name": "a" * 65}, "bot name is too long"),
        ("setMyDescription", {"description": "a" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "bot short description is too long"),
        ("setChatMenuButton", {"chat_id": 5}, "chat not found"),
        ("setWebhook", {"url": "http://example.be"}, "An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://example.be", "secret_token": "a b"}, "unallowed characters"),
        ("setWebhook", {"url": "https://example.be", "max_connections": 101}, "max_connections must be 1-100"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_mistakes_outside_of_chats(call: Caller, method: str, fields: dict[str, Any], why: str) -> None:
    assert why in await call.refused(method, **fields)


async def test_menu_buttons_are_for_private_chats(call: Caller, anna: Person, phones: Phones) -> None:
    group = await phones.group("Straat", [anna])
    assert "chat is not private" in await call.refused("setChatMenuButton", chat_id=group["id"])


async def test_service_messages_cannot_be_copied(call: Caller, anna: Person, phones: Phones) -> None:
    group = await phones.group("Straat", [anna])
    created = (await call.take())[-1]["message"]
    assert created["group_chat_created"]
    refusal = await call.refused(
        "copyMessage", chat_id=anna.id, from_chat_id=group["id"], message_id=created["message_id"]
    )
    assert refusal == "400 Bad Request: message can't be copied"
