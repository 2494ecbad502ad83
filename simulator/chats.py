"""Who and what there is: persons, groups, the bot, messages and updates, as records that can be kept."""

from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

Json: TypeAlias = dict[str, Any]


class Record:
    """A dataclass that becomes JSON and back."""

    def record(self) -> Json:
        """What is kept of it."""
        return dict(vars(self))

    @classmethod
    def restored(cls, kept: Json) -> Self:
        """From what was kept."""
        return cls(**kept)


@dataclass
class Bot(Record):
    """The bot and what it told Telegram about itself. Texts are by language code, "" being everybody else's."""

    id: int
    username: str
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    allowed_updates: list[str] | None = None
    webhook: Json | None = None

    def user(self) -> Json:
        """Telegram's User."""
        return {"id": self.id, "is_bot": True, "first_name": self.names[""], "username": self.username}


@dataclass
class Person(Record):
    """Somebody with a phone, and how they stand with the bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    label: str | None = None
    labels: dict[str, str] | None = None  # the same by language code
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    place: int = 0  # in the row of phones: as they were made
    reply_keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)

    def user(self) -> Json:
        """Telegram's User."""
        said = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return said | {key: value for key, value in optional.items() if value}

    def chat(self) -> Json:
        """Telegram's Chat: the private one with the bot."""
        said: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        return said | {k: v for k, v in (("last_name", self.last_name), ("username", self.username)) if v}


@dataclass
class Group(Record):
    """A group or supergroup. Members are user ids as text (JSON has no other keys) with their status."""

    id: int
    title: str
    kind: str
    members: dict[str, str]
    bot_status: str = "left"
    migrated_to: int | None = None
    next_message_id: int = 1
    reply_keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)

    def chat(self) -> Json:
        """Telegram's Chat."""
        said: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return said | ({"all_members_are_administrators": False} if self.kind == "group" else {})


Chat: TypeAlias = Person | Group


@dataclass
class Entry(Record):
    """A message as the bot sees it (`body` is Telegram's Message), and what only the phones know."""

    body: Json
    outgoing: bool = False
    read: bool = False
    had_keyboard: bool = False
    reactions: dict[str, str] = field(default_factory=dict)

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return int(self.body["message_id"])

    @property
    def by_bot(self) -> bool:
        """Whether a bot wrote it."""
        return bool(self.body.get("from", {}).get("is_bot"))

    def seen(self) -> Json:
        """What the phone gets."""
        said = {**self.body, "outgoing": self.outgoing, "read": self.read}
        return said | ({"reactions": self.reactions} if self.reactions else {})


@dataclass
class Update(Record):
    """Something that waits for the bot; `body` is the update's JSON without its number."""

    update_id: int
    kind: str
    body: Json
    at: int


@dataclass
class Callback(Record):
    """A tap, and what the bot answered."""

    id: int
    person: int
    at: int
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass
class File(Record):
    """Something that can be downloaded."""

    number: int
    file_id: str
    file_unique_id: str
    kind: str
    path: str
    size: int
    details: Json

    def body(self) -> Json:
        """The object inside a message (Voice, Document …; PhotoSize for a photo)."""
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id, "file_size": self.size, **self.details}
