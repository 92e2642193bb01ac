"""Keeping the store: backup, restore and a new key. Each is whole or has not happened."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from checkpoint_app.store import home as homes
from checkpoint_app.store import key_store, keys, projection, trust
from checkpoint_app.store.engine import close, connect, open_engine, writing
from checkpoint_app.store.faults import StoreFault, fault_of
from checkpoint_app.store.home import Home
from checkpoint_app.store.keys import KeyFile
from checkpoint_app.store.verification import verify

# Set by a restore: what was erased since that backup is there again, and must go first of all.
RESTORED = "retention.restored"


def write_backup(database: Path, keyfile: KeyFile, key: bytes, target: Path, now: datetime) -> Path:
    """Copy a database and its key slots into a dated folder under `target`; returns that folder.

    May run beside a writing desk and on any thread: it reads through its own connection. The copy
    is checked page by page before it gets its name.
    """
    final = _free(target / f"checkpoint-{now:%Y%m%d-%H%M%S}")
    partial = final.with_name(final.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        _copy(database, key, partial / keyfile.database)
        _check(partial / keyfile.database, key)
        keys.write(partial, msgspec.structs.replace(keyfile, discard=()))
        partial.rename(final)
        keys.sync_folder(target)
    except OSError as error:
        raise keys.fault_of_os(error) from None
    return final


def restore(source: Path, folder: Path, secret: str | None, now: datetime) -> None:
    """Put a backup in force in `folder`, in a new epoch; what was there is kept aside.

    Raises `StoreFault`: no_backup, wrong_key, corrupt, in_use, newer_schema, disk_full.
    """
    backed_up = keys.read(source)
    if backed_up is None or not (source / backed_up.database).exists():
        raise StoreFault("no_backup")
    key = keys.unlock(backed_up, secret)
    with homes.alone(folder):
        try:
            _replace(source / backed_up.database, backed_up, key, folder, now)
        except OSError as error:
            raise keys.fault_of_os(error) from None


def protect(home: Home, passphrase: str) -> tuple[Home, str]:
    """The same store under a new key that passphrase and recovery key open; the latter's text.

    The old file, whose key stood in the clear, is discarded once the new one is in force.
    """
    with homes.alone(home.folder, home.locks):
        key = keys.new_key()
        name = homes.next_name(home.folder)
        fresh = homes.prepared(home.folder, name)
        _copy(home.database, home.key, fresh)
        _change_key(fresh, home.key, key)
        _check(fresh, key)
        recovery, letters = keys.recovery_slot(home.keys.store, key)
        slots = (keys.passphrase_slot(home.keys.store, key, passphrase), recovery)
        keyfile = msgspec.structs.replace(
            home.keys, database=name, slots=slots, discard=(home.keys.database,)
        )
        return _put_in_force(home, keyfile, key), letters


def use_key_store(home: Home, wanted: bool) -> Home:
    """Add or remove the slot of the system's key store."""
    slots = [slot for slot in home.keys.slots if slot.kind != "key_store"]
    if wanted:
        added = keys.key_store_slot(home.keys.store, home.key)
        slots += [added] if added is not None else []
    else:
        key_store.forget(home.keys.store)
    keyfile = msgspec.structs.replace(home.keys, slots=tuple(slots))
    keys.write(home.folder, keyfile)
    return replace(home, keys=keyfile)


def _put_in_force(home: Home, keyfile: KeyFile, key: bytes) -> Home:
    try:
        homes.switch(home.folder, keyfile)
        engine = open_engine(home.folder / keyfile.database, key)
        close(home.engine)
        homes.remove(home.database)
    except OSError as error:
        raise keys.fault_of_os(error) from None
    return replace(home, keys=keyfile, key=key, engine=engine)


def _replace(source: Path, backed_up: KeyFile, key: bytes, folder: Path, now: datetime) -> None:
    standing, epoch = homes.databases(folder), max(backed_up.epoch, _epoch(folder)) + 1
    name = homes.next_name(folder)
    fresh = homes.prepared(folder, name)
    shutil.copyfile(source, fresh)
    _renewed(fresh, backed_up, key, epoch, now)
    keyfile = msgspec.structs.replace(backed_up, database=name, epoch=epoch, discard=())
    aside = _free(folder / f"replaced-{now:%Y%m%d-%H%M%S}")
    if (folder / keys.FILE).exists():
        aside.mkdir()
        shutil.copyfile(folder / keys.FILE, aside / keys.FILE)
    homes.switch(folder, keyfile)
    for old in standing:
        aside.mkdir(exist_ok=True)
        homes.move(old, aside)


def _epoch(folder: Path) -> int:
    """The highest epoch known in a folder, which may be what is being repaired."""
    try:
        present = keys.read(folder)
    except StoreFault:
        return 0
    return present.epoch if present else 0


def _renewed(fresh: Path, backed_up: KeyFile, key: bytes, epoch: int, now: datetime) -> None:
    """Check a copied backup, bring it up to date and open its new epoch."""
    _check(fresh, key)
    engine = open_engine(fresh, key)
    try:
        homes.upgrade_in_place(engine)
        with writing(engine) as connection:
            projection.rebuild(connection)
            found = verify(connection)
        if not found.ok:
            raise StoreFault("corrupt", found.problem or "")
        homes.begin_epoch(engine, homes.device_of(engine), epoch, "restored", now)
        trust.remember(engine, RESTORED, now.isoformat())
    finally:
        close(engine)


def _free(folder: Path) -> Path:
    """The folder's name, counted on where it is taken: two backups in one second are two."""
    names = (folder if n == 1 else folder.with_name(f"{folder.name}-{n}") for n in count(1))
    return next(name for name in names if not name.exists())


def _copy(database: Path, key: bytes, target: Path) -> None:
    raw = _connected(database, key)
    try:
        raw.execute("VACUUM INTO ?", (str(target),))
    except sqlcipher.Error as error:
        raise fault_of(error) from None
    finally:
        raw.close()
    _sync(target)


def _change_key(database: Path, old: bytes, new: bytes) -> None:
    raw = _connected(database, old)
    try:
        raw.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    except sqlcipher.Error as error:
        raise fault_of(error) from None
    finally:
        raw.close()
    _sync(database)


def _check(database: Path, key: bytes) -> None:
    """Every page authentic, every table and index whole; else corrupt."""
    raw = _connected(database, key)
    try:
        pages = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        tables = raw.execute("PRAGMA quick_check(1)").fetchall()
    except sqlcipher.Error as error:
        raise fault_of(error) from None
    finally:
        raw.close()
    if pages or tables != [("ok",)]:
        raise StoreFault("corrupt", "copy")


def _connected(database: Path, key: bytes) -> Any:
    try:
        return connect(database, key)
    except sqlcipher.Error as error:
        raise fault_of(error) from None


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
