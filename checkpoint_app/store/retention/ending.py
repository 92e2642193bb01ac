"""一键销毁: when the epidemic is over, everything goes. Cannot be undone.

First the key file, without which the rest cannot be read by anyone; then the database, the copies
known here, the sheets. Settings stay: they name no traveller.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.store import home as homes
from checkpoint_app.store import key_store, keys, ledger, tables
from checkpoint_app.store.engine import close, reading
from checkpoint_app.store.home import Home
from checkpoint_app.store.moments import moment
from checkpoint_app.store.retention import copies

_FOLDERS = (*copies.SHEET_FOLDERS, "backups")


@dataclass(frozen=True, slots=True)
class Held:
    """What a station holds, in numbers: the last that is ever said of it."""

    device: str
    records: int
    head: str  # hex; ties the numbers to sheets printed earlier
    oldest: datetime | None
    newest: datetime | None
    outcomes: tuple[tuple[Outcome, int], ...]
    cases: int
    copies: tuple[Path, ...]


def held(home: Home) -> Held:
    """Count what would be destroyed."""
    records, shown = tables.records, tables.inspections
    with reading(home.engine) as connection:
        count, first, last = connection.execute(
            select(func.count(), func.min(records.c.at_us), func.max(records.c.at_us))
        ).one()
        head = ledger.newest_head(connection, home.device)
        by_outcome = select(shown.c.outcome, func.count()).where(shown.c.void.is_(False))
        rows = connection.execute(by_outcome.group_by(shown.c.outcome)).all()
        outcomes: dict[str, int] = {row[0]: row[1] for row in rows}
        cases = connection.execute(select(func.count()).select_from(tables.cases)).scalar_one()
    return Held(
        home.device,
        count,
        head.hash.hex() if head else "",
        moment(first) if first is not None else None,
        moment(last) if last is not None else None,
        tuple((each, outcomes.get(each.value, 0)) for each in Outcome),
        cases,
        tuple(each.path for each in copies.known(home)),
    )


def end(home: Home) -> tuple[Path, ...]:
    """Destroy everything; what could not be reached. The store is closed after it.

    Raises `StoreFault` in_use while another program has the folder, read_only where the key file
    cannot be written; nothing has happened then. Without its key a file that stays is noise.
    """
    with homes.alone(home.folder, home.locks):
        everywhere = copies.known(home)
        close(home.engine)
        try:
            copies.blank(home.folder / keys.FILE)
        except OSError as error:
            raise keys.fault_of_os(error) from None
        stays = tuple(each for each in home.folder.glob("station-*") if not _removed(each))
        key_store.forget(home.keys.store)
        left = tuple(each.path for each in everywhere if each.there is None or _stays(each))
        for name in _FOLDERS:
            shutil.rmtree(home.folder / name, ignore_errors=True)
    return (*stays, *left)


def _removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _stays(copy: copies.Copy) -> bool:
    return bool(copy.there) and not copies.destroy(copy)
