"""How a method is declared, and what every one of them needs: chats, formatted text, files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from simulator import entities, keyboards, markup
from simulator.chats import Chat, Entry, Group, Json, Person
from simulator.entities import ENTITIES, Entity
from simulator.errors import ApiError, bad_request, forbidden
from simulator.fields import BOOLEAN, CHAT, INTEGER, STRING, WHOLE, Field, Upload, required, shape, silent
from simulator.world import World

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024

REPLY_PARAMETERS = shape(
    "ReplyParameters",
    {"message_id": required(INTEGER), "chat_id": Field(CHAT), "allow_sending_without_reply": Field(BOOLEAN)},
)
LINK_PREVIEW = shape(
    "LinkPreviewOptions",
    {
        "is_disabled": Field(BOOLEAN),
        "url": Field(STRING),
        "prefer_small_media": Field(BOOLEAN),
        "prefer_large_media": Field(BOOLEAN),
        "show_above_text": Field(BOOLEAN),
    },
)
CHAT_ID = {"chat_id": required(CHAT)}
MESSAGE_ID = {"message_id": required(INTEGER)}
INLINE_MARKUP = {"reply_markup": Field(keyboards.INLINE)}
DELIVERY = {
    "disable_notification": silent(BOOLEAN),
    "protect_content": Field(BOOLEAN),
    "message_effect_id": silent(STRING),
    "allow_paid_broadcast": silent(BOOLEAN),
    "reply_parameters": Field(REPLY_PARAMETERS),
    "reply_to_message_id": Field(INTEGER),
    "allow_sending_without_reply": Field(BOOLEAN),
}
SENDING = CHAT_ID | DELIVERY | {"reply_markup": Field(keyboards.ANY_MARKUP)}
CAPTION = {
    "caption": Field(STRING),
    "parse_mode": Field(STRING),
    "caption_entities": Field(ENTITIES),
    "show_caption_above_media": Field(BOOLEAN),
}


@dataclass
class Call:
    """One call of a method with its values, read and typed as the table says."""

    world: World
    args: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or what it is without it."""
        return self.args.get(name, default)

    def known_chat(self, name: str = "chat_id") -> Chat:
        """The chat, whether or not the bot may write there. Raises ApiError."""
        raw = str(self.args[name])
        chat = self.world.chat(int(raw)) if WHOLE.fullmatch(raw) else None
        if chat is None:
            raise bad_request("chat not found")
        if isinstance(chat, Group):
            _check_member(chat)
        return chat

    def open_chat(self, name: str = "chat_id") -> Chat:
        """The chat, where the bot may write. Raises ApiError."""
        if str(self.args[name]) == str(self.world.bot.id):
            raise forbidden("bots can't send messages to bots")
        chat = self.known_chat(name)
        if isinstance(chat, Person):
            if chat.deactivated:
                raise forbidden("user is deactivated")
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        return chat

    def formatted(self, name: str, entities_name: str, limit: int) -> tuple[str, list[Entity]]:
        """The text of this field without markup, and all its entities."""
        return format_text(self.world, self.args, name, entities_name, limit)

    def markup(self) -> Json | None:
        """The checked reply markup."""
        return keyboards.check(self.get("reply_markup"))

    def reply_to(self, chat: Chat) -> Json:
        """The message that is answered, as the new one carries it."""
        given = self.get("reply_parameters") or {}
        message_id = given.get("message_id", self.get("reply_to_message_id"))
        if message_id is None:
            return {}
        if str(given.get("chat_id", chat.id)) != str(chat.id):
            raise bad_request("the simulator does not reply across chats")
        entry = self.world.entry(chat.id, message_id)
        if entry is None:
            if given.get("allow_sending_without_reply", self.get("allow_sending_without_reply")):
                return {}
            raise bad_request("message to be replied not found")
        return {"reply_to_message": {k: v for k, v in entry.body.items() if k != "reply_to_message"}}

    def send(self, chat: Chat, content: Json) -> Json:
        """Deliver a message of the bot, with reply and markup as the call says; returns Telegram's Message."""
        content = self.reply_to(chat) | content
        if self.get("protect_content"):
            content["has_protected_content"] = True
        return send(self.world, chat, content, self.markup())


def send(world: World, chat: Chat, content: Json, reply_markup: Json | None) -> Json:
    """Deliver a message of the bot; a reply keyboard belongs to the chat, not to the message."""
    keyboard = reply_markup if reply_markup and "inline_keyboard" not in reply_markup else None
    if reply_markup and keyboard is None:
        content = content | {"reply_markup": reply_markup}
    entry = world.add_message(chat, world.bot.user(), content)
    if keyboard:
        entry.had_keyboard = True
        world.save_entry(entry)
        chat.reply_keyboard = None if "remove_keyboard" in keyboard else keyboard
        world.save_chat(chat)
    return entry.body


def format_text(
    world: World, args: Mapping[str, Any], name: str, entities_name: str, limit: int
) -> tuple[str, list[Entity]]:
    """Read formatted text as Telegram does: parse, clean, trim, count, find more entities. Raises ApiError."""
    text = args.get(name, "")
    mode = args.get("parse_mode", "").lower()
    if mode == "html":
        text, given = markup.parse(entities.clean(text))
    elif mode in {"markdown", "markdownv2"}:
        raise bad_request(f"the simulator does not parse {args['parse_mode']}; use HTML or entities")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text = entities.clean(text)
        given = entities.check(text, args.get(entities_name, []))
    given = [entity for entity in given if _mentioned(world, entity)]
    text, given = entities.trim(text, given)
    if entities.units(text) > limit:
        raise bad_request("message is too long" if limit == TEXT_LENGTH else "message caption is too long")
    return text, entities.found(text, given)


def _mentioned(world: World, entity: Entity) -> bool:
    """Fill in the user of a text_mention; one that nobody knows is left out, as Telegram does."""
    if entity["type"] == "text_mention":
        person = world.persons.get(entity["user"]["id"])
        entity["user"] = person.user() if person else None
    return entity.get("user", True) is not None


def _check_member(group: Group) -> None:
    if group.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=group.migrated_to,
        )
    if group.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if group.bot_status == "left":
        raise forbidden(f"bot is not a member of the {group.kind} chat")


def own_entry(call: Call, chat: Chat, action: str) -> Entry:
    """The message that is to be edited or deleted. Raises ApiError."""
    entry = call.world.entry(chat.id, call.args["message_id"])
    if entry is None:
        raise bad_request(f"message to {action} not found")
    return entry


Run: TypeAlias = Callable[[Call], Any]


@dataclass(frozen=True)
class Method:
    """A method: its fields, what it does, how many messages it sends (for the limits), what it does not do."""

    name: str
    fields: Mapping[str, Field]
    run: Run
    sends: bool
    changes: bool
    note: str


METHODS: dict[str, Method] = {}


def method(
    name: str, fields: Mapping[str, Field] | None = None, *, sends: bool = False, changes: bool = False, note: str = ""
) -> Callable[[Run], Run]:
    """Register what `name` does. `sends` and `changes` tell the limits that it sends or changes a message."""

    def register(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, fields or {}, run, sends, changes, note)
        return run

    return register
