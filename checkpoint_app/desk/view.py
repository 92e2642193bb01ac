"""What the desk page draws: plain, translated values, no behaviour.

`DeskState` is made anew after every event by `session.Desk`; the window compares and draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from checkpoint_app.desk.gate.view import CrowdView, VehicleView
from checkpoint_app.domain.credential import Credential
from checkpoint_app.domain.inspection import (
    Direction,
    Inspection,
    Outcome,
    Requirement,
    Verdict,
)
from checkpoint_app.domain.reasons import Reason


class Tone(StrEnum):
    """Colour and shape of a sign: circle, triangle, octagon, diamond; or nothing yet."""

    PASS = "pass"
    ATTENTION = "attention"
    STOP = "stop"
    ASK = "ask"
    IDLE = "idle"


class LampState(StrEnum):
    """What a lamp shows."""

    OK = "ok"
    PRESUMED = "presumed"  # Enter will affirm it (mask worn, no symptoms)
    ATTENTION = "attention"
    STOP = "stop"
    WAITING = "waiting"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp of the row. `word` is already translated."""

    requirement: Requirement
    state: LampState
    word: str


@dataclass(frozen=True, slots=True)
class Card:
    """The verdict card. All texts are translated and plain (never markup).

    `headline` is the outcome or what to do next (待测温); `subline` what it would be, or the action
    to take; `say` the sentence to say to the traveller; `phone` whom to call, on a stop.
    """

    tone: Tone
    headline: str
    subline: str
    reasons: tuple[str, ...]
    say: str | None = None
    phone: str | None = None
    notice: str | None = None  # "already passed at 14:03"


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One parked person; the window makes the running clock from `parked_at` and `due_at`."""

    id: UUID
    tone: Tone
    kind: str  # 复测, 留观, 待核验 (translated)
    title: str
    detail: str
    parked_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of the day's list, names masked."""

    id: UUID
    at: datetime
    tone: Tone
    title: str
    detail: str
    word: str
    saving: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """A fault or a notice over the desk: one sentence, at most one action."""

    code: str
    sentence: str
    action: str | None = None  # translated caption; pressing it calls Desk.strip_action(code)
    tone: Tone = Tone.ATTENTION


@dataclass(frozen=True, slots=True)
class Outline:
    """A code found in the picture: four corners in frame pixels, the tone, and until when."""

    corners: tuple[tuple[float, float], ...]
    tone: Tone
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A quiet sign in the top bar; `page` names the page that a press opens.

    Where there is little room it stands as `brief`, with an icon; `text` is then its tool tip.
    """

    code: str
    text: str
    tone: Tone = Tone.IDLE
    page: str | None = None
    kept: bool = False  # never folded away with others, however many there are
    brief: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class DeskState:
    """All that the desk page draws."""

    inspection: Inspection | None
    credential: Credential | None
    verdict: Verdict | None
    card: Card
    lamps: tuple[Lamp, ...]
    temperature_entry: str  # "36." while typing, "" when empty
    can_confirm: bool
    confirm_caption: str
    tray: tuple[TrayItem, ...]
    lines: tuple[DayLine, ...]
    counts: tuple[tuple[Outcome, int], ...]
    strips: tuple[Strip, ...]
    undo_until: datetime | None
    tags: tuple[tuple[str, str, Tone], ...]  # field name, tag text, tone
    reasons: tuple[Reason, ...] = ()
    asking: Outcome | None = None  # open the change-outcome panel with this one chosen
    chips: tuple[Chip, ...] = ()  # top bar: age of lists, protection of the data, links
    direction: Direction = Direction.IN
    late_cases: int = 0  # cases of the ledger whose next step is late
    vehicle: VehicleView | None = None  # the open one
    crowd: CrowdView | None = None  # where the site has a limit
    portrait: bytes | None = None  # of the roster, JPEG: whoever stands there, or just went on
    gate_mode: bool = False
    gate_allowed: bool = False  # whether the site may switch it on
