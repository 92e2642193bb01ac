"""A new list on its way in: piece by piece beside the old one, in force all at once or not at all.

Every step is a short transaction, so that the desk saves in between. Until `put_in_force` nothing
counts; what a kill leaves behind is swept away by the next list that begins.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, and_, func, insert, or_, select, update

from checkpoint_app.domain.list_entries import Entry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.lists import looking, rechecking
from checkpoint_app.store.lists.looking import IN_FORCE
from checkpoint_app.store.lists.rows import encoded, keys_of
from checkpoint_app.store.moments import micros, offset_s

STAGED, RETIRED, SWEPT = "staged", "retired", "swept"
STAGED_AT_MOST = timedelta(hours=6)
KEYS_A_STEP = 20_000
SWEPT_A_STEP = 10_000
_lists = tables.lists


@dataclass(frozen=True, slots=True)
class NewList:
    """What a list is called and where it is from. It replaces the one of its kind and source;
    a risk list replaces every imported one, for it is always whole."""

    kind: ListKind
    source: str
    dated: datetime
    operator: str = ""
    digest: str = ""


class Staging:
    """One list being put in. Called on the store's thread, step by step."""

    def __init__(self, engine: Engine, device: str, new: NewList, now: datetime) -> None:
        self._engine, self._device, self.new = engine, device, new
        self._keys, self._owners = array("q"), array("i")
        self.entries = 0
        with writing(engine) as connection:
            self.number = next_number(connection)
            connection.execute(insert(_lists).values(**self._row(now)))

    def add(self, entries: Sequence[Entry]) -> None:
        """Take some entries, durably, not yet in force."""
        kind, rows = self.new.kind, []
        for number, entry in enumerate(entries, self.entries + 1):
            mark, keys = keys_of(entry)
            due = getattr(entry, "due", None)
            due_us = micros(due) if due is not None else None
            rows.append((self.number, number, mark, due_us, encoded(kind, entry)))
            self._keys.extend(keys)
            self._owners.extend([number] * len(keys))
        if rows:
            with writing(self._engine) as connection:
                connection.exec_driver_sql(
                    "INSERT INTO list_entries (list, number, mark, due_us, body) "
                    "VALUES (?, ?, ?, ?, ?)",
                    rows,
                )
        self.entries += len(rows)

    def index(self) -> Iterator[float]:
        """Write the keys in their order, which is many times faster; yields the part done."""
        import numpy as np

        keys = np.frombuffer(self._keys, dtype=np.int64)
        owners = np.frombuffer(self._owners, dtype=np.int32)
        order = np.argsort(keys, kind="stable")  # owners stand in order already
        for start in range(0, len(order), KEYS_A_STEP):
            part = order[start : start + KEYS_A_STEP]
            rows = [
                (self.number, key, owner)
                for key, owner in zip(keys[part].tolist(), owners[part].tolist(), strict=True)
            ]
            with writing(self._engine) as connection:
                connection.exec_driver_sql(
                    "INSERT INTO list_keys (list, key, number) VALUES (?, ?, ?)", rows
                )
            yield (start + len(part)) / len(order)

    def put_in_force(self, refused: int, now: datetime) -> None:
        """From here on this list counts and the one before it does not: one transaction."""
        with writing(self._engine) as connection:
            before = looking.risk_codes(connection, looking.in_force(connection), now)
            replaced = _replaced(connection, self.new)
            connection.execute(
                update(_lists).where(_lists.c.number.in_(replaced)).values(state=RETIRED)
            )
            connection.execute(
                update(_lists)
                .where(_lists.c.number == self.number)
                .values(state=IN_FORCE, entries=self.entries, refused=refused)
            )
            said = {
                "list": self.number,
                "kind": self.new.kind.value,
                "dated": self.new.dated.isoformat(),
                "entries": self.entries,
                "refused": refused,
                "digest": self.new.digest,
                "replaces": replaced,
                "operator": self.new.operator,
            }
            ledger.place(connection, self._device, Draft(Kind.LIST, now, ledger.encoded(said)))
            if self.new.kind in (ListKind.RISK, ListKind.WATCH):
                rechecking.owe(connection, self.number, self.new.kind, before)

    def give_up(self) -> None:
        """Not this list after all: nothing of it counts, and it is swept away."""
        with writing(self._engine) as connection:
            mine = update(_lists).where(_lists.c.number == self.number, _lists.c.state == STAGED)
            connection.execute(mine.values(state=RETIRED))

    def _row(self, now: datetime) -> dict[str, object]:
        source = self.new.source.encode("utf-8", "replace").decode().strip()
        if not source:
            raise StoreFault("not_storable", "source")
        return {
            "number": self.number,
            "kind": self.new.kind.value,
            "source": source,
            "state": STAGED,
            "dated_us": micros(self.new.dated),
            "imported_us": micros(now),
            "offset_s": offset_s(now),
            "entries": 0,
            "refused": 0,
            "digest": self.new.digest,
            "operator": self.new.operator,
            "revision": 0,
        }


def next_number(connection: Connection) -> int:
    """The number of the next list; none is given twice."""
    newest = connection.execute(select(func.max(_lists.c.number))).scalar()
    return (newest or 0) + 1


def _replaced(connection: Connection, new: NewList) -> list[int]:
    query = select(_lists.c.number).where(_lists.c.state == IN_FORCE, _lists.c.kind == new.kind)
    if new.kind is ListKind.RISK and new.source != TYPED:
        query = query.where(_lists.c.source != TYPED)
    else:
        query = query.where(_lists.c.source == new.source)
    return list(connection.execute(query).scalars())


TYPED = "typed"  # the source of risk areas typed by hand


def sweep(engine: Engine, now: datetime) -> Iterator[int]:
    """Take away what no list in force needs, some rows a step; yields how many.

    A list still being put in is spared; one that has not come into force for hours was killed.
    """
    dead = micros(now - STAGED_AT_MOST)
    gone = or_(
        _lists.c.state == RETIRED, and_(_lists.c.state == STAGED, _lists.c.imported_us < dead)
    )
    with reading(engine) as connection:
        numbers = list(connection.execute(select(_lists.c.number).where(gone)).scalars())
    for number in numbers:
        for table, column in (("list_keys", "key"), ("list_entries", "number")):
            while rows := _sweep_some(engine, table, column, number):
                yield rows
        with writing(engine) as connection:
            swept = update(_lists).where(_lists.c.number == number, _lists.c.state != IN_FORCE)
            connection.execute(swept.values(state=SWEPT))


def _sweep_some(engine: Engine, table: str, column: str, number: int) -> int:
    """Some rows of one list, in the order in which they lie; names are this file's own."""
    with writing(engine) as connection:
        last = connection.exec_driver_sql(
            f"SELECT {column} FROM {table} WHERE list = ? ORDER BY {column} LIMIT 1 OFFSET ?",  # noqa: S608
            (number, SWEPT_A_STEP),
        ).scalar()
        upto = "" if last is None else f" AND {column} <= {int(last)}"
        done = connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE list = ?{upto}",  # noqa: S608
            (number,),
        )
        return int(done.rowcount)
