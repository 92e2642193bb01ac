"""`station.lists`: what is kept of lists, looked up at the gate and worked in the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, Row, delete, insert, select

from checkpoint_app.domain.list_entries import Entry, RiskEntry
from checkpoint_app.domain.list_matching import Around, FoundEntry, hits_of
from checkpoint_app.domain.lists import CountyToken, ListHits, ListKind, ListsInForce, Wanted
from checkpoint_app.domain.notice import Notice
from checkpoint_app.domain.worklist import Coverage, WorkRow, WorkState
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.county import County, states_of
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import by_hand, household, looking, rechecking, staging, working
from checkpoint_app.store.lists.rechecking import Progress, Site
from checkpoint_app.store.lists.rows import TYPES, decoded
from checkpoint_app.store.lists.staging import NewList, Staging
from checkpoint_app.store.lists.working import Asked, Slice
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.notices import Notices


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
        self._county, self._notices = County(), Notices(device)

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
            hits = hits_of(wanted, found, around, now)
            states = states_of(connection)
            tokens = self._county.find(connection, wanted, states)
            noticed = self._notices.about(connection, wanted, now, states)
            beside = household.listed(connection, hits.member, seen.rows) if hits.member else None
        may = replace(hits, county=bool(tokens), county_tokens=tokens, noticed=noticed)
        hits = replace(may, household=beside)
        return hits, seen.lists

    def notices(self, now: datetime) -> list[Notice]:
        """What other checkpoints tell of now: who ran a gate, who is to be called back."""
        with reading(self._engine) as connection:
            return self._notices.heard(connection, now)

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

    def layout(self, kind: ListKind, headings: str) -> dict[str, str]:
        """How a layout's columns were read the last time: field -> heading."""
        kept = tables.list_layouts
        chosen = select(kept.c.mapping).where(kept.c.kind == kind, kept.c.layout == headings)
        with reading(self._engine) as connection:
            found = connection.execute(chosen).scalar()
        return msgspec.json.decode(found, type=dict[str, str]) if found else {}

    def remember_layout(self, kind: ListKind, headings: str, mapping: dict[str, str]) -> None:
        """Read this layout so the next time."""
        kept = tables.list_layouts
        row = {"kind": kind.value, "layout": headings}
        with writing(self._engine) as connection:
            connection.execute(
                delete(kept).where(kept.c.kind == kind.value, kept.c.layout == headings)
            )
            value = msgspec.json.encode(mapping).decode()
            connection.execute(insert(kept).values(**row, mapping=value))

    # --- by hand

    def type_area(self, entry: RiskEntry, operator: str, now: datetime) -> None:
        """Put a risk area in force that somebody typed. Raises `StoreFault`: not_storable."""
        with writing(self._engine) as connection:
            by_hand.type_area(connection, by_hand.Hand(self._device, operator, now), entry)

    def strike_area(self, code: str, operator: str, now: datetime) -> None:
        """Take a typed risk area out again. Raises `StoreFault`: not_found."""
        with writing(self._engine) as connection:
            by_hand.strike_area(connection, by_hand.Hand(self._device, operator, now), code)

    def withdraw(self, number: int, operator: str, now: datetime) -> None:
        """Let a list count no longer. Raises `StoreFault`: not_found."""
        with writing(self._engine) as connection:
            by_hand.withdraw(connection, by_hand.Hand(self._device, operator, now), number)

    def put_back(self, number: int, operator: str, now: datetime) -> None:
        """Let a list count again that was just withdrawn. Raises `StoreFault`: not_found."""
        with writing(self._engine) as connection:
            by_hand.put_back(connection, by_hand.Hand(self._device, operator, now), number)

    # --- who was here before a list came

    def look_back(self, site: Site, now: datetime) -> Iterator[Progress]:
        """Raise as cases whom a list that came affects, of the last 14 days; in short steps."""
        return rechecking.look_back(self._engine, self._device, site, now)

    def owes_look_back(self) -> bool:
        """Whether a list came for which nobody has looked back to the end."""
        with reading(self._engine) as connection:
            return bool(rechecking.owed(connection))

    def county_hits(
        self, since: datetime, after: int, limit: int
    ) -> tuple[list[tuple[UUID, str, tuple[CountyToken, ...]]], int | None]:
        """Who of the next inspections since then may be on the county's list: inspection, operator
        and tokens; and from which number on to go on, None at the end."""
        shown = tables.inspections
        asked = (
            select(shown.c.number, shown.c.id, shown.c.operator, shown.c.id_number, shown.c.phone)
            .where(shown.c.number > after, shown.c.confirmed_us >= micros(since), ~shown.c.void)
            .order_by(shown.c.number)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(asked).all()
            found = [
                (row.id, row.operator, tokens)
                for row in rows
                if (tokens := self._county.find(connection, Wanted(None, row.id_number, row.phone)))
            ]
        return found, rows[-1].number if len(rows) == limit else None

    # --- the work-list of pushed persons

    def work_rows(
        self, asked: Asked, after: tuple[int, int] = (0, 0), stretch: int = 20_000
    ) -> Slice:
        """Pushed persons that fit, out of the next stretch of the lists."""
        with reading(self._engine) as connection:
            return working.rows(connection, asked, after, stretch)

    def coverage(self, now: datetime, due_after: timedelta) -> Coverage:
        """推送XX人，已排查XX人: how much of the pushed lists is done."""
        with reading(self._engine) as connection:
            return working.coverage(connection, due_after, now)

    def change_state(
        self, row: WorkRow, state: WorkState, note: str | None, operator: str, now: datetime
    ) -> WorkRow:
        """A pushed person's new state; the row as it stands then. Raises: not_found."""
        wanted = working.Change(row.source, row.mark, state, operator, note)
        with writing(self._engine) as connection:
            working.change(connection, self._device, wanted, now)
            after = working.one(connection, row)
        if after is None:
            raise StoreFault("not_found")
        return after

    def log_look(self, row: WorkRow, operator: str, now: datetime) -> None:
        """Note in the ledger that somebody saw a listed person whole, to check on them."""
        said = ledger.encoded({"source": row.source, "operator": operator, "reason": "check"})
        draft = Draft(Kind.LOOK, now, said, ledger.encoded({"mark": row.mark}))
        with writing(self._engine) as connection:
            ledger.place(connection, self._device, draft)

    # --- entries

    def entries(self, number: int, after: int = 0, limit: int = 500) -> list[Entry]:
        """Some entries of a list, in the order of its file."""
        kept = tables.list_entries
        with reading(self._engine) as connection:
            kind = connection.execute(
                select(tables.lists.c.kind).where(tables.lists.c.number == number)
            ).scalar_one()
            chosen = select(kept.c.body).where(kept.c.list == number, kept.c.number > after)
            bodies = connection.execute(chosen.order_by(kept.c.number).limit(limit)).scalars()
            return [decoded(body, TYPES[ListKind(kind)]) for body in bodies]

    def _look(self, connection: Connection, now: datetime) -> _Seen:
        """The lists in force; read anew only where one changed, here or by another process."""
        day: date = now.date()
        key = (day, *looking.revisions(connection))
        if self._seen is None or self._seen.key != key:
            rows = looking.in_force(connection)
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
