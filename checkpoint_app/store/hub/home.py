"""A hub's folder: who it is, its keys, which database it uses.

hub/hub.json      name, address, database, the epoch it is in: nothing secret
hub/keys.json     slots that open the folder's key, as at a station
hub/secrets.bin   signing key, file key, certificate authority, token key, under that key
hub/hub-1.db      SQLite under that key, where no PostgreSQL is used
hub/revoked.log   stations that stay out; never part of a backup
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from checkpoint_app.store import keys, schema
from checkpoint_app.store.engine import pooled_engine, reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import new_device

FOLDER, STATE, SECRETS, REVOKED, DATABASE = (
    "hub",
    "hub.json",
    "secrets.bin",
    "revoked.log",
    "hub-1.db",
)
TARGET = "heads"  # the hub's own steps, and the stations' for all that is shown of them
_MIGRATING = 0x636B7074  # the advisory lock that lets one process migrate


class HubState(msgspec.Struct, frozen=True):
    """The content of `hub.json`."""

    hub: str
    name: str
    url: str
    database: str = ""  # "" SQLite, else a PostgreSQL address
    epoch: int = 1
    version: int = 1


class HubSecrets(msgspec.Struct, frozen=True):
    """The content of `secrets.bin`. Certificates are PEM."""

    signing: bytes
    file_identity: str
    authority: bytes
    authority_key: bytes
    token_key: bytes


@dataclass(frozen=True, slots=True)
class HubHome:
    """An open hub folder."""

    folder: Path
    state: HubState
    secrets: HubSecrets
    keys: keys.KeyFile
    key: bytes
    engine: Engine
    writer: Engine  # SQLite: one connection, so that what it knows of the file stays true


def create(
    folder: Path, state: HubState, made: HubSecrets, passphrase: str | None, now: datetime
) -> str | None:
    """Begin a hub in `folder`; the recovery key where a passphrase was given.

    Raises `StoreFault`: hub_exists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / keys.FILE).exists():
        raise StoreFault("hub_exists")
    key, store, recovery = keys.new_key(), new_device(), None
    slots: tuple[keys.Slot, ...] = (keys.unprotected_slot(key),)
    if passphrase is not None:
        printed, recovery = keys.recovery_slot(store, key)
        slots = (keys.passphrase_slot(store, key, passphrase), printed)
    write_state(folder, state)
    _write(folder / SECRETS, _sealed(key, msgspec.msgpack.encode(made)))
    engine = engine_of(folder, state.database, key, file=folder / DATABASE)
    try:
        migrate(engine)
    finally:
        engine.dispose()
    keys.write(folder, keys.KeyFile(store, DATABASE, slots))
    return recovery


def open_home(folder: Path, passphrase: str | None, database: str | None = None) -> HubHome:
    """Open a hub's folder. Raises `StoreFault`: no_hub, passphrase_needed, wrong_key, corrupt."""
    keyfile = keys.read(folder)
    if keyfile is None:
        raise StoreFault("no_hub")
    key = keys.unlock(keyfile, passphrase)
    state = read_state(folder)
    if database is not None:
        state = msgspec.structs.replace(state, database=database)
    engine = engine_of(folder, state.database, key)
    migrate(engine)
    writer = engine
    if not state.database:
        writer = pooled_engine(folder / DATABASE, key, connections=1)
    return HubHome(folder, state, read_secrets(folder, key), keyfile, key, engine, writer)


def engine_of(folder: Path, database: str, key: bytes, *, file: Path | None = None) -> Engine:
    """The engine for a database address ("" for the folder's own file); `file` is made anew."""
    if not database:
        if file is not None:
            file.unlink(missing_ok=True)
        return pooled_engine(file or folder / DATABASE, key, create=file is not None)
    address = database
    for prefix in ("postgresql://", "postgres://"):
        if address.startswith(prefix):
            address = "postgresql+psycopg://" + address.removeprefix(prefix)
    if not address.startswith("postgresql+psycopg://"):
        raise StoreFault("database_wrong")
    try:
        return create_engine(
            address, pool_size=8, max_overflow=24, pool_pre_ping=True, hide_parameters=True
        )
    except (ArgumentError, ValueError):
        raise StoreFault("database_wrong") from None


def migrate(engine: Engine) -> None:
    """Bring the schema up to date; of several processes one does it, the others wait."""
    try:
        with reading(engine) as connection:
            if engine.dialect.name == "sqlite" and schema.is_current(connection):
                return
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATING})
            schema.upgrade(connection, TARGET)
    except SQLAlchemyError as error:
        raise StoreFault("database_away", type(error).__name__) from None


def read_state(folder: Path) -> HubState:
    """The folder's `hub.json`."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=HubState)
    except OSError:
        raise StoreFault("no_hub") from None
    except msgspec.MsgspecError:
        raise StoreFault("corrupt", STATE) from None


def write_state(folder: Path, state: HubState) -> None:
    """Replace the folder's `hub.json` in one step."""
    _write(folder / STATE, msgspec.json.format(msgspec.json.encode(state), indent=1))


def read_secrets(folder: Path, key: bytes) -> HubSecrets:
    """The folder's secrets. Raises `StoreFault`: corrupt."""
    try:
        body = (folder / SECRETS).read_bytes()
        plain = AESGCM(key).decrypt(body[:12], body[12:], b"hub secrets")
        return msgspec.msgpack.decode(plain, type=HubSecrets)
    except (OSError, InvalidTag, ValueError, msgspec.MsgspecError):
        raise StoreFault("corrupt", SECRETS) from None


def with_epoch(home: HubHome, epoch: int) -> HubHome:
    """The same hub in a later epoch, told to the folder."""
    state = msgspec.structs.replace(home.state, epoch=epoch)
    write_state(home.folder, state)
    return replace(home, state=state)


# --- stations that stay out -----------------------------------------------------------------------


def revoke_in_folder(folder: Path, device: str, now: datetime) -> None:
    """Add a station to the log that no restore takes back."""
    with held(folder), (folder / REVOKED).open("a", encoding="ascii") as log:
        log.write(f"{device} {now.isoformat()}\n")
        log.flush()
        os.fsync(log.fileno())


def revoked_in_folder(folder: Path) -> frozenset[str]:
    """All stations in that log."""
    try:
        lines = (folder / REVOKED).read_text("ascii", "replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder's files against other processes."""
    with FileLock(folder / "files.lock", timeout=10):
        yield


def _sealed(key: bytes, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, b"hub secrets")


def _write(file: Path, body: bytes) -> None:
    fresh = file.with_name(file.name + ".new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        keys.sync_folder(file.parent)
    except OSError as error:
        raise keys.fault_of_os(error) from None
