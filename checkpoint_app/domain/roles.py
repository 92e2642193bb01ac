"""Who may do what at a station: three roles, and what each is trusted with.

Inspecting, parking, printing, backing up, mending a camera or a cable and signing in are
everybody's and not named here. A station is never left without somebody in charge: where nobody
active is, whoever may sign in is.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at this station."""

    OPERATOR = "operator"  # 查验员
    LEAD = "lead"  # 值班负责人
    SUPERVISOR = "supervisor"  # 督查员


class Right(StrEnum):
    """What is not everybody's."""

    SETTINGS = "settings"  # the site's own settings: name, figures, addresses
    POLICY = "policy"  # the screening rules
    LISTS = "lists"  # watch, risk, roster and trust lists
    OPERATORS = "operators"  # who may sign in, with what role
    OFFLINE = "offline"  # declaring 断网模式
    OFF_DUTY = "off_duty"  # ending somebody else's turn
    TAKE_BACK = "take_back"  # taking back what somebody else entered
    SUPERVISE = "supervise"  # signals by name, problems found and closed (销号)
    THRESHOLDS = "thresholds"  # what the signals look for
    RETENTION = "retention"  # erasing on schedule, 一键销毁, the passphrase


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OPERATOR: frozenset(),
    Role.LEAD: frozenset(Right),
    Role.SUPERVISOR: frozenset({Right.SUPERVISE, Right.THRESHOLDS}),
}


def role_of(word: str) -> Role:
    """The role that a stored word means; a word of another version is an operator's."""
    return next((each for each in Role if each == word), Role.OPERATOR)


def in_force(own: str, active: Iterable[str]) -> Role:
    """The role that somebody acts in, among all who may sign in now.

    A station from before there were roles, or whose officer in charge has been retired by hand,
    has only operators: then each of them is in charge.
    """
    nobody_in_charge = not any(each == Role.LEAD for each in active)
    role = role_of(own)
    return Role.LEAD if nobody_in_charge and role is Role.OPERATOR else role


def may(role: Role, right: Right) -> bool:
    """Whether a role is trusted with something."""
    return right in _RIGHTS[role]
