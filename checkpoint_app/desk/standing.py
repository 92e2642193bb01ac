"""How the desk stands at this moment, and what it is joined to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from uuid import UUID

from checkpoint_app.codes import Issuers, Trust
from checkpoint_app.desk.cases.alarms import NO_ALARMS, Alarms
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.day import Day
from checkpoint_app.desk.gate.lane import Lane
from checkpoint_app.desk.gate.vehicles import Vehicles
from checkpoint_app.desk.lists.looking import LookedUp
from checkpoint_app.desk.opening import opening_of
from checkpoint_app.desk.recording import affirmed
from checkpoint_app.desk.rules import policy_of as policy_of
from checkpoint_app.desk.showings import Earlier
from checkpoint_app.desk.tray import Tray, title_of
from checkpoint_app.desk.view import Chip, Strip
from checkpoint_app.devices.ports import OnlineAnswer, Speaker
from checkpoint_app.domain.credential import Credential
from checkpoint_app.domain.crowd import Crowd, counted_since
from checkpoint_app.domain.inspection import (
    Direction,
    HealthCode,
    Inspection,
    Outcome,
    RecordedInspection,
    Verdict,
)
from checkpoint_app.domain.list_matching import OfficeTold
from checkpoint_app.domain.lists import NO_HITS, NO_LISTS, CountyToken, ListHits, ListsInForce
from checkpoint_app.domain.party import is_child
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.domain.policy import SitePolicy, decide
from checkpoint_app.domain.runner import Runner, Shot
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings

LookUp = Callable[[str, Callable[[OnlineAnswer], None]], None]
AskOffice = Callable[[Collection[CountyToken], Callable[[OfficeTold | None], None]], None]


@dataclass(frozen=True, slots=True)
class Surface:
    """What the desk is joined to; all of it passed in, so that tests pass in their own."""

    database: Database
    now: Callable[[], datetime]  # aware, local
    translate: Translate
    settings: Settings
    policy: SitePolicy
    trust: Trust
    speaker: Speaker | None = None
    look_up: LookUp | None = None  # a province's verification service, answered later
    ask_office: AskOffice | None = None  # who is meant by a token of the county's list
    chips: tuple[Chip, ...] = ()
    practice: bool = False  # the demo footage plays: every record says so
    issuers: Issuers | None = None  # table of Chinese health codes; None = the shipped one
    last_seconds: Callable[[], tuple[Shot, ...]] | None = None  # pictures of a moment ago
    offline: bool = False  # 断网模式, declared by the officer in charge

    @property
    def venue(self) -> bool:
        """Venues say 不予进入 where a road says 劝返."""
        return self.policy.is_venue

    @property
    def counted_since(self) -> datetime:
        """The closing hour since which people inside are counted; with none set, the period's."""
        settings, now = self.settings, self.now()
        closed = opening_of(settings).last_closing(now) if settings.opening_hours else None
        return closed or counted_since(now, time.fromisoformat(settings.period_starts_at))


@dataclass(frozen=True, slots=True)
class Shown:
    """A code that was read and is not yet taken into an inspection."""

    credential: Credential
    code: HealthCode
    fingerprint: str
    text: str  # for the look-up alone: never stored, never logged


@dataclass(frozen=True, slots=True)
class OfficeAsked:
    """What the command office was asked about one person, and what it has told so far."""

    whose: UUID | None = None
    asked: frozenset[CountyToken] = frozenset()
    told: OfficeTold = field(default_factory=dict)
    silent: bool = False  # it did not answer


@dataclass(slots=True)
class Standing:
    """Everything that changes at a desk. Only `session.Desk` writes it."""

    direction: Direction = Direction.IN
    current: Inspection | None = None
    parked_since: datetime | None = None  # set where the current person came from the tray
    credential: Credential | None = None
    looked_up: LookedUp | None = None  # what the lists say of the current person
    office: OfficeAsked = OfficeAsked()
    lists: ListsInForce = NO_LISTS  # as last seen
    entry: str = ""  # temperature being typed
    earlier: Earlier | None = None  # a code that was decided before is being shown
    waiting: Shown | None = None  # read, but for someone else than the current person
    notice: str | None = None
    asking: Outcome | None = None
    last: RecordedInspection | None = None
    strips: dict[str, Strip] = field(default_factory=dict)
    tray: Tray = field(default_factory=Tray)
    day: Day = field(default_factory=Day)
    vehicles: Vehicles = field(default_factory=Vehicles)
    gate_mode: bool = False  # off after a start: nobody passes by themselves unawares
    lane_last: RecordedInspection | None = None  # who passed a lane last
    lane_portrait: bytes | None = None  # theirs, to be compared for that moment
    put_by: tuple[UUID, datetime] | None = None  # whom a lane put aside last, and when
    by_hand: UUID | None = None  # called up again: no lane decides about this person
    lane_stopped: UUID | None = None  # whom the strip over the lane speaks of
    runner: Runner | None = None  # the last one who ran the gate
    runs: int = 0  # how many did since the start
    crowd: Crowd = field(default_factory=Crowd)
    alarms: Alarms = NO_ALARMS  # the ledger's, as last seen
    recalls_seen: frozenset[UUID] = frozenset()  # cases whose strip was put away
    notices_heard: frozenset[str] = frozenset()  # of other checkpoints, sounded for
    notices_seen: frozenset[str] = frozenset()  # whose strip was put away
    ledger_seen_at: datetime | None = None
    counted_since: datetime | None = None

    @property
    def lane(self) -> Lane | None:
        """The lane that people pass by themselves: a counted bus, or gate mode."""
        passage = self.vehicles.open
        if passage is not None:
            return Lane.BUS if passage.use is VehicleUse.BUS and passage.head_count else None
        return Lane.GATE if self.gate_mode else None

    @property
    def lists_known(self) -> bool:
        """Whether the lists have answered for all that is known of the current person."""
        if self.current is None:
            return True
        return self.looked_up is not None and self.looked_up.is_for(self.current)


def verdict_of(standing: Standing, on: Surface) -> Verdict | None:
    """The verdict on the current person, as Enter would affirm them; None with nobody there."""
    if standing.current is None:
        return None
    dated = on.trust.dated
    return decide(
        affirmed(standing.current, on.policy, on.offline),
        on.policy,
        now=on.now(),
        versions=standing.lists.versions(on.policy.version, dated.isoformat() if dated else None),
        hits=hits_of(standing, on),
    )


def hits_of(standing: Standing, on: Surface) -> ListHits:
    """What the lists, and those who came along, say about the current person."""
    looked_up, current = standing.looked_up, standing.current
    hits = NO_HITS
    if looked_up is not None and current is not None and looked_up.whose == current.id:
        hits = looked_up.hits
    return with_party(hits, standing, on)


def with_party(hits: ListHits, standing: Standing, on: Surface) -> ListHits:
    """The hits with what the others of the same vehicle came to."""
    current = standing.current
    if current is None or current.party is None:
        return hits
    stopped = standing.vehicles.stopped_companion(current)
    companion = title_of(stopped.inspection, on.translate) if stopped is not None else None
    under, day = on.policy.child_under, on.now().date()
    guardian = standing.vehicles.guardian(current, lambda each: is_child(each, under, day))
    return replace(hits, companion=companion, guardian=guardian)


def lists_answered(standing: Standing, on: Surface) -> bool:
    """Whether the lists have answered about the current person, as they are known now."""
    return standing.lists_known
