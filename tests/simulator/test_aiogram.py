"""aiogram, a client that nobody here wrote, gets through every method, and knows the same fields.

It is loaded here alone, and only when these tests run: that takes five seconds of processor time.
"""

from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import pytest

from simulator import files
from simulator.actors import Person, Phones
from simulator.methods import METHODS
from simulator.server import Simulator


@pytest.fixture
def at() -> Any:
    """Its types."""
    return import_module("aiogram.types")


@pytest.fixture
def methods() -> Any:
    """Its methods."""
    return import_module("aiogram.methods")


@pytest.fixture
async def aio(sim: Simulator) -> AsyncIterator[Any]:
    """Its bot."""
    server = import_module("aiogram.client.telegram").TelegramAPIServer.from_base(sim.url)
    session = import_module("aiogram.client.session.aiohttp").AiohttpSession(api=server)
    yield import_module("aiogram").Bot(sim.token, session=session)
    await session.close()


def test_no_method_has_a_field_that_telegram_does_not_have(methods: Any) -> None:
    for method in METHODS.values():
        theirs = getattr(methods, method.name[0].upper() + method.name[1:])
        assert method.fields.keys() <= theirs.model_fields.keys(), method.name


def test_what_telegram_requires_is_required(methods: Any) -> None:
    lenient = {"text", "url"}  # Telegram words it when these are missing, and so do we
    for method in METHODS.values():
        theirs = getattr(methods, method.name[0].upper() + method.name[1:])
        needed = {name for name, field in theirs.model_fields.items() if field.is_required()}
        assert needed - lenient <= {name for name, field in method.fields.items() if field.required}, method.name


async def test_it_gets_through_every_method(aio: Any, at: Any, sim: Simulator, anna: Person, phones: Phones) -> None:
    buttons = at.InlineKeyboardMarkup(
        inline_keyboard=[[at.InlineKeyboardButton(text="Ja", callback_data="y"), at.InlineKeyboardButton(text="Site", url="https://example.be")]]
    )  # fmt: skip
    upload = at.BufferedInputFile(files.picture(), "foto.png")
    assert (await aio.get_me()).username == sim.username
    sent = await aio.send_message(anna.id, "Dag <b>Anna</b>", parse_mode="HTML", reply_markup=buttons)
    assert sent.html_text == "Dag <b>Anna</b>"
    update_id = await anna.taps("Ja")
    (update,) = await aio.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
    assert update.update_id == update_id
    assert update.callback_query
    assert await aio.answer_callback_query(update.callback_query.id)
    assert not await aio.get_updates(offset=update.update_id + 1)
    await aio.edit_message_text("Anders", chat_id=anna.id, message_id=sent.message_id)
    await aio.edit_message_reply_markup(chat_id=anna.id, message_id=sent.message_id, reply_markup=buttons)
    photo = await aio.send_photo(anna.id, upload, caption="Foto")
    await aio.edit_message_caption(chat_id=anna.id, message_id=photo.message_id, caption="Andere foto")
    await aio.send_voice(anna.id, at.BufferedInputFile(files.silence(1), "voice.oga"))
    document = await aio.send_document(anna.id, at.BufferedInputFile(b"tekst", "a.txt"))
    assert document.document
    content = await aio.download(document.document.file_id)
    assert content
    assert content.read() == b"tekst"
    await aio.send_location(anna.id, 50.8, 4.9)
    await aio.send_venue(anna.id, 50.8, 4.9, "Titel", "Adres")
    await aio.send_contact(anna.id, "+3216123456", "OCMW")
    await aio.send_chat_action(anna.id, "typing")
    album = await aio.send_media_group(anna.id, [at.InputMediaPhoto(media=upload), at.InputMediaPhoto(media=upload)])
    assert len(album) == 2
    copy = await aio.copy_message(anna.id, anna.id, photo.message_id, caption="Kopie")
    assert (await anna.last()).text == "Kopie"
    await aio.set_message_reaction(anna.id, copy.message_id, [at.ReactionTypeEmoji(emoji="❤")])
    await aio.pin_chat_message(anna.id, copy.message_id)
    await aio.unpin_chat_message(anna.id, message_id=copy.message_id)
    await aio.unpin_all_chat_messages(anna.id)
    await aio.delete_message(anna.id, copy.message_id)
    await aio.delete_messages(anna.id, [photo.message_id])
    await aio.set_my_commands([at.BotCommand(command="start", description="Begin")])
    assert [c.command for c in await aio.get_my_commands()] == ["start"]
    await aio.delete_my_commands()
    for language in (None, "nl"):
        await aio.set_my_name("Buren", language_code=language)
        await aio.set_my_description("Hulp", language_code=language)
        await aio.set_my_short_description("Hulp", language_code=language)
    assert (await aio.get_my_name()).name == "Buren"
    assert (await aio.get_my_description()).description == "Hulp"
    assert (await aio.get_my_short_description()).short_description == "Hulp"
    await aio.set_chat_menu_button(menu_button=at.MenuButtonCommands())
    assert (await aio.get_chat_menu_button()).type == "commands"
    assert (await aio.get_chat(anna.id)).first_name == "Anna"
    group = await phones.group("Straat", [anna])
    await phones.post(f"groups/{group['id']}/members", {"bot": "administrator"})
    assert {m.status for m in await aio.get_chat_administrators(group["id"])} == {"creator", "administrator"}
    assert (await aio.get_chat_member(group["id"], anna.id)).status == "creator"
    await aio.leave_chat(group["id"])
    await aio.set_webhook("https://example.be/hook")
    assert (await aio.get_webhook_info()).url == "https://example.be/hook"
    await aio.delete_webhook()
    used = {entry["method"] for entry in await phones.log() if entry["ok"]}
    assert used == {method.name for method in METHODS.values()}
