"""Telegram's HTML: the tags it knows, nothing else, and the entities they become."""

import re
from typing import Any

from simulator.entities import Entity, cut, ordered, units
from simulator.errors import ApiError, bad_request

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
    "span": "spoiler",
}  # fmt: skip
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LINK = re.compile(r"(?:https?|tg|ton|mailto|tel):\S+|[\w-]+(?:\.[\w-]+)+(?:[/:?#]\S*)?", re.IGNORECASE)


def unescape(text: str) -> str:
    """Numeric references and the four names that Telegram knows."""

    def letter(match: re.Match[str]) -> str:
        if match[3]:
            return NAMED[match[3]]
        code = int(match[1], 16) if match[1] else int(match[2])
        usable = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        return chr(code) if usable else match[0]

    return REFERENCE.sub(letter, text)


def _refuse(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


class _Reader:
    """One reading of one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.offset = 0
        self.open: list[tuple[str, Entity]] = []
        self.entities: list[Entity] = []

    def byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def add(self, text: str) -> None:
        plain = unescape(text)
        self.text.append(plain)
        self.offset += units(plain)

    def start(self, tag: str, attributes: dict[str, str], at: int) -> None:
        if tag not in SIMPLE:
            raise _refuse(f'Unsupported start tag "{tag}" at byte offset {self.byte(at)}')
        entity: dict[str, Any] = {"type": SIMPLE[tag], "offset": self.offset}
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(at)}')
        if tag == "a":
            entity["url"] = attributes.get("href", "")
        elif tag == "tg-emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise _refuse(f"Invalid custom emoji identifier specified at byte offset {self.byte(at)}")
            entity["custom_emoji_id"] = attributes["emoji-id"]
        elif tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif tag == "code":
            entity["language"] = attributes.get("class", "").removeprefix("language-")
        self.open.append((tag, entity))

    def end(self, tag: str, at: int) -> None:
        if not self.open:
            raise _refuse(f"Unexpected end tag at byte offset {self.byte(at)}")
        opened, entity = self.open.pop()
        if tag != opened:
            raise _refuse(f'Unmatched end tag at byte offset {self.byte(at)}, expected "</{opened}>", found "</{tag}>"')
        entity["length"] = self.offset - entity["offset"]
        self.close(opened, entity)

    def close(self, tag: str, entity: Entity) -> None:
        language = entity.pop("language", "")
        if tag == "code" and self.open and self.open[-1][0] == "pre":
            # <pre><code class="language-x"> is one entity, the pre.
            outer = self.open[-1][1]
            if language and outer["offset"] == entity["offset"]:
                outer["language"] = language
            return
        if tag == "pre" and "language" not in entity and language:
            entity["language"] = language
        if tag == "a":
            entity["url"] = entity["url"] or cut("".join(self.text), entity["offset"], entity["length"])
            if not LINK.fullmatch(entity["url"]):
                return
        if entity["length"]:
            self.entities.append(entity)

    def read(self) -> None:
        at = 0
        while at < len(self.source):
            mark = self.source.find("<", at)
            self.add(self.source[at : mark if mark >= 0 else None])
            if mark < 0:
                break
            match = TAG.match(self.source, mark)
            if match is None:
                raise _refuse(f"Unsupported or unclosed tag at byte offset {self.byte(mark)}")
            if match[1]:
                self.end(match[2].lower(), mark)
            else:
                pairs = ATTRIBUTE.finditer(match[3])
                self.start(match[2].lower(), {p[1].lower(): unescape(p[2] or p[3] or p[4] or "") for p in pairs}, mark)
            at = match.end()
        if self.open:
            tag = self.open[-1][0]
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; raises ApiError as Telegram words it."""
    reader = _Reader(source)
    reader.read()
    return "".join(reader.text), ordered(reader.entities)
