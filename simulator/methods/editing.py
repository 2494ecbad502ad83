"""Changing and removing messages."""

from simulator.chats import Chat, Entry, Group, Json, Person
from simulator.errors import ApiError, bad_request
from simulator.fields import BOOLEAN, INTEGER, STRING, Field, array, one_of, required, shape, silent
from simulator.methods.base import CAPTION, CHAT_ID, INLINE_MARKUP, MESSAGE_ID, Call, method, own_entry
from simulator.methods.sending import TEXT, caption_content, text_content

TWO_DAYS = 48 * 3600
CAPTIONED = {"photo", "voice", "document", "video", "audio", "animation"}
TARGET = CHAT_ID | MESSAGE_ID
TEXT_PARTS = {"text", "entities", "link_preview_options"}
CAPTION_PARTS = {"caption", "caption_entities", "show_caption_above_media"}


def _editable(call: Call) -> Entry:
    chat = call.open_chat()
    entry = own_entry(call, chat, "edit")
    if not entry.by_bot or entry.had_keyboard:
        raise bad_request("message can't be edited")
    return entry


def _edit(call: Call, entry: Entry, replaced: set[str], content: Json) -> Json:
    """Replace these parts and the buttons; without `reply_markup` the buttons go, as Telegram has it."""
    markup = call.markup()
    kept = {k: v for k, v in entry.body.items() if k not in replaced | {"reply_markup", "edit_date"}}
    body = kept | content | ({"reply_markup": markup} if markup else {})
    if body == {k: v for k, v in entry.body.items() if k != "edit_date"}:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    call.world.change_message(entry, body | {"edit_date": call.world.clock.unix()})
    return entry.body


@method("editMessageText", TARGET | TEXT | INLINE_MARKUP, changes=True, note="Messages of inline mode do not exist.")
def edit_message_text(call: Call) -> Json:
    entry = _editable(call)
    if "text" not in entry.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, entry, TEXT_PARTS, text_content(call))


@method("editMessageCaption", TARGET | CAPTION | INLINE_MARKUP, changes=True)
def edit_message_caption(call: Call) -> Json:
    entry = _editable(call)
    if not entry.body.keys() & CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, entry, CAPTION_PARTS, caption_content(call))


@method("editMessageReplyMarkup", TARGET | INLINE_MARKUP, changes=True)
def edit_message_reply_markup(call: Call) -> Json:
    return _edit(call, _editable(call), set(), {})


def _deletable(call: Call, chat: Chat, entry: Entry) -> bool:
    if call.world.clock.unix() - entry.body["date"] > TWO_DAYS:
        return False
    if isinstance(chat, Group) and chat.kind == "supergroup" and "migrate_from_chat_id" in entry.body:
        return False
    return isinstance(chat, Person) or entry.by_bot or chat.bot_status == "administrator"


@method("deleteMessage", TARGET)
def delete_message(call: Call) -> bool:
    chat = call.known_chat()
    entry = own_entry(call, chat, "delete")
    if not _deletable(call, chat, entry):
        raise bad_request("message can't be deleted for everyone")
    return call.world.delete_message(chat, entry.message_id)


@method("deleteMessages", CHAT_ID | {"message_ids": required(array(INTEGER))})
def delete_messages(call: Call) -> bool:
    """Those that are not there or cannot be deleted are skipped, as Telegram does."""
    chat, ids = call.known_chat(), call.args["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad_request("there must be 1-100 message identifiers")
    for message_id in ids:
        entry = call.world.entry(chat.id, message_id)
        if entry and _deletable(call, chat, entry):
            call.world.delete_message(chat, message_id)
    return True


REACTION = one_of(
    "ReactionType",
    lambda value: (
        shape("ReactionTypeEmoji", {"type": required(STRING), "emoji": required(STRING)})
        if value.get("type") == "emoji"
        else None
    ),
)
EMOJI = set("👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃")
EMOJI |= set("🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡")
EMOJI |= {"❤", "❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷", "🤷\u200d♀"}


@method("setMessageReaction", TARGET | {"reaction": Field(array(REACTION))}, note="Ordinary emoji only.")
def set_message_reaction(call: Call) -> bool:
    chat = call.open_chat()
    entry = own_entry(call, chat, "react")
    wanted = [reaction["emoji"] for reaction in call.get("reaction", [])]
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if wanted and wanted[0].replace("\ufe0f", "") not in EMOJI:
        raise bad_request("REACTION_INVALID")
    others = {who: emoji for who, emoji in entry.reactions.items() if who != "bot"}
    entry.reactions = others | ({"bot": wanted[0]} if wanted else {})
    call.world.change_message(entry, entry.body)
    return True


def _pinning(call: Call) -> Chat:
    chat = call.open_chat()
    if isinstance(chat, Group) and chat.bot_status != "administrator":
        raise ApiError(400, "Bad Request: not enough rights to manage pinned messages in the chat")
    return chat


@method("pinChatMessage", TARGET | {"disable_notification": silent(BOOLEAN)})
def pin_chat_message(call: Call) -> bool:
    chat = _pinning(call)
    entry = own_entry(call, chat, "pin")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != entry.message_id] + [entry.message_id]
    return _pins_changed(call, chat)


@method("unpinChatMessage", CHAT_ID | {"message_id": Field(INTEGER)})
def unpin_chat_message(call: Call) -> bool:
    chat = _pinning(call)
    message_id = call.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]
    return _pins_changed(call, chat)


@method("unpinAllChatMessages", CHAT_ID)
def unpin_all_chat_messages(call: Call) -> bool:
    chat = _pinning(call)
    chat.pinned = []
    return _pins_changed(call, chat)


def _pins_changed(call: Call, chat: Chat) -> bool:
    call.world.save_chat(chat)
    call.world.events.say("phone", chat.id)
    return True
