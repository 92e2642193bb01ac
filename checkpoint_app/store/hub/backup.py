"""A hub's backup: what cannot be derived, as frames that only the hub's key opens.

The same file from SQLite and from PostgreSQL, and into either: restoring into another kind of
database is also how a hub moves. What is shown is derived again afterwards. The log of revoked
stations is not part of it; a restored hub begins a later epoch.

    backup/hub.json  keys.json  secrets.bin      as in the hub's folder
    backup/data.frames                           length, then AES-256-GCM under the hub's key
"""

from __future__ import annotations

import hmac
import secrets
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, Table, Uuid, delete, func, insert, select

from checkpoint_app.store import keys, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import home as homes
from checkpoint_app.store.hub import publishing
from checkpoint_app.store.hub.bulk import put
from checkpoint_app.store.hub.home import HubHome, HubState

DATA = "data.frames"
RESTORED = "erasing.restored"
_ROWS = 500
_LARGEST_FRAME = 1 << 28
_KEPT: tuple[Table, ...] = (
    tables.records,
    tables.personal,
    tables.erasures,
    tables.heads,
    tables.hub_devices,
    tables.hub_codes,
    tables.hub_quarantine,
    tables.hub_lists,
    tables.hub_list_rows,
    tables.hub_users,
    tables.hub_looks,
    tables.hub_state,
)
_BY_NAME = {table.name: table for table in _KEPT}


class _Frame(msgspec.Struct, array_like=True, frozen=True):
    """Some rows of one table; the last frame says that it is the last."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


def write(home: HubHome, target: Path, now: datetime) -> Path:
    """Write a backup into a dated folder under `target`; stations may go on sending meanwhile."""
    final = target / f"hub-{now:%Y%m%d-%H%M%S}"
    partial = final.with_name(final.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        with (partial / DATA).open("wb") as out, _snapshot(home.engine) as connection:
            _write_frames(out, home.key, _frames(connection))
        for name in (homes.STATE, keys.FILE, homes.SECRETS):
            shutil.copyfile(home.folder / name, partial / name)
        partial.rename(final)
        keys.sync_folder(target)
    except OSError as error:
        raise keys.fault_of_os(error) from None
    return final


def restore(
    source: Path, folder: Path, passphrase: str | None, database: str | None, now: datetime
) -> HubState:
    """Put a backup in force in a hub's folder, in a later epoch; what stood there is kept aside.

    `database`: where to (None: where the backup was). A PostgreSQL database must be empty. Raises
    `StoreFault`: no_backup, wrong_key, corrupt, refused (not empty), database_away.
    """
    keyfile = keys.read(source)
    if keyfile is None or not (source / DATA).exists():
        raise StoreFault("no_backup")
    key = keys.unlock(keyfile, passphrase)
    homes.read_secrets(source, key)
    state = _next_state(source, folder, database)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with homes.held(folder):
            fresh = folder / f"{homes.DATABASE}.new"
            engine = homes.engine_of(folder, state.database, key, file=fresh)
            try:
                homes.migrate(engine)
                _load(engine, source / DATA, key, state.epoch)
            finally:
                engine.dispose()
            _put_in_force(source, folder, state, fresh, now)
    except OSError as error:
        raise keys.fault_of_os(error) from None
    return state


def _next_state(source: Path, folder: Path, database: str | None) -> HubState:
    state, epoch = homes.read_state(source), 0
    if (folder / homes.STATE).exists():
        epoch = homes.read_state(folder).epoch
    where = state.database if database is None else database
    return msgspec.structs.replace(state, epoch=max(state.epoch, epoch) + 1, database=where)


def _put_in_force(source: Path, folder: Path, state: HubState, fresh: Path, now: datetime) -> None:
    aside = folder / f"replaced-{now:%Y%m%d-%H%M%S}"
    aside.mkdir(exist_ok=True)
    for name in (homes.DATABASE, f"{homes.DATABASE}-wal", f"{homes.DATABASE}-shm"):
        if (folder / name).exists():
            (folder / name).replace(aside / name)
    for name in (keys.FILE, homes.SECRETS):
        if (folder / name).exists():
            shutil.copyfile(folder / name, aside / name)
        shutil.copyfile(source / name, folder / name)
    if fresh.exists():
        fresh.replace(folder / homes.DATABASE)
    homes.write_state(folder, state)


# --- rows to frames and back ----------------------------------------------------------------------


def _snapshot(engine: Engine) -> Any:
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return reading(engine)


def _frames(connection: Connection) -> Iterator[_Frame]:
    for table in _KEPT:
        columns = tuple(str(column.name) for column in table.c)
        rows = connection.execution_options(yield_per=_ROWS).execute(select(table))
        plain = ([_plain(value) for value in row] for row in rows)
        while some := list(islice(plain, _ROWS)):
            yield _Frame(str(table.name), columns, some)
    yield _Frame("", (), [])


def _plain(value: Any) -> Any:
    return value.bytes if isinstance(value, UUID) else value


def _write_frames(out: BinaryIO, key: bytes, frames: Iterable[_Frame]) -> None:
    # A key of its own for each backup: no number is used twice under one key.
    salt = secrets.token_bytes(32)
    out.write(salt)
    sealing, pack = AESGCM(_own_key(key, salt)), zstandard.ZstdCompressor(level=3).compress
    for number, frame in enumerate(frames):
        body = sealing.encrypt(_nonce(number), pack(msgspec.msgpack.encode(frame)), _about(frame))
        name = frame.table.encode()
        out.write(len(body).to_bytes(4, "big") + len(name).to_bytes(1, "big") + name + body)
    out.flush()


def _read_frames(file: BinaryIO, key: bytes) -> Iterator[_Frame]:
    opening, number = AESGCM(_own_key(key, file.read(32))), 0
    while True:
        head = file.read(5)
        if len(head) < 5 or int.from_bytes(head[:4], "big") > _LARGEST_FRAME:
            raise StoreFault("corrupt", DATA)
        name = file.read(head[4])
        body = file.read(int.from_bytes(head[:4], "big"))
        try:
            plain = opening.decrypt(_nonce(number), body, b"hub backup 1 " + name)
            unpacked = zstandard.ZstdDecompressor().decompress(plain, _LARGEST_FRAME)
            frame = msgspec.msgpack.decode(unpacked, type=_Frame)
        except (InvalidTag, ValueError, zstandard.ZstdError, msgspec.MsgspecError):
            raise StoreFault("corrupt", DATA) from None
        if not frame.table:
            return
        yield frame
        number += 1


def _own_key(key: bytes, salt: bytes) -> bytes:
    return hmac.digest(key, b"hub backup key" + salt, "sha256")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _about(frame: _Frame) -> bytes:
    return b"hub backup 1 " + frame.table.encode()


def _load(engine: Engine, data: Path, key: bytes, epoch: int) -> None:
    with writing(engine) as connection, data.open("rb") as file:
        counted = select(func.count()).select_from(tables.hub_devices)
        if connection.execute(counted).scalar_one() or _has_records(connection):
            raise StoreFault("refused", "not empty")
        for frame in _read_frames(file, key):
            table = _BY_NAME.get(frame.table)
            if table is None or not set(frame.columns) <= set(table.c.keys()):
                raise StoreFault("newer_schema", frame.table)
            ids = [place for place, name in enumerate(frame.columns) if _is_id(table, name)]
            put(connection, table, frame.columns, (_row(row, ids) for row in frame.rows))
        publishing.in_epoch(connection, epoch)
        _note_restored(connection)


def _note_restored(connection: Connection) -> None:
    """What was erased since that backup is there again, and must go before anything is served."""
    state = tables.hub_state
    connection.execute(delete(state).where(state.c.name == RESTORED))
    connection.execute(insert(state), {"name": RESTORED, "value": "yes"})


def _has_records(connection: Connection) -> bool:
    return connection.execute(select(tables.records.c.id).limit(1)).first() is not None


def _is_id(table: Table, column: str) -> bool:
    return isinstance(table.c[column].type, Uuid)


def _row(values: list[Any], ids: list[int]) -> tuple[Any, ...]:
    for place in ids:
        if values[place] is not None:
            values[place] = UUID(bytes=values[place])
    return tuple(values)
