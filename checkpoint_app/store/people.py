"""Who may sign in: PINs as Argon2id hashes, and the waiting after wrong ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, Row, insert, select, update

from checkpoint_app.store import ledger
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.handed_down import is_shut_out
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros
from checkpoint_app.store.tables import operators
from checkpoint_app.store.values import Operator

# RFC 9106's shape at a size that checks in 50 to 100 ms on a small desk computer.
_HASHER = PasswordHasher(time_cost=3, memory_cost=32768, parallelism=1)
# A hash that no password fits, so that a name that is nobody's takes as long as any other.
NOBODY = "$argon2id$v=19$m=32768,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A" * 43
# Seconds to wait after so many wrong PINs in a row; the last goes on.
_WAITS = (0, 0, 0, 5, 15, 60, 300)


def listed(engine: Engine) -> list[Operator]:
    """Everyone, retired ones too, by name."""
    with reading(engine) as connection:
        rows = connection.execute(select(operators).order_by(operators.c.name)).all()
    return [Operator(row.id, row.name, row.role, row.active) for row in rows]


def add(engine: Engine, name: str, pin: str, role: str) -> Operator:
    """A new operator. Raises `StoreFault`: name_taken, not_storable, shut_out."""
    name = name.strip()
    if not name or not name.isprintable():
        raise StoreFault("not_storable")
    pin_hash = hashed(pin)
    with writing(engine) as connection:
        taken = select(operators.c.id).where(operators.c.name == name)
        if connection.execute(taken).first() is not None:
            raise StoreFault("name_taken")
        if is_shut_out(connection, name):
            raise StoreFault("shut_out")
        operator = Operator(uuid4(), name, role, True)
        connection.execute(
            insert(operators).values(
                id=operator.id,
                name=name,
                role=role,
                active=True,
                pin_hash=pin_hash,
                wrong=0,
                wait_until_us=0,
            )
        )
    return operator


def change(
    engine: Engine,
    operator_id: UUID,
    *,
    pin: str | None,
    active: bool | None,
    role: str | None = None,
) -> None:
    """A new PIN or role; retire someone or take them back.

    Raises `StoreFault`: not_found, shut_out (by the command office).
    """
    values: dict[str, Any] = {"wrong": 0, "wait_until_us": 0}
    if pin is not None:
        values["pin_hash"] = hashed(pin)
    if active is not None:
        values["active"] = active
    if role is not None:
        values["role"] = role
    with writing(engine) as connection:
        row = _row(connection, operator_id)
        if active and row is not None and is_shut_out(connection, row.name):
            raise StoreFault("shut_out")
        whose = update(operators).where(operators.c.id == operator_id).values(**values)
        if connection.execute(whose).rowcount == 0:
            raise StoreFault("not_found")


def check_pin(
    engine: Engine, device: str, operator_id: UUID, pin: str, purpose: str, now: datetime
) -> bool:
    """Whether the PIN is right and may be tried now; notes the sign-in or the wrong try."""
    with reading(engine) as connection:
        row = _row(connection, operator_id)
    if row is None or not row.active or micros(now) < row.wait_until_us:
        return False
    right = fits(row.pin_hash, pin)
    with writing(engine) as connection:
        wrong = 0 if right else _row(connection, operator_id).wrong + 1  # type: ignore[union-attr]
        waits = wait_after(wrong)
        changed = update(operators).where(operators.c.id == operator_id)
        until = micros(now + waits) if waits else 0
        connection.execute(changed.values(wrong=wrong, wait_until_us=until))
        if right or waits:
            ledger.place(connection, device, _note(row, purpose if right else "locked_out", now))
    return right


def wait(engine: Engine, operator_id: UUID, now: datetime) -> timedelta:
    """How long until this operator may try a PIN again."""
    with reading(engine) as connection:
        row = _row(connection, operator_id)
    left = row.wait_until_us - micros(now) if row is not None else 0
    return timedelta(microseconds=max(0, left))


def wait_after(wrong: int) -> timedelta:
    """How long to wait after so many wrong ones in a row."""
    return timedelta(seconds=_WAITS[min(wrong, len(_WAITS) - 1)])


def hashed(pin: str) -> str:
    """What is kept of a PIN or password. Raises `StoreFault`: not_storable."""
    try:
        if pin:
            return _HASHER.hash(pin)
    except UnicodeError:
        pass
    raise StoreFault("not_storable")


def fits(pin_hash: str, pin: str) -> bool:
    """Whether it is the PIN or password that was kept."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError, UnicodeError):
        return False


def _row(connection: Connection, operator_id: UUID) -> Row[Any] | None:
    return connection.execute(select(operators).where(operators.c.id == operator_id)).first()


def _note(row: Row[Any], purpose: str, now: datetime) -> Draft:
    said = {"operator": str(row.id), "name": row.name, "purpose": purpose}
    return Draft(Kind.SIGN_IN, now, ledger.encoded(said))
