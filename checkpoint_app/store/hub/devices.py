"""Stations as the hub knows them: codes to enrol with, who is enrolled, frozen, revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from checkpoint_app.store import tables
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.values import Chain, Device, DeviceLine, NewDevice, Stand
from checkpoint_app.store.identity import reread, spelled
from checkpoint_app.store.moments import micros, moment

CODE_LETTERS = 12  # 60 bits
VALID = timedelta(days=7)

_devices = tables.hub_devices
_codes = tables.hub_codes


def new_code(connection: Connection, name: str, now: datetime) -> str:
    """A code that enrols one station under this name, once. Raises `StoreFault`."""
    name = name.strip()
    if not name or not name.isprintable() or len(name) > 80:
        raise StoreFault("not_storable", "name")
    if connection.execute(select(_devices.c.name).where(_devices.c.name == name)).first():
        raise StoreFault("name_taken")
    connection.execute(delete(_codes).where(_codes.c.until_us < micros(now)))
    letters = spelled(secrets.randbits(5 * CODE_LETTERS), CODE_LETTERS)
    values = {"code_hash": _hashed(letters), "name": name, "until_us": micros(now + VALID)}
    connection.execute(insert(_codes), values)
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def enrol(connection: Connection, code: str, new: NewDevice, now: datetime) -> Device:
    """Take a station in. The same station with the same code again gives the same answer.

    Raises `StoreFault`: code_wrong, revoked (this device stays out), name_taken.
    """
    asked = select(_codes).where(_codes.c.code_hash == _hashed(reread(code))).with_for_update()
    row = connection.execute(asked).first()
    if row is None or row.until_us < micros(now) or row.device not in (None, new.device):
        raise StoreFault("code_wrong")
    known = found(connection, new.device)
    if known is not None and known.status == "revoked":
        raise StoreFault("revoked")
    if known is not None and row.device == new.device:
        if known.public_key != new.public_key:
            raise StoreFault("code_wrong")
        return known
    _keep(connection, row.name, new, known, now)
    whose = update(_codes).where(_codes.c.code_hash == row.code_hash)
    connection.execute(whose.values(device=new.device))
    return existing(connection, new.device)


def _keep(
    connection: Connection, name: str, new: NewDevice, known: Device | None, now: datetime
) -> None:
    taken = select(_devices.c.device).where(_devices.c.name == name)
    holder = connection.execute(taken).scalar()
    if holder not in (None, new.device):
        raise StoreFault("name_taken")
    values = {
        "name": name,
        "status": "active",
        "public_key": new.public_key,
        "recipient": new.recipient,
        "site_name": new.site_name,
        "site_kind": new.site_kind,
        "county": new.county,
        "program": new.program,
        "enrolled_us": micros(now),
        "seen_us": micros(now),
        "request_epoch": 0,
        "request_number": 0,
    }
    if known is not None:
        connection.execute(update(_devices).where(_devices.c.device == new.device).values(**values))
        return
    first = {"open_epoch": 0, "clock_off_s": 0.0, "waiting": 0, "lists": "[]", "state": "{}"}
    connection.execute(insert(_devices), {"device": new.device, **values, **first})


def found(connection: Connection, device: str) -> Device | None:
    """A station by its device."""
    row = connection.execute(select(_devices).where(_devices.c.device == device)).first()
    return _device(row) if row is not None else None


def existing(connection: Connection, device_or_name: str) -> Device:
    """A station by its device or the name it was given. Raises `StoreFault`: not_found."""
    known = found(connection, device_or_name)
    if known is None:
        named = select(_devices).where(_devices.c.name == device_or_name)
        row = connection.execute(named).first()
        known = _device(row) if row is not None else None
    if known is None:
        raise StoreFault("not_found")
    return known


def listed(connection: Connection) -> list[Device]:
    """All stations by name."""
    return [_device(row) for row in connection.execute(select(_devices).order_by(_devices.c.name))]


def change(connection: Connection, device: str, **values: Any) -> None:
    """Set columns of a station's row."""
    connection.execute(update(_devices).where(_devices.c.device == device).values(**values))


def count_request(connection: Connection, device: str, epoch: int, number: int) -> bool:
    """Whether this request is newer than all before; notes it."""
    # By the number alone: a station put back to an earlier epoch must be able to count on.
    newer = _devices.c.request_number < number
    whose = update(_devices).where(_devices.c.device == device, newer)
    done = connection.execute(whose.values(request_epoch=epoch, request_number=number))
    return done.rowcount == 1


def release(connection: Connection, device: str) -> int:
    """Let a frozen station go on in a new epoch, whose number is returned."""
    newest = connection.execute(
        select(func.max(tables.heads.c.epoch)).where(tables.heads.c.device == device)
    ).scalar()
    known = existing(connection, device)
    epoch = max(newest or 0, known.open_epoch, known.request_epoch) + 1
    change(connection, device, status="active", open_epoch=epoch)
    return epoch


def compare(connection: Connection, device: str, said: list[tuple[int, int, bytes]]) -> Stand:
    """Compare a station's chains with the hub's.

    A chain that is another than the one here freezes the station. One that is shorter was put back
    from a copy: it may not go on under numbers already used, but in a new epoch.
    """
    known, mine = existing(connection, device), chains(connection, device)
    newest = {each.epoch: each for each in mine}
    behind = 0
    for epoch, seq, head in said:
        here = newest.get(epoch)
        if here is None or seq > here.seq or epoch < known.open_epoch:
            continue
        if _hash_at(connection, here, seq) not in (None, head):
            change(connection, device, status="frozen")
            return Stand(tuple(mine), True, 0)
        behind = max(behind, epoch if seq < here.seq else 0)
    last = max((epoch for epoch, _, _ in said), default=0)
    wanted = known.open_epoch if known.open_epoch > last else 0
    if behind == last and behind:
        wanted = max(*newest, last) + 1
    return Stand(tuple(mine), known.status == "frozen", wanted)


def _hash_at(connection: Connection, here: Chain, seq: int) -> bytes | None:
    """The hash that the hub has under a number; None where it has only bytes in quarantine."""
    if seq == here.seq:
        return here.head
    records = tables.records
    place = (records.c.device == here.device, records.c.epoch == here.epoch)
    asked = select(records.c.hash).where(*place, records.c.seq == seq)
    found_hash = connection.execute(asked).scalar()
    return bytes(found_hash) if found_hash is not None else None


def chains(connection: Connection, device: str | None = None) -> list[Chain]:
    """How far the hub has each chain."""
    heads = tables.heads
    asked = select(heads).order_by(heads.c.device, heads.c.epoch)
    if device is not None:
        asked = asked.where(heads.c.device == device)
    return [
        Chain(row.device, row.epoch, row.seq, bytes(row.hash)) for row in connection.execute(asked)
    ]


def lines(connection: Connection) -> list[DeviceLine]:
    """All stations with their newest chain and the number of their records."""
    records = tables.records
    counted = select(records.c.device, func.count()).group_by(records.c.device)
    counts = {row[0]: row[1] for row in connection.execute(counted)}
    newest = {each.device: each for each in chains(connection)}
    none = Chain("", 0, 0, b"")
    return [
        DeviceLine(
            each.device,
            each.name,
            each.status,
            newest.get(each.device, none).epoch,
            newest.get(each.device, none).seq,
            counts.get(each.device, 0),
            newest.get(each.device, none).head.hex(),
            each.seen_at,
            each.waiting,
        )
        for each in listed(connection)
    ]


def _hashed(letters: str) -> bytes:
    return sha256(b"checkpoint code\0" + letters.encode("utf-8", "replace")).digest()


def _device(row: Row[Any]) -> Device:
    values = row._asdict()
    enrolled, seen = values.pop("enrolled_us"), values.pop("seen_us")
    return Device(**values, enrolled_at=moment(enrolled), seen_at=moment(seen))
