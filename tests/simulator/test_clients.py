"""Clients that nobody here wrote get through every method, and understand every answer."""

import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonWebApp,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    WebAppInfo,
)

from simulator import files
from simulator.actors import Person, Phones

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Ik help", callback_data="help:1")]])


async def test_python_telegram_bot_writes_and_people_read(ptb: telegram.Bot, anna: Person) -> None:
    sent = await ptb.send_message(
        anna.id, "<b>Dag Anna</b>, <i>alles goed?</i>", parse_mode="HTML", reply_markup=BUTTONS
    )
    assert sent.text_html == "<b>Dag Anna</b>, <i>alles goed?</i>"
    assert (await anna.last()).rows == [["Ik help"]]
    edited = await ptb.edit_message_text("Iemand anders was eerst.", anna.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    assert (await anna.last()).labels == []
    await ptb.edit_message_reply_markup(anna.id, sent.message_id, reply_markup=BUTTONS)
    assert (await anna.last()).labels == ["Ik help"]
    copied = await ptb.copy_message(anna.id, anna.id, sent.message_id)
    assert [message.text for message in await anna.chat()][-2:] == ["Iemand anders was eerst."] * 2
    assert await ptb.delete_message(anna.id, copied.message_id)
    second = await ptb.send_message(anna.id, "weg ermee", reply_to_message_id=sent.message_id)
    assert second.reply_to_message
    assert second.reply_to_message.message_id == sent.message_id
    assert await ptb.delete_messages(anna.id, [sent.message_id, second.message_id, 999])
    assert await anna.reads() == ""


async def test_python_telegram_bot_polls_and_answers_taps(ptb: telegram.Bot, anna: Person) -> None:
    await ptb.send_message(anna.id, "Help je?", reply_markup=BUTTONS)
    update_id = await anna.taps("Ik help")
    (update,) = await ptb.get_updates(timeout=5)
    assert update.update_id == update_id
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.from_user.language_code) == ("help:1", anna.id, "nl")
    assert isinstance(query.message, telegram.Message)
    assert query.message.text == "Help je?"
    assert await query.answer("Dank je", show_alert=True)
    assert await anna.answer() == type(await anna.answer())(answered=True, text="Dank je", show_alert=True)
    assert await ptb.get_updates(offset=update.update_id + 1) == ()
    await anna.acknowledged(update_id)


async def test_python_telegram_bot_sends_everything(ptb: telegram.Bot, anna: Person) -> None:
    picture = files.picture(40, 30)
    photo = await ptb.send_photo(anna.id, picture, caption="Een <u>huis</u>", parse_mode="HTML", has_spoiler=True)
    assert (photo.photo[0].width, photo.photo[0].height) == (40, 30)
    assert photo.caption_html == "Een <u>huis</u>"
    again = await ptb.send_photo(anna.id, photo.photo[0].file_id)
    assert again.photo[0].file_unique_id == photo.photo[0].file_unique_id
    caption = await ptb.edit_message_caption(anna.id, again.message_id, caption="Nog eens")
    assert isinstance(caption, telegram.Message)
    assert caption.caption == "Nog eens"
    voice = await ptb.send_voice(anna.id, files.silence(2), duration=2)
    assert voice.voice
    assert voice.to_dict()["voice"]["duration"] == 2
    document = await ptb.send_document(anna.id, b"BEGIN:VCALENDAR", filename="afspraak.ics")
    assert document.document
    assert (document.document.file_name, document.document.file_size) == ("afspraak.ics", 15)
    assert document.document.mime_type == "text/calendar"
    file = await ptb.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"BEGIN:VCALENDAR"
    place = await ptb.send_location(anna.id, 50.7995, 4.8897, live_period=120)
    assert place.location
    assert place.to_dict()["location"]["live_period"] == 120
    venue = await ptb.send_venue(anna.id, 50.7995, 4.8897, "Gemeentehuis", "Gemeenteplein 1")
    assert venue.venue
    assert venue.venue.title == "Gemeentehuis"
    contact = await ptb.send_contact(anna.id, "+3216123456", "OCMW", last_name="Balie")
    assert contact.contact
    assert contact.contact.last_name == "Balie"
    album = await ptb.send_media_group(anna.id, [InputMediaPhoto(picture, caption="een"), InputMediaPhoto(picture)])
    assert len({message.media_group_id for message in album}) == 1
    papers = [InputMediaDocument(b"a", filename="a.txt"), InputMediaDocument(document.document.file_id)]
    assert [m.document.file_name for m in await ptb.send_media_group(anna.id, papers) if m.document] == [
        "a.txt",
        "afspraak.ics",
    ]
    assert await ptb.send_chat_action(anna.id, "typing")
    assert (await anna.view())["typing"]


async def test_python_telegram_bot_uses_reply_keyboards(ptb: telegram.Bot, anna: Person) -> None:
    keyboard = ReplyKeyboardMarkup(
        [["Vandaag", "Morgen"], [KeyboardButton("Hier ben ik", request_location=True)]], resize_keyboard=True
    )
    await ptb.send_message(anna.id, "Wanneer?", reply_markup=keyboard)
    assert (await anna.last()).rows == [["Vandaag", "Morgen"], ["Hier ben ik"]]
    await anna.taps("Morgen")
    await anna.taps("Hier ben ik")
    text, place = await ptb.get_updates()
    assert text.message
    assert text.message.text == "Morgen"
    assert place.message
    assert place.message.location
    await ptb.send_message(anna.id, "Dank je", reply_markup=ReplyKeyboardRemove())
    assert await anna.labels() == []


async def test_python_telegram_bot_describes_itself(ptb: telegram.Bot, anna: Person, phones: Phones) -> None:
    assert await ptb.set_my_commands([BotCommand("start", "Begin"), BotCommand("help", "Uitleg")])
    assert await ptb.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
    assert await ptb.set_my_commands([BotCommand("open", "Open vragen")], scope=BotCommandScopeChat(anna.id))
    assert [c.command for c in await ptb.get_my_commands()] == ["start", "help"]
    assert [c["command"] for c in (await anna.view())["commands"]] == ["open"]
    assert await ptb.delete_my_commands(scope=BotCommandScopeChat(anna.id))
    await anna.speaks("fr-BE")
    assert [c["command"] for c in (await anna.view())["commands"]] == ["aide"]
    assert await ptb.set_my_name("Buren")
    assert await ptb.set_my_description("Kleine hulp", language_code="nl")
    assert await ptb.set_my_short_description("Hulp")
    assert (await ptb.get_my_name()).name == "Buren"
    assert (await ptb.get_my_description("nl")).description == "Kleine hulp"
    assert (await ptb.get_my_description()).description == ""
    assert (await ptb.get_my_short_description("fr")).short_description == "Hulp"
    assert (await phones.get("bots"))[0]["first_name"] == "Buren"
    assert isinstance(await ptb.get_chat_menu_button(), MenuButtonCommands)
    await ptb.set_chat_menu_button(anna.id, MenuButtonWebApp("App", WebAppInfo("https://example.be")))
    assert isinstance(await ptb.get_chat_menu_button(anna.id), MenuButtonWebApp)
    await ptb.set_chat_menu_button(anna.id)
    assert isinstance(await ptb.get_chat_menu_button(anna.id), MenuButtonCommands)


async def test_python_telegram_bot_asks_about_chats(ptb: telegram.Bot, anna: Person, phones: Phones) -> None:
    me = await ptb.get_me()
    assert me.username == "buren_demo_bot"
    chat = await ptb.get_chat(anna.id)
    assert (chat.first_name, chat.type) == ("Anna", "private")
    message = await ptb.send_message(anna.id, "Vast")
    assert await ptb.pin_chat_message(anna.id, message.message_id)
    pinned = (await ptb.get_chat(anna.id)).pinned_message
    assert pinned
    assert pinned.message_id == message.message_id
    assert (await anna.view())["pinned"] == message.message_id
    assert await ptb.unpin_chat_message(anna.id)
    assert await ptb.pin_chat_message(anna.id, message.message_id)
    assert await ptb.unpin_all_chat_messages(anna.id)
    assert (await anna.view())["pinned"] is None
    assert await ptb.set_message_reaction(anna.id, message.message_id, "👍")
    assert (await anna.last()).json["reactions"] == {"bot": "👍"}
    group = await phones.group("Straat", [anna])
    assert [m.status for m in await ptb.get_chat_administrators(group["id"])] == ["creator"]
    assert (await ptb.get_chat_member(group["id"], anna.id)).status == "creator"
    assert (await ptb.get_chat_member(group["id"], me.id)).status == "member"
    assert (await ptb.get_chat(group["id"])).permissions
    assert await ptb.leave_chat(group["id"])
    with pytest.raises(telegram.error.Forbidden):
        await ptb.send_message(group["id"], "nog iets")


async def test_python_telegram_bot_sets_a_webhook(ptb: telegram.Bot) -> None:
    assert await ptb.set_webhook("https://example.be/hook", secret_token="abc", max_connections=3)
    info = await ptb.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == ("https://example.be/hook", 3, 0)
    assert await ptb.delete_webhook(drop_pending_updates=True)
    assert (await ptb.get_webhook_info()).url == ""
