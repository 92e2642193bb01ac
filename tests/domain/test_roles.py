"""Who may do what, and that a station is never left without somebody in charge."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.roles import Right, Role, in_force, may, role_of


@pytest.mark.parametrize("right", Right)
def test_the_officer_in_charge_may_do_all(right: Right) -> None:
    assert may(Role.LEAD, right)


@pytest.mark.parametrize("right", Right)
def test_an_operator_has_the_desk_and_no_more(right: Right) -> None:
    assert not may(Role.OPERATOR, right)


def test_a_supervisor_supervises_and_changes_no_rule() -> None:
    theirs = {right for right in Right if may(Role.SUPERVISOR, right)}
    assert theirs == {Right.SUPERVISE, Right.THRESHOLDS}


@pytest.mark.parametrize(
    ("own", "active", "acts_as"),
    [
        ("operator", ["operator"], Role.LEAD),  # alone: never locked out
        ("operator", ["operator", "operator"], Role.LEAD),  # from before there were roles
        ("operator", ["operator", "supervisor"], Role.LEAD),
        ("supervisor", ["operator", "supervisor"], Role.SUPERVISOR),
        ("operator", ["operator", "lead"], Role.OPERATOR),
        ("lead", ["operator", "lead"], Role.LEAD),
        ("something of another version", ["lead"], Role.OPERATOR),
    ],
)
def test_the_role_in_force(own: str, active: list[str], acts_as: Role) -> None:
    assert in_force(own, active) is acts_as


def test_an_unknown_word_is_an_operator() -> None:
    assert role_of("chief") is Role.OPERATOR
