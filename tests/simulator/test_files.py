"""Pictures and sounds that nobody brought, and the size of those that somebody did."""

import struct

import pytest

from simulator import files
from simulator.errors import ApiError
from simulator.server import Simulator

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x1e\x00\x28" + bytes(8)


def webp(form: bytes, head: bytes) -> bytes:
    return b"RIFF" + bytes(4) + b"WEBP" + form + bytes(4) + head


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (files.picture(40, 30), (40, 30)),
        (JPEG, (40, 30)),
        (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30)),
        (webp(b"VP8X", bytes(4) + b"\x27\x00\x00\x1d\x00\x00"), (40, 30)),
        (webp(b"VP8L", b"\x2f" + struct.pack("<I", 39 | 29 << 14) + bytes(5)), (40, 30)),
        (webp(b"VP8 ", bytes(6) + struct.pack("<HH", 40, 30)), (40, 30)),
        (webp(b"ALPH", bytes(10)), None),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", None),
        (b"\xff\xd8\xff\xe0\x00\x04ab", None),
        (b"\xff\xd8nonsense", None),
        (b"text", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture(content: bytes, size: tuple[int, int] | None) -> None:
    assert files.size_of_picture(content) == size


@pytest.mark.parametrize("size", [(9000, 2000), (210, 10)])
def test_telegram_refuses_extreme_pictures(size: tuple[int, int]) -> None:
    picture = b"GIF89a" + struct.pack("<HH", *size)
    with pytest.raises(ApiError, match="PHOTO_INVALID_DIMENSIONS"):
        files.keep(Simulator().world, "photo", picture)


def test_silence_is_a_sequence_of_ogg_pages() -> None:
    sound, pages, at = files.silence(2), 0, 0
    while at < len(sound):
        assert sound[at : at + 4] == b"OggS"
        count = sound[at + 26]
        whole = 27 + count + sum(sound[at + 27 : at + 27 + count])
        page = bytearray(sound[at : at + whole])
        checksum = struct.unpack("<I", page[22:26])[0]
        page[22:26] = bytes(4)
        assert files._ogg_crc(bytes(page)) == checksum
        at, pages = at + whole, pages + 1
    assert pages == 4
