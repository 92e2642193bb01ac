"""The messages between a station and its hub, versioned; one signed envelope carries them all.

The signature covers who speaks to whom about what, a number that only grows, and the digest of the
body: the same envelope goes by network and by file. Fields are only ever added at the end, with a
default; a message whose meaning changes gets a new purpose. Golden messages of every version stand
in tests/wire and are never edited.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from checkpoint_app.sync.packing import Unreadable

VERSION = 1
LARGEST = 8 << 20  # bytes of one request
LARGEST_ANSWER = 32 << 20

M = TypeVar("M", bound="Message")


class Message(msgspec.Struct, array_like=True, frozen=True):
    """What all messages share: an array of values in the order of the fields."""


class Envelope(Message, frozen=True):
    """A signed message. `number` counts up for a sender, never backwards."""

    version: int
    purpose: str
    sender: str
    receiver: str
    epoch: int
    number: int
    body: bytes
    signature: bytes = b""


class Identity(Message, frozen=True):
    """Who a hub is. The fingerprint that an office hands out is the digest of these bytes."""

    hub: str
    key: bytes  # Ed25519, 32 bytes
    recipient: str  # whom files for the hub are encrypted to
    authority: bytes = b""  # the hub's own certificate authority, DER


class Enrol(Message, frozen=True):
    """A station asks to be taken in. The envelope is signed with the key it names."""

    code: str
    key: bytes
    recipient: str
    site_name: str = ""
    site_kind: str = ""
    county: str = ""
    program: str = ""


class Enrolled(Message, frozen=True):
    """The hub's yes."""

    device: str
    name: str
    identity: bytes  # `Identity`, as fingerprinted
    token_key: bytes  # keys the county-wide tokens
    interval_s: int = 60


class Place(Message, frozen=True):
    """How far a chain is known: everything up to `seq`."""

    epoch: int
    seq: int
    head: bytes = b""


class Version(Message, frozen=True):
    """Which state of a list one has. Ordered by hub epoch, then number."""

    name: str
    epoch: int
    number: int


class Hello(Message, frozen=True):
    """A station says where it stands and what it has."""

    places: tuple[Place, ...]
    lists: tuple[Version, ...] = ()
    waiting: int = 0
    program: str = ""
    clock_us: int = 0
    hub_epoch: int = 0  # the newest that it ever heard of
    state: str = ""  # JSON about the station: site, newest contact, what a hub's wall shows


class Welcome(Message, frozen=True):
    """The hub says what it has, what it wants and how fast."""

    hub_epoch: int
    places: tuple[Place, ...]
    lists: tuple[Version, ...] = ()
    interval_s: int = 60
    batch: int = 500
    pause_ms: int = 0  # between two batches, as the hub can take them
    frozen: bool = False
    lease_s: int = 7 * 86400
    open_epoch: int = 0  # the station is to begin this epoch (released after a fork)


class Push(Message, frozen=True):
    """`count` records of an epoch from `first` on, between the hashes `previous` and `last`."""

    epoch: int
    first: int
    count: int
    previous: bytes
    last: bytes
    records: bytes


class Pushed(Message, frozen=True):
    """How it went. `seq` is how far the hub has that epoch, whatever happened.

    `result`: stored, gap (go back to `seq`), split (send fewer at once), frozen.
    """

    result: str
    epoch: int
    seq: int
    accepted: int = 0
    duplicates: int = 0
    refused: int = 0  # kept as they are, unread
    reason: str = ""
    pause_ms: int = 0
    open_epoch: int = 0


class Want(Message, frozen=True):
    """A station asks for a list, as a change of what it has where that is possible."""

    name: str
    have_epoch: int = 0
    have_number: int = 0


class ListChange(Message, frozen=True):
    """A list's state as a change of an earlier one (`base` 0: whole). `digest` is of the result."""

    name: str
    kind: str  # rows, tokens
    hub_epoch: int
    number: int
    base_epoch: int
    base: int
    added: bytes
    removed: bytes
    digest: bytes
    rows: int
    dated_us: int = 0


class Mend(Message, frozen=True):
    """A station's token list came to something else than the hub's: what its parts come to.

    Parts are the tokens with the same first 8 bits; 256 digests of 8 bytes each.
    """

    name: str
    parts: bytes


class Mended(Message, frozen=True):
    """The parts that the station has otherwise, as the hub has them: `tokens` in their order.

    `parts` has the number of each; all else as in `ListChange`.
    """

    name: str
    hub_epoch: int
    number: int
    parts: bytes
    tokens: bytes
    digest: bytes
    rows: int
    dated_us: int = 0


class Ask(Message, frozen=True):
    """What does the county-wide list say about this token's person?"""

    token: int


class AskAbove(Message, frozen=True):
    """The same of the list of a hub above, which the county's hub only passes on."""

    list: str
    token: int


class Told(Message, frozen=True):
    """The entries under a token, JSON each."""

    entries: tuple[str, ...]


class Refusal(Message, frozen=True):
    """No. `code` is stable: unknown_device, revoked, bad_signature, stale_number (use `number`),
    code_wrong, malformed, too_large, other_hub, busy."""

    code: str
    number: int = 0


def encode(message: Message) -> bytes:
    """A message's bytes."""
    return msgspec.msgpack.encode(message)


def decode(body: bytes, kind: type[M]) -> M:
    """A message from its bytes. Raises `Unreadable`."""
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Unreadable(kind.__name__) from None


def signed(envelope: Envelope, key: Ed25519PrivateKey) -> bytes:
    """The envelope's bytes with its signature."""
    signature = key.sign(_covered(envelope))
    return encode(msgspec.structs.replace(envelope, signature=signature))


def opened(body: bytes) -> Envelope:
    """An envelope, not yet believed. Raises `Unreadable`."""
    envelope = decode(body, Envelope)
    if envelope.version != VERSION:
        raise Unreadable("version")
    return envelope


def is_by(envelope: Envelope, key: bytes) -> bool:
    """Whether the holder of this key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(envelope.signature, _covered(envelope))
    except (InvalidSignature, ValueError):
        return False
    return True


def _covered(envelope: Envelope) -> bytes:
    head = (
        envelope.version,
        envelope.purpose,
        envelope.sender,
        envelope.receiver,
        envelope.epoch,
        envelope.number,
        sha256(envelope.body).digest(),
    )
    return b"checkpoint envelope\0" + msgspec.msgpack.encode(head)
