"""The hub's side of files: what a station brought is answered into a file for that station alone.

By the same answers as over the network. A file whose envelopes are not all signed by one enrolled
station, or one of which anything is refused, is refused whole; a file that came before is told so.
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
    """Take a station's file: all of it, or nothing.

    Raises `SyncFault`: file_wrong, file_for_other, too_large, file_old (it came before, and has
    nothing new).
    """
    envelopes = files.opened(file, store.secrets.file_identity)
    device = _sender(store, envelopes)
    with store.together():
        told, counted = _answers(answering, envelopes)
        newest, epoch = max(_number(each) for each in envelopes)
        fresh = store.count_request(device.device, epoch, newest)
        if not (fresh or counted.accepted or counted.refused):
            raise SyncFault("file_old")
        said = _said(envelopes)
        if fresh and said is not None:
            answering.note(device.device, said)
        told += answering.list_envelopes(device.device, said)
    sealed = files.sealed(tuple(told), device.recipient)
    return Brought(
        device.device, device.name, counted.accepted, counted.duplicates, counted.refused, sealed
    )


def _answers(answering: Answering, envelopes: tuple[bytes, ...]) -> tuple[list[bytes], wire.Pushed]:
    told, counted = [], wire.Pushed("", 0, 0)
    for each in envelopes:
        if wire.opened(each).purpose == "push":
            answer = answering.answer("push", each)
            told.append(answer)
            counted = _added(counted, answer)
    return told, counted


def _said(envelopes: tuple[bytes, ...]) -> wire.Hello | None:
    hellos = (each for each in map(wire.opened, envelopes) if each.purpose == "hello")
    found = next(hellos, None)
    return wire.decode(found.body, wire.Hello) if found is not None else None


def _number(envelope: bytes) -> tuple[int, int]:
    opened = wire.opened(envelope)
    return opened.number, opened.epoch


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
