"""The hash chain: what a record's hash covers. Pure; the same at station and hub.

Each hash covers the previous one of the same (device, epoch), so no row can be edited, removed or
moved unseen. The personal part enters through a salted commitment only: when part and salt are
erased together, the chain still verifies and nothing can be guessed back.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import msgspec

from checkpoint_app.store.identity import spelled

START = bytes(32)
SALT_BYTES = 16
_CODE_LETTERS = 9  # 45 bits on paper


class Link(msgspec.Struct, frozen=True, gc=False):
    """One record as the chain sees it. Times are microseconds of UTC, offsets seconds."""

    id: UUID
    device: str
    epoch: int
    seq: int
    kind: str
    at_us: int
    offset_s: int
    belongs_us: int
    supersedes: UUID | None
    plain: bytes
    commitment: bytes | None
    previous: bytes


class Sent(msgspec.Struct, frozen=True, gc=False):
    """A record as it travels: what the receiver cannot work out by itself.

    `commitment` only where the personal part has been erased; with it, it follows from salt and
    part.
    """

    id: UUID
    kind: str
    at_us: int
    offset_s: int
    belongs_us: int
    supersedes: UUID | None
    plain: bytes
    personal: bytes | None = None
    salt: bytes | None = None
    commitment: bytes | None = None


def digest(parts: Iterable[bytes], purpose: bytes) -> bytes:
    """SHA-256 over length-prefixed parts, so that no two lists of parts share a text."""
    return sha256(purpose + b"\0" + b"".join(map(_sized, parts))).digest()


_SIZES = tuple(size.to_bytes(8, "big") for size in range(1 << 12))


def _sized(part: bytes) -> bytes:
    size = len(part)
    return (_SIZES[size] if size < 1 << 12 else size.to_bytes(8, "big")) + part


def commitment(salt: bytes, body: bytes) -> bytes:
    """What stands for the personal part in the chain."""
    return sha256(b"checkpoint personal 1\0" + _sized(salt) + _sized(body)).digest()


def erasure_digest(ids: Iterable[UUID]) -> str:
    """What stands in the record of an erasure for the records it took: none is added later."""
    return digest(sorted(each.bytes for each in ids), b"checkpoint erasure 1").hex()


def link_hash(link: Link) -> bytes:
    """The record's hash: `digest` of all of it, written out, as a hub works out millions."""
    return sha256(
        b"".join(
            (
                b"checkpoint record 1\0",
                _sized(link.previous),
                _sized(link.id.bytes),
                _sized(link.device.encode()),
                _sized(link.kind.encode()),
                _sized(b"%d" % link.epoch),
                _sized(b"%d" % link.seq),
                _sized(b"%d" % link.at_us),
                _sized(b"%d" % link.offset_s),
                _sized(b"%d" % link.belongs_us),
                _sized(link.supersedes.bytes if link.supersedes else b""),
                _sized(link.plain),
                _sized(link.commitment or b""),
            )
        )
    ).digest()


def check_code(sheet: str, start_us: int, end_us: int, content: bytes, version: int) -> str:
    """The short code for paper, nine letters that cannot be misread: "7K3MA-9QXP"."""
    parts = (sheet.encode(), str(start_us).encode(), str(end_us).encode(), content)
    hashed = digest((*parts, str(version).encode()), b"checkpoint seal 1")
    letters = spelled(int.from_bytes(hashed[:8], "big"), _CODE_LETTERS)
    return f"{letters[:5]}-{letters[5:]}"
