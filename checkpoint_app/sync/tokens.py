"""A list of tokens as few bytes: sorted, the gaps Rice-coded, the action codes beside.

A token is 40 bits of a keyed hash; the list is a sorted array of `token << 8 | action`. Of random
tokens nobody can tell more than about log2(2^40 / n) + 1.44 bits each; this takes some 0.1 more.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TypeAlias

import numpy as np

from checkpoint_app.sync.packing import Unreadable, packed, unpacked

BITS = 40
MOST = 20_000_000
Tokens: TypeAlias = "np.ndarray[Any, np.dtype[np.uint64]]"


def changed(tokens: Tokens, added: Tokens, removed: Tokens) -> Tokens:
    """The list without `removed` and with `added`. Raises `Unreadable` where they do not fit."""
    kept = tokens[~np.isin(tokens >> 8, removed >> 8, assume_unique=True)]
    if len(kept) != len(tokens) - len(removed):
        raise Unreadable("removed")
    joined = np.concatenate([kept, added])
    joined.sort()
    if len(joined) and bool(np.any(joined[1:] >> 8 == joined[:-1] >> 8)):
        raise Unreadable("added")
    return joined


def parts_of(tokens: Tokens) -> bytes:
    """What the tokens of each first 8 bits come to: 256 digests of 8 bytes."""
    return b"".join(sha256(part.astype(">u8").tobytes()).digest()[:8] for part in _split(tokens))


def differing(tokens: Tokens, parts: bytes) -> bytes:
    """The numbers of the parts that come to something else than `parts` says."""
    mine = parts_of(tokens)
    return bytes(n for n in range(256) if mine[8 * n : 8 * n + 8] != parts[8 * n : 8 * n + 8])


def only(tokens: Tokens, parts: bytes) -> Tokens:
    """The tokens of some parts."""
    split = _split(tokens)
    return np.concatenate([np.zeros(0, np.uint64), *(split[n] for n in sorted(set(parts)))])


def mended(tokens: Tokens, parts: bytes, theirs: Tokens) -> Tokens:
    """The list with some parts in place of its own. Raises `Unreadable` where others came."""
    wanted = np.frombuffer(parts, np.uint8)
    if not bool(np.all(np.isin((theirs >> np.uint64(BITS)).astype(np.uint8), wanted))):
        raise Unreadable("parts")
    kept = tokens[~np.isin((tokens >> np.uint64(BITS)).astype(np.uint8), wanted)]
    joined = np.concatenate([kept, theirs])
    joined.sort()
    return joined


def _split(tokens: Tokens) -> list[Tokens]:
    """By the first 8 of the 40 bits of a token."""
    borders = np.arange(1, 256, dtype=np.uint64) << np.uint64(BITS)
    return np.split(tokens, np.searchsorted(tokens, borders))


def encode(tokens: Tokens) -> bytes:
    """The bytes of a sorted list."""
    count = len(tokens)
    values = tokens >> 8
    gaps = np.diff(values, prepend=np.uint64(0))
    rice = max(0, int(np.log2(max(float(np.mean(gaps)), 1.0)))) if count else 0
    high, low = gaps >> rice, gaps & np.uint64((1 << rice) - 1)
    head = count.to_bytes(4, "big") + bytes([rice])
    actions = packed((tokens & np.uint64(255)).astype(np.uint8).tobytes())
    return b"".join(
        (head, len(actions).to_bytes(4, "big"), actions, _bits(low, rice), _unary(high))
    )


def decode(body: bytes) -> Tokens:
    """The list again. Raises `Unreadable`."""
    if len(body) < 9:
        raise Unreadable("tokens")
    count, rice, length = int.from_bytes(body[:4], "big"), body[4], int.from_bytes(body[5:9], "big")
    if count > MOST or rice > BITS or len(body) < 9 + length + (count * rice + 7) // 8:
        raise Unreadable("tokens")
    actions = np.frombuffer(unpacked(body[9 : 9 + length], MOST), np.uint8)
    start, stop = 9 + length, 9 + length + (count * rice + 7) // 8
    low, high = _unbits(body[start:stop], rice, count), _ununary(body[stop:], count)
    if len(actions) != count:
        raise Unreadable("tokens")
    values = np.cumsum((high << np.uint64(rice)) | low, dtype=np.uint64)
    if count and (int(values[-1]) >> BITS or bool(np.any(values[1:] <= values[:-1]))):
        raise Unreadable("order")
    return values << np.uint64(8) | actions


def _bits(numbers: Tokens, width: int) -> bytes:
    places = np.arange(width - 1, -1, -1, dtype=np.uint64)
    return b"".join(
        np.packbits((part[:, None] >> places & np.uint64(1)).astype(np.uint8)).tobytes()
        for part in np.split(numbers, range(1 << 16, len(numbers), 1 << 16))
    )  # 65,536 numbers fill whole bytes whatever the width


def _unbits(body: bytes, width: int, count: int) -> Tokens:
    if not width:
        return np.zeros(count, np.uint64)
    parts = []
    for start in range(0, count, 1 << 16):
        some = min(count - start, 1 << 16)
        part = np.frombuffer(body, np.uint8, (some * width + 7) // 8, start * width // 8)
        bits = np.unpackbits(part, count=some * width).reshape(some, width)
        weights = np.uint64(1) << np.arange(width - 1, -1, -1, dtype=np.uint64)
        parts.append(bits.astype(np.uint64) @ weights)
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _unary(numbers: Any) -> bytes:
    """Each number as that many zeros and a one."""
    ends = np.cumsum(numbers + np.uint64(1), dtype=np.uint64)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    bits[ends.astype(np.int64) - 1] = 1
    return np.packbits(bits).tobytes()


def _ununary(body: bytes, count: int) -> Tokens:
    ones = np.flatnonzero(np.unpackbits(np.frombuffer(body, np.uint8)))
    if len(ones) != count:
        raise Unreadable("tokens")
    return (np.diff(ones, prepend=-1) - 1).astype(np.uint64)
