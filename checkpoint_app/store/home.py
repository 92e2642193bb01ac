"""The data folder: who may use it, which database file is in force, how it is first made.

`keys.json` names the database file; a new file is prepared as `….db.new`, then named in `keys.json`
(one atomic step), then renamed. A kill at any point leaves either the old or the new state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, insert, select

from checkpoint_app.store import keys, ledger, schema, tables
from checkpoint_app.store.engine import close, open_engine, reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import new_device
from checkpoint_app.store.keys import KeyFile

COMMAND_WAITS_S = 10.0
_DESK_LOCK, _COMMAND_LOCK = "desk.lock", "command.lock"
_WITH_LOGS = ("", "-wal", "-shm", "-journal")


class Use(StrEnum):
    """What a store is opened for."""

    DESK = "desk"  # the one desk of a data folder
    COMMAND = "command"  # a short writer, also beside a running desk
    READ = "read"  # only looks; any number, beside anyone


@dataclass(frozen=True, slots=True)
class Home:
    """An open data folder."""

    folder: Path
    use: Use
    keys: KeyFile
    key: bytes
    engine: Engine
    device: str
    locks: tuple[FileLock, ...]

    @property
    def database(self) -> Path:
        """The database file in force."""
        return self.folder / self.keys.database


def open_home(folder: Path, secret: str | None, use: Use, now: datetime) -> Home:
    """Open the folder's store, creating or migrating it where needed. Raises `StoreFault`."""
    if use is Use.READ:
        return _open_to_read(folder, secret, now)
    mine = _acquired(folder, _DESK_LOCK if use is Use.DESK else _COMMAND_LOCK)
    try:
        # Files change only under the command lock, so that nobody opens one half made.
        with _held(folder, _COMMAND_LOCK) if use is Use.DESK else nullcontext():
            _settle(folder, now)
            return replace(_opened(folder, secret, use, now), locks=(mine,))
    except BaseException:
        mine.release()
        raise


def close_home(home: Home) -> None:
    """Close the database and let others in."""
    close(home.engine)
    for lock in home.locks:
        lock.release()


@contextmanager
def alone(folder: Path, holding: tuple[FileLock, ...] = ()) -> Iterator[None]:
    """Hold the folder against desk and commands, beyond the locks already held; else in_use."""
    have = {Path(lock.lock_file).name for lock in holding}
    with ExitStack() as stack:
        for name in (_DESK_LOCK, _COMMAND_LOCK):
            if name not in have:
                stack.enter_context(_held(folder, name))
        yield


def prepared(folder: Path, database: str) -> Path:
    """Where a new database file is prepared; what a kill leaves there is cleared at opening."""
    return folder / f"{database}.new"


def switch(folder: Path, keyfile: KeyFile) -> None:
    """Put the prepared database file and its keys in force together."""
    keys.write(folder, keyfile)
    _finish_switch(folder, keyfile)


def databases(folder: Path) -> list[Path]:
    """The database files that stand in a folder, in force or not."""
    return sorted(folder.glob("station-*.db"))


def next_name(folder: Path) -> str:
    """A name for a database file that none in the folder has, nor a log left behind by one."""
    found = (re.match(r"station-(\d+)\.db", file.name) for file in folder.glob("station-*"))
    return f"station-{max((int(each[1]) for each in found if each), default=0) + 1}.db"


def remove(database: Path) -> None:
    """Delete a database file and its logs, where they are."""
    for tail in _WITH_LOGS:
        database.with_name(database.name + tail).unlink(missing_ok=True)


def move(database: Path, target: Path) -> None:
    """Move a database file and its logs into another folder of the same disk."""
    for tail in _WITH_LOGS:
        part = database.with_name(database.name + tail)
        if part.exists():
            part.replace(target / part.name)


def begin_epoch(engine: Engine, device: str, epoch: int, why: str, now: datetime) -> None:
    """Open a new epoch of the chain, in its own transaction."""
    with writing(engine) as connection:
        ledger.open_epoch(connection, device, epoch, why, now)


def device_of(engine: Engine) -> str:
    """The name that this installation gave itself."""
    with reading(engine) as connection:
        name: str | None = connection.execute(
            select(tables.state.c.value).where(tables.state.c.name == "device")
        ).scalar()
    if name is None:
        raise StoreFault("corrupt", "no device")
    return name


def migrate(home_folder: Path, keyfile: KeyFile, key: bytes, engine: Engine, now: datetime) -> None:
    """Bring an open database to the newest schema, after a backup. Nothing to do costs nothing."""
    with reading(engine) as connection:
        if schema.is_current(connection):
            return
    from checkpoint_app.store.keeping import write_backup

    write_backup(home_folder / keyfile.database, keyfile, key, home_folder / "backups", now)
    upgrade_in_place(engine)


def upgrade_in_place(engine: Engine) -> None:
    """Run the missing schema steps in one transaction."""
    with writing(engine) as connection:
        if not schema.is_current(connection):
            schema.upgrade(connection)


@contextmanager
def _held(folder: Path, name: str) -> Iterator[None]:
    lock = _acquired(folder, name)
    try:
        yield
    finally:
        lock.release()


def _acquired(folder: Path, name: str) -> FileLock:
    wait = 0.0 if name == _DESK_LOCK else COMMAND_WAITS_S
    lock = FileLock(folder / name, timeout=wait, thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise StoreFault("in_use", name) from None
    except OSError as error:
        raise keys.fault_of_os(error) from None
    return lock


def _settle(folder: Path, now: datetime) -> None:
    """Finish or clear away what a kill left behind; create the store where there is none."""
    try:
        keyfile = keys.read(folder)
        if keyfile is None:
            if databases(folder):
                raise StoreFault("keys_missing")
            _create(folder, now)
            return
        _finish_switch(folder, keyfile)
        for name in keyfile.discard:
            remove(folder / name)
        for unfinished in (*folder.glob("station-*.db.new*"), *folder.glob(f"{keys.FILE}.new")):
            unfinished.unlink()
    except OSError as error:
        raise keys.fault_of_os(error) from None


def _create(folder: Path, now: datetime) -> None:
    name, key, device = next_name(folder), keys.new_key(), new_device()
    fresh = prepared(folder, name)
    engine = open_engine(fresh, key, create=True)
    try:
        with writing(engine) as connection:
            schema.upgrade(connection)
            connection.execute(insert(tables.state), {"name": "device", "value": device})
            connection.execute(insert(tables.secrets), {"name": "code_key", "body": keys.new_key()})
            ledger.open_epoch(connection, device, 1, "created", now)
    finally:
        close(engine)
    switch(folder, KeyFile(device, name, (keys.unprotected_slot(key),)))


def _finish_switch(folder: Path, keyfile: KeyFile) -> None:
    fresh, final = folder / f"{keyfile.database}.new", folder / keyfile.database
    if fresh.exists() and not final.exists():
        fresh.replace(final)
        keys.sync_folder(folder)
    if not final.exists():
        raise StoreFault("corrupt", "the database file is gone")


def _opened(folder: Path, secret: str | None, use: Use, now: datetime) -> Home:
    keyfile = keys.read(folder)
    if keyfile is None:
        raise StoreFault("not_found")
    key = keys.unlock(keyfile, secret)
    engine = open_engine(folder / keyfile.database, key, may_write=use is not Use.READ)
    try:
        migrate(folder, keyfile, key, engine, now)
        return Home(folder, use, keyfile, key, engine, device_of(engine), ())
    except BaseException:
        close(engine)
        raise


def _open_to_read(folder: Path, secret: str | None, now: datetime) -> Home:
    keyfile = keys.read(folder)
    if keyfile is None:
        raise StoreFault("keys_missing" if databases(folder) else "not_found")
    if _is_behind(folder, keyfile, secret):
        close_home(open_home(folder, secret, Use.COMMAND, now))
    return _opened(folder, secret, Use.READ, now)


def _is_behind(folder: Path, keyfile: KeyFile, secret: str | None) -> bool:
    if not (folder / keyfile.database).exists():
        return True  # a switch to be finished
    engine = open_engine(folder / keyfile.database, keys.unlock(keyfile, secret), may_write=False)
    try:
        with reading(engine) as connection:
            return not schema.is_current(connection)
    finally:
        close(engine)
