"""What an update must be like to be read: the fields that we use have the types that Telegram promises.

python-telegram-bot checks that fields are there, not what is in them. What is otherwise than promised is buried before
anything believes it, and its sender is told.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

Shape = dict[str, Any]

ID = 2**53  # Telegram's identifiers have at most 52 significant bits
NUMBER = 2**31  # and those of messages 32


class UnreadableError(ValueError):
    """Not what Telegram sends; names the field, never what is in it."""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _id(value: Any) -> bool:
    return type(value) is int and abs(value) < ID


def _number(value: Any) -> bool:
    return type(value) is int and abs(value) < NUMBER


def _yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def _degrees(value: Any) -> bool:
    return type(value) in {int, float} and isfinite(value) and abs(value) <= 180


USER: Shape = {
    "id": _id,
    "is_bot": _yes_or_no,
    "first_name": _text,
    "last_name": _text,
    "username": _text,
    "language_code": _text,
}
CHAT: Shape = {"id": _id, "type": _text, "title": _text, "username": _text, "first_name": _text, "last_name": _text}
FILE: Shape = {"file_id": _text, "file_unique_id": _text, "file_size": _id, "mime_type": _text}
PLACE: Shape = {"latitude": _degrees, "longitude": _degrees}
ENTITY: Shape = {"type": _text, "offset": _number, "length": _number}
REPLIED: Shape = {"message_id": _number, "chat": CHAT, "from": USER}
MESSAGE: Shape = {
    **REPLIED,
    "text": _text,
    "caption": _text,
    "entities": [ENTITY],
    "caption_entities": [ENTITY],
    "media_group_id": _text,
    "reply_to_message": REPLIED,
    "contact": {"phone_number": _text, "user_id": _id},
    "location": PLACE,
    "venue": {"location": PLACE},
    "voice": FILE,
    "photo": [FILE],
    "live_photo": {"photo": [FILE]},
    "document": FILE,
}
MEMBER: Shape = {"status": _text}
UPDATE: Shape = {
    "message": MESSAGE,
    "edited_message": MESSAGE,
    "callback_query": {"id": _text, "from": USER, "data": _text, "message": MESSAGE},
    "my_chat_member": {"chat": CHAT, "from": USER, "old_chat_member": MEMBER, "new_chat_member": MEMBER},
}
NEEDED = {"id", "type", "message_id", "file_id", "status"}  # may not be empty where their holder is there


def check(raw: Any) -> None:
    """Raises `UnreadableError` where a field that we use is not what Telegram promises."""
    _check(raw, UPDATE, "update")


def _check(value: Any, shape: Any, name: str) -> None:
    if value is None and name not in NEEDED:
        return
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise UnreadableError(name)
        for key, inner in shape.items():
            if key in value:
                _check(value[key], inner, key)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise UnreadableError(name)
        for each in value:
            _check(each, shape[0], name)
    elif not shape(value):
        raise UnreadableError(name)
