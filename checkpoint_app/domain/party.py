"""People who came together, judged with an eye on each other. Pure.

Whoever travels with somebody who is handed over or held on their own account is held too; a child
follows its guardian, the grown-up who was named last before it (else the first one after it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from checkpoint_app.domain.inspection import Direction, Inspection, Outcome, Verdict
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.person import age_on, born_on

M = TypeVar("M")
STOPPED = frozenset({Outcome.HAND_OVER, Outcome.HOLD})


def judged_together(
    party: Sequence[Inspection],
    judge: Callable[[int, ListHits], Verdict],
    hits: Sequence[ListHits],
    is_child: Callable[[Inspection], bool],
    named: Callable[[Inspection], str],
) -> list[Verdict]:
    """The verdicts on one party, in its order.

    `judge` gives the verdict on the nth person with these hits; `named` is how somebody is called
    to the others' officers.
    """
    alone = [judge(number, known) for number, known in enumerate(hits)]
    stopped = [number for number, verdict in enumerate(alone) if verdict.outcome in STOPPED]
    beside = [_beside(number, stopped, party, known, named) for number, known in enumerate(hits)]
    final = [judge(number, known) for number, known in enumerate(beside)]
    grown = [number for number, each in enumerate(party) if not is_child(each)]
    for number, each in enumerate(party):
        guardian = guardian_of(number, grown)
        if is_child(each) and guardian is not None:
            known = replace(beside[number], guardian=final[guardian].outcome)
            final[number] = judge(number, known)
    return final


def is_child(inspection: Inspection, under: int, day: date) -> bool:
    """Whether somebody is known to be younger than that."""
    born = born_on(inspection.person, day)
    return born is not None and 0 <= age_on(born, day) < under


def guardian_of(child: int, grown: Iterable[int]) -> int | None:
    """Whose outcome a child follows, by places in the party's order: the grown-up before it, else
    the first one after it; None where it travels with none."""
    places = sorted(grown)
    before = [each for each in places if each < child]
    return before[-1] if before else next(iter(places), None)


def _beside(
    number: int,
    stopped: list[int],
    party: Sequence[Inspection],
    hits: ListHits,
    named: Callable[[Inspection], str],
) -> ListHits:
    """Nobody who leaves is stopped for another's sake."""
    other = next((each for each in stopped if each != number), None)
    if other is None or party[number].direction is Direction.OUT:
        return hits
    return replace(hits, companion=named(party[other]))
