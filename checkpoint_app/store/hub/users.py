"""Who may sign in at the command office, and who looked at what.

Passwords are kept as Argon2id hashes only; wrong ones make the next try wait, as at a station.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select, update

from checkpoint_app.store import people, tables
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.moments import micros, moment

ROLES = ("office", "township", "supervisor", "auditor")
SHORTEST = 8
LONGEST = 200

_users = tables.hub_users
_looks = tables.hub_looks
Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class User:
    """Someone of the command office. `scope` is the township whose cases a township user sees.

    `stamp` changes with the password and with retiring: what was signed in before is then out.
    """

    id: UUID
    name: str
    role: str
    scope: str
    active: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look at what is otherwise masked, or another act that is to be accounted for."""

    at: datetime
    who: str
    action: str
    subject: str
    reason: str


class Users:
    """The door to them. Any thread."""

    def __init__(self, write: Transaction, read: Transaction) -> None:
        self._write, self._read = write, read

    def listed(self) -> list[User]:
        """Everyone by name, retired ones too."""
        with self._read() as connection:
            return [
                _user(row) for row in connection.execute(select(_users).order_by(_users.c.name))
            ]

    def find(self, user_id: UUID) -> User | None:
        """A user by id, retired or not."""
        with self._read() as connection:
            row = connection.execute(select(_users).where(_users.c.id == user_id)).first()
        return _user(row) if row is not None else None

    def add(self, name: str, role: str, scope: str, password: str) -> User:
        """Someone new. Raises `StoreFault`: name_taken, not_storable, password_short."""
        name, scope = name.strip(), scope.strip()
        sound = name.isprintable() and 0 < len(name) <= 40 and role in ROLES and len(scope) <= 60
        if not sound or (role == "township") != bool(scope):
            raise StoreFault("not_storable")
        made = _hashed(password)
        with self._write() as connection:
            taken = select(_users.c.id).where(_users.c.name == name)
            if connection.execute(taken).first() is not None:
                raise StoreFault("name_taken")
            values = {
                "id": uuid4(),
                "name": name,
                "role": role,
                "scope": scope,
                "active": True,
                "password_hash": made,
                "wrong": 0,
                "wait_until_us": 0,
            }
            connection.execute(insert(_users), values)
            return _user(connection.execute(select(_users).where(_users.c.name == name)).one())

    def change(self, name: str, *, password: str | None = None, active: bool | None = None) -> None:
        """A new password; retire someone or take them back. Raises `StoreFault`: not_found."""
        values: dict[str, Any] = {"wrong": 0, "wait_until_us": 0}
        values |= {"password_hash": _hashed(password)} if password is not None else {}
        values |= {"active": active} if active is not None else {}
        with self._write() as connection:
            whose = update(_users).where(_users.c.name == name.strip())
            if connection.execute(whose.values(**values)).rowcount != 1:
                raise StoreFault("not_found")

    def check(self, name: str, password: str, now: datetime) -> User | timedelta | None:
        """The user; how long to wait after wrong passwords; None where it is wrong."""
        with self._write() as connection:
            asked = select(_users).where(_users.c.name == name.strip()).with_for_update()
            row = connection.execute(asked).first()
            if row is None or not row.active:
                people.fits(people.NOBODY, password[:LONGEST])  # as slow as a wrong password
                return None
            if row.wait_until_us > micros(now):
                return timedelta(microseconds=row.wait_until_us - micros(now))
            right = people.fits(row.password_hash, password[:LONGEST])
            wrong = 0 if right else row.wrong + 1
            until = micros(now + people.wait_after(wrong)) if wrong else 0
            whose = update(_users).where(_users.c.id == row.id)
            connection.execute(whose.values(wrong=wrong, wait_until_us=until))
            return _user(row) if right else None

    # --- what is accounted for

    def note(self, who: str, action: str, subject: str, reason: str, now: datetime) -> None:
        """Put a look or an act on record, before it happens."""
        values = {
            "id": uuid7(now),
            "at_us": micros(now),
            "who": who,
            "action": action[:32],
            "subject": subject[:200],
            "reason": reason.strip()[:200],
        }
        with self._write() as connection:
            connection.execute(insert(_looks), values)

    def looks(self, limit: int = 500, before: datetime | None = None) -> list[Look]:
        """The newest of them."""
        asked = select(_looks).order_by(_looks.c.at_us.desc(), _looks.c.id.desc()).limit(limit)
        if before is not None:
            asked = asked.where(_looks.c.at_us < micros(before))
        with self._read() as connection:
            return [
                Look(moment(row.at_us), row.who, row.action, row.subject, row.reason)
                for row in connection.execute(asked)
            ]


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise StoreFault("password_short")
    return people.hashed(password)


def _user(row: Row[Any]) -> User:
    stamp = sha256(f"{row.password_hash}\0{row.active}".encode()).hexdigest()[:16]
    return User(row.id, row.name, row.role, row.scope, row.active, stamp)
