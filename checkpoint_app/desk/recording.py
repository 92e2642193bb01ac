"""From the unfinished person to the record that is stored. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from checkpoint_app.domain.inspection import (
    CodeStatus,
    Inspection,
    RecordedInspection,
    Requirement,
)
from checkpoint_app.domain.policy import SitePolicy
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.store.station import DayRow

_NO_ANSWER = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})


def affirmed(inspection: Inspection, policy: SitePolicy, offline: bool = False) -> Inspection:
    """The inspection as Enter affirms it: mask worn, no symptoms, unless marked otherwise.

    `offline`: the line is declared down (断网模式), which a look-up without an answer says.
    """
    mask = inspection.mask
    if mask is None and Requirement.MASK in policy.required:
        mask = True
    symptoms = inspection.symptoms if inspection.symptoms is not None else ()
    code = inspection.health_code
    if offline and code is not None and code.status in _NO_ANSWER:
        findings = (*code.findings, Reason(Code.OFFLINE_MODE))
        code = replace(code, findings=tuple(dict.fromkeys(findings)))
    return replace(inspection, mask=mask, symptoms=symptoms, health_code=code)


def row_of(recorded: RecordedInspection) -> DayRow:
    """The day's line of a record that is only just being saved."""
    inspection = recorded.inspection
    return DayRow(
        id=inspection.id,
        confirmed_at=recorded.confirmed_at,
        name=inspection.person.name,
        id_number=inspection.person.id_number,
        phone=inspection.person.phone,
        plate=inspection.journey.plate,
        outcome=recorded.outcome,
        temperatures=tuple(reading.celsius for reading in inspection.temperatures),
        first_reason=_first_reason(recorded),
        operator=recorded.operator,
        corrected=recorded.supersedes is not None,
        void=recorded.void,
    )


def _first_reason(recorded: RecordedInspection) -> str | None:
    return recorded.verdict.reasons[0].code if recorded.verdict.reasons else None


def parked_seconds(parked_at: datetime | None, now: datetime) -> float | None:
    """How long somebody waited in the tray; a clock set back gives nothing rather than nonsense."""
    if parked_at is None or now < parked_at:
        return None
    return (now - parked_at).total_seconds()
