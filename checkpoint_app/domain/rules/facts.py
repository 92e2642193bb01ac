"""What rules look at and what they give: facts in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.domain.inspection import CodeStatus, Inspection, Outcome, Requirement
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.party import is_child
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.purpose import Purpose, purpose_of
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.region import lies_in
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

    @property
    def local(self) -> bool | None:
        """Registered, living, working or studying in the county: as asked, else by the residence.

        The region in an identity number proves nothing: it says where somebody was registered
        first.
        """
        if self.inspection.local is not None:
            return self.inspection.local
        return lies_in(self.policy.county_code, self.inspection.person.residence_code)

    @property
    def is_child(self) -> bool:
        """Whether the person is known to be too young to be asked for a code of their own."""
        return is_child(self.inspection, self.policy.child_under, self.now.date())

    @property
    def follows_guardian(self) -> bool:
        """Whether this is a child with no code, travelling with a guardian who was judged."""
        own_code = self.code_status not in (None, CodeStatus.NONE)
        return self.hits.guardian is not None and not own_code and self.is_child

    @property
    def is_freight(self) -> bool:
        """Whether the journey carries goods."""
        return purpose_of(self.inspection.journey.purpose, self.policy) is Purpose.FREIGHT

    def settled(self, code: Code, *values: object) -> Finding:
        """A finding that comes to what the policy says of its rule."""
        return found(self.policy.outcome_of(code), code, *values)


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
