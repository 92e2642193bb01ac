"""A policy while it is edited: every step can be taken back, nothing holds before it is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from checkpoint_app.domain.person import narrow
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import shipped

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """`in_force` is what the desk goes by; `steps` are the edits so far, the last one shown."""

    in_force: SitePolicy
    steps: tuple[SitePolicy, ...] = ()
    field: str = ""  # what the last step changed

    @property
    def policy(self) -> SitePolicy:
        """The policy as edited so far."""
        return self.steps[-1] if self.steps else self.in_force

    @property
    def is_changed(self) -> bool:
        """Whether saving would change anything."""
        return _bare(self.policy) != _bare(self.in_force)

    @property
    def is_shipped(self) -> bool:
        """Whether the policy as edited is the shipped one."""
        return _bare(self.policy) == _bare(shipped(self.policy.site_kind))

    def edited(self, policy: SitePolicy, field: str = "") -> Draft:
        """One step further; moving one and the same figure on and on is one step."""
        if policy == self.policy:
            return self
        same = bool(field) and field == self.field and bool(self.steps)
        kept = self.steps[:-1] if same else self.steps
        return Draft(self.in_force, (*kept, policy), field)

    def undone(self) -> Draft:
        """One step back."""
        return Draft(self.in_force, self.steps[:-1])

    def shipped(self) -> Draft:
        """A step to the rules as they came with the program."""
        return self.edited(shipped(self.policy.site_kind))


def _bare(policy: SitePolicy) -> SitePolicy:
    """Without its version and the station's own county: they are no rules."""
    return replace(policy, version="", county_code="")


def cadence_text(policy: SitePolicy) -> str:
    """Roles and their intervals in hours, as they are typed: 冷链 72，教职工 168."""
    return "，".join(f"{role} {every / HOUR:g}" for role, every in policy.test_every)


def read_cadence(text: str) -> dict[str, float] | None:
    """Roles and hours as typed, None where a part is not a role and a number."""
    found: dict[str, float] = {}
    for part in filter(None, map(str.strip, re.split("[，,；;、\n]", narrow(text)))):
        typed = re.fullmatch(r"(.+?)[\s:=]*(\d{1,4})", part)
        if typed is None:
            return None
        found[typed[1].strip()] = int(typed[2])
    return found
