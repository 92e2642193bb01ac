"""The same messages by file, on a USB stick: signed, then encrypted to the receiver alone.

    up:   records that the hub has not acknowledged, a push after the other
    down: the hub's answers to them and all lists that are newer

A file is taken whole or not at all: it is decrypted, bounded, every signature checked and every
message read before anything of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from checkpoint_app.store.syncing import Chained, Sync
from checkpoint_app.sync import lists, wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.exchange import BATCH, Summary, hello, push_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import Unreadable, packed, unpacked
from checkpoint_app.sync.speaking import Voice, file_identity

LARGEST = 256 << 20
_MAGIC = b"checkpoint file 1\n"


class Bundle(msgspec.Struct, array_like=True, frozen=True):
    """Envelopes in the order in which they are to be taken."""

    envelopes: tuple[bytes, ...]


def sealed(envelopes: tuple[bytes, ...], recipient: str) -> bytes:
    """A file's bytes, readable for the recipient alone."""
    from pyrage import encrypt, x25519

    body = packed(msgspec.msgpack.encode(Bundle(envelopes)))
    made: bytes = encrypt(_MAGIC + body, [x25519.Recipient.from_str(recipient)])
    return made


def opened(file: bytes, identity: str) -> tuple[bytes, ...]:
    """A file's envelopes, not yet believed. Raises `SyncFault`: file_wrong, file_for_other."""
    from pyrage import DecryptError, decrypt, x25519

    if len(file) > LARGEST:
        raise SyncFault("too_large")
    if not file.startswith(b"age-encryption.org/v1\n"):
        raise SyncFault("file_wrong", "form")
    try:
        plain: bytes = decrypt(file, [x25519.Identity.from_str(identity)])
    except DecryptError as wrong:
        other = "matching" in str(wrong).lower()
        raise SyncFault("file_for_other" if other else "file_wrong") from None
    if not plain.startswith(_MAGIC):
        raise SyncFault("file_wrong", "magic")
    try:
        body = unpacked(plain[len(_MAGIC) :], LARGEST)
        return msgspec.msgpack.decode(body, type=Bundle).envelopes
    except (Unreadable, msgspec.MsgspecError):
        raise SyncFault("file_wrong", "content") from None


def read(path: Path) -> bytes:
    """A file of a sound size. Raises `SyncFault`: too_large, file_wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise SyncFault("too_large")
        return path.read_bytes()
    except OSError:
        raise SyncFault("file_wrong", "unreadable") from None


# --- the station ----------------------------------------------------------------------------------


def export(sync: Sync, now: datetime) -> tuple[bytes, int]:
    """A file for the hub with all that it has not acknowledged; and how many records."""
    hub = sync.hub()
    if hub is None:
        raise SyncFault("not_enrolled")
    identity = identity_of(hub.identity)
    voice = Voice(sync, identity, _no_link)
    envelopes, count = [voice.envelope("hello", hello(sync, now))], 0
    for stretch in _waiting(sync):
        push, rows = push_of(stretch)
        envelopes.append(voice.envelope("push", push))
        count += len(rows)
    return sealed(tuple(envelopes), identity.recipient), count


def _waiting(sync: Sync) -> Iterator[Chained]:
    for epoch, _newest, _head in sync.places():
        seq = sync.acknowledged(epoch)
        while stretch := sync.stretch(epoch, seq, BATCH):
            yield stretch
            seq = stretch.first + len(push_of(stretch)[1]) - 1


Job = Callable[[Sync, datetime, Summary], None]


def take(sync: Sync, file: bytes, now: datetime) -> Summary:
    """Take a file of the hub: acknowledgements and lists. Raises `SyncFault`."""
    return apply(sync, believed(sync, file), now)


def believed(sync: Sync, file: bytes) -> tuple[Job, ...]:
    """What a file of the hub asks for, every signature checked and every message read."""
    hub = sync.hub()
    if hub is None:
        raise SyncFault("not_enrolled")
    identity = identity_of(hub.identity)
    told = [_believed(each, identity, sync.device) for each in opened(file, file_identity(sync))]
    return tuple(_job(each) for each in told)


def apply(sync: Sync, jobs: tuple[Job, ...], now: datetime) -> Summary:
    """Do all of it in one transaction; nothing of it where anything does not fit."""
    summary = Summary()
    with sync.together() as within:
        for job in jobs:
            job(within, now, summary)
        if not summary.lists and not summary.accepted and not summary.duplicates:
            raise SyncFault("file_old")
        within.heard(now)
        summary.pending = within.waiting().pending
    return summary


def _believed(body: bytes, hub: wire.Identity, device: str) -> wire.Envelope:
    try:
        envelope = wire.opened(body)
    except Unreadable:
        raise SyncFault("file_wrong", "envelope") from None
    if envelope.receiver != device or envelope.sender != hub.hub:
        raise SyncFault("file_for_other")
    if not wire.is_by(envelope, hub.key):
        raise SyncFault("file_wrong", "signature")
    return envelope


def _job(envelope: wire.Envelope) -> Job:
    """What an envelope asks for, all of it read already."""
    try:
        if envelope.purpose == "push":
            pushed = wire.decode(envelope.body, wire.Pushed)
            return lambda sync, now, summary: _acknowledge(sync, pushed, now, summary)
        if envelope.purpose == "lists":
            change = wire.decode(envelope.body, wire.ListChange)
            return lambda sync, now, summary: _take_list(sync, change, now, summary)
    except Unreadable:
        raise SyncFault("file_wrong", "message") from None
    return lambda sync, now, summary: None


def _acknowledge(sync: Sync, pushed: wire.Pushed, now: datetime, summary: Summary) -> None:
    before = sync.acknowledged(pushed.epoch)
    newest = {epoch: seq for epoch, seq, _ in sync.places()}.get(pushed.epoch, 0)
    if pushed.result == "stored" and before < pushed.seq <= newest:
        sync.has(pushed.epoch, pushed.seq, now)
        summary.accepted += pushed.seq - before


def _take_list(sync: Sync, change: wire.ListChange, now: datetime, summary: Summary) -> None:
    try:
        summary.lists += lists.take(sync.lists, change, now)
    except Unreadable:
        raise SyncFault("file_wrong", "list") from None


def _no_link(_path: str, _body: bytes) -> bytes:
    raise SyncFault("hub_unreachable")
