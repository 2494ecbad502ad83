"""What a person sees: a few sentences and buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Self

VERSION = "1"  # of the callback data: a button of an older version is answered kindly, not guessed at
SEPARATOR = ":"
TEXT_LIMIT = 4096  # UTF-16 units in one message
CAPTION_LIMIT = 1024  # below a file
FILE = "document"  # under this name a body has the name of a file, and its content
DATA_LIMIT = 64  # bytes in one button
LABEL, HALF = 24, 18  # characters that fit on a button of its own, and on one of two beside each other
LANGUAGE_LIMIT = 3  # of them for the language that it may carry: "1fr:accept:12"
_SPOKEN = re.compile(rf"{VERSION}([a-z]{{2,{LANGUAGE_LIMIT}}})(?={SEPARATOR})")


class Button:
    """A button that calls the route `name`: `Button(t("I help"), "accept", request.id)`."""

    def __init__(self, label: str, name: str, *args: object) -> None:
        self.label = label
        self.data = SEPARATOR.join([VERSION, name, *(str(arg) for arg in args)])
        if len(self.data.encode()) > DATA_LIMIT - LANGUAGE_LIMIT:
            raise ValueError(f"the data of button {name!r} is longer than {DATA_LIMIT - LANGUAGE_LIMIT} bytes")

    @property
    def name(self) -> str:
        """The route that it calls."""
        return self.data.split(SEPARATOR)[1]

    def as_json(self, speaks: str = "") -> dict[str, str]:
        """As the Bot API wants it; carries the language `speaks`."""
        return {"text": self.label, "callback_data": self.data.replace(VERSION, VERSION + speaks, 1)}


class Choice:
    """A button in a dialogue: answers the step that shows it with `value`."""

    def __init__(self, label: str, value: object) -> None:
        self.label = label
        self.value = str(value)


class Link:
    """A button that opens a link."""

    def __init__(self, label: str, url: str) -> None:
        self.label = label
        self.url = url

    def as_json(self, _speaks: str = "") -> dict[str, str]:
        """As the Bot API wants it."""
        return {"text": self.label, "url": self.url}


def link_to(username: str, payload: str) -> str:
    """A link that opens the bot and says `/start payload`."""
    return f"https://t.me/{username}?start={payload}"


def spoken(data: str) -> tuple[str, str]:
    """The language that the data of a button carries, where it does, and the data without it."""
    found = _SPOKEN.match(data)
    return (found[1], VERSION + data[found.end() :]) if found else ("", data)


def only_says_otherwise(data: str) -> bool:
    """Whether a button does nothing but show its message in another language."""
    return spoken(data)[1].split(SEPARATOR)[1:2] in (["other"], ["say_in"])


Row = tuple[Button | Choice | Link, ...]


def row(*buttons: Button | Choice | Link) -> Row:
    """Buttons beside each other: two at most, so that they stay large."""
    return buttons


def pairs(*buttons: Button | Choice | Link) -> tuple[Row, ...]:
    """Buttons in rows of two, in their order; a label that half a phone does not hold gets a row of its own."""
    rows: list[Row] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and max(len(button.label), len(rows[-1][0].label)) <= HALF:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)


@dataclass(frozen=True)
class Screen:
    """`text` is plain: what people wrote never becomes markup. `title` stands above it in bold.

    `private`: it shows an address or a phone number, and is blanked when the task is over. `card` names what it is to
    its reader ("task"), `about` what it speaks of ("request:12"): together they find the message again. `place` asks
    for a location with a button of that label on the keyboard, where the other buttons then stand too. `again` are the
    words that show the same once more in another language: the name of a `@renders` function and what it takes; without
    them, the card and what it speaks of. `speaks` is the language that the buttons carry. `file`: a name
    and what stands in it, sent as a document with the text below; it can be deleted, not changed. `trace`: nobody needs
    the message any more that becomes this; it is deleted, and says this only where Telegram keeps it.
    """

    text: str
    rows: tuple[Row, ...] = ()
    title: str = ""
    private: bool = False
    about: str = ""
    card: str = ""
    place: str = ""
    removes_keyboard: bool = False
    again: tuple[str, ...] = ()
    speaks: str = ""
    file: tuple[str, str] | None = None
    trace: bool = False

    @classmethod
    def of(cls, text: str, *rows: Row, title: str = "") -> Self:
        """`Screen.of(t("…"), row(Button(…)), row(Button(…)))`."""
        return cls(text, rows, title)

    def as_card(self, card: str, about: str, *, private: bool = False) -> Screen:
        """The same screen, to be found again."""
        return replace(self, card=card, about=about, private=private)

    def retold(self, name: str, *words: object) -> Screen:
        """The same screen, which `@renders(name)` shows in another language when it is given `words`."""
        return replace(self, again=(name, *(str(word) for word in words)))

    def as_trace(self) -> Screen:
        """The same screen, as all that may stay of a message that nobody needs any more."""
        return replace(self, trace=True)

    def after(self, sentence: str) -> Screen:
        """The same screen with a sentence in front."""
        return replace(self, text=f"{sentence}\n\n{self.text}" if self.text else sentence)

    def with_rows(self, *rows: Row) -> Screen:
        """The same screen with more buttons below."""
        return replace(self, rows=(*self.rows, *rows))

    def without_buttons(self) -> Screen:
        """Only the words."""
        return replace(self, rows=())

    def as_body(self) -> dict[str, Any]:
        """The fields of `sendMessage` and `editMessageText`, cut to what fits in one message."""
        text = "\n\n".join(part for part in (self.title, self.text) if part).replace("\0", "").strip()
        if self.file is not None:
            return {"caption": cut(text, CAPTION_LIMIT), FILE: list(self.file)}
        body: dict[str, Any] = {"text": cut(text, TEXT_LIMIT), "link_preview_options": {"is_disabled": True}}
        if self.title:
            body["entities"] = [{"type": "bold", "offset": 0, "length": utf16(self.title)}]
        if self.place:
            keys: list[list[dict[str, Any]]] = [[{"text": self.place, "request_location": True}]]
            keys += [[{"text": button.label} for button in each] for each in self.rows]
            body["reply_markup"] = {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
        elif self.removes_keyboard:
            body["reply_markup"] = {"remove_keyboard": True}
        elif self.rows:
            body["reply_markup"] = {
                "inline_keyboard": [
                    [button.as_json(self.speaks) for button in each if not isinstance(button, Choice)]
                    for each in self.rows
                ]
            }
        return body


def utf16(text: str) -> int:
    """How long Telegram finds `text`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """`text`, or where it is too long its beginning and "…"; lone surrogates, which Telegram refuses, become "?"."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", "?")
    if utf16(text) <= limit:
        return text
    units = text.encode("utf-16-le")[: (limit - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"
