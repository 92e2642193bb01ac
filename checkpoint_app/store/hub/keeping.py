"""What a hub erases besides records: rows of lists that were replaced, its own backups, uploads.

Rows that are no longer in a list stay as long as backups do, so that a station that was away for
some days still gets a small change; one that was away longer takes the list whole (`floor`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from checkpoint_app.domain.retention import Copies, Terms
from checkpoint_app.store import keys, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import backup
from checkpoint_app.store.hub.home import HubHome
from checkpoint_app.store.hub.values import HubErasure

RESTORED, LAST = backup.RESTORED, "erasing.last"
_MARKS, _COPIES = "erasing.lists", "erasing.copies"
_BACKUPS, _ASIDE, _PARTIAL = "hub-*", "replaced-*", ".partial"
_UPLOADS, _UPLOAD_STAYS = "uploads", timedelta(days=1)
_Marks = dict[str, list[tuple[str, int]]]  # list -> when it was at which version


# -- the hub's small state


def told(connection: Connection, name: str) -> str:
    """A value of the hub's small state, "" where there is none."""
    state = tables.hub_state
    found = connection.execute(select(state.c.value).where(state.c.name == name)).scalar()
    return found or ""


def tell(connection: Connection, name: str, value: str) -> None:
    """Keep a value of the hub's small state."""
    state = tables.hub_state
    connection.execute(delete(state).where(state.c.name == name))
    connection.execute(insert(state), {"name": name, "value": value})


def last(connection: Connection) -> HubErasure | None:
    """The newest erasure, None before the first."""
    text = told(connection, LAST)
    return msgspec.json.decode(text, type=HubErasure) if text else None


# -- lists


def prune_lists(connection: Connection, keep: timedelta, now: datetime) -> int:
    """Delete the rows that left their list long enough ago; how many.

    A row does not say when it left. So it is noted, each time, at which version every list is: a
    version known for so long has taken the place of all before it for at least so long.
    """
    text = told(connection, _MARKS)
    before = msgspec.json.decode(text, type=_Marks) if text else {}
    marks: _Marks = {}
    gone = 0
    for row in connection.execute(select(tables.hub_lists.c.name, tables.hub_lists.c.number)):
        known = [each for each in before.get(row.name, []) if each[1] <= row.number]
        if not known or known[-1][1] != row.number:
            known.append((now.isoformat(), row.number))
        old = [each for each in known if datetime.fromisoformat(each[0]) <= now - keep]
        if old:
            gone += prune(connection, row.name, old[-1][1])
        marks[row.name] = known[max(0, len(old) - 1) :]
    tell(connection, _MARKS, msgspec.json.encode(marks).decode())
    return gone


def prune(connection: Connection, name: str, floor: int) -> int:
    """Delete the rows that left a list up to a version; how many."""
    rows, lists = tables.hub_list_rows, tables.hub_lists
    left = delete(rows).where(rows.c.name == name, rows.c.removed <= floor)
    done = connection.execute(left).rowcount
    raised = update(lists).where(lists.c.name == name, lists.c.floor < floor)
    connection.execute(raised.values(floor=floor))
    return done


# -- backups and uploads


def note_copy(connection: Connection, copy: Path, now: datetime) -> None:
    """Remember a backup, so that it is deleted when its term is over."""
    listed = _listed(connection)
    listed[str(copy.absolute())] = now.isoformat()
    tell(connection, _COPIES, msgspec.json.encode(listed).decode())


def copies(home: HubHome) -> dict[Path, datetime]:
    """Every copy of this hub that is known of, with when it was written."""
    with reading(home.engine) as connection:
        listed = _listed(connection)
    found = {Path(path): datetime.fromisoformat(at) for path, at in listed.items()}
    for each in _found(home.folder):
        written = datetime.fromtimestamp((each / keys.FILE).stat().st_mtime).astimezone()
        found.setdefault(each, written)
    return found


def sweep(home: HubHome, terms: Terms, now: datetime) -> Copies:
    """Delete the copies whose term is over; a place of backups is never left without one."""
    everyone = copies(home)
    old = [path for path, at in everyone.items() if at < now - terms.copies]
    done, forgotten = Copies(), list[Path]()
    fresh = {each.parent for each in everyone if each not in old and _is_copy(each)}
    for path in old:
        if not path.parent.is_dir():
            done = replace(done, unreachable=done.unreachable + 1)
            continue
        if _is_copy(path):
            if path.match(_BACKUPS) and path.parent not in fresh and not _renewed(home, path, now):
                done = replace(done, unreachable=done.unreachable + 1)
                continue
            renewed = path.match(_BACKUPS) and path.parent not in fresh
            fresh.add(path.parent)
            shutil.rmtree(path, ignore_errors=True)
            done = replace(done, deleted=done.deleted + 1, renewed=done.renewed + renewed)
        forgotten.append(path)
    _forget(home, forgotten)
    _clear(home.folder, {each.parent for each in everyone}, now)
    return done


def _renewed(home: HubHome, old: Path, now: datetime) -> bool:
    try:
        written = backup.write(home, old.parent, now)
    except StoreFault:
        return False
    with writing(home.engine) as connection:
        note_copy(connection, written, now)
    return True


def _forget(home: HubHome, gone: Sequence[Path]) -> None:
    if not gone:
        return
    with writing(home.engine) as connection:
        left = {path: at for path, at in _listed(connection).items() if Path(path) not in gone}
        tell(connection, _COPIES, msgspec.json.encode(left).decode())


def _clear(folder: Path, places: set[Path], now: datetime) -> None:
    """Copies that a kill left half written, and files that nobody came back for."""
    half = [
        each for place in {*places, folder / "backups"} for each in place.glob(f"hub-*{_PARTIAL}")
    ]
    uploads = list((folder / _UPLOADS).glob("*"))
    for each in (*half, *uploads):
        if each.stat().st_mtime < (now - _UPLOAD_STAYS).timestamp():
            shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink()


def _listed(connection: Connection) -> dict[str, str]:
    text = told(connection, _COPIES)
    return msgspec.json.decode(text, type=dict[str, str]) if text else {}


def _found(folder: Path) -> Iterator[Path]:
    for place, pattern in ((folder / "backups", _BACKUPS), (folder, _ASIDE)):
        found = (each for each in place.glob(pattern) if each.suffix != _PARTIAL)
        yield from (each.absolute() for each in found if _is_copy(each))


def _is_copy(path: Path) -> bool:
    return (path / keys.FILE).is_file()
