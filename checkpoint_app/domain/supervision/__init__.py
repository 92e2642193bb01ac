"""Against box-ticking: signals in the records of a shift, and problems followed until closed."""

from checkpoint_app.domain.supervision.facts import Fact, fact_of, facts_of
from checkpoint_app.domain.supervision.signals import Finding, Signal, Thresholds, examine
from checkpoint_app.domain.supervision.silence import Hours, afterwards, silences

__all__ = [
    "Fact",
    "Finding",
    "Hours",
    "Signal",
    "Thresholds",
    "afterwards",
    "examine",
    "fact_of",
    "facts_of",
    "silences",
]
