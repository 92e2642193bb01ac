"""Changing who may sign in: somebody always can, somebody is always in charge, and every change is
on record with who made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint_app.domain.roles import Role, role_of
from checkpoint_app.store.station import Operator, Station


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something about the staff, and when."""

    by: str
    now: datetime


def add_staff(store: Station, name: str, pin: str, role: str, made: Change) -> Operator:
    """Somebody new. Raises StoreFault: name_taken, not_storable."""
    operator = store.add_operator(name, pin, role)
    store.duty.note_staff(operator, "added", made.by, made.now)
    return operator


def renew_pin(store: Station, operator: Operator, pin: str, made: Change) -> None:
    """A new PIN for somebody."""
    store.change_operator(operator.id, pin=pin)
    store.duty.note_staff(operator, "pin", made.by, made.now)


def change_staff(
    store: Station,
    operator: Operator,
    made: Change,
    *,
    active: bool | None = None,
    role: str | None = None,
) -> str | None:
    """Retire, take back or give a role; the message of what keeps it from being done."""
    people = store.operators()
    left = replace(
        operator,
        active=operator.active if active is None else active,
        role=operator.role if role is None else role,
    )
    problem = staffing_problem(
        people, [left if each.id == operator.id else each for each in people]
    )
    if problem is None:
        store.change_operator(operator.id, active=active, role=role)
        what = "role" if active is None else ("taken_back" if active else "retired")
        store.duty.note_staff(left, what, made.by, made.now)
    return problem


def staffing_problem(before: Iterable[Operator], after: Iterable[Operator]) -> str | None:
    """The message of what a change would break, None where it breaks nothing."""
    was = [role_of(each.role) for each in before if each.active]
    will = [role_of(each.role) for each in after if each.active]
    if was and not will:
        return "The last person who can sign in stays"
    if Role.LEAD in was and Role.LEAD not in will:
        return "Make somebody else officer in charge first"
    return None
