"""Compression with a limit: what unpacks to more than was agreed is not unpacked at all."""

from __future__ import annotations

import zstandard

_LEVEL = 9


class Unreadable(Exception):
    """Bytes that are not what they should be; the text names what, never a content."""


def packed(body: bytes) -> bytes:
    """The bytes, smaller where they can be; the first byte says which."""
    small = zstandard.ZstdCompressor(
        level=_LEVEL, write_checksum=False, write_content_size=True
    ).compress(body)
    return b"\1" + small if len(small) < len(body) else b"\0" + body


def unpacked(body: bytes, limit: int) -> bytes:
    """The bytes again, at most `limit` of them. Raises `Unreadable`."""
    if body[:1] == b"\0" and len(body) - 1 <= limit:
        return body[1:]
    if body[:1] != b"\1":
        raise Unreadable("packing")
    frame = body[1:]
    try:
        size = zstandard.get_frame_parameters(frame).content_size
        if size > limit:
            raise Unreadable("too large")
        plain = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompress(
            frame, max_output_size=limit, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise Unreadable("packing") from None
    if len(plain) > limit:
        raise Unreadable("too large")
    return plain
