"""Pushed persons and list entries as lines for a table: translated, masked, with their sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.desk.lists.chips import day_words
from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.list_entries import Entry, ReturneeEntry, RiskEntry, RosterEntry
from checkpoint_app.domain.masking import mask_name, mask_number, mask_phone, mask_plate
from checkpoint_app.domain.moments import local, shown
from checkpoint_app.domain.worklist import DONE, WorkRow, WorkState
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.lists import LEVELS, STATES

TONES = {
    WorkState.UNCHECKED: Tone.ASK,
    WorkState.CHECKING: Tone.ATTENTION,
    WorkState.POLICE: Tone.STOP,
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One pushed person as the table shows them."""

    row: WorkRow
    state: str
    tone: Tone
    name: str
    number: str
    phone: str
    source: str
    due: str
    late: bool
    found: str
    note: str


def work_line(row: WorkRow, now: datetime, translate: Translate) -> WorkLine:
    """A pushed person, masked."""
    entry, late = row.entry, row.is_late(now)
    number = entry.id_number or ""
    return WorkLine(
        row=row,
        state=translate(STATES[row.state]),
        tone=Tone.STOP if late else TONES.get(row.state, Tone.PASS),
        name=mask_name(entry.name) if entry.name else translate("No name"),
        number=mask_number(number) if number else mask_plate(entry.plate or ""),
        phone=mask_phone(entry.phone or ""),
        source=entry.source or row.source,
        due=_due(row, now, translate),
        late=late,
        found=day_words(row.found_at, now, translate) if row.found_at else "",
        note=row.note or "",
    )


def _due(row: WorkRow, now: datetime, translate: Translate) -> str:
    if row.state in DONE:
        return ""
    if row.is_late(now):
        return translate("{time} late", time=_span(now - row.due, translate))
    return translate("{time} left", time=_span(row.due - now, translate))


def _span(span: timedelta, translate: Translate) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return translate("{minutes} min", minutes=minutes)
    if minutes < 48 * 60:
        return translate("{hours} h", hours=minutes // 60)
    return translate("{days} days", days=minutes // 1440)


def whole_facts(row: WorkRow, now: datetime, translate: Translate) -> list[tuple[str, str]]:
    """Everything that is known of a pushed person, for whoever checks on them."""
    entry, there = row.entry, local(row.due, now)
    facts = (
        ("Phone", entry.phone),
        ("ID or passport number", entry.id_number),
        ("Number plate", entry.plate),
        ("Residence", entry.residence),
        ("Source", entry.source or row.source),
        ("Remark", entry.note),
        ("To be checked by", f"{there:%m-%d %H:%M}"),
        ("Met at this gate", shown(row.found_at, now)),
        ("Last change", " ".join(part for part in (shown(row.at, now), row.operator) if part)),
        ("What was found out", row.note),
    )
    return [(translate(label), text) for label, text in facts if text]


def entry_cells(entry: Entry, now: datetime, translate: Translate) -> tuple[str, ...]:
    """An entry of the other lists as the cells of a row, masked where it names somebody."""
    if isinstance(entry, RiskEntry):
        days = (f"{each:%Y-%m-%d}" if each else "" for each in (entry.starts, entry.ends))
        return (entry.code, entry.name, translate(LEVELS[entry.level]), *days)
    if isinstance(entry, RosterEntry):
        every = translate("{hours} h", hours=entry.test_every_h) if entry.test_every_h else ""
        return (
            mask_name(entry.name),
            entry.roster_id or "",
            entry.unit or "",
            entry.role or "",
            mask_number(entry.id_number or ""),
            mask_phone(entry.phone or ""),
            every,
        )
    if isinstance(entry, ReturneeEntry):
        return (
            mask_name(entry.name),
            mask_number(entry.id_number or ""),
            entry.from_country or "",
            shown(entry.arrives, now),
            entry.entry_place or "",
            entry.transport or "",
            entry.receiver or "",
        )
    return (mask_name(entry.name or ""), mask_number(entry.id_number or ""))
