"""`station.lists`: what is kept of lists, looked up at the gate and worked in the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row

from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.list_matching import Around, FoundEntry, hits_of
from checkpoint_app.domain.lists import ListHits, ListKind, ListsInForce, Wanted
from checkpoint_app.store.engine import reading
from checkpoint_app.store.lists import looking, staging
from checkpoint_app.store.lists.rows import TYPES, decoded
from checkpoint_app.store.lists.staging import NewList, Staging
from checkpoint_app.store.moments import moment


@dataclass(frozen=True, slots=True)
class ListInfo:
    """One list in force as shown to staff."""

    number: int
    kind: ListKind
    source: str
    dated: datetime
    imported_at: datetime
    entries: int
    refused: int
    digest: str
    operator: str


@dataclass(slots=True)
class _Seen:
    """What was last read of the lists in force, and for which state of them and day."""

    key: tuple[Any, ...]
    rows: list[Row[Any]]
    lists: ListsInForce
    around: Around


class Lists:
    """The lists of one open store. Called on the store's thread, like all of `Station`."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device
        self._seen: _Seen | None = None

    def hits(self, wanted: Wanted, now: datetime) -> ListHits:
        """What the lists in force say about a person, now."""
        return self.answer(wanted, now)[0]

    def answer(
        self,
        wanted: Wanted,
        now: datetime,
        risk_limit: timedelta | None = None,
        watch_limit: timedelta | None = None,
    ) -> tuple[ListHits, ListsInForce]:
        """The same with what is in force; lists older than their limit are named in the hits."""
        with reading(self._engine) as connection:
            seen = self._look(connection, now)
            sources = {row.number: row for row in seen.rows if row.kind != ListKind.RISK}
            found = [
                FoundEntry(
                    sources[row.list].source,
                    decoded(row.body, TYPES[ListKind(sources[row.list].kind)]),
                )
                for row in looking.entries_of(connection, wanted, sources)
            ]
        old = looking.old_lists(seen.lists, now, risk_limit, watch_limit)
        around = Around(seen.around.has_roster, seen.around.risk_areas, old)
        return hits_of(wanted, found, around, now), seen.lists

    def versions(self) -> ListsInForce:
        """What is in force of each kind, with its age."""
        with reading(self._engine) as connection:
            return looking.by_kind(looking.in_force(connection))

    def risk_areas(self, now: datetime) -> frozenset[str]:
        """Division codes of the risk areas that count today."""
        with reading(self._engine) as connection:
            return self._look(connection, now).around.risk_areas

    def shown(self) -> list[ListInfo]:
        """The lists in force, newest first."""
        with reading(self._engine) as connection:
            return [_info(row) for row in reversed(looking.in_force(connection))]

    # --- putting lists in

    def begin(self, new: NewList, now: datetime) -> Staging:
        """A new list, to be filled step by step; nothing of it counts before `put_in_force`."""
        return Staging(self._engine, self._device, new, now)

    def put(self, new: NewList, entries: Sequence[Entry], now: datetime) -> int:
        """A short list, whole and at once; its number. For what is not read from a large file."""
        going_in = self.begin(new, now)
        going_in.add(entries)
        for _ in going_in.index():
            pass
        going_in.put_in_force(0, now)
        return going_in.number

    def sweep(self, now: datetime) -> Iterator[int]:
        """Take away what no list in force needs any more; each step is short."""
        return staging.sweep(self._engine, now)

    def _look(self, connection: Connection, now: datetime) -> _Seen:
        """The lists in force; read anew only where one changed, here or by another process."""
        rows = looking.in_force(connection)
        day: date = now.date()
        key = (day, *((row.number, row.revision) for row in rows))
        if self._seen is None or self._seen.key != key:
            lists = looking.by_kind(rows)
            areas = looking.risk_codes(connection, rows, now)
            self._seen = _Seen(key, rows, lists, Around(lists.roster is not None, areas))
        return self._seen


def _info(row: Row[Any]) -> ListInfo:
    return ListInfo(
        number=row.number,
        kind=ListKind(row.kind),
        source=row.source,
        dated=moment(row.dated_us, row.offset_s),
        imported_at=moment(row.imported_us, row.offset_s),
        entries=row.entries,
        refused=row.refused,
        digest=row.digest,
        operator=row.operator,
    )
