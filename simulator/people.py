"""What people do with their phones."""

import re
from typing import Any

from simulator import content, keyboards
from simulator.chats import Callback, Entry, Json, Person
from simulator.content import text_content
from simulator.errors import PeopleError
from simulator.groups import chat_member, member_update
from simulator.methods.profile import commands_for, menu_button
from simulator.world import World

TEXTS = ("first_name", "last_name", "username", "language_code", "label")
CHANGEABLE = (*TEXTS, "labels")
TYPING_SECONDS = 5


def describe(world: World, person: Person) -> Json:
    """A phone as `GET /api/phones` lists it."""
    unread = sum(not entry.read for entry in world.entries(person.id))
    return {
        "id": person.id,
        **{name: getattr(person, name) for name in CHANGEABLE},
        "blocked": person.blocked,
        "deactivated": person.deactivated,
        "unread": unread,
    }


def save_phone(world: World, given: Json, person: Person | None = None) -> Person:
    """Make a phone, or change one."""
    for name in given:
        if name not in {*CHANGEABLE, "id"}:
            raise PeopleError(400, f"A phone has no {name}.")
        if name in TEXTS and not isinstance(given[name], str | None):
            raise PeopleError(400, f"{name} is a text.")
    labels = given.get("labels") or {}
    if not isinstance(labels, dict) or not all(isinstance(text, str) for text in labels.values()):
        raise PeopleError(400, "labels are texts by language code.")
    if not given.get("first_name", person and person.first_name):
        raise PeopleError(400, "A person has a first name.")
    person = person or _whose(world, given.get("id"))
    for name in CHANGEABLE:
        if name in given:
            setattr(person, name, given[name] or None)
    world.save_chat(person)
    world.events.say("phone", person.id)
    return person


def _whose(world: World, person_id: Any) -> Person:
    """The person with this id, or a new one."""
    if person_id is None:
        return Person(5_000_000_000 + world.count("person"), "")
    if isinstance(person_id, bool) or not isinstance(person_id, int) or not 0 < person_id < 1 << 52:
        raise PeopleError(400, "An id is a positive number of at most 52 bits.")
    if person_id == world.bot.id:
        raise PeopleError(409, "This is the bot's id.")
    return world.persons.get(person_id) or Person(person_id, "")


def chat_view(world: World, person: Person, last: int | None = None) -> Json:
    """What the phone shows."""
    messages = [entry.seen() for entry in world.entries(person.id)]
    typed = world.typing.get(person.id)
    bot = world.bot
    return {
        "revision": world.events.revision(person.id),
        "started": person.started,
        "blocked": person.blocked,
        "typing": typed is not None and world.monotonic() - typed < TYPING_SECONDS,
        "commands": commands_for(bot.commands, person.id, person.language_code),
        "menu_button": menu_button(bot.menu_buttons, str(person.id)),
        "reply_keyboard": person.reply_keyboard,
        "pinned": person.pinned[-1] if person.pinned else None,
        "messages": messages[-last:] if last else messages,
    }


def _must_reach(person: Person) -> None:
    if person.deactivated:
        raise PeopleError(409, "This account was deleted.")
    if person.blocked:
        raise PeopleError(409, "Unblock the bot first.")


def _deliver(world: World, person: Person, body: Json) -> Json:
    entry = world.add_message(person, person.user(), body, outgoing=True)
    person.started = True
    if person.reply_keyboard and person.reply_keyboard.get("one_time_keyboard"):
        person.reply_keyboard = None
    if person.reply_keyboard and "force_reply" in person.reply_keyboard:
        person.reply_keyboard = None
    world.save_chat(person)
    return {"message": entry.seen(), "update_id": world.queue("message", entry.body)}


def send(world: World, person: Person, body: Json) -> Json:
    """Write, show, say or share something."""
    _must_reach(person)
    return _deliver(world, person, content.build(world, person, body))


def start(world: World, person: Person, payload: str | None) -> Json:
    """The Start button, or a deep link; unblocks where needed, as the app does."""
    if payload is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
        raise PeopleError(400, "A payload has 1 to 64 of A-Z, a-z, 0-9, _ and -.")
    if person.blocked:
        set_blocked(world, person, blocked=False)
    _must_reach(person)
    return _deliver(world, person, text_content(f"/start {payload}" if payload else "/start"))


def _entry(world: World, person: Person, message_id: Any) -> Entry:
    entry = world.entry(person.id, message_id) if isinstance(message_id, int) else None
    if entry is None:
        raise PeopleError(404, "There is no such message.")
    return entry


def edit(world: World, person: Person, body: Json) -> Json:
    """Change one's own words."""
    _must_reach(person)
    entry = _entry(world, person, body.get("message_id"))
    if not entry.outgoing or "forward_origin" in entry.body:
        raise PeopleError(409, "Only one's own messages can be edited.")
    new = text_content(body.get("text"))
    if "text" not in entry.body:
        if "caption" not in entry.body and not entry.body.keys() & {"photo", "voice", "video", "document", "audio"}:
            raise PeopleError(409, "There are no words in this message.")
        new = {"caption": new["text"]} | ({"caption_entities": new["entities"]} if "entities" in new else {})
    kept = {k: v for k, v in entry.body.items() if k not in {"text", "entities", "caption", "caption_entities"}}
    changed = kept | new | {"edit_date": world.clock.unix()}
    world.change_message(entry, changed)
    return {"message": entry.seen(), "update_id": world.queue("edited_message", changed)}


def tap(world: World, person: Person, body: Json) -> Json:
    """Tap an inline button, by label or data; a forged tap sends whatever data it has."""
    _must_reach(person)
    forged = body.get("forged") is True
    message_id = body.get("message_id")
    entry = world.entry(person.id, message_id) if isinstance(message_id, int) else None
    button: Json
    if forged:
        if not (isinstance(body.get("data"), str) and isinstance(message_id, int)):
            raise PeopleError(400, "A forged tap has a message_id and data.")
        button = {"callback_data": body["data"]}
    else:
        button = _button(entry, body)
    # Of a message that is gone, Telegram says only which one it was.
    message: Json = entry.body if entry else {"chat": person.chat(), "message_id": message_id, "date": 0}
    if "url" in button:
        return {"url": button["url"]}
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    callback = Callback(1_000_000_000_000_000 + world.count("callback"), person.id, world.clock.unix())
    world.save_callback(callback)
    query = {
        "id": str(callback.id),
        "from": person.user(),
        "message": message,
        "chat_instance": str(7_000_000_000_000_000 + person.id),
        "data": button["callback_data"],
    }
    return {"callback_id": str(callback.id), "update_id": world.queue("callback_query", query)}


def _button(entry: Entry | None, body: Json) -> Json:
    wanted = {"callback_data": body["data"]} if "data" in body else {"text": body.get("label")}
    button = keyboards.find(keyboards.inline_buttons(entry), **wanted) if entry else None
    if button is None:
        raise PeopleError(409, "This button is not there.")
    return button


def set_blocked(world: World, person: Person, *, blocked: bool) -> Json:
    """Block or unblock the bot."""
    if person.deactivated or person.blocked == blocked or not person.started:
        raise PeopleError(409, "There is nothing to block." if blocked else "There is nothing to unblock.")
    person.blocked = blocked
    world.save_chat(person)
    world.events.say("phone", person.id)
    bot = world.bot.user()
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (chat_member(bot, status) for status in statuses)
    change = member_update(world, person.chat(), person.user(), old, new)
    return {"update_id": world.queue("my_chat_member", change)}


def deactivate(world: World, person: Person) -> Json:
    """The account is deleted. Telegram tells the bot nothing; it finds out when it writes."""
    person.deactivated = True
    world.save_chat(person)
    world.events.say("phone", person.id)
    return {"update_id": None}


def read(world: World, person: Person) -> Json:
    """Everything is read."""
    for entry in world.entries(person.id):
        if not entry.read:
            entry.read = True
            world.save_entry(entry)
    world.events.say("phone", person.id)
    return {}


def react(world: World, person: Person, body: Json) -> Json:
    """Put an emoji on a message, or take it away with an empty one."""
    _must_reach(person)
    entry = _entry(world, person, body.get("message_id"))
    who, emoji = str(person.id), body.get("emoji") or ""
    old, new = entry.reactions.get(who), emoji or None
    others = {key: value for key, value in entry.reactions.items() if key != who}
    entry.reactions = others | ({who: emoji} if emoji else {})
    world.change_message(entry, entry.body)
    change = {
        "chat": person.chat(),
        "message_id": entry.message_id,
        "user": person.user(),
        "date": world.clock.unix(),
        "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
        "new_reaction": [{"type": "emoji", "emoji": new}] if new else [],
    }
    return {"update_id": world.queue("message_reaction", change)}
