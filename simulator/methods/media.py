"""Messages with files, and the files themselves."""

from typing import Any

from simulator import files
from simulator.chats import File, Json
from simulator.entities import ENTITIES
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, FILE, INTEGER, STRING, Field, Kind, Upload, array, one_of, required, shape
from simulator.methods.base import CAPTION, CHAT_ID, DELIVERY, SENDING, Call, method, send
from simulator.methods.sending import caption_content

MEGABYTE = 1024 * 1024


def resolve(call: Call, kind: str, given: str | Upload) -> File:
    """The file that came along, or a known one again. Raises ApiError."""
    if isinstance(given, str) and given.startswith("attach://"):
        name = given.removeprefix("attach://")
        if name not in call.uploads:
            raise bad_request(f'there is no file "{name}" in the request')
        given = call.uploads[name]
    if isinstance(given, str):
        if "://" in given:
            raise bad_request("failed to get HTTP URL content: the simulator fetches nothing from elsewhere")
        known = call.world.file(given)
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
        return known
    if not given.content:
        raise bad_request("file must be non-empty")
    if len(given.content) > (10 if kind == "photo" else 50) * MEGABYTE:
        raise bad_request("Request Entity Too Large")
    return files.keep(call.world, kind, given.content, given.name)


def media_content(kind: str, file: File, details: Json | None = None) -> Json:
    """The part of a message that holds the file; a photo is a list of sizes."""
    body = file.body() | (details or {})
    return {kind: [body] if kind == "photo" else body}


def _details(call: Call, names: tuple[str, ...]) -> Json:
    return {name: call.args[name] for name in names if name in call.args}


@method(
    "sendPhoto",
    SENDING | CAPTION | {"photo": required(FILE), "has_spoiler": Field(BOOLEAN)},
    sends=True,
    note="Uploads and file ids; nothing is fetched from a URL.",
)
def send_photo(call: Call) -> Json:
    chat, caption = call.open_chat(), caption_content(call)
    content = media_content("photo", resolve(call, "photo", call.args["photo"]))
    spoiler: Json = {"has_media_spoiler": True} if call.get("has_spoiler") else {}
    return call.send(chat, content | caption | spoiler)


PLAIN_CAPTION = {name: field for name, field in CAPTION.items() if name != "show_caption_above_media"}


@method(
    "sendVoice", SENDING | PLAIN_CAPTION | {"voice": required(FILE), "duration": Field(INTEGER)}, sends=True,
    note="Uploads and file ids; nothing is fetched from a URL.",
)  # fmt: skip
def send_voice(call: Call) -> Json:
    chat, caption = call.open_chat(), caption_content(call)
    content = media_content("voice", resolve(call, "voice", call.args["voice"]), _details(call, ("duration",)))
    return call.send(chat, content | caption)


@method(
    "sendDocument",
    SENDING
    | PLAIN_CAPTION
    | {"document": required(FILE), "disable_content_type_detection": Field(BOOLEAN, effect=False)},
    sends=True,
    note="Uploads and file ids; nothing is fetched from a URL. No thumbnails.",
)
def send_document(call: Call) -> Json:
    chat, caption = call.open_chat(), caption_content(call)
    return call.send(chat, media_content("document", resolve(call, "document", call.args["document"])) | caption)


_MEDIA = {
    "type": required(STRING),
    "media": required(STRING),
    "caption": Field(STRING),
    "parse_mode": Field(STRING),
    "caption_entities": Field(ENTITIES),
}
INPUT_MEDIA = {
    "photo": shape(
        "InputMediaPhoto", _MEDIA | {"has_spoiler": Field(BOOLEAN), "show_caption_above_media": Field(BOOLEAN)}
    ),
    "document": shape("InputMediaDocument", _MEDIA | {"disable_content_type_detection": Field(BOOLEAN, effect=False)}),
}
MEDIA: Kind = one_of("InputMediaPhoto or InputMediaDocument", lambda value: INPUT_MEDIA.get(value.get("type", "")))


@method(
    "sendMediaGroup", CHAT_ID | DELIVERY | {"media": required(array(MEDIA))}, sends=True,
    note="Photos, or documents.",
)  # fmt: skip
def send_media_group(call: Call) -> list[Json]:
    chat, items = call.open_chat(), call.args["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("there must be 2-10 media in an album")
    if len({item["type"] for item in items}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    reply = call.reply_to(chat)
    captions = [caption_content(Call(call.world, item)) for item in items]
    kept = [resolve(call, item["type"], item["media"]) for item in items]
    album = str(13_000_000_000_000_000 + call.world.count("album"))
    contents: list[dict[str, Any]] = [
        media_content(item["type"], file) | caption | reply | {"media_group_id": album}
        for item, file, caption in zip(items, kept, captions, strict=True)
    ]
    if call.get("protect_content"):
        contents = [content | {"has_protected_content": True} for content in contents]
    return [send(call.world, chat, content, None) for content in contents]


@method("getFile", {"file_id": required(STRING)})
def get_file(call: Call) -> Json:
    raw = call.args["file_id"]
    if raw not in call.world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    file = call.world.files[raw]
    if file.size > 20 * MEGABYTE:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
