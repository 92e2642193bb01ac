"""The hub's side of files: what a station brought is answered into a file for that station alone.

By the same answers as over the network. A file whose envelopes are not all signed by one enrolled
station is refused whole; what was taken before is taken once.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.hub.answering import Answering
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import Device
from checkpoint_app.sync import files, wire
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import Unreadable


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file came to, and the file to carry back."""

    device: str
    name: str
    accepted: int
    duplicates: int
    refused: int
    answer: bytes


def take(store: HubStore, answering: Answering, file: bytes) -> Brought:
    """Take a station's file. Raises `SyncFault`: file_wrong, file_for_other, too_large."""
    envelopes = files.opened(file, store.secrets.file_identity)
    device = _sender(store, envelopes)
    told, counted = [], wire.Pushed("", 0, 0)
    said = None
    for each in envelopes:
        purpose = wire.opened(each).purpose
        if purpose == "push":
            answer = answering.answer("push", each)
            told.append(answer)
            counted = _added(counted, answer)
        elif purpose == "hello":
            said = wire.decode(wire.opened(each).body, wire.Hello)
    told += answering.list_envelopes(device.device, said)
    sealed = files.sealed(tuple(told), device.recipient)
    return Brought(
        device.device, device.name, counted.accepted, counted.duplicates, counted.refused, sealed
    )


def _sender(store: HubStore, envelopes: tuple[bytes, ...]) -> Device:
    """The one station that signed all of it, before anything is taken."""
    try:
        opened = [wire.opened(each) for each in envelopes]
        for each in opened:
            if each.purpose == "push":
                wire.decode(each.body, wire.Push)
            elif each.purpose == "hello":
                wire.decode(each.body, wire.Hello)
    except Unreadable:
        raise SyncFault("file_wrong", "envelope") from None
    device = store.device(opened[0].sender) if opened else None
    if device is None or device.status == "revoked":
        raise SyncFault("hub_unknown_station")
    for each in opened:
        if each.receiver != store.state.hub or each.sender != device.device:
            raise SyncFault("file_for_other")
        if not wire.is_by(each, device.public_key):
            raise SyncFault("file_wrong", "signature")
    return device


def _added(counted: wire.Pushed, answer: bytes) -> wire.Pushed:
    envelope = wire.opened(answer)
    if envelope.purpose != "push":
        raise SyncFault("file_wrong", "refused")
    pushed = wire.decode(envelope.body, wire.Pushed)
    return wire.Pushed(
        pushed.result,
        pushed.epoch,
        pushed.seq,
        counted.accepted + pushed.accepted,
        counted.duplicates + pushed.duplicates,
        counted.refused + pushed.refused,
    )
