"""Backups and other copies: known by a list, deleted when their term is over.

A folder of backups is never left without one: where all of a folder are too old, a new one is
written there first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select

from checkpoint_app.domain.retention import Copies, Terms
from checkpoint_app.store import keys, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.home import Home
from checkpoint_app.store.keeping import write_backup
from checkpoint_app.store.moments import micros, moment

SHEET_FOLDERS = ("registers", "closings")  # of the data folder
_BACKUP, _REPLACED = "checkpoint-*", "replaced-*"
_PARTIAL, _HALF_WRITTEN = ".partial", timedelta(days=1)
_SHEETS = frozenset({".pdf", ".xlsx", ".csv", ".json", ".jsonl", ".new"})  # .new: left by a kill


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the station, wherever it stands; `there` is None where its disk is not."""

    path: Path
    written_at: datetime
    there: bool | None

    @property
    def is_backup(self) -> bool:
        """Written as a backup, not set aside by a restore."""
        return self.path.match(_BACKUP)


def note(engine: Engine, copy: Path, now: datetime) -> None:
    """Remember a backup that was written."""
    table, path = tables.copies, str(copy.absolute())
    with writing(engine) as connection:
        connection.execute(delete(table).where(table.c.path == path))
        connection.execute(insert(table).values(path=path, written_us=micros(now)))


def known(home: Home) -> list[Copy]:
    """Every copy that was written from here, oldest first."""
    with reading(home.engine) as connection:
        rows = connection.execute(select(tables.copies)).all()
    listed = {Path(row.path): moment(row.written_us) for row in rows}
    for found in _found(home.folder):
        listed.setdefault(found, _written(found))
    copies = [Copy(path, at, _is_there(path)) for path, at in listed.items()]
    return sorted(copies, key=lambda each: each.written_at)


def sweep(home: Home, terms: Terms, now: datetime) -> Copies:
    """Delete the copies and sheets whose term is over; cases' people stand on sheets too."""
    everyone = known(home)
    old = [each for each in everyone if each.written_at < now - terms.copies]
    done = Copies(sheets=_delete_sheets(home.folder, now - max(terms.passages, terms.cases)))
    _clear_unfinished(everyone, home.folder, now)
    fresh = {each.path.parent for each in everyone if each not in old and each.there}
    for copy in old:
        if copy.there is None:
            done = replace(done, unreachable=done.unreachable + 1)
        elif copy.there and copy.is_backup and copy.path.parent not in fresh:
            done = _renew(home, copy, done, now)
            fresh.add(copy.path.parent)
        elif copy.there:
            done = _deleted(home, copy, done)
        else:
            _forget(home.engine, copy.path)  # somebody deleted it already
    return done


def destroy(copy: Copy) -> bool:
    """Delete a copy for good; False where it cannot be reached."""
    try:
        blank(copy.path / keys.FILE)
        shutil.rmtree(copy.path)
    except OSError:
        return False
    return True


def blank(file: Path) -> None:
    """Write over a small file before it is deleted: whoever has the key file has the data."""
    if file.exists():
        with file.open("rb+") as out:
            out.write(bytes(file.stat().st_size))
            out.flush()
        file.unlink()


def _renew(home: Home, copy: Copy, done: Copies, now: datetime) -> Copies:
    try:
        written = write_backup(home.database, home.keys, home.key, copy.path.parent, now)
    except StoreFault:
        return replace(done, unreachable=done.unreachable + 1)  # tried again the next time
    note(home.engine, written, now)
    return _deleted(home, copy, replace(done, renewed=done.renewed + 1))


def _deleted(home: Home, copy: Copy, done: Copies) -> Copies:
    if not destroy(copy):
        return replace(done, unreachable=done.unreachable + 1)
    _forget(home.engine, copy.path)
    return replace(done, deleted=done.deleted + 1)


def _forget(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        connection.execute(delete(tables.copies).where(tables.copies.c.path == str(path)))


def _found(folder: Path) -> Iterator[Path]:
    """Copies that stand in the data folder, listed or not (a schema step writes one too)."""
    for place, pattern in ((folder / "backups", _BACKUP), (folder, _REPLACED)):
        found = (each for each in place.glob(pattern) if each.suffix != _PARTIAL)
        yield from (each.absolute() for each in found if _is_copy(each))


def _is_copy(path: Path) -> bool:
    return (path / keys.FILE).is_file()


def _is_there(path: Path) -> bool | None:
    if _is_copy(path):
        return True
    return False if path.parent.is_dir() else None


def _written(path: Path) -> datetime:
    return moment(int((path / keys.FILE).stat().st_mtime * 1_000_000))


def _clear_unfinished(everyone: list[Copy], folder: Path, now: datetime) -> None:
    """Copies that a kill left half written: nobody lists them, and their key lives on."""
    places = {each.path.parent for each in everyone if each.there} | {folder / "backups"}
    for place in places:
        for each in place.glob(f"{_BACKUP}{_PARTIAL}"):
            if each.stat().st_mtime < (now - _HALF_WRITTEN).timestamp():
                shutil.rmtree(each, ignore_errors=True)


def _delete_sheets(folder: Path, before: datetime) -> int:
    """Sheets that stand as files in the data folder: of closed periods, of runs without a window.

    What an office had laid down elsewhere is its own archive, and not touched.
    """
    own = [folder / name for name in SHEET_FOLDERS]
    old = [
        file
        for place in own
        for file in place.rglob("*")
        if file.suffix.lower() in _SHEETS
        and file.is_file()
        and file.stat().st_mtime < before.timestamp()
    ]
    for file in old:
        file.unlink(missing_ok=True)
    for parent in {file.parent for file in old} - set(own):
        if not any(parent.iterdir()):
            parent.rmdir()
    return len(old)
