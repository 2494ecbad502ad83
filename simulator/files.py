"""Files: what a photo or a voice message consists of when nobody brought one, and how large a picture is."""

import mimetypes
import struct
import zlib
from pathlib import PurePath

from simulator.chats import File, Json
from simulator.errors import bad_request
from simulator.world import World

EXTENSIONS = {"photo": "png", "voice": "oga", "video": "mp4", "video_note": "mp4", "audio": "mp3", "animation": "mp4",
              "sticker": "webp", "document": "bin"}  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def picture(width: int = 320, height: int = 240) -> bytes:
    """A plain PNG: sky above, grass below."""
    sky, grass = b"\x00" + b"\x9c\xc8\xf0" * width, b"\x00" + b"\x7c\xb3\x6a" * width
    rows = sky * (height * 2 // 3) + grass * (height - height * 2 // 3)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _ogg_crc(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def _ogg_page(kind: int, position: int, number: int, packets: list[bytes]) -> bytes:
    lengths = bytes(len(packet) for packet in packets)
    head = b"OggS" + struct.pack("<BBqII", 0, kind, position, 1, number)
    tail = bytes([len(packets)]) + lengths + b"".join(packets)
    return head + struct.pack("<I", _ogg_crc(head + bytes(4) + tail)) + tail


def silence(seconds: int) -> bytes:
    """A voice message in which nobody speaks: Opus in Ogg, frames of 20 ms."""
    pages = [
        _ogg_page(2, 0, 0, [b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)]),
        _ogg_page(0, 0, 1, [b"OpusTags" + struct.pack("<I", 4) + b"none" + struct.pack("<I", 0)]),
    ]
    # 0x08: SILK, narrow band, 20 ms, mono, one frame; an empty frame is silence.
    count = max(1, seconds)
    for second in range(1, count + 1):
        last = 4 if second == count else 0
        pages.append(_ogg_page(last, 48000 * second, second + 1, [b"\x08"] * 50))
    return b"".join(pages)


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + length
    return None


def size_of_picture(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP; None for anything else."""
    match mime_of_picture(content) if len(content) >= 10 else None:
        case "image/png":
            return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        case "image/jpeg":
            return _size_of_jpeg(content)
        case "image/gif":
            return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
        case "image/webp" if len(content) >= 30:
            return _size_of_webp(content)
        case _:
            return None


def _size_of_webp(content: bytes) -> tuple[int, int] | None:
    form, head = content[12:16], content[20:30]
    if form == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    return None


def mime_of_picture(content: bytes) -> str | None:
    """By its first bytes: PNG, JPEG, GIF or WebP; None for anything else."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    marks = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8": "image/jpeg", b"GIF8": "image/gif"}
    return next((mime for mark, mime in marks.items() if content.startswith(mark)), None)


def keep(world: World, kind: str, content: bytes, name: str = "", details: Json | None = None) -> File:
    """Keep what was sent. Raises ApiError for a photo that is none."""
    known: Json = {}
    extension = PurePath(name).suffix.lstrip(".") or EXTENSIONS[kind]
    if kind == "photo":
        size = size_of_picture(content)
        if size is None or not all(size):
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        known = {"width": size[0], "height": size[1]}
    elif kind == "voice":
        known = {"duration": 0, "mime_type": "audio/ogg"}
    elif kind == "document":
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        known = {"file_name": name or f"file.{extension}", "mime_type": mime}
    return world.add_file(kind, extension, content, known | (details or {}))
