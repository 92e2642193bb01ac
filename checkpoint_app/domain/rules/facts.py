"""What rules look at and what they give: facts in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.domain.inspection import CodeStatus, Inspection, Outcome, Requirement
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.site import SitePolicy


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may look at."""

    inspection: Inspection
    policy: SitePolicy
    hits: ListHits
    now: datetime

    def requires(self, requirement: Requirement) -> bool:
        """Whether the site asks for it."""
        return requirement in self.policy.required

    @property
    def code_status(self) -> CodeStatus | None:
        """State of the health code, or None where none was shown."""
        code = self.inspection.health_code
        return None if code is None else code.status


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason and what it calls for. `missing` names what has not been given at all."""

    outcome: Outcome
    reason: Reason
    missing: Requirement | None = None


Rule = Callable[[Facts], Iterable[Finding]]


def found(outcome: Outcome, code: Code, *values: object) -> Finding:
    """A finding with the values for its sentence."""
    return Finding(outcome, Reason(code, detail(*values)))


def missing(code: Code, requirement: Requirement, *values: object) -> Finding:
    """A finding that holds the verdict until the requirement is met."""
    return Finding(Outcome.INCOMPLETE, Reason(code, detail(*values)), requirement)


def detail(*values: object) -> str | None:
    """Values for a sentence in one plain line; None where there are none."""
    texts = [plain_text(str(each)).replace("|", "/") for each in values]
    return "|".join(texts) if any(texts) else None
