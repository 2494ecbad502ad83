"""Formatted text: lengths in UTF-16 code units, the validity of entities, and those that Telegram adds by itself."""

import re
from typing import Any, TypeAlias

from simulator.errors import bad_request
from simulator.fields import BOOLEAN, INTEGER, STRING, Field, Kind, array, required, shape

Entity: TypeAlias = dict[str, Any]

PLAIN = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "expandable_blockquote",
    "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
USER = shape(
    "User",
    {
        "id": required(INTEGER),
        "is_bot": Field(BOOLEAN),
        "first_name": Field(STRING),
        "last_name": Field(STRING),
        "username": Field(STRING),
        "language_code": Field(STRING),
    },
)
ENTITIES: Kind = array(
    shape(
        "MessageEntity",
        {
            "type": required(STRING),
            "offset": required(INTEGER),
            "length": required(INTEGER),
            "url": Field(STRING),
            "user": Field(USER),
            "language": Field(STRING),
            "custom_emoji_id": Field(STRING),
        },
    )
)

# In this order: what is found first keeps its place.
PATTERNS = [
    ("email", re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    ("url", re.compile(r"https?://[^\s<>\"]+|(?<![\w@.])(?:[A-Za-z0-9-]+\.)+(?:be|brussels|com|de|eu|fr|gent|info|io|lu|"
                       r"me|net|nl|org|vlaanderen)(?![\w-])(?:/[^\s<>\"]*)?", re.IGNORECASE)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])", re.ASCII)),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ ().\-/]{0,2}\d){7,14}(?!\d)")),
]  # fmt: skip

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f]")


def units(text: str) -> int:
    """The length that Telegram counts: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity names (in UTF-16 code units)."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def clean(text: str) -> str:
    """As Telegram keeps it: no carriage returns, control characters become spaces."""
    return CONTROLS.sub(" ", text.replace("\r", ""))


def check(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities a bot gave, in Telegram's order; raises ApiError where one does not fit the text."""
    total = units(text)
    good = []
    for entity in entities:
        _check_kind(entity)
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or start > total:
            raise bad_request(f"entity begins at UTF-16 offset {start} outside of the text")
        if end > total:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
            )
        if entity["length"] > 0:
            good.append(entity)
    inner = _middles(text)
    for entity in good:
        if entity["offset"] in inner:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {entity['offset']}")
        if (end := entity["offset"] + entity["length"]) in inner:
            raise bad_request(f"entity ends in a middle of a UTF-16 symbol at UTF-16 offset {end}")
    return ordered(good)


def _middles(text: str) -> set[int]:
    inner, offset = set(), 0
    for letter in text:
        if ord(letter) > 0xFFFF:
            inner.add(offset + 1)
            offset += 1
        offset += 1
    return inner


def _check_kind(entity: Entity) -> None:
    kind = entity["type"]
    if kind not in PLAIN | FOUND:
        raise bad_request(f'can\'t parse MessageEntity: unsupported type "{kind}" specified')
    needs = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}.get(kind)
    if needs and needs not in entity:
        raise bad_request(f'can\'t parse MessageEntity: field "{needs}" is missing')


def ordered(entities: list[Entity]) -> list[Entity]:
    """By place, the longer first."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], e["type"]))


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space around the text, which Telegram does not keep; entities move along."""
    left = units(text) - units(text.lstrip())
    short = text.strip()
    total = units(short)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - left)
        end = min(total, entity["offset"] + entity["length"] - left)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return short, kept


def found(text: str, given: list[Entity] | None = None) -> list[Entity]:
    """All entities: the given ones and those that Telegram finds by itself between them."""
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in given or []
        if e["type"] in FOUND | {"code", "pre", "text_link", "text_mention"}
    ]
    result = list(given or [])
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            word = match.group().rstrip(".,:;!?'\")") if kind == "url" else match.group()
            start = units(text[: match.start()])
            end = start + units(word)
            if not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                result.append({"type": kind, "offset": start, "length": end - start})
    return ordered(result)
