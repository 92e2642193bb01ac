"""Trust lists as imported, revoked site passes, small secrets and small state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, func, insert, literal, or_, select

from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment
from checkpoint_app.store.values import TrustListInfo

OFFICE = "office/"  # how the source of a list begins that the office handed down; no file's can
_lists = tables.trust_lists


def add_list(engine: Engine, device: str, info: TrustListInfo, body: bytes) -> TrustListInfo:
    """Keep an imported list as the next version; `info.version` and `info.digest` are set here."""
    with writing(engine) as connection:
        return place(connection, device, info, body)


def place(connection: Connection, device: str, info: TrustListInfo, body: bytes) -> TrustListInfo:
    """The same within a transaction that does more."""
    newest = connection.execute(select(func.max(_lists.c.version))).scalar() or 0
    source = info.source.encode("utf-8", "replace").decode()  # file names may be broken
    digest = sha256(body).hexdigest()
    kept = replace(info, version=newest + 1, source=source, digest=digest)
    connection.execute(
        insert(_lists).values(
            version=kept.version,
            kind=kept.kind,
            source=kept.source,
            imported_us=micros(kept.imported_at),
            dated_us=micros(kept.dated),
            entries=kept.entries,
            digest=kept.digest,
            body=body,
        )
    )
    said = {"version": kept.version, "kind": kept.kind, "digest": kept.digest}
    draft = Draft(Kind.TRUST_LIST, kept.imported_at, ledger.encoded(said))
    ledger.place(connection, device, draft)
    return kept


def lists_in_force(engine: Engine) -> list[TrustListInfo]:
    """The newest list of each kind and source; of the office's only what it still hands down."""
    with reading(engine) as connection:
        columns = [column for column in _lists.c if column is not _lists.c.body]
        rows = connection.execute(select(*columns).where(_in_force()).order_by(_lists.c.version))
        return [_info(row) for row in rows]


def bodies_in_force(engine: Engine) -> list[tuple[TrustListInfo, bytes]]:
    """The same with their contents."""
    with reading(engine) as connection:
        rows = connection.execute(select(_lists).where(_in_force()).order_by(_lists.c.version))
        return [(_info(row), row.body) for row in rows]


def secret(engine: Engine, name: str, make: Callable[[], bytes]) -> bytes:
    """A named secret; made by `make` when first asked for, and only kept once."""
    with reading(engine) as connection:
        found = _secret(connection, name)
    if found is None:
        with writing(engine) as connection:
            found = _secret(connection, name)  # another process may have been first
            if found is None:
                found = make()
                connection.execute(insert(tables.secrets).values(name=name, body=found))
    return found


def revoke_pass(engine: Engine, device: str, pass_id: str, now: datetime) -> None:
    """Revoke a site pass; a second time changes nothing."""
    passes = tables.revoked_passes
    draft = Draft(Kind.PASS_REVOKED, now, ledger.encoded({"pass": pass_id}))
    with writing(engine) as connection:
        if connection.execute(select(passes).where(passes.c.pass_id == pass_id)).first():
            return
        connection.execute(insert(passes).values(pass_id=pass_id, revoked_us=micros(now)))
        ledger.place(connection, device, draft)


def revoked_passes(engine: Engine) -> frozenset[str]:
    """Ids of all revoked passes."""
    with reading(engine) as connection:
        return frozenset(connection.execute(select(tables.revoked_passes.c.pass_id)).scalars())


def remember(engine: Engine, name: str, value: str) -> None:
    """Keep a small piece of state under a name, in place of the earlier one."""
    with writing(engine) as connection:
        put_state(connection, name, value)


def put_state(connection: Connection, name: str, value: str) -> None:
    """The same within a transaction that does more."""
    state = tables.state
    changed = connection.execute(state.update().where(state.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(state).values(name=name, value=value))


def remembered(engine: Engine, name: str) -> str | None:
    """The state kept under a name."""
    with reading(engine) as connection:
        state = tables.state
        return connection.execute(select(state.c.value).where(state.c.name == name)).scalar()


def _in_force() -> Any:
    newest = select(func.max(_lists.c.version)).group_by(_lists.c.kind, _lists.c.source)
    handed = tables.handed_rows
    offices = select(literal(OFFICE) + handed.c.key).where(handed.c.name == "trust")
    own = ~_lists.c.source.startswith(OFFICE)
    return and_(_lists.c.version.in_(newest), or_(own, _lists.c.source.in_(offices)))


def _secret(connection: Connection, name: str) -> bytes | None:
    kept = tables.secrets
    return connection.execute(select(kept.c.body).where(kept.c.name == name)).scalar()


def _info(row: Row[Any]) -> TrustListInfo:
    return TrustListInfo(
        version=row.version,
        kind=row.kind,
        source=row.source,
        imported_at=moment(row.imported_us),
        dated=moment(row.dated_us),
        entries=row.entries,
        digest=row.digest,
    )
