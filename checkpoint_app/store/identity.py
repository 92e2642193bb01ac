"""Names that the store makes up: record keys (UUIDv7) and the device's own short name."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from checkpoint_app.store.moments import micros

# Crockford's base 32: no I, L, O, U, so that nothing is misread from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def uuid7(at: datetime) -> UUID:
    """A version 7 UUID of that time (RFC 9562, 5.7); Python has none before 3.14."""
    millis = (micros(at) // 1000) & ((1 << 48) - 1)
    return UUID(
        int=millis << 80
        | 0x7 << 76
        | secrets.randbits(12) << 64
        | 0b10 << 62
        | secrets.randbits(62)
    )


def spelled(number: int, length: int) -> str:
    """The lowest `length` × 5 bits of a number in the unambiguous alphabet."""
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length - 1, -1, -1))


def reread(text: str) -> str:
    """What was meant by letters typed from paper: upper case, look-alikes told apart."""
    return text.upper().translate(_READ_AS)


def new_device() -> str:
    """A short name for this installation, drawn at random (50 bits)."""
    return spelled(secrets.randbits(50), 10)
