"""Typed persons judged by the rules and lists in force, in order, a party with an eye on all of it.

Whoever belongs to no party is answered at once. From the first one who does, answers wait for the
end of the lines: only then is it known who else came along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.desk.typed.person_line import LineFault, Place, Typed, read_line
from checkpoint_app.domain.inspection import (
    Inspection,
    ListVersions,
    RecordedInspection,
    Verdict,
)
from checkpoint_app.domain.lists import NO_HITS, ListHits
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.party import is_child, judged_together
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, StoreFault

MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What typed persons are judged on. `look` asks the lists in force; without it there are none.

    `keep` stores a person and gives the case that was opened, if any.
    """

    policy: SitePolicy
    now: datetime
    versions: ListVersions
    look: Callable[[Inspection], ListHits] = lambda person: NO_HITS
    keep: Callable[[RecordedInspection], UUID | None] | None = None
    operator: str = "typed"

    @property
    def place(self) -> Place:
        """What the lines are read by."""
        return Place(self.now.tzinfo, self.policy)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one line: a verdict, or a fault."""

    line: int
    verdict: Verdict | None = None
    typed: Typed | None = None
    case: UUID | None = None
    fault: LineFault | None = None


Waiting = tuple[int, Typed | LineFault]


def ground_of(
    station: Station | None, policy: SitePolicy, settings: Settings, now: datetime
) -> Ground:
    """The ground of a station, with its lists in force; without a store there are no lists."""
    if station is None:
        return Ground(policy, now, ListVersions(policy.version))
    versions = station.lists.versions().versions(policy.version, None)
    return Ground(
        policy, now, versions, lambda person: look_up(station, person, settings, now).hits
    )


def keeping(ground: Ground, station: Station) -> Ground:
    """The same, and every person judged is stored as an inspection of their own time."""
    return replace(ground, keep=lambda recorded: station.record(recorded, None).case_id)


def screened(lines: Iterable[bytes], ground: Ground) -> Iterator[Answer]:
    """One answer a line, in order; blank lines are none. Ends at `MOST_LINES`."""
    waiting: list[Waiting] = []
    for number, line in enumerate(lines, 1):
        if number > MOST_LINES:
            waiting.append((number, LineFault("too_many_lines")))
            break
        if not line.strip():
            continue
        found = read_line(line, ground.place)
        if waiting or (isinstance(found, Typed) and found.party is not None):
            waiting.append((number, found))
        elif isinstance(found, LineFault):
            yield Answer(number, fault=found)
        else:
            yield _kept(number, found, _judged([found], ground)[0], ground)
    yield from _with_parties(waiting, ground)


def _with_parties(waiting: list[Waiting], ground: Ground) -> Iterator[Answer]:
    parties: dict[str | int, list[tuple[int, Typed]]] = {}
    for number, found in waiting:
        if isinstance(found, Typed):
            parties.setdefault(found.party or number, []).append((number, found))
    verdicts: dict[int, Verdict] = {}
    for members in parties.values():
        judged = _judged([typed for _, typed in members], ground)
        verdicts.update(zip((number for number, _ in members), judged, strict=True))
    for number, found in waiting:
        if isinstance(found, LineFault):
            yield Answer(number, fault=found)
        else:
            yield _kept(number, found, verdicts[number], ground)


def _judged(party: list[Typed], ground: Ground) -> list[Verdict]:
    policy = ground.policy

    def judge(number: int, hits: ListHits) -> Verdict:
        person, at = party[number].inspection, party[number].at
        return decide(person, policy, now=at, versions=ground.versions, hits=hits)

    def child(person: Inspection) -> bool:
        return is_child(person, policy.child_under, person.opened_at.date())

    people = [each.inspection for each in party]
    hits = [ground.look(each) for each in people]
    return judged_together(people, judge, hits, child, _called)


def _called(person: Inspection) -> str:
    return mask_name(person.person.name or "") or person.journey.plate or ""


def _kept(number: int, typed: Typed, verdict: Verdict, ground: Ground) -> Answer:
    """The answer, once the person is safe in the store where that is wanted."""
    case: UUID | None = None
    if ground.keep is not None:
        inspection, outcome = typed.inspection, verdict.outcome
        recorded = RecordedInspection(inspection, verdict, outcome, ground.operator, typed.at)
        try:
            case = ground.keep(recorded)
        except StoreFault as fault:
            if fault.code != "not_storable":
                raise
            return Answer(number, fault=LineFault(fault.code))
    return Answer(number, verdict, typed, case)
