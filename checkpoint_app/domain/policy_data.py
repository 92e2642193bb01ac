"""A policy as plain data, as it stands in a file and in the store, and back. Pure.

A field that is not named keeps its shipped value; a field that nobody knows, or a value that the
rule cannot mean, is refused by name. What saves lives is no field: emergencies and leaving cannot
be switched off here, and a hospital that turns people back is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from checkpoint_app.domain.inspection import CodeStatus, Requirement
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.site import SiteKind, SitePolicy

ACCEPTABLE = (CodeStatus.GREEN, CodeStatus.NONE, CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS)
MOST_ROLES = 50
LONGEST_ROLE = 20
ROLE_HOURS = (1, 24 * 60)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the policy: its field, its borders, and the step it is moved by.

    `unit` is what one of it is in the policy: None for a bare number.
    """

    field: str
    low: float
    high: float
    step: float = 1
    unit: timedelta | None = None

    def of(self, policy: SitePolicy) -> float:
        """The figure in its own unit."""
        value = getattr(policy, self.field)
        return float(value / self.unit if self.unit is not None else value)

    def put(self, policy: SitePolicy, value: float) -> SitePolicy:
        """The policy with the figure set."""
        whole = isinstance(getattr(policy, self.field), int)
        kept: Any = value * self.unit if self.unit is not None else int(value) if whole else value
        return replace(policy, **{self.field: kept})


# Name in the file -> figure.
FIGURES: dict[str, Figure] = {
    "fever_threshold_c": Figure("fever_threshold_c", 37.0, 38.0, 0.1),
    "retest_after_minutes": Figure("retest_after", 1, 60, 1, timedelta(minutes=1)),
    "plausible_from_c": Figure("plausible_from_c", 33.0, 35.5, 0.1),
    "plausible_to_c": Figure("plausible_to_c", 41.0, 45.0, 0.1),
    "test_valid_hours": Figure("test_valid_for", 1, 24 * 14, 1, timedelta(hours=1)),
    "child_under_years": Figure("child_under", 1, 18),
}
SWITCHES = ("roster_only", "turns_back", "gate_mode", "list_unvaccinated", "whole_place_counts")


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """Why data are no policy: a stable code, the field, and what would do."""

    code: str
    field: str = ""
    wanted: str = ""
    line: int | None = None


def as_data(policy: SitePolicy) -> dict[str, Any]:
    """The policy as it stands in a file, every field named, in the file's order."""
    return {
        "kind": str(policy.site_kind),
        **{name: _tidy(figure.of(policy)) for name, figure in FIGURES.items()},
        "required": [each.value for each in Requirement if each in policy.required],
        "accepted_codes": [each.value for each in ACCEPTABLE if each in policy.accepted_codes],
        **{name: getattr(policy, name) for name in SWITCHES},
        "test_every_hours": {role: _tidy(_hours(every)) for role, every in policy.test_every},
    }


def read_policy(
    data: Mapping[str, Any], kind: str | None = None, default: str | None = None
) -> SitePolicy | PolicyFault:
    """The policy that data describe, over the shipped one of its kind.

    `kind` is whose policy it must be, `default` whose it is where neither says.
    """
    said = data.get("kind", kind or default)
    if said not in SiteKind.__members__.values() or (kind is not None and said != kind):
        return PolicyFault("policy_kind", "kind", kind or ", ".join(SiteKind))
    policy = SitePolicy.for_site(str(said))
    for name, value in data.items():
        if name == "kind":
            continue
        taken = _taken(policy, name, value)
        if isinstance(taken, PolicyFault):
            return taken
        policy = taken
    if policy.site_kind == SiteKind.HOSPITAL and policy.turns_back:
        return PolicyFault("policy_hospital", "turns_back", "false")
    return policy


def _taken(policy: SitePolicy, name: str, value: Any) -> SitePolicy | PolicyFault:
    if name in FIGURES:
        return _figure(policy, name, value)
    if name in SWITCHES:
        if not isinstance(value, bool):
            return PolicyFault("policy_value", name, "true, false")
        switched: dict[str, Any] = {name: value}
        return replace(policy, **switched)
    if name == "required":
        found = _members(value, tuple(Requirement))
        return replace(policy, required=found) if found is not None else _one_of(name, Requirement)
    if name == "accepted_codes":
        codes = _members(value, ACCEPTABLE)
        return replace(policy, accepted_codes=codes) if codes else _one_of(name, ACCEPTABLE)
    if name == "test_every_hours":
        return _cadence(policy, value)
    return PolicyFault("policy_field", name)


def _figure(policy: SitePolicy, name: str, value: Any) -> SitePolicy | PolicyFault:
    figure = FIGURES[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not figure.low <= value <= figure.high:
        return PolicyFault("policy_number", name, f"{_tidy(figure.low)}–{_tidy(figure.high)}")
    return figure.put(policy, round(float(value), 1))


def _members(value: Any, known: tuple[Any, ...]) -> frozenset[Any] | None:
    """The words as members; None where one is unknown or it is no list of words."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    found = {each for each in known if each.value in value}
    return frozenset(found) if {each.value for each in found} == set(value) else None


def _one_of(name: str, known: Any) -> PolicyFault:
    return PolicyFault("policy_value", name, ", ".join(each.value for each in known))


def _cadence(policy: SitePolicy, value: Any) -> SitePolicy | PolicyFault:
    low, high = ROLE_HOURS
    fault = PolicyFault("policy_number", "test_every_hours", f"{low}–{high}")
    if not isinstance(value, Mapping) or len(value) > MOST_ROLES:
        return fault
    roles = []
    for role, hours in value.items():
        number = isinstance(hours, int | float) and not isinstance(hours, bool)
        word = plain_text(str(role), LONGEST_ROLE)
        if not word or word != role or not number or not low <= hours <= high:
            return fault
        roles.append((word, timedelta(hours=hours)))
    return replace(policy, test_every=tuple(roles))


def _hours(every: timedelta) -> float:
    return every / timedelta(hours=1)


def _tidy(value: float) -> float | int:
    """A number as people write it: 48, not 48.0."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
