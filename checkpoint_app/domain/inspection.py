"""One inspection: one person, once, at one desk; and what the checkpoint concluded.

An `Inspection` grows field by field while the person stands there (`dataclasses.replace`), and is
immutable once recorded; a later change is a `Correction` record that names the one it supersedes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from checkpoint_app.domain.credential import (
    Authenticity,
    Basis,
    Format,
    NucleicAcidTest,
    Vaccination,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Reason
from checkpoint_app.domain.returnee import Abroad


class Outcome(StrEnum):
    """What happens to the traveller, strongest first (see `STRENGTH`)."""

    HAND_OVER = "hand_over"  # 移交
    HOLD = "hold"  # 临时留观并上报
    RETEST = "retest"  # 复测
    INCOMPLETE = "incomplete"  # 待核验
    TURN_BACK = "turn_back"  # 劝返; venues: 不予进入
    REGISTER = "register"  # 登记放行
    PASS = "pass"  # 放行


STRENGTH: tuple[Outcome, ...] = tuple(Outcome)


class CodeStatus(StrEnum):
    """State of the health code for the rules; its basis is kept beside it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    EXPIRED = "expired"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    NONE = "none"  # no phone: replaced by document and declaration
    CERTIFICATE = "certificate"  # a signed certificate that is valid (EU DCC, SHC, VDS-NC)
    SITE_PASS = "site_pass"  # a signed site pass that is valid
    FORGED = "forged"  # bad signature, or revoked
    UNVERIFIED = "unverified"  # signed, but could not be checked (unknown issuer, old list)
    UNKNOWN = "unknown"  # a code was shown; its colour or meaning could not be told


class Direction(StrEnum):
    """Which way the traveller goes."""

    IN = "in"
    OUT = "out"


class TemperatureSource(StrEnum):
    """How a reading got here."""

    TYPED = "typed"
    SERIAL = "serial"


class Requirement(StrEnum):
    """What an inspection may need; the row of lamps, in this order."""

    HEALTH_CODE = "health_code"
    ITINERARY = "itinerary"
    TEST = "test"
    MASK = "mask"
    SYMPTOMS = "symptoms"
    TEMPERATURE = "temperature"


class Symptom(StrEnum):
    """Symptoms asked for at the gate."""

    COUGH = "cough"  # 干咳
    FATIGUE = "fatigue"  # 乏力
    DIARRHOEA = "diarrhoea"  # 腹泻
    SORE_THROAT = "sore_throat"  # 咽痛
    SHORT_BREATH = "short_breath"  # 呼吸困难
    NO_TASTE_SMELL = "no_taste_smell"  # 嗅味觉减退
    OTHER = "other"


class Replacement(StrEnum):
    """What stands in for code and card where there is no phone."""

    ID_CARD = "id_card"  # 身份证
    HOUSEHOLD_REGISTER = "household_register"  # 户口簿
    SOCIAL_SECURITY = "social_security"  # 社保卡
    PROXY_CODE = "proxy_code"  # a companion's phone shows the code
    PAPER_PROOF = "paper_proof"  # 纸质证明
    VOUCHER = "voucher"  # somebody known vouches, by name


class Unvaccinated(StrEnum):
    """Why somebody has had no vaccine (未接种原因)."""

    CONTRAINDICATED = "contraindicated"  # 禁忌
    TOO_YOUNG = "too_young"  # 未到龄
    POSTPONED = "postponed"  # 暂缓
    REFUSED = "refused"  # 拒绝
    NOT_FOUND = "not_found"  # 未查到


@dataclass(frozen=True, slots=True)
class TemperatureReading:
    """One reading in degrees Celsius, to 0.1."""

    celsius: float
    taken_at: datetime
    source: TemperatureSource = TemperatureSource.TYPED


@dataclass(frozen=True, slots=True)
class HealthCode:
    """What the health code came to. `fingerprint` is a keyed hash of the text, never the text.

    `seen` is the colour on the screen where a look-up's answer took its place in `status`.
    """

    status: CodeStatus
    basis: Basis = Basis.OBSERVED
    format: Format | None = None
    authenticity: Authenticity | None = None
    issuer: str | None = None
    seen_at: datetime | None = None
    fingerprint: str | None = None
    findings: tuple[Reason, ...] = ()
    roster_id: str | None = None  # site pass only: whose of the roster it is
    seen: CodeStatus | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A city passed, as written; `starred` has a risk area somewhere inside.

    `in_risk_area` is the traveller's answer about street and date: None = not asked yet.
    """

    name: str
    starred: bool = False
    division_code: str | None = None
    in_risk_area: bool | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The itinerary card, or what the traveller declared of the last 14 days."""

    shown: bool
    cities: tuple[City, ...] = ()
    basis: Basis = Basis.OBSERVED
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """Where from, where to, in what."""

    plate: str | None = None
    origin: str | None = None
    destination: str | None = None
    receiver: str | None = None  # 目的地接收人及电话
    purpose: str | None = None
    origin_code: str | None = None  # division code, where the origin is known by one
    transport: str | None = None  # 交通工具, 车次/航班, see `travel.read_transport`
    left_area_at: str | None = None  # 离开中高风险地区时间, see `travel.tidy_moment`


@dataclass(frozen=True, slots=True)
class Inspection:
    """One person at the gate. Unknown is None everywhere, never presumed."""

    id: UUID
    opened_at: datetime
    direction: Direction = Direction.IN
    person: Person = field(default_factory=Person)
    journey: Journey = Journey()
    health_code: HealthCode | None = None
    itinerary: Itinerary | None = None
    test: NucleicAcidTest | None = None
    vaccination: Vaccination | None = None
    unvaccinated: Unvaccinated | None = None  # why, as told or looked up
    temperatures: tuple[TemperatureReading, ...] = ()
    mask: bool | None = None
    symptoms: tuple[Symptom, ...] | None = None
    contact: bool | None = None
    community_acceptance: bool | None = None
    local: bool | None = None
    emergency: bool = False
    abroad: Abroad | None = None  # declared, or seen on papers: came in from abroad
    replacement: Replacement | None = None  # of code and card, without a phone
    vouched_by: str | None = None  # who vouches by name
    note: str | None = None
    fields_basis: tuple[tuple[str, Basis], ...] = ()  # field name -> why it is believed
    party: str | None = None  # who came together: a vehicle's passage, or as named
    seat: int | None = None  # place in the order of the party, from 1


@dataclass(frozen=True, slots=True)
class ListVersions:
    """Which lists and which policy a verdict used; None = never imported (absent, not old)."""

    policy: str
    trust: str | None = None
    watch: str | None = None
    risk: str | None = None
    roster: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strongest outcome, every reason (strongest first), and what is still missing.

    `would_be` is the outcome if all that is missing turned out normal (体温正常即可：登记放行);
    equal to `outcome` where nothing is missing.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[Requirement, ...]
    would_be: Outcome
    versions: ListVersions


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """An officer's change of an outcome (更改结果): never without a reason.

    `second_officer` or `call_back` is there when leaving `hold` or `hand_over`.
    """

    outcome: Outcome
    reason: str
    officer: str
    second_officer: str | None = None
    call_back: str | None = None


@dataclass(frozen=True, slots=True)
class BackEntry:
    """Written on a numbered paper form while there was no power, and entered later (补录)."""

    number: str  # of the form
    author: str  # who stood there and wrote it
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedInspection:
    """What is stored on confirming: facts, verdict, final outcome and who stood there.

    `supersedes` names the record that this one corrects; `void` takes it back altogether (undo).
    """

    inspection: Inspection
    verdict: Verdict
    outcome: Outcome  # the verdict's, or the officer's change
    operator: str
    confirmed_at: datetime
    change: OutcomeChange | None = None
    supersedes: UUID | None = None
    void: bool = False
    parked_for: float | None = None  # seconds spent in the tray, if any
    lane: str | None = None  # "gate" or "bus": passed by itself, no key confirmed it
    back_entry: BackEntry | None = None  # `confirmed_at` is then the time on the paper
