"""What the bot says about itself: commands, names, descriptions, the menu button."""

from typing import Any

from simulator.chats import Json
from simulator.entities import units
from simulator.errors import bad_request
from simulator.fields import CHAT, INTEGER, STRING, Field, Kind, array, one_of, required, shape
from simulator.methods.base import Call, method

COMMAND = shape("BotCommand", {"command": required(STRING), "description": required(STRING)})
_PLAIN = shape("BotCommandScope", {"type": required(STRING)})
_CHAT = shape("BotCommandScopeChat", {"type": required(STRING), "chat_id": required(CHAT)})
_MEMBER = shape(
    "BotCommandScopeChatMember", {"type": required(STRING), "chat_id": required(CHAT), "user_id": required(INTEGER)}
)
SCOPES = {
    "default": _PLAIN,
    "all_private_chats": _PLAIN,
    "all_group_chats": _PLAIN,
    "all_chat_administrators": _PLAIN,
    "chat": _CHAT,
    "chat_administrators": _CHAT,
    "chat_member": _MEMBER,
}
SCOPE: Kind = one_of("BotCommandScope", lambda value: SCOPES.get(value.get("type", "")))
WHERE = {"scope": Field(SCOPE), "language_code": Field(STRING)}
LANGUAGE = {"language_code": Field(STRING)}


def key(scope: Json, language: str) -> str:
    """Where commands of this scope and language are kept."""
    return ":".join([scope["type"], str(scope.get("chat_id", "")), str(scope.get("user_id", "")), language])


def _language(call: Call) -> str:
    code: str = call.get("language_code", "")
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
        raise bad_request("invalid language code specified")
    return code


def _key(call: Call) -> str:
    scope = call.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        call = Call(call.world, call.args | {"chat_id": scope["chat_id"]})
        call.known_chat()
    return key(scope, _language(call))


@method("setMyCommands", WHERE | {"commands": required(array(COMMAND))})
def set_my_commands(call: Call) -> bool:
    where, commands = _key(call), call.args["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    cleaned = []
    for command in commands:
        name = command["command"].removeprefix("/")
        if not (name.isascii() and name.replace("_", "a").isalnum() and name == name.lower() and len(name) <= 32):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        cleaned.append({"command": name, "description": command["description"].strip()})
    call.world.bot.commands[where] = cleaned
    return _commands_changed(call)


@method("getMyCommands", WHERE)
def get_my_commands(call: Call) -> list[Json]:
    return call.world.bot.commands.get(_key(call), [])


@method("deleteMyCommands", WHERE)
def delete_my_commands(call: Call) -> bool:
    call.world.bot.commands.pop(_key(call), None)
    return _commands_changed(call)


def _commands_changed(call: Call) -> bool:
    call.world.save_bot()
    call.world.events.say("commands")
    return True


def _text(name: str, title: str, texts: str, longest: int) -> None:
    """Declare setMy<title> and getMy<title>; a language without its own text has everybody's."""

    @method(f"setMy{title}", LANGUAGE | {name: Field(STRING)})
    def set_text(call: Call) -> bool:
        said, language = call.get(name, "").strip(), _language(call)
        kept: dict[str, str] = getattr(call.world.bot, texts)
        if units(said) > longest:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        if name == "name" and not (said or language):
            raise bad_request("bot name must be non-empty")
        kept.pop(language, None)
        if said:
            kept[language] = said
        call.world.save_bot()
        call.world.events.say("commands")
        return True

    @method(f"getMy{title}", LANGUAGE, note="Falls back to the text for all languages.")
    def get_text(call: Call) -> Json:
        kept: dict[str, str] = getattr(call.world.bot, texts)
        return {name: kept.get(_language(call), kept.get("", ""))}


_text("name", "Name", "names", 64)
_text("description", "Description", "descriptions", 512)
_text("short_description", "ShortDescription", "short_descriptions", 120)

WEB_APP = shape("WebAppInfo", {"url": required(STRING)})
BUTTONS = {
    "default": shape("MenuButtonDefault", {"type": required(STRING)}),
    "commands": shape("MenuButtonCommands", {"type": required(STRING)}),
    "web_app": shape(
        "MenuButtonWebApp", {"type": required(STRING), "text": required(STRING), "web_app": required(WEB_APP)}
    ),
}
MENU_BUTTON = one_of("MenuButton", lambda value: BUTTONS.get(value.get("type", "")))


def _menu_chat(call: Call) -> str:
    if "chat_id" not in call.args:
        return ""
    chat = call.known_chat()
    if chat.id < 0:
        raise bad_request("chat is not private")
    return str(chat.id)


@method("setChatMenuButton", {"chat_id": Field(CHAT), "menu_button": Field(MENU_BUTTON)})
def set_chat_menu_button(call: Call) -> bool:
    where = _menu_chat(call)
    button = call.get("menu_button", {"type": "default"})
    call.world.bot.menu_buttons.pop(where, None)
    if button["type"] != "default":
        call.world.bot.menu_buttons[where] = button
    return _commands_changed(call)


@method("getChatMenuButton", {"chat_id": Field(CHAT)})
def get_chat_menu_button(call: Call) -> Json:
    return menu_button(call.world.bot.menu_buttons, _menu_chat(call))


def menu_button(buttons: dict[str, Json], chat_id: str) -> Json:
    """The chat's own button, or everybody's."""
    return buttons.get(chat_id) or buttons.get("") or {"type": "commands"}


def commands_for(commands: dict[str, list[Json]], person_id: int, language: str | None) -> list[Json]:
    """The menu a person sees in their chat with the bot: Telegram's order of scopes, the language first in each."""
    code = (language or "")[:2].lower()
    scopes: list[dict[str, Any]] = [
        {"type": "chat", "chat_id": person_id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    wanted = [key(scope, tongue) for scope in scopes for tongue in (code, "")]
    return next((commands[where] for where in wanted if commands.get(where)), [])
