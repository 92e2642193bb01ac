"""What the lists say about one person: the hits that a verdict takes into account.

The lists themselves and how entries are matched come from outside; here stands only the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.domain.inspection import Outcome


@dataclass(frozen=True, slots=True)
class ListHits:
    """Hits of one person; the default is a station that has no lists.

    `watch` and `pushed` name the list and entry as shown to staff, `companion` whoever of the same
    party was stopped, `test_overdue` the interval that the person's role asks for ("72 h").
    `risk_areas` are division codes of the risk areas listed today. `on_roster` None: this station
    has no roster, which proves nothing about anyone. `old` names the lists that are older than
    they may be. `guardian` is what became of the guardian whom a child travels with.
    """

    watch: str | None = None
    pushed: str | None = None
    companion: str | None = None
    returnee: str | None = None
    certificates_missing: tuple[str, ...] = ()
    risk_areas: frozenset[str] = frozenset()
    on_roster: bool | None = None
    test_overdue: str | None = None
    old: tuple[str, ...] = ()
    guardian: Outcome | None = None


NO_HITS = ListHits()
