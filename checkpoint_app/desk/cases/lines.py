"""Cases as lines of the board and the table: masked, worded, in the order of urgency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.case import Case, Deadlines, Event, Stage, due, late_by
from checkpoint_app.domain.masking import Mask, mask_name, mask_phone, mask_plate
from checkpoint_app.domain.reasons import Reason
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.cases import (
    RECALL,
    WITHDRAWN,
    due_word,
    measure_word,
    result_word,
    span_text,
    stage_word,
)
from checkpoint_app.i18n.reasons import reason_text
from checkpoint_app.settings import Settings


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as a row: texts are translated, the person is masked."""

    id: UUID
    label: str
    stage: Stage
    stage_word: str
    opened_at: datetime
    title: str  # the person or the car
    phone: str
    plate: str
    why: str
    unit: str
    awaits: str  # what is to be done, or how it ended
    due: Event | None
    due_at: datetime | None
    late: timedelta | None
    late_text: str
    recall: bool
    withdrawn: bool
    tone: Tone


def deadlines_of(settings: Settings) -> Deadlines:
    """How long each step may take at this station."""
    return Deadlines(
        report=timedelta(seconds=settings.case_report_within),
        hand_over=timedelta(seconds=settings.case_hand_over_within),
        receive=timedelta(seconds=settings.case_receive_within),
        measure=timedelta(seconds=settings.case_measure_within),
        close=timedelta(seconds=settings.case_close_within),
    )


def case_line(
    case: Case,
    deadlines: Deadlines,
    now: datetime,
    translate: Translate,
    mask: Mask = Mask.PARTIAL,
) -> CaseLine:
    """One case in words."""
    awaited, late = due(case, deadlines), late_by(case, deadlines, now)
    return CaseLine(
        id=case.id,
        label=case.label,
        stage=case.stage,
        stage_word=translate(WITHDRAWN) if case.withdrawn else stage_word(case.stage, translate),
        opened_at=case.opened_at,
        title=title_of(case, translate, mask),
        phone=mask_phone(case.phone, mask),
        plate=mask_plate(case.plate, mask),
        why=why_text(case, translate),
        unit=(case.unit or "") if mask is Mask.NONE else area_of(case.unit or ""),
        awaits=_awaits(case, awaited.event if awaited else None, translate),
        due=awaited.event if awaited else None,
        due_at=awaited.at if awaited else None,
        late=late,
        late_text=translate("late by {span}", span=span_text(late, translate)) if late else "",
        recall=case.recall and case.is_open,
        withdrawn=case.withdrawn,
        tone=_tone(case, late),
    )


def title_of(case: Case, translate: Translate, mask: Mask = Mask.PARTIAL) -> str:
    """Whom a case is about."""
    if case.name:
        return mask_name(case.name, mask)
    return mask_plate(case.plate, mask) if case.plate else translate("No name")


def area_of(unit: str) -> str:
    """A unit or a village without the number of somebody's house."""
    return re.split(r"\d", unit, maxsplit=1)[0].strip() or unit


def why_text(case: Case, translate: Translate) -> str:
    """Why there is a case, in one sentence."""
    return reason_text(Reason(case.why), translate) if case.why is not None else ""


def in_order(lines: Iterable[CaseLine]) -> list[CaseLine]:
    """People to be called back first, then the latest, then by when they are due."""
    return sorted(lines, key=_urgency)


def fits(line: CaseLine, asked: str) -> bool:
    """Whether all that was typed is found in a line."""
    whole = " ".join(
        (line.label, line.title, line.plate, line.why, line.unit, line.awaits, line.stage_word)
    ).casefold()
    return all(word in whole for word in asked.casefold().split())


def _urgency(line: CaseLine) -> tuple[bool, bool, bool, float, float]:
    late = line.late.total_seconds() if line.late else 0.0
    due_at = line.due_at.timestamp() if line.due_at else -line.opened_at.timestamp()
    shut = line.due is None
    return (shut, not (line.recall and line.stage is Stage.FOUND), not line.late, -late, due_at)


def _awaits(case: Case, event: Event | None, translate: Translate) -> str:
    if case.withdrawn:
        return translate(WITHDRAWN)
    if case.result is not None:
        return result_word(case.result, translate)
    if case.measure is not None and case.stage is Stage.UNDER_MEASURE:
        return measure_word(case.measure, translate)
    if case.recall and case.stage is Stage.FOUND:
        return translate(RECALL)
    return due_word(event, translate) if event is not None else ""


def _tone(case: Case, late: timedelta | None) -> Tone:
    if not case.is_open:
        return Tone.IDLE
    if late is not None or (case.recall and case.stage is Stage.FOUND):
        return Tone.STOP
    return Tone.PASS if case.stage is Stage.UNDER_MEASURE else Tone.ATTENTION
