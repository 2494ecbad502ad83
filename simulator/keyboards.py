"""Reply markup: what a bot may put below a message, and how a person finds a button in it."""

import re
from typing import Any

from simulator.chats import Entry, Json
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, STRING, Field, Kind, array, one_of, required, shape, silent

COPY_TEXT = shape("CopyTextButton", {"text": required(STRING)})
INLINE_BUTTON = shape(
    "InlineKeyboardButton",
    {
        "text": Field(STRING),
        "url": Field(STRING),
        "callback_data": Field(STRING),
        "copy_text": Field(COPY_TEXT),
        "style": Field(STRING),
    },
)
_BUTTON = shape(
    "KeyboardButton",
    {
        "text": Field(STRING),
        "request_contact": Field(BOOLEAN),
        "request_location": Field(BOOLEAN),
        "style": Field(STRING),
    },
)
BUTTON = Kind(
    "KeyboardButton",
    # A plain string is a button, too.
    lambda name, raw: _BUTTON.read(name, {"text": raw} if isinstance(raw, str) else raw),
)
INLINE = shape("InlineKeyboardMarkup", {"inline_keyboard": required(array(array(INLINE_BUTTON)))})
REPLY = shape(
    "ReplyKeyboardMarkup",
    {
        "keyboard": required(array(array(BUTTON))),
        "is_persistent": Field(BOOLEAN),
        "resize_keyboard": Field(BOOLEAN),
        "one_time_keyboard": Field(BOOLEAN),
        "input_field_placeholder": Field(STRING),
        "selective": silent(BOOLEAN),
    },
)
REMOVE = shape("ReplyKeyboardRemove", {"remove_keyboard": required(BOOLEAN), "selective": silent(BOOLEAN)})
FORCE = shape(
    "ForceReply",
    {
        "force_reply": required(BOOLEAN),
        "input_field_placeholder": Field(STRING),
        "selective": silent(BOOLEAN),
    },
)
KINDS = {"inline_keyboard": INLINE, "keyboard": REPLY, "remove_keyboard": REMOVE, "force_reply": FORCE}
ANY_MARKUP = one_of(
    "InlineKeyboardMarkup or ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply",
    lambda value: next((kind for name, kind in KINDS.items() if name in value), None),
)
ACTIONS = ("url", "callback_data", "copy_text")
STYLES = ("danger", "success", "primary")
URL = re.compile(r"(?:https?://|tg://|[\w-]+(?:\.[\w-]+)+)\S*", re.IGNORECASE)


def check(markup: Json | None) -> Json | None:
    """The markup if there is something in it; raises ApiError where Telegram would refuse it."""
    if markup is None or markup.get("inline_keyboard") == [] or markup.get("keyboard") == []:
        return None
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if not button.get("text", "").strip():
            raise bad_request("can't parse keyboard button: text must be non-empty")
        if button.get("style", "primary") not in STYLES:
            raise bad_request("can't parse keyboard button: invalid button style specified")
        if "inline_keyboard" in markup:
            _check_inline(button)
    if len(buttons) > (100 if "inline_keyboard" in markup else 300):
        raise bad_request("reply markup is too long")
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise bad_request("input field placeholder is too long")
    filled = [row for row in rows if row]
    if "inline_keyboard" in markup:
        return {"inline_keyboard": filled} if filled else None
    return markup | {"keyboard": filled} if "keyboard" in markup else markup


def _check_inline(button: Json) -> None:
    chosen = [action for action in ACTIONS if action in button]
    if not chosen:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not URL.fullmatch(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def inline_buttons(entry: Entry) -> list[Json]:
    """The buttons below a message."""
    rows: list[list[Json]] = entry.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def find(buttons: list[Json], **wanted: Any) -> Json | None:
    """The first button with this field."""
    return next((b for b in buttons if all(b.get(name) == value for name, value in wanted.items())), None)
