"""What a person can send: from the phone's short form to the fields of Telegram's Message."""

import base64
import binascii
import random
from collections.abc import Callable
from typing import Any

from simulator import entities, files
from simulator.chats import Json, Person
from simulator.errors import ApiError, PeopleError
from simulator.world import World

EXTRAS = {"reply_to", "forward", "media_group_id", "file_base64"}
DICE = random.SystemRandom()


def text_content(text: Any) -> Json:
    """A text with the entities that Telegram adds by itself."""
    if not isinstance(text, str):
        raise PeopleError(400, "A text is a string.")
    cleaned = entities.clean(text).strip()
    if not cleaned or entities.units(cleaned) > 4096:
        raise PeopleError(400, "A message has 1 to 4096 characters.")
    marks = entities.found(cleaned)
    return {"text": cleaned} | ({"entities": marks} if marks else {})


def _caption(given: Json) -> Json:
    caption = entities.clean(str(given.get("caption") or "")).strip()
    if not caption:
        return {}
    if entities.units(caption) > 1024:
        raise PeopleError(400, "A caption has at most 1024 characters.")
    marks = entities.found(caption)
    return {"caption": caption} | ({"caption_entities": marks} if marks else {})


def whole(given: Json, name: str, default: int) -> int:
    """A whole number from the body. Raises PeopleError."""
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise PeopleError(400, f"{name} is a whole number.")
    return value


def _bytes(given: Json) -> bytes | None:
    if not given.get("file_base64"):
        return None
    try:
        return base64.b64decode(given["file_base64"], validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise PeopleError(400, "file_base64 is not base64.") from None


def _photo(world: World, given: Json) -> Json:
    content = _bytes(given)
    try:
        file = files.keep(world, "photo", content if content is not None else files.picture())
    except ApiError:
        raise PeopleError(400, "This file is not a picture.") from None
    return {"photo": [file.body()]} | _caption(given)


def _voice(world: World, given: Json) -> Json:
    duration = whole(given, "duration", 4)
    content = _bytes(given)
    details = {"duration": duration, "mime_type": given.get("mime_type") or "audio/ogg"}
    sound = content if content is not None else files.silence(min(duration, 60))
    return {"voice": files.keep(world, "voice", sound, details=details).body()} | _caption(given)


def _document(world: World, given: Json) -> Json:
    name = str(given.get("file_name") or "document.txt")
    content = _bytes(given)
    content = content if content is not None else f"{name}\n".encode()
    file = files.keep(world, "document", content, name)
    mime = {"mime_type": given["mime_type"]} if given.get("mime_type") else {}
    size = whole(given, "file_size", 0)
    if size:
        # Somebody says how large it is without bringing it: the bot must believe that, also in getFile.
        file.size = size
        world.save_file(file)
    return {"document": file.body() | mime} | _caption(given)


def _moving(kind: str, details: Json) -> Callable[[World, Json], Json]:
    def make(world: World, given: Json) -> Json:
        said = {name: given[name] for name in details if name in given}
        file = files.keep(world, kind, _bytes(given) or b"\x00\x00\x00\x18ftypmp42", details=details | said)
        content: Json = {kind: file.body()}
        if kind == "animation":
            # Telegram sets both, for older clients.
            content["document"] = {"file_name": "animation.mp4", "mime_type": "video/mp4"} | file.body()
        return content | ({} if kind in {"video_note", "sticker"} else _caption(given))

    return make


def _location(_: World, given: Json) -> Json:
    try:
        location: Json = {"latitude": float(given["latitude"]), "longitude": float(given["longitude"])}
    except (KeyError, TypeError, ValueError):
        raise PeopleError(400, "A location has a latitude and a longitude.") from None
    if not (-90 <= location["latitude"] <= 90 and -180 <= location["longitude"] <= 180):
        raise PeopleError(400, "This is not on earth.")
    period = whole(given, "live_period", 0)
    return {"location": location | ({"live_period": period} if period else {})}


def _contact(_: World, given: Json) -> Json:
    if not (given.get("phone_number") and given.get("first_name")):
        raise PeopleError(400, "A contact has a phone number and a first name.")
    names = ("phone_number", "first_name", "last_name", "user_id", "vcard")
    return {"contact": {name: given[name] for name in names if given.get(name)}}


def _poll(world: World, given: Json) -> Json:
    options = given.get("options")
    if not given.get("question") or not isinstance(options, list) or len(options) < 2:
        raise PeopleError(400, "A poll has a question and at least two options.")
    poll: Json = {
        "id": str(5_000_000_000 + world.count("poll")),
        "question": given["question"],
        "options": [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": poll}


def _dice(_: World, given: Json) -> Json:
    return {"dice": {"emoji": given.get("emoji") or "🎲", "value": whole(given, "value", DICE.randint(1, 6))}}


def _sticker(world: World, given: Json) -> Json:
    details = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
    file = files.keep(world, "sticker", _bytes(given) or files.picture(64, 64), "sticker.png", details)
    return {"sticker": file.body() | {"emoji": given.get("emoji") or "🙂"}}


VIDEO = {"width": 640, "height": 480, "duration": 5, "mime_type": "video/mp4"}
MAKERS: dict[str, Callable[[World, Json], Json]] = {
    "photo": _photo,
    "voice": _voice,
    "document": _document,
    "location": _location,
    "contact": _contact,
    "sticker": _sticker,
    "dice": _dice,
    "poll": _poll,
    "video_note": _moving("video_note", {"length": 240, "duration": 5}),
    "video": _moving("video", VIDEO),
    "audio": _moving("audio", {"duration": 60, "mime_type": "audio/mpeg"}),
    "animation": _moving("animation", VIDEO),
}


def build(world: World, person: Person, body: Json) -> Json:
    """The content of a Message from what `POST …/send` got. Raises PeopleError."""
    kinds = [name for name in body if name not in EXTRAS]
    if len(kinds) != 1 or kinds[0] not in MAKERS | {"text": None}:
        raise PeopleError(400, f"Send one of: text, {', '.join(MAKERS)}.")
    kind = kinds[0]
    if kind == "text":
        content = text_content(body["text"])
    else:
        given = body[kind] if body[kind] is not None else {}
        if not isinstance(given, dict):
            raise PeopleError(400, f"{kind} is an object.")
        content = MAKERS[kind](world, given | {k: body[k] for k in ("file_base64",) if k in body})
    if body.get("reply_to") is not None:
        answered = world.entry(person.id, whole(body, "reply_to", 0))
        if answered is None:
            raise PeopleError(409, "The message to answer is not there.")
        content["reply_to_message"] = {k: v for k, v in answered.body.items() if k != "reply_to_message"}
    if body.get("forward"):
        origin = {"type": "hidden_user", "sender_user_name": "Somebody else", "date": world.clock.unix() - 60}
        content["forward_origin"] = origin
    if body.get("media_group_id") is not None:
        content["media_group_id"] = str(body["media_group_id"])
    return content
