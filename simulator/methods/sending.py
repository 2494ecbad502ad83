"""Messages without files: text, places, contacts; copies; typing."""

from typing import Any

from simulator.chats import Json
from simulator.entities import ENTITIES
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, CHAT, FLOAT, INTEGER, STRING, Field, required
from simulator.methods.base import (
    CAPTION,
    CAPTION_LENGTH,
    CHAT_ID,
    LINK_PREVIEW,
    MESSAGE_ID,
    SENDING,
    TEXT_LENGTH,
    Call,
    method,
    own_entry,
)

TEXT = {
    "text": Field(STRING),
    "parse_mode": Field(STRING),
    "entities": Field(ENTITIES),
    "link_preview_options": Field(LINK_PREVIEW),
    "disable_web_page_preview": Field(BOOLEAN),
}
COORDINATES = {"latitude": required(FLOAT), "longitude": required(FLOAT)}
LIVE = {
    "horizontal_accuracy": Field(FLOAT),
    "live_period": Field(INTEGER),
    "heading": Field(INTEGER),
    "proximity_alert_radius": Field(INTEGER),
}
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
HEAD = {"message_id", "date", "chat", "from", "edit_date", "reply_markup", "reply_to_message", "media_group_id"}
FORWARDING = {"forward_origin", "has_protected_content", "pinned_message"}


def text_content(call: Call) -> Json:
    """The part of a message that editing replaces."""
    text, entities = call.formatted("text", "entities", TEXT_LENGTH)
    if not text:
        raise bad_request("message text is empty")
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    preview = call.get("link_preview_options") or {}
    if call.get("disable_web_page_preview"):
        preview = {"is_disabled": True}
    return content | ({"link_preview_options": preview} if preview else {})


def caption_content(call: Call) -> Json:
    """The caption of a message."""
    caption, entities = call.formatted("caption", "caption_entities", CAPTION_LENGTH)
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    if caption and call.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


@method("sendMessage", SENDING | TEXT, sends=True)
def send_message(call: Call) -> Json:
    return call.send(call.open_chat(), text_content(call))


def coordinates(call: Call) -> Json:
    """A checked pair."""
    latitude, longitude = call.args["latitude"], call.args["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong coordinates specified")
    return {"latitude": latitude, "longitude": longitude}


@method("sendLocation", SENDING | COORDINATES | LIVE, sends=True)
def send_location(call: Call) -> Json:
    chat, location = call.open_chat(), coordinates(call)
    period = call.get("live_period")
    if period is not None and not (60 <= period <= 86400 or period == 0x7FFFFFFF):
        raise bad_request("wrong live location period specified")
    return call.send(chat, {"location": location | {name: call.args[name] for name in LIVE if name in call.args}})


VENUE = {
    "title": required(STRING),
    "address": required(STRING),
    "foursquare_id": Field(STRING),
    "foursquare_type": Field(STRING),
    "google_place_id": Field(STRING),
    "google_place_type": Field(STRING),
}


@method("sendVenue", SENDING | COORDINATES | VENUE, sends=True)
def send_venue(call: Call) -> Json:
    chat, location = call.open_chat(), coordinates(call)
    venue = {name: call.args[name] for name in VENUE if name in call.args}
    return call.send(chat, {"location": location, "venue": {"location": location} | venue})


CONTACT = {
    "phone_number": required(STRING),
    "first_name": required(STRING),
    "last_name": Field(STRING),
    "vcard": Field(STRING),
}


@method("sendContact", SENDING | CONTACT, sends=True)
def send_contact(call: Call) -> Json:
    chat = call.open_chat()
    return call.send(chat, {"contact": {name: call.args[name] for name in CONTACT if name in call.args}})


@method("sendChatAction", CHAT_ID | {"action": required(STRING)})
def send_chat_action(call: Call) -> bool:
    chat = call.open_chat()
    if call.args["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.events.say("typing", chat.id, action=call.args["action"])
    call.world.typing[chat.id] = call.world.monotonic()
    return True


@method(
    "copyMessage",
    SENDING | MESSAGE_ID | CAPTION | {"from_chat_id": required(CHAT)},
    sends=True,
    note="Service messages cannot be copied.",
)
def copy_message(call: Call) -> Json:
    chat, source = call.open_chat(), call.known_chat("from_chat_id")
    entry = own_entry(call, source, "copy")
    content: dict[str, Any] = {k: v for k, v in entry.body.items() if k not in HEAD | FORWARDING}
    if not content.keys() & {"text", "photo", "voice", "document", "video", "audio", "animation", "video_note",
                             "sticker", "location", "venue", "contact", "dice"}:  # fmt: skip
        raise bad_request("message can't be copied")
    if "caption" in call.args and "text" not in content:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | caption_content(call)
    return {"message_id": call.send(chat, content)["message_id"]}
