"""A policy as plain data, as it stands in a file and in the store, and back. Pure.

A shipped file is whole: every field stands in it. In any other a field that is not named keeps its
shipped value. A field that nobody knows, or a value that the rule cannot mean, is refused by name.
What saves lives cannot be taken out: words for emergencies and freight may be added to the shipped
ones, a hospital that turns people back is refused, and leaving is no field at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.site import SiteKind, SitePolicy

ACCEPTABLE = (CodeStatus.GREEN, CodeStatus.NONE, CodeStatus.CERTIFICATE, CodeStatus.SITE_PASS)
MOST_ROLES = 50
LONGEST_ROLE = 20
ROLE_HOURS = (1, 24 * 60)
MOST_WORDS = 60
LONGEST_WORD = 20


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
    whole: bool = False

    def of(self, policy: SitePolicy) -> float:
        """The figure in its own unit."""
        value = getattr(policy, self.field)
        return float(value / self.unit if self.unit is not None else value)

    def kept(self, value: float) -> Any:
        """A number of this unit as the policy keeps it."""
        if self.unit is not None:
            return value * self.unit
        return int(value) if self.whole else value


# Name in the file -> figure.
FIGURES: dict[str, Figure] = {
    "fever_threshold_c": Figure("fever_threshold_c", 37.0, 38.0, 0.1),
    "retest_after_minutes": Figure("retest_after", 1, 60, 1, timedelta(minutes=1)),
    "plausible_from_c": Figure("plausible_from_c", 33.0, 35.5, 0.1),
    "plausible_to_c": Figure("plausible_to_c", 41.0, 45.0, 0.1),
    "test_valid_hours": Figure("test_valid_for", 1, 24 * 14, 1, timedelta(hours=1)),
    "child_under_years": Figure("child_under", 1, 18, whole=True),
}
SWITCHES = (
    "roster_only",
    "turns_back",
    "gate_mode",
    "online_first",
    "list_unvaccinated",
    "whole_place_counts",
)
WORDS = ("pass_at_once", "freight")  # what may be added to, and never be taken from

# What a county may settle: the rule -> what it may come to, strongest first.
_H, _O, _I, _T = Outcome.HAND_OVER, Outcome.HOLD, Outcome.INCOMPLETE, Outcome.TURN_BACK
_R, _P = Outcome.REGISTER, Outcome.PASS
OUTCOMES: dict[Code, tuple[Outcome, ...]] = {
    Code.YELLOW_CODE: (_H, _O),
    Code.ON_WATCH_LIST: (_H, _O),
    Code.SYMPTOMS: (_H, _O),
    Code.CONTACT_DECLARED: (_H, _O),
    Code.HOUSEHOLD_STOPPED: (_O, _R, _P),
    Code.RISK_AREA_LOCAL_NOT_ACCEPTED: (_H, _O),
    Code.RISK_AREA_NOT_LOCAL: (_O, _T),
    Code.RISK_AREA_TESTED: (_O, _R),
    Code.RISK_AREA_ACCEPTED: (_O, _R),
    Code.TEST_OVERDUE: (_I, _R),
    Code.PLATE_REGION: (_R, _P),
    Code.OUTSIDE_WINDOW: (_R, _P),
}


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
        **{name: list(getattr(policy, name)) for name in WORDS},
        "outcomes": {code.value: outcome.value for code, outcome in policy.outcomes},
        "test_every_hours": {role: _tidy(_hours(every)) for role, every in policy.test_every},
    }


FIELDS = ("kind", *FIGURES, "required", "accepted_codes", *SWITCHES, *WORDS, "outcomes",
          "test_every_hours")  # fmt: skip


def read_shipped(data: Mapping[str, Any], kind: str) -> SitePolicy | PolicyFault:
    """The policy of a shipped file: whole, and of this kind."""
    for name in FIELDS:
        if name not in data:
            return PolicyFault("policy_missing", name)
    outcomes = data["outcomes"]
    for code in OUTCOMES:
        if isinstance(outcomes, Mapping) and code.value not in outcomes:
            return PolicyFault("policy_missing", f"outcomes.{code.value}")
    if data["kind"] != kind:
        return PolicyFault("policy_kind", "kind", kind)
    return _read(data, None)


def read_changed(data: Mapping[str, Any], base: SitePolicy) -> SitePolicy | PolicyFault:
    """The policy that data describe, over the shipped one of its kind."""
    if data.get("kind", base.site_kind) != base.site_kind:
        return PolicyFault("policy_kind", "kind", base.site_kind)
    return _read({**data, "kind": base.site_kind}, base)


def _read(data: Mapping[str, Any], base: SitePolicy | None) -> SitePolicy | PolicyFault:
    taken: dict[str, Any] = {}
    for name, value in data.items():
        found = _taken(name, value, base)
        if isinstance(found, PolicyFault):
            return found
        taken.update(found)
    policy = SitePolicy(**taken) if base is None else replace(base, **taken)
    if policy.site_kind == SiteKind.HOSPITAL and policy.turns_back:
        return PolicyFault("policy_hospital", "turns_back", "false")
    return policy


_Taken = dict[str, Any] | PolicyFault


def _taken(name: str, value: Any, base: SitePolicy | None) -> _Taken:
    """A field of the file as fields of the policy."""
    if name == "kind":
        return {"site_kind": value}
    if name in FIGURES:
        return _figure(name, value)
    if name in SWITCHES:
        return {name: value} if isinstance(value, bool) else _fault(name, ("true", "false"))
    if name in WORDS:
        return _words(name, value, getattr(base, name, ()))
    if name == "required":
        found = _members(value, tuple(Requirement))
        return _fault(name, Requirement) if found is None else {name: found}
    if name == "accepted_codes":
        codes = _members(value, ACCEPTABLE)
        return {name: codes} if codes else _fault(name, ACCEPTABLE)
    if name == "outcomes":
        return _outcomes(value, base)
    if name == "test_every_hours":
        return _cadence(value)
    return PolicyFault("policy_field", name)


def _fault(name: str, known: Iterable[str]) -> PolicyFault:
    return PolicyFault("policy_value", name, ", ".join(known))


def _figure(name: str, value: Any) -> _Taken:
    figure = FIGURES[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not figure.low <= value <= figure.high:
        return PolicyFault("policy_number", name, f"{_tidy(figure.low)}–{_tidy(figure.high)}")
    return {figure.field: figure.kept(round(float(value), 1))}


def _words(name: str, value: Any, shipped: Iterable[str]) -> _Taken:
    """Words for a purpose. The shipped ones stay: they save lives."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_WORDS:
        return PolicyFault("policy_words", name)
    for each in value:
        if not isinstance(each, str) or plain_text(each, LONGEST_WORD) != each or len(each) < 2:
            return PolicyFault("policy_words", name)
    lacking = next((each for each in shipped if each not in value), None)
    if lacking is not None:
        return PolicyFault("policy_life", name, lacking)
    return {name: tuple(dict.fromkeys(each.lower() for each in value))}


def _outcomes(value: Any, base: SitePolicy | None) -> _Taken:
    """What rules come to; each within what may be settled of it."""
    if not isinstance(value, Mapping):
        return _fault("outcomes", (code.value for code in OUTCOMES))
    settled = dict(base.outcomes) if base is not None else {}
    for name, word in value.items():
        choices = OUTCOMES.get(name)
        if choices is None:
            return PolicyFault("policy_field", f"outcomes.{name}")
        if word not in choices:
            return _fault(f"outcomes.{name}", choices)
        settled[Code(name)] = Outcome(word)
    return {"outcomes": tuple((code, settled[code]) for code in OUTCOMES if code in settled)}


def _members(value: Any, known: tuple[Any, ...]) -> frozenset[Any] | None:
    """The words as members; None where one is unknown or it is no list of words."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    found = {each for each in known if each.value in value}
    return frozenset(found) if {each.value for each in found} == set(value) else None


def _cadence(value: Any) -> _Taken:
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
    return {"test_every": tuple(roles)}


def _hours(every: timedelta) -> float:
    return every / timedelta(hours=1)


def _tidy(value: float) -> float | int:
    """A number as people write it: 48, not 48.0."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
