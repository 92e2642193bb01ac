"""Earlier inspections as they are shown when somebody looks for them: a line each, or one whole.

Everything is masked unless a whole look was asked for, which is put on record elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint_app.desk.card import TONES
from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.inspection import Outcome, OutcomeChange, RecordedInspection
from checkpoint_app.domain.masking import (
    Mask,
    mask_name,
    mask_number,
    mask_numbers_within,
    mask_phone,
    mask_plate,
)
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import (
    UNVACCINATED,
    outcome_word,
    reason_text,
    status_word,
    symptom_word,
)
from checkpoint_app.store.station import DayRow


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One inspection as a row of a table, masked. `temperatures` are degrees Celsius, in order."""

    id: UUID
    at: datetime
    tone: Tone
    name: str
    number: str
    plate: str
    temperatures: tuple[float, ...]
    word: str
    operator: str
    corrected: bool
    void: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """One inspection, all of it, in words. `fields` are captions and values as shown."""

    id: UUID
    at: datetime
    tone: Tone
    outcome: Outcome
    word: str
    fields: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]  # changes and taking back
    whole: bool
    void: bool


def found_line(row: DayRow, translate: Translate, venue: bool) -> FoundLine:
    """One stored inspection as a masked row."""
    return FoundLine(
        id=row.id,
        at=row.confirmed_at,
        tone=Tone.IDLE if row.void else TONES[row.outcome],
        name=mask_name(row.name),
        number=mask_number(row.id_number) or mask_phone(row.phone),
        plate=mask_plate(row.plate),
        temperatures=row.temperatures,
        word=translate("Taken back")
        if row.void
        else outcome_word(row.outcome, translate, venue=venue),
        operator=row.operator,
        corrected=row.corrected,
        void=row.void,
    )


def record_view(
    recorded: RecordedInspection, translate: Translate, venue: bool, mask: Mask
) -> RecordView:
    """One record in words, masked as asked for (`Mask.NONE`: whole)."""
    return RecordView(
        id=recorded.inspection.id,
        at=recorded.confirmed_at,
        tone=TONES[recorded.outcome],
        outcome=recorded.outcome,
        word=outcome_word(recorded.outcome, translate, venue=venue),
        fields=tuple(pair for pair in _fields(recorded, translate, mask) if pair[1]),
        reasons=tuple(reason_text(each, translate) for each in recorded.verdict.reasons),
        notes=tuple(_notes(recorded, translate, venue)),
        whole=mask is Mask.NONE,
        void=recorded.void,
    )


def _fields(
    recorded: RecordedInspection, translate: Translate, mask: Mask
) -> list[tuple[str, str]]:
    of = recorded.inspection
    person, journey, code, why = of.person, of.journey, of.health_code, of.unvaccinated
    return [
        (translate("Name"), mask_name(person.name, mask)),
        (translate("Document number"), mask_number(person.id_number, mask)),
        (translate("Phone"), mask_phone(person.phone, mask)),
        (translate("Plate"), mask_plate(journey.plate, mask)),
        (translate("Residence"), _place(person.residence, mask)),
        (translate("From"), journey.origin or ""),
        (translate("To"), _place(journey.destination, mask)),
        (translate("Received by, phone"), mask_numbers_within(journey.receiver, mask)),
        (translate("Unit"), person.unit or ""),
        (translate("Guardian, phone"), _contact(person.guardian, mask)),
        (translate("Train, flight, means"), mask_numbers_within(journey.transport, mask)),
        (translate("Left the risk area at"), mask_numbers_within(journey.left_area_at, mask)),
        (translate("Reason not vaccinated"), translate(UNVACCINATED[why]) if why else ""),
        (translate("Health code"), status_word(code.status, translate) if code else ""),
        (translate("Temperature"), readings(tuple(t.celsius for t in of.temperatures))),
        (translate("Symptoms"), "、".join(symptom_word(s, translate) for s in of.symptoms or ())),
        (translate("Registered by"), recorded.operator),
    ]


def _contact(text: str | None, mask: Mask) -> str:
    """A guardian: the name like the traveller's own, the numbers in it hidden."""
    name, _, rest = (text or "").partition(" ")
    return " ".join(filter(None, (mask_name(name, mask), mask_numbers_within(rest, mask))))


def _place(text: str | None, mask: Mask) -> str:
    """An address is written out only where it is looked at on record."""
    if mask is Mask.NONE or not text:
        return text or ""
    return text[:6] + "***" if len(text) > 6 else text


def readings(celsius: tuple[float, ...]) -> str:
    """Readings in their order: 37.5 → 36.9 ℃."""
    return " → ".join(f"{each:.1f}" for each in celsius) + " ℃" if celsius else ""


def _notes(recorded: RecordedInspection, translate: Translate, venue: bool) -> list[str]:
    change, notes, entry = recorded.change, list[str](), recorded.back_entry
    if entry is not None:
        notes.append(
            translate(
                "Written by {author} on form {number}, entered {time}",
                author=entry.author,
                number=entry.number,
                time=f"{entry.entered_at:%m-%d %H:%M}",
            )
        )
    if change is not None:
        notes.append(
            translate(
                "Changed from {before} by {officer}: {reason}",
                before=outcome_word(recorded.verdict.outcome, translate, venue=venue),
                officer=change.officer,
                reason=change.reason,
            )
        )
        notes += _answered_for(change, translate)
    if recorded.void:
        notes.append(translate("Taken back, does not count"))
    return notes


def _answered_for(change: OutcomeChange, translate: Translate) -> list[str]:
    if change.second_officer:
        return [translate("Second officer: {name}", name=change.second_officer)]
    return [translate("Call-back: {words}", words=change.call_back)] if change.call_back else []
