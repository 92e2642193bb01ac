"""The day's vehicles and gate-runners as the page shows them: lines, masked, and one in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from checkpoint_app.desk.card import TONES
from checkpoint_app.desk.day import period_at
from checkpoint_app.desk.gate.view import called, use_word
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.tray import title_of
from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.masking import mask_plate
from checkpoint_app.domain.passage import (
    ColdChain,
    ColdChainPaper,
    PassageEnd,
    RecordedPassage,
    VehicleUse,
)
from checkpoint_app.domain.runner import Runner, RunnerKind, Shot
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text, outcome_word
from checkpoint_app.store.station import PassageCounts, PassageRow, Station, StoreFault

_TONES = {
    PassageEnd.RELEASED: Tone.PASS,
    PassageEnd.TURNED_BACK: Tone.STOP,
    PassageEnd.HELD: Tone.STOP,
}
Failed = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class VehicleLine:
    """One vehicle of the day's list."""

    id: UUID
    at: datetime
    tone: Tone
    plate: str  # masked
    kind: str
    people: int
    word: str  # what became of it
    turned_back: int
    operator: str
    void: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One of a vehicle's people."""

    seat: int
    tone: Tone
    title: str  # masked
    word: str


@dataclass(frozen=True, slots=True)
class VehicleStory:
    """One vehicle in full; its people masked."""

    recorded: RecordedPassage
    plate: str  # or that it is a party on foot
    people: tuple[PersonLine, ...]
    facts: tuple[tuple[str, str], ...]  # caption, text


@dataclass(frozen=True, slots=True)
class GateDay:
    """Everything of the running period."""

    lines: tuple[VehicleLine, ...]
    counts: PassageCounts
    runners: tuple[Runner, ...]


class GateBook:
    """Asks the store; answers come on the desk's own thread."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def _say(self) -> Translate:
        return self._office.translate

    def day(self, done: Callable[[GateDay], None], failed: Failed) -> None:
        """The running period's vehicles and gate-runners."""
        starts_at = time.fromisoformat(self._office.settings.period_starts_at)
        period = period_at(self._office.now(), starts_at)

        def job(store: Station) -> GateDay:
            rows = store.passages.rows(period)
            lines = tuple(vehicle_line(row, self._say) for row in rows)
            return GateDay(lines, store.passages.counts(period), tuple(store.runners.of(period)))

        self._office.database.run(job, done, lambda fault: failed(self._told(fault)))

    def story(
        self, passage_id: UUID, done: Callable[[VehicleStory | None], None], failed: Failed
    ) -> None:
        """One vehicle of the day, with its people."""

        def job(store: Station) -> VehicleStory | None:
            recorded = store.passages.newest(passage_id)
            if recorded is None:
                return None
            rows = {
                each.inspection_id: store.row(each.inspection_id)
                for each in recorded.passage.occupants
            }
            people = tuple(
                _person(each.seat, rows.get(each.inspection_id), each.outcome, self._say)
                for each in recorded.passage.occupants
            )
            facts = tuple(_facts(recorded, self._say))
            return VehicleStory(recorded, called(recorded.passage, self._say), people, facts)

        self._office.database.run(job, done, lambda fault: failed(self._told(fault)))

    def pictures(
        self, runner: Runner, operator: str, done: Callable[[list[Shot]], None], failed: Failed
    ) -> None:
        """The pictures kept of a gate-runner; that they were looked at is noted."""
        now = self._office.now()

        def job(store: Station) -> list[Shot]:
            store.log_look(runner.id, operator, "gate_runner", now)
            return store.runners.pictures(runner.id)

        self._office.database.run(job, done, lambda fault: failed(self._told(fault)))

    def _told(self, fault: StoreFault) -> str:
        return fault_text(fault.code, self._say)


def vehicle_line(row: PassageRow, translate: Translate) -> VehicleLine:
    """One stored vehicle as one masked line."""
    return VehicleLine(
        id=row.id,
        at=row.closed_at,
        tone=_TONES[row.end],
        plate=_named(row.plate, row.use, translate),
        kind=use_word(row.use, translate),
        people=row.people,
        word=translate("Taken back")
        if row.void
        else end_word(row.end, translate, on_foot=row.use is VehicleUse.FOOT),
        turned_back=row.turned_back,
        operator=row.operator,
        void=row.void,
    )


def _named(plate: str | None, use: VehicleUse, translate: Translate) -> str:
    if use is VehicleUse.FOOT:
        return "—"  # how they came stands in the next column
    return mask_plate(plate) if plate else translate("No plate")


def end_word(end: PassageEnd, translate: Translate, *, on_foot: bool) -> str:
    """What became of a vehicle or of a party on foot, as one word."""
    return {
        PassageEnd.RELEASED: translate("Party released" if on_foot else "Vehicle released"),
        PassageEnd.TURNED_BACK: translate("All turned back" if on_foot else "Vehicle turned back"),
        PassageEnd.HELD: translate("Somebody held" if on_foot else "Vehicle held"),
    }[end]


def runner_word(kind: RunnerKind, translate: Translate) -> str:
    """闯卡 or 拒不配合."""
    return translate("Ran the gate" if kind is RunnerKind.RAN else "Would not be checked")


def paper_word(paper: ColdChainPaper, translate: Translate) -> str:
    """A paper of the cold-chain sheet."""
    return {
        ColdChainPaper.QUARANTINE: translate("Quarantine certificate"),
        ColdChainPaper.TEST: translate("Test report of the goods"),
        ColdChainPaper.DISINFECTION: translate("Disinfection certificate"),
    }[paper]


def _person(
    seat: int, row: RecordedInspection | None, outcome: Outcome | None, translate: Translate
) -> PersonLine:
    newest = row.outcome if row is not None else outcome
    title = title_of(row.inspection, translate) if row is not None else translate("No name")
    tone = TONES[newest] if newest is not None else Tone.ASK
    word = outcome_word(newest, translate) if newest is not None else translate("waiting")
    return PersonLine(seat, tone, title, word)


def _facts(recorded: RecordedPassage, translate: Translate) -> list[tuple[str, str]]:
    passage = recorded.passage
    found = [
        (translate("From"), passage.origin),
        (translate("To"), passage.destination),
        (translate("Received by, phone"), passage.receiver),
        (translate("Reason"), recorded.reason),
        (translate("Point to point"), passage.escort),
    ]
    if passage.goods is not None:
        found += goods_facts(passage.goods, translate)
    return [(caption, text) for caption, text in found if text]


def goods_facts(sheet: ColdChain, translate: Translate) -> list[tuple[str, str | None]]:
    """The cold-chain sheet in captions and words."""
    answers = {True: translate("Yes"), False: translate("No"), None: ""}
    papers = [
        (paper_word(each, translate), _seen_word(sheet, each, translate)) for each in ColdChainPaper
    ]
    return [
        (translate("Goods"), sheet.goods),
        (translate("Lot"), sheet.lot),
        (translate("Consignee"), sheet.consignee),
        *papers,
        (translate("Driver tested"), answers[sheet.driver_tested]),
        (translate("Unloaded in a closed loop"), answers[sheet.closed_loop]),
    ]


def _seen_word(sheet: ColdChain, paper: ColdChainPaper, translate: Translate) -> str:
    if paper in sheet.seen:
        return translate("seen")
    return translate("missing") if paper in sheet.missing else ""
