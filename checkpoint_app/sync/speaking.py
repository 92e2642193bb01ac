"""The station's voice: signs what it says to its hub, believes only what that hub signed."""

from __future__ import annotations

from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from checkpoint_app.store.syncing import Sync
from checkpoint_app.sync import wire
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import Post
from checkpoint_app.sync.packing import Unreadable

M = TypeVar("M", bound=wire.Message)

_REFUSALS = {
    "unknown_device": "hub_unknown_station",
    "revoked": "hub_revoked",
    "code_wrong": "hub_refused_code",
    "name_taken": "hub_refused_code",
    "bad_signature": "hub_unknown_station",
    "other_hub": "hub_not_itself",
    "busy": "hub_busy",
}


def station_key(sync: Sync) -> Ed25519PrivateKey:
    """The key that signs for this station, made on it and never leaving it."""
    fresh = Ed25519PrivateKey.generate().private_bytes_raw()
    return Ed25519PrivateKey.from_private_bytes(sync.secret("key", fresh))


def file_identity(sync: Sync) -> str:
    """What opens files that are encrypted to this station."""
    from pyrage import x25519

    return sync.secret("file_identity", str(x25519.Identity.generate()).encode()).decode()


def file_recipient(sync: Sync) -> str:
    """Whom files for this station are encrypted to."""
    from pyrage import x25519

    return str(x25519.Identity.from_str(file_identity(sync)).to_public())


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


class Voice:
    """One station speaking to one hub over a link."""

    def __init__(self, sync: Sync, hub: wire.Identity, post: Post) -> None:
        self._sync = sync
        self._hub = hub
        self._post = post
        self._key = station_key(sync)

    def ask(self, purpose: str, message: wire.Message, answer: type[M]) -> M:
        """Say something and take the hub's answer. Raises `SyncFault`."""
        at_least = 0
        for _ in range(3):
            said = self.envelope(purpose, message, at_least)
            told = self._believed(self._post(f"/v1/{purpose}", said), wire.opened(said))
            if told.purpose != "refusal":
                return self._read(told.body, answer)
            refusal = self._read(told.body, wire.Refusal)
            if refusal.code != "stale_number":
                raise SyncFault(_REFUSALS.get(refusal.code, "hub_answer_wrong"), refusal.code)
            at_least = refusal.number + 1
        raise SyncFault("hub_answer_wrong", "stale_number")

    def envelope(self, purpose: str, message: wire.Message, at_least: int = 0) -> bytes:
        """A signed envelope to the hub."""
        epoch, number = self._sync.next_number(at_least)
        body = wire.encode(message)
        sender, receiver = self._sync.device, self._hub.hub
        said = wire.Envelope(wire.VERSION, purpose, sender, receiver, epoch, number, body)
        return wire.signed(said, self._key)

    def _believed(self, answer: bytes, said: wire.Envelope) -> wire.Envelope:
        """The answer, if this hub signed it for exactly what was said."""
        told = self._opened(answer)
        mine = (told.sender, told.receiver, told.epoch, told.number)
        if mine != (self._hub.hub, said.sender, said.epoch, said.number):
            raise SyncFault("hub_answer_wrong", "not for this")
        if not wire.is_by(told, self._hub.key):
            raise SyncFault("hub_not_itself", "signature")
        return told

    @staticmethod
    def _opened(answer: bytes) -> wire.Envelope:
        try:
            return wire.opened(answer)
        except Unreadable as wrong:
            raise SyncFault("hub_answer_wrong", str(wrong)) from None

    @staticmethod
    def _read(body: bytes, kind: type[M]) -> M:
        try:
            return wire.decode(body, kind)
        except Unreadable as wrong:
            raise SyncFault("hub_answer_wrong", str(wrong)) from None
