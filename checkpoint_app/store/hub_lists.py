"""A station's copy of the hub's lists: a change is taken in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, select, update

from checkpoint_app.store import tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.moments import micros, moment

_states = tables.hub_list_states
_entries = tables.hub_list_entries


@dataclass(frozen=True, slots=True)
class HeldList:
    """One list as the station has it."""

    name: str
    kind: str  # rows, tokens
    hub_epoch: int
    number: int
    rows: int
    dated: datetime
    applied_at: datetime | None  # None: taken, not yet handed on to the gate
    refused: str = ""  # JSON: why it was not put in force; what was in force before still is

    @property
    def version(self) -> str:
        """As people read it."""
        return f"{self.hub_epoch}.{self.number}"


@dataclass(frozen=True, slots=True)
class NewState:
    """The state that a list is to have."""

    name: str
    kind: str
    hub_epoch: int
    number: int
    rows: int
    digest: bytes
    dated_us: int


class HubLists:
    """The hub's lists in one open store."""

    def __init__(self, engine: Engine | Connection) -> None:
        self._engine = engine

    def held(self) -> list[HeldList]:
        """All lists, by name."""
        columns = [column for column in _states.c if column is not _states.c.tokens]
        with reading(self._engine) as connection:
            rows = connection.execute(select(*columns).order_by(_states.c.name)).all()
        return [
            HeldList(
                row.name,
                row.kind,
                row.hub_epoch,
                row.number,
                row.rows,
                moment(row.dated_us),
                moment(row.applied_us) if row.applied_us else None,
                row.refused,
            )
            for row in rows
        ]

    def rows(self, name: str) -> dict[str, bytes]:
        """A list's rows by key."""
        with reading(self._engine) as connection:
            return _rows(connection, name)

    def tokens(self, name: str) -> bytes:
        """A token list's array; empty where there is none."""
        with reading(self._engine) as connection:
            asked = select(_states.c.tokens).where(_states.c.name == name)
            return connection.execute(asked).scalar() or b""

    def digest(self, name: str) -> bytes:
        """What a list came to when it was taken."""
        with reading(self._engine) as connection:
            asked = select(_states.c.digest).where(_states.c.name == name)
            return connection.execute(asked).scalar() or b""

    def take_rows(
        self, state: NewState, added: dict[str, bytes], removed: list[str], *, whole: bool
    ) -> None:
        """Take a change of rows."""
        with writing(self._engine) as connection:
            mine = _entries.c.name == state.name
            if whole:
                connection.execute(delete(_entries).where(mine))
            for start in range(0, len(removed), 500):
                some = removed[start : start + 500]
                connection.execute(delete(_entries).where(mine, _entries.c.key.in_(some)))
            if added:
                rows = [{"name": state.name, "key": k, "body": b} for k, b in added.items()]
                connection.execute(insert(_entries), rows)
            _put(connection, state, None)

    def take_tokens(self, state: NewState, tokens: bytes, now: datetime) -> None:
        """Take a list of tokens, whole; it counts at once."""
        with writing(self._engine) as connection:
            _put(connection, state, tokens)
            mark(connection, state.name, now)

    def in_force(self) -> dict[str, str]:
        """The version in force of each of the office's orders (`store.handed_down`), by name."""
        lists = tables.handed_lists
        with reading(self._engine) as connection:
            rows = connection.execute(select(lists.c.name, lists.c.hub_epoch, lists.c.number))
            return {row.name: f"{row.hub_epoch}.{row.number}" for row in rows}

    def handed_on(self, name: str, now: datetime) -> None:
        """The gate has it."""
        with writing(self._engine) as connection:
            mark(connection, name, now)

    def refuse(self, name: str, why: str) -> None:
        """This state is not put in force; `why` is JSON."""
        with writing(self._engine) as connection:
            connection.execute(update(_states).where(_states.c.name == name).values(refused=why))

    def try_again(self) -> None:
        """What was refused waits again to be put in force."""
        with writing(self._engine) as connection:
            connection.execute(update(_states).where(_states.c.refused != "").values(refused=""))

    def wipe(self, name: str) -> bool:
        """Forget a list; whether there was one."""
        with writing(self._engine) as connection:
            connection.execute(delete(_entries).where(_entries.c.name == name))
            done = connection.execute(delete(_states).where(_states.c.name == name))
            return bool(done.rowcount)


def digest_of(rows: Mapping[str, bytes]) -> bytes:
    """What a list's content comes to; the same at hub and station."""
    hashed = sha256(b"checkpoint list 1\0")
    for key in sorted(rows):
        hashed.update(sha256(key.encode() + b"\0" + rows[key]).digest())
    return hashed.digest()


def _rows(connection: Connection, name: str) -> dict[str, bytes]:
    asked = select(_entries.c.key, _entries.c.body).where(_entries.c.name == name)
    return {row[0]: row[1] for row in connection.execute(asked)}


def _put(connection: Connection, state: NewState, tokens: bytes | None) -> None:
    connection.execute(delete(_states).where(_states.c.name == state.name))
    values = {name: getattr(state, name) for name in NewState.__slots__}
    connection.execute(
        insert(_states), {**values, "applied_us": 0, "tokens": tokens, "refused": ""}
    )


def mark(connection: Connection, name: str, now: datetime) -> None:
    """The gate has it; within the transaction that hands it on."""
    whose = update(_states).where(_states.c.name == name)
    connection.execute(whose.values(applied_us=micros(now)))
