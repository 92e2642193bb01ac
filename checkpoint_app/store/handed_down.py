"""What the command office has put in force here: rules, trust lists, operators, forms.

Each comes whole: the rows in force, what is made of them and the mark that the gate has them change
in one transaction. What was refused never comes here, so what is in force stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.store import duty_records, ledger, policies, tables, trust
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub_lists import HeldList, mark
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.policies import NewPolicy
from checkpoint_app.store.values import Operator, TrustListInfo

OFFICE = "command office"  # who did it, on record
LONGEST_NAME = 40
_lists, _rows, _people = tables.handed_lists, tables.handed_rows, tables.operators


@dataclass(frozen=True, slots=True)
class InForce:
    """One of the office's lists as it is in force here."""

    name: str
    version: str
    rows: int
    dated: datetime
    put_at: datetime


@dataclass(frozen=True, slots=True)
class NewTrust:
    """A trust file of the office: how it is called there, what it holds, its bytes."""

    name: str
    kind: str
    dated: datetime
    entries: int
    body: bytes


@dataclass(frozen=True, slots=True)
class OfficeOperator:
    """Somebody whom the office lets sign in here, or (not `active`) lets sign in no longer."""

    name: str
    role: str
    active: bool
    pin_hash: str
    pin_before: str = ""  # as the office had it before: a PIN changed here stays until it differs


class HandedDown:
    """The door to them."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def in_force(self) -> list[InForce]:
        """All of them, by name."""
        counted = select(func.count()).where(_rows.c.name == _lists.c.name).scalar_subquery()
        with reading(self._engine) as connection:
            rows = connection.execute(select(_lists, counted).order_by(_lists.c.name)).all()
        return [
            InForce(
                row.name,
                f"{row.hub_epoch}.{row.number}",
                row[-1],
                moment(row.dated_us),
                moment(row.put_us),
            )
            for row in rows
        ]

    def rows(self, name: str) -> dict[str, bytes]:
        """What is in force of one, by key."""
        with reading(self._engine) as connection:
            return _rows_of(connection, name)

    def put_policies(
        self, held: HeldList, rows: Mapping[str, bytes], new: Sequence[SitePolicy], now: datetime
    ) -> None:
        """Rules of kinds of site: each that changed becomes a version of its kind."""
        with self._swapped(held, rows, now) as connection:
            for policy in new:
                made = NewPolicy(policy, OFFICE, held.version)
                policies.place(connection, self._device, made, now)

    def put_trust(
        self, held: HeldList, rows: Mapping[str, bytes], new: Sequence[NewTrust], now: datetime
    ) -> None:
        """Trust lists: each that changed becomes a version with its own date."""
        with self._swapped(held, rows, now) as connection:
            for each in new:
                source = trust.OFFICE + each.name
                if not _has(connection, source, each.body):
                    info = TrustListInfo(0, each.kind, source, now, each.dated, each.entries, "")
                    trust.place(connection, self._device, info, each.body)

    def put_operators(
        self,
        held: HeldList,
        rows: Mapping[str, bytes],
        new: Sequence[OfficeOperator],
        gone: Sequence[str],
        now: datetime,
    ) -> None:
        """Who may sign in by the office's word; `gone` are those whom it no longer names.

        Who was added here stays as they are. Raises `StoreFault`: operators_nobody where nobody
        could sign in any more.
        """
        with self._swapped(held, rows, now) as connection:
            could = _anybody(connection)
            for each in new:
                self._settle(connection, each, now)
            for name in gone:
                self._retire(connection, name, now)
            if could and not _anybody(connection):
                raise StoreFault("operators_nobody")

    def put_forms(self, held: HeldList, rows: Mapping[str, bytes], now: datetime) -> None:
        """The sheets' forms."""
        with self._swapped(held, rows, now):
            pass

    def forget(self, name: str) -> None:
        """The office hands this down no longer; operators stay as they are."""
        with writing(self._engine) as connection:
            forget(connection, name)

    @contextmanager
    def _swapped(
        self, held: HeldList, rows: Mapping[str, bytes], now: datetime
    ) -> Iterator[Connection]:
        with writing(self._engine) as connection:
            forget(connection, held.name)
            state = {
                "name": held.name,
                "hub_epoch": held.hub_epoch,
                "number": held.number,
                "dated_us": micros(held.dated),
                "put_us": micros(now),
            }
            connection.execute(insert(_lists), state)
            if rows:
                listed = [{"name": held.name, "key": k, "body": b} for k, b in rows.items()]
                connection.execute(insert(_rows), listed)
            yield connection
            mark(connection, held.name, now)

    def _settle(self, connection: Connection, wanted: OfficeOperator, now: datetime) -> None:
        row = connection.execute(select(_people).where(_people.c.name == wanted.name)).first()
        if row is None:
            if wanted.active:
                self._add(connection, wanted, now)
            return
        values = {"role": wanted.role, "active": wanted.active}
        if wanted.pin_hash != wanted.pin_before:
            values |= {"pin_hash": wanted.pin_hash, "wrong": 0, "wait_until_us": 0}
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        connection.execute(update(_people).where(_people.c.id == row.id).values(**values))
        operator = Operator(row.id, row.name, wanted.role, wanted.active)
        self._note(connection, operator, "office" if wanted.active else "retired", now)

    def _add(self, connection: Connection, wanted: OfficeOperator, now: datetime) -> None:
        operator = Operator(uuid4(), wanted.name, wanted.role, True)
        values = {"id": operator.id, "name": wanted.name, "role": wanted.role, "active": True}
        secret = {"pin_hash": wanted.pin_hash, "wrong": 0, "wait_until_us": 0}
        connection.execute(insert(_people), {**values, **secret})
        self._note(connection, operator, "added", now)

    def _retire(self, connection: Connection, name: str, now: datetime) -> None:
        row = connection.execute(select(_people).where(_people.c.name == name)).first()
        if row is not None and row.active:
            connection.execute(update(_people).where(_people.c.id == row.id).values(active=False))
            self._note(connection, Operator(row.id, name, row.role, False), "retired", now)

    def _note(self, connection: Connection, operator: Operator, what: str, now: datetime) -> None:
        draft = duty_records.staff(operator, what, OFFICE, now)
        ledger.place(connection, self._device, draft)


def forget(connection: Connection, name: str | None = None) -> None:
    """Nothing of one of them (or of any) is in force any more."""
    for table in (_lists, _rows):
        gone = delete(table)
        connection.execute(gone if name is None else gone.where(table.c.name == name))


def _rows_of(connection: Connection, name: str) -> dict[str, bytes]:
    asked = select(_rows.c.key, _rows.c.body).where(_rows.c.name == name)
    return {row[0]: row[1] for row in connection.execute(asked)}


def _has(connection: Connection, source: str, body: bytes) -> bool:
    """Whether the newest list of a source is this very one."""
    kept = tables.trust_lists
    newest = select(kept.c.digest).where(kept.c.source == source)
    found = connection.execute(newest.order_by(kept.c.version.desc()).limit(1)).scalar()
    return bool(found == sha256(body).hexdigest())


def _anybody(connection: Connection) -> bool:
    asked = select(_people.c.id).where(_people.c.active).limit(1)
    return connection.execute(asked).first() is not None


def is_shut_out(connection: Connection, name: str) -> bool:
    """Whether the office has said that somebody of this name signs in no longer."""
    asked = select(_rows.c.body).where(_rows.c.name.startswith("operators"))
    people = map(read_operator, connection.execute(asked).scalars())
    return any(each is not None and each.name == name and not each.active for each in people)


class _Row(msgspec.Struct, frozen=True):
    name: str
    role: str
    active: bool
    pin_hash: str


def operator_row(operator: OfficeOperator) -> tuple[str, bytes]:
    """Key and body under which somebody is handed down."""
    row = _Row(operator.name, operator.role, operator.active, operator.pin_hash)
    return sha256(operator.name.encode()).hexdigest()[:32], msgspec.json.encode(row)


def read_operator(body: bytes) -> OfficeOperator | None:
    """Somebody again; None where it is nobody that could be."""
    try:
        row = msgspec.json.decode(body, type=_Row)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    named = 0 < len(row.name) <= LONGEST_NAME and row.name == row.name.strip()
    if not (named and row.name.isprintable() and len(row.pin_hash) < 300):
        return None
    return OfficeOperator(row.name, row.role, row.active, row.pin_hash)
