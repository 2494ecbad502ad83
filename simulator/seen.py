"""What a person sees on the phone, for tests to read."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818  # tests read as sentences
    """The simulator refuses; the sentence says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{sentence} ({status})")
        self.status = status
        self.sentence = sentence


class NotThere(LookupError):  # noqa: N818  # tests read as sentences
    """No such button; says which there are."""


@dataclass(frozen=True)
class Message:
    """A message in a chat, as the phone shows it."""

    json: Json
    keyboard: list[list[str]] = field(default_factory=list)

    @property
    def id(self) -> int:
        """message_id."""
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        """Text or caption."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def rows(self) -> list[list[str]]:
        """Labels of the inline buttons by row, then those of the live reply keyboard (on the bot's newest message)."""
        inline = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in inline] + self.keyboard

    @property
    def labels(self) -> list[str]:
        """The same without rows."""
        return [label for row in self.rows for label in row]

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons as Telegram's JSON."""
        return [button for row in self.json.get("reply_markup", {}).get("inline_keyboard", []) for button in row]

    @property
    def outgoing(self) -> bool:
        """Whether the person wrote it."""
        return bool(self.json["outgoing"])

    @property
    def edited(self) -> bool:
        """Whether it was changed."""
        return "edit_date" in self.json


@dataclass(frozen=True)
class Toast:
    """What the bot answered to a tap."""

    answered: bool
    text: str | None
    show_alert: bool


def messages_of(view: Json) -> list[Message]:
    """The messages of a chat; the newest of the bot bears the live reply keyboard."""
    keyboard = [[button["text"] for button in row] for row in (view["reply_keyboard"] or {}).get("keyboard", [])]
    newest = max((m["message_id"] for m in view["messages"] if not m["outgoing"]), default=None)
    return [Message(json, keyboard if json["message_id"] == newest else []) for json in view["messages"]]
