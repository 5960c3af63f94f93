"""Makes a picture of a page small: 256 colours are enough for letters on paper."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256
Colour = tuple[int, int, int]


def shrink(png: bytes) -> bytes:
    """Return the same picture with a palette. It takes what a browser writes: 8 bits a channel, not interlaced."""
    chunks = dict(_chunks(png))
    width, height, _, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    step = {2: 3, 6: 4}[kind]
    rows = list(_rows(zlib.decompress(chunks[b"IDAT"]), width * step, step))
    pixels = [[(row[x], row[x + 1], row[x + 2]) for x in range(0, len(row), step)] for row in rows]
    palette, places = _palette(Counter(pixel for row in pixels for pixel in row))
    lines = b"".join(b"\0" + bytes(places[pixel] for pixel in row) for row in pixels)
    written = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(bytes(colour) for colour in palette)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in written)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a file; data that is spread over several is joined."""
    at, found = len(SIGNATURE), {b"IDAT": b""}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        found[name] = found.get(name, b"") + data
        at += length + 12
    yield from found.items()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _rows(data: bytes, width: int, step: int) -> Iterator[bytearray]:
    """Undo the filters: w3.org/TR/png-3, 9.2."""
    before = bytearray(width)
    for start in range(0, len(data), width + 1):
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + width])
        for x in range(width):
            left, up = row[x - step] if x >= step else 0, before[x]
            corner = before[x - step] if x >= step else 0
            row[x] = (row[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
        yield row
        before = row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def _palette(seen: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """The commonest colours, and for each colour the place of the nearest of them."""
    palette = [colour for colour, _ in seen.most_common(MOST_COLOURS)]
    known = {colour: place for place, colour in enumerate(palette)}
    rare = (colour for colour in seen if colour not in known)
    return palette, known | {colour: _nearest(colour, palette) for colour in rare}


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    def distance(place: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(colour, palette[place], strict=True))

    return min(range(len(palette)), key=distance)
