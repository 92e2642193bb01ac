"""The key of the database and the slots that each open it alone (`keys.json` beside it).

The database's key is random. A slot holds it wrapped (AES-256-GCM) by something the station has:
a passphrase (Argon2id), a printed recovery key, the system's key store; or, before a passphrase is
set, not wrapped at all. `keys.json` also names the database file in force, so that one atomic
replacement of it switches file and key together.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from checkpoint_app.store import key_store
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import reread, spelled

FILE = "keys.json"
KEY_BYTES = 32
_RECOVERY_LETTERS = 32  # 160 bits
_MEMORY_LIMIT_KIB = 1 << 20  # a forged file must not make us allocate more

Kind = Literal["unprotected", "passphrase", "recovery", "key_store"]


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to the key. `wrapped` is the bare key in an unprotected slot."""

    kind: Kind
    wrapped: bytes
    nonce: bytes = b""
    salt: bytes = b""
    rounds: int = 0
    memory_kib: int = 0


class KeyFile(msgspec.Struct, frozen=True):
    """The content of `keys.json`. `epoch` is the highest ever opened in this folder."""

    store: str
    database: str
    slots: tuple[Slot, ...]
    epoch: int = 1
    discard: tuple[str, ...] = ()  # database files whose key is no longer trusted
    version: int = 1


def new_key() -> bytes:
    """A fresh database key."""
    return secrets.token_bytes(KEY_BYTES)


def read(folder: Path) -> KeyFile | None:
    """The key file of a data folder; None where there is none. Raises `StoreFault`."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=KeyFile)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreFault("read_only", type(error).__name__) from None
    except msgspec.MsgspecError:
        raise StoreFault("corrupt", FILE) from None
    names = (found.database, *found.discard)
    if found.version != 1:
        raise StoreFault("newer_schema", FILE)
    if any(Path(name).name != name or not name.endswith(".db") for name in names):
        raise StoreFault("corrupt", FILE)
    return found


def write(folder: Path, keys: KeyFile) -> None:
    """Replace the key file in one step; the old one stays until the new one is on disk."""
    fresh = folder / f"{FILE}.new"
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.format(msgspec.json.encode(keys), indent=1))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(folder / FILE)
        sync_folder(folder)
    except OSError as error:
        raise fault_of_os(error) from None


def fault_of_os(error: OSError) -> StoreFault:
    """The fault for a file operation that failed."""
    full = error.errno in (28, 122)  # ENOSPC, EDQUOT
    return StoreFault("disk_full" if full else "read_only", type(error).__name__)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable, where the system allows it (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_protected(keys: KeyFile) -> bool:
    """Whether no slot gives the key to whoever holds the folder."""
    return all(slot.kind != "unprotected" for slot in keys.slots)


def unlock(keys: KeyFile, secret: str | None) -> bytes:
    """The database key. `secret` is the passphrase or the recovery key.

    Raises `StoreFault`: wrong_key, or passphrase_needed where none was given and no slot opens
    without one.
    """
    for slot in keys.slots:
        key = _OPEN[slot.kind](keys.store, slot, secret)
        if key is not None and len(key) == KEY_BYTES:
            return key
    raise StoreFault("wrong_key" if secret is not None else "passphrase_needed")


def unprotected_slot(key: bytes) -> Slot:
    """A slot that protects nothing: the first run's, until a passphrase is set."""
    return Slot("unprotected", key)


def passphrase_slot(store: str, key: bytes, passphrase: str) -> Slot:
    """A slot that the passphrase opens: Argon2id, RFC 9106's second choice (64 MiB, 3 rounds)."""
    salt, rounds, memory_kib = secrets.token_bytes(16), 3, 65536
    wrapping = _stretched(passphrase, salt, rounds, memory_kib)
    nonce, wrapped = _wrap(wrapping, store, "passphrase", key)
    return Slot("passphrase", wrapped, nonce, salt, rounds, memory_kib)


def recovery_slot(store: str, key: bytes) -> tuple[Slot, str]:
    """A slot and the recovery key that opens it, in groups of four letters for the printer."""
    letters = spelled(secrets.randbits(5 * _RECOVERY_LETTERS), _RECOVERY_LETTERS)
    nonce, wrapped = _wrap(_recovery_wrapping(letters), store, "recovery", key)
    grouped = "-".join(letters[at : at + 4] for at in range(0, _RECOVERY_LETTERS, 4))
    return Slot("recovery", wrapped, nonce), grouped


def key_store_slot(store: str, key: bytes) -> Slot | None:
    """A slot that the system's key store opens; None where there is no such store."""
    wrapping = new_key()
    if not key_store.keep(store, wrapping):
        return None
    nonce, wrapped = _wrap(wrapping, store, "key_store", key)
    return Slot("key_store", wrapped, nonce)


def _open_unprotected(_store: str, slot: Slot, _secret: str | None) -> bytes | None:
    return slot.wrapped


def _open_passphrase(store: str, slot: Slot, secret: str | None) -> bytes | None:
    if secret is None or not 8 <= slot.memory_kib <= _MEMORY_LIMIT_KIB or not 1 <= slot.rounds < 64:
        return None
    return _unwrap(_stretched(secret, slot.salt, slot.rounds, slot.memory_kib), store, slot)


def _open_recovery(store: str, slot: Slot, secret: str | None) -> bytes | None:
    if secret is None or len(letters := reread(secret)) != _RECOVERY_LETTERS:
        return None
    return _unwrap(_recovery_wrapping(letters), store, slot)


def _open_key_store(store: str, slot: Slot, _secret: str | None) -> bytes | None:
    wrapping = key_store.find(store)
    return _unwrap(wrapping, store, slot) if wrapping is not None else None


_OPEN: dict[Kind, Callable[[str, Slot, str | None], bytes | None]] = {
    "unprotected": _open_unprotected,
    "passphrase": _open_passphrase,
    "recovery": _open_recovery,
    "key_store": _open_key_store,
}


def _stretched(passphrase: str, salt: bytes, rounds: int, memory_kib: int) -> bytes:
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    salt = salt.ljust(8, b"\0")  # Argon2's own minimum, should the file be damaged
    return hash_secret_raw(text, salt, rounds, memory_kib, 1, KEY_BYTES, Type.ID)


def _recovery_wrapping(letters: str) -> bytes:
    # 160 random bits need no stretching, only the right length.
    return blake2b(
        letters.encode("utf-8", "replace"), digest_size=KEY_BYTES, person=b"recovery key"
    ).digest()


def _wrap(wrapping: bytes, store: str, kind: Kind, key: bytes) -> tuple[bytes, bytes]:
    nonce = secrets.token_bytes(12)
    return nonce, AESGCM(wrapping).encrypt(nonce, key, f"{store} {kind}".encode())


def _unwrap(wrapping: bytes, store: str, slot: Slot) -> bytes | None:
    try:
        return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, f"{store} {slot.kind}".encode())
    except (InvalidTag, ValueError):
        return None
