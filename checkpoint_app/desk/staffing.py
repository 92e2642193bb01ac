"""Changing who may sign in: somebody always can, and somebody is always in charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checkpoint_app.domain.roles import Role, role_of
from checkpoint_app.store.station import Operator, Station


def change_staff(
    store: Station, operator: Operator, *, active: bool | None = None, role: str | None = None
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
