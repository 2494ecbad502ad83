"""Everything that is so in the local Telegram; changes are kept by `commit` before anybody is answered."""

import random
from collections.abc import Callable, Iterable

from simulator.bell import Bell
from simulator.chats import Bot, Callback, Chat, Entry, File, Group, Json, Person, Update
from simulator.clock import Clock
from simulator.errors import PeopleError, bad_request
from simulator.events import Events
from simulator.store import Store

DAY = 24 * 3600
LIFETIME = {"callback_query": 150, "inline_query": 30}
COUNTERS = {"message": 1, "file": 1} | dict.fromkeys(
    ("update", "updated_at", "callback", "group", "person", "poll", "album"), 0
)
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}


class World:
    """The state. Everything in it happens within one event loop and without waiting, so one request is one change."""

    def __init__(self, bot: Bot, store: Store, clock: Clock, monotonic: Callable[[], float]) -> None:
        self.bot = bot
        self.store = store
        self.clock = clock
        self.monotonic = monotonic
        self.events = Events()
        self.persons: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.messages: dict[int, dict[int, Entry]] = {}
        self.updates: dict[int, Update] = {}
        self.forgotten: list[Update] = []
        self.callbacks: dict[int, Callback] = {}
        self.files: dict[str, File] = {}
        self.typing: dict[int, float] = {}
        self.counters = dict(COUNTERS)
        self.arrived, self.acknowledged, self.answered, self.ticked = Bell(), Bell(), Bell(), Bell()
        self._changed: set[Bell] = set()
        self._meta_changed = True
        self._random = random.SystemRandom()
        self._load()

    # --- keeping ------------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Keep what changed, and only then let it be seen."""
        if self._meta_changed:
            self.store.put("meta", 0, {"counters": self.counters, "clock": self.clock.record()})
            self._meta_changed = False
        self.store.commit()
        self.events.publish()
        changed, self._changed = self._changed, set()
        for bell in changed:
            bell.ring()

    def _load(self) -> None:
        for _, kept in self.store.records("bot"):
            stored = Bot.restored(kept)
            if stored.id != self.bot.id:
                raise PeopleError(409, f"This folder belongs to the bot {stored.username} with the id {stored.id}.")
            stored.username = self.bot.username
            self.bot = stored
        for _, kept in self.store.records("meta"):
            self.counters |= kept["counters"]
            self.clock.restore(kept["clock"])
        persons = [Person.restored(kept) for _, kept in self.store.records("person")]
        self.persons = {person.id: person for person in sorted(persons, key=lambda person: person.place)}
        self.groups = {key: Group.restored(kept) for key, kept in self.store.records("group")}
        for key, kept in self.store.records("message"):
            entry = Entry.restored(kept)
            self.messages.setdefault(key, {})[entry.message_id] = entry
        waiting = [Update.restored(kept) for _, kept in self.store.records("update")]
        self.updates = {u.update_id: u for u in sorted(waiting, key=lambda u: (u.at, u.update_id))}
        self.callbacks = {key: Callback.restored(kept) for key, kept in self.store.records("callback")}
        self.files = {kept["file_id"]: File.restored(kept) for _, kept in self.store.records("file")}

    def save_bot(self) -> None:
        self.store.put("bot", 0, self.bot.record())

    def webhook_changed(self) -> None:
        """Keep it, and wake whoever polls or delivers."""
        self.save_bot()
        self._changed.add(self.arrived)

    def save_chat(self, chat: Chat) -> None:
        """Keep a person or group."""
        if isinstance(chat, Person):
            if chat.id not in self.persons:
                chat.place = len(self.persons) + 1
            self.persons[chat.id] = chat
        else:
            self.groups[chat.id] = chat
        self.store.put("person" if isinstance(chat, Person) else "group", chat.id, chat.record())

    def save_entry(self, entry: Entry) -> None:
        """Keep a message."""
        chat_id = entry.body["chat"]["id"]
        self.messages.setdefault(chat_id, {})[entry.message_id] = entry
        self.store.put("message", chat_id, entry.record(), entry.message_id)

    def save_callback(self, callback: Callback) -> None:
        """Keep a tap."""
        self.callbacks[callback.id] = callback
        self.store.put("callback", callback.id, callback.record())
        self._changed.add(self.answered)

    def save_clock(self) -> None:
        """Keep the clock and tell that it changed."""
        self._meta_changed = True
        self._changed.add(self.ticked)
        self.events.say("clock")

    def count(self, name: str) -> int:
        """The next number of this kind."""
        self.counters[name] += 1
        self._meta_changed = True
        return self.counters[name]

    # --- looking up ---------------------------------------------------------------------------------------------------

    def chat(self, chat_id: int) -> Chat | None:
        """The person or group with this id."""
        return self.persons.get(chat_id) or self.groups.get(chat_id)

    def person(self, person_id: object) -> Person:
        """Raises PeopleError 404."""
        if isinstance(person_id, int) and (person := self.persons.get(person_id)):
            return person
        raise PeopleError(404, f"There is no phone {person_id}.")

    def group(self, group_id: int) -> Group:
        """Raises PeopleError 404."""
        if group := self.groups.get(group_id):
            return group
        raise PeopleError(404, f"There is no group {group_id}.")

    def entries(self, chat_id: int) -> Iterable[Entry]:
        """The messages of a chat, oldest first."""
        return self.messages.get(chat_id, {}).values()

    def entry(self, chat_id: int, message_id: int) -> Entry | None:
        """One message."""
        return self.messages.get(chat_id, {}).get(message_id)

    # --- messages -----------------------------------------------------------------------------------------------------

    def add_message(self, chat: Chat, sender: Json | None, content: Json, *, outgoing: bool = False) -> Entry:
        """A new message in the chat; `content` is what Telegram's Message has besides id, sender, chat and date."""
        if isinstance(chat, Group) and chat.kind == "supergroup":
            message_id, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
            self.save_chat(chat)
        else:
            message_id = self.count("message") - 1
        head: Json = {"message_id": message_id, "date": self.clock.unix(), "chat": chat.chat()}
        body = head | ({"from": sender} if sender else {}) | content
        entry = Entry(body, outgoing=outgoing, read=outgoing)
        self.save_entry(entry)
        if not outgoing:
            self.typing.pop(chat.id, None)
        self.events.say("message", chat.id, message_id=message_id)
        return entry

    def change_message(self, entry: Entry, body: Json) -> None:
        """The same message with another body (never changed in place: updates hold the old one)."""
        entry.body = body
        self.save_entry(entry)
        self.events.say("edit", body["chat"]["id"], message_id=entry.message_id)

    def delete_message(self, chat: Chat, message_id: int) -> bool:
        """Returns whether it was there."""
        if self.messages.get(chat.id, {}).pop(message_id, None) is None:
            return False
        self.store.drop("message", chat.id, message_id)
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
            self.save_chat(chat)
        self.events.say("delete", chat.id, message_id=message_id)
        return True

    # --- updates ------------------------------------------------------------------------------------------------------

    def queue(self, kind: str, content: Json) -> int | None:
        """An update for the bot, if it wants this kind. Returns its number."""
        allowed = self.bot.allowed_updates
        if (kind in UNASKED) if not allowed else (kind not in allowed):
            return None
        return self.queue_raw({kind: content})

    def queue_raw(self, body: Json) -> int:
        """An update as it stands. After a quiet week Telegram starts again at a random number, and so do we."""
        at = self.clock.unix()
        if self.counters["update"] == 0 or at - self.counters["updated_at"] > 7 * DAY:
            self.counters["update"] = self._random.randrange(100_000_000, 900_000_000)
        self.counters["updated_at"] = at
        update = Update(self.count("update"), next(iter(body), ""), body, at)
        self.updates[update.update_id] = update
        self.store.put("update", update.update_id, update.record())
        self._changed.add(self.arrived)
        return update.update_id

    def forget_updates(self, ids: Iterable[int]) -> None:
        """These are acknowledged, or too old."""
        for update_id in ids:
            del self.updates[update_id]
            self.store.drop("update", update_id)
            self._changed.add(self.acknowledged)

    def expire_updates(self) -> None:
        """Drop what Telegram would have dropped by now: messages after a day, taps after 150 seconds."""
        now = self.clock.unix()
        self.forget_updates([u.update_id for u in self.updates.values() if now - u.at > LIFETIME.get(u.kind, DAY)])

    # --- files --------------------------------------------------------------------------------------------------------

    def add_file(self, kind: str, extension: str, content: bytes, details: Json, size: int | None = None) -> File:
        """Keep a file; `details` are the fields of the message's object besides ids and size."""
        number = self.count("file") - 1
        key = f"{number:06d}"
        file = File(
            number,
            f"SIM{kind}{key}AAAAAAAAAAAAAAAAAA",
            f"AQAD{key}",
            kind,
            f"{kind}s/file_{number}.{extension}",
            len(content) if size is None else size,
            details,
        )
        self.save_file(file)
        self.store.put_file(file.file_id, content)
        return file

    def save_file(self, file: File) -> None:
        """Keep what is known about a file."""
        self.files[file.file_id] = file
        self.store.put("file", file.number, file.record())

    def file(self, file_id: str) -> File:
        """Raises ApiError."""
        if file := self.files.get(file_id):
            return file
        raise bad_request("wrong file identifier/HTTP URL specified")
