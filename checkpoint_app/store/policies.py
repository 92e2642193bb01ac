"""The site's policies: what is in force for each kind of site, and every version before it.

Rules that the command office hands down count before the station's own, until it takes them back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, func, insert, select

from checkpoint_app.domain.policy_data import as_data
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import read_policy
from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import moment

_kept = tables.policies


@dataclass(frozen=True, slots=True)
class SavedPolicy:
    """A version of a policy, who saved it and when."""

    policy: SitePolicy
    saved_at: datetime
    officer: str
    office: str = ""  # the hub's version ("1.4") where the command office handed it down

    @property
    def version(self) -> str:
        """As verdicts name it."""
        return self.policy.version


class Policies:
    """The door to the policies of one station."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def current(self, kind: str) -> SitePolicy | None:
        """The version in force for a kind of site, None where it is the shipped one."""
        found = self.in_force(kind)
        return found.policy if found is not None else None

    def in_force(self, kind: str) -> SavedPolicy | None:
        """The same with who saved it: the office's where it handed one down, else the newest."""
        with reading(self._engine) as connection:
            row = _in_force(connection, kind)
            return _saved(row) if row is not None else None

    def save(self, policy: SitePolicy, officer: str, now: datetime) -> SitePolicy:
        """Keep a policy as the next version of its kind and give it with that version.

        The very same as the one in force makes no new version. Raises `StoreFault`: not_storable
        where it is no policy that could be read again, policy_office where the office's counts.
        """
        with writing(self._engine) as connection:
            if is_offices(connection, policy.site_kind):
                raise StoreFault("policy_office")
            return place(connection, self._device, NewPolicy(policy, officer), now)

    def history(self, kind: str, limit: int = 100) -> list[SavedPolicy]:
        """The versions of a kind, newest first."""
        with reading(self._engine) as connection:
            return [_saved(row) for row in _newest(connection, kind, limit)]


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A policy that is to be the next version of its kind; `office` as in `SavedPolicy`."""

    policy: SitePolicy
    officer: str
    office: str = ""


def place(connection: Connection, device: str, new: NewPolicy, now: datetime) -> SitePolicy:
    """Keep a policy as the next version, unless the newest of the same origin is the same."""
    policy, data = new.policy, as_data(new.policy)
    if not isinstance(read_policy(data), SitePolicy):
        raise StoreFault("not_storable")
    newest = _of_origin(connection, policy.site_kind, offices=bool(new.office))
    if newest is not None and msgspec.json.decode(newest.body) == data:
        return _saved(newest).policy
    number = _next(connection)
    plain = {"number": number, "officer": new.officer, "policy": data}
    if new.office:
        plain["office"] = new.office
    placed = ledger.place(connection, device, Draft(Kind.POLICY, now, ledger.encoded(plain)))
    project(connection, placed.link)
    return replace(policy, version=_version(policy.site_kind, number))


def is_offices(connection: Connection, kind: str) -> bool:
    """Whether the rules of a kind of site are the command office's."""
    handed = tables.handed_rows
    asked = select(handed.c.key).where(handed.c.name == "policy", handed.c.key == str(kind))
    return connection.execute(asked).first() is not None


def project(connection: Connection, row: Any) -> None:
    """Derive the row from its record."""
    said = msgspec.json.decode(row.plain)
    connection.execute(
        insert(_kept).values(
            number=said["number"],
            record_id=row.id,
            kind=said["policy"]["kind"],
            saved_us=row.at_us,
            offset_s=row.offset_s,
            officer=said["officer"],
            office=said.get("office", ""),
            body=msgspec.json.encode(said["policy"]),
        )
    )


def differs(connection: Connection, row: Any) -> bool:
    """Whether what is shown for a record is not what it says; for verification."""
    said = msgspec.json.decode(row.plain)
    kept = connection.execute(select(_kept).where(_kept.c.record_id == row.id)).first()
    if kept is None:
        return True
    shown = {"number": kept.number, "officer": kept.officer}
    shown |= {"office": kept.office} if kept.office else {}
    return bool({**shown, "policy": msgspec.json.decode(kept.body)} != said)


def _newest(connection: Connection, kind: str, limit: int) -> list[Row[Any]]:
    chosen = select(_kept).where(_kept.c.kind == str(kind))
    return list(connection.execute(chosen.order_by(_kept.c.number.desc()).limit(limit)))


def _of_origin(connection: Connection, kind: str, *, offices: bool) -> Row[Any] | None:
    """The newest of the office's, or of the station's own."""
    whose = _kept.c.office != "" if offices else _kept.c.office == ""
    chosen = select(_kept).where(_kept.c.kind == str(kind), whose)
    return connection.execute(chosen.order_by(_kept.c.number.desc()).limit(1)).first()


def _in_force(connection: Connection, kind: str) -> Row[Any] | None:
    return _of_origin(connection, kind, offices=is_offices(connection, kind))


def _next(connection: Connection) -> int:
    return (connection.execute(select(func.max(_kept.c.number))).scalar() or 0) + 1


def _saved(row: Row[Any]) -> SavedPolicy:
    found = read_policy(msgspec.json.decode(row.body), row.kind)
    if not isinstance(found, SitePolicy):
        raise StoreFault("corrupt", "policies")
    policy = replace(found, version=_version(row.kind, row.number))
    return SavedPolicy(policy, moment(row.saved_us, row.offset_s), row.officer, row.office)


def _version(kind: str, number: int) -> str:
    return f"{kind}-{number}"
