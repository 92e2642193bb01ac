"""Adding to a case: every step is one record of the ledger, shown in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from checkpoint_app.domain.case import Event, Step, Subject, opens_case
from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.taking_back import TakingBack
from checkpoint_app.store import inspections, ledger, tables
from checkpoint_app.store.cases import folding
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.ledger import Draft, Kind, Placed
from checkpoint_app.store.moments import micros

LONGEST_TEXT = 500  # characters of one field that somebody typed
_WENT_ON = frozenset({Outcome.PASS, Outcome.REGISTER, Outcome.TURN_BACK})
_KEPT = frozenset({Outcome.HAND_OVER, Outcome.HOLD})
_TYPED = ("unit", "person", "phone", "receipt", "vehicle", "note", "supervisor")


@dataclass(frozen=True, slots=True)
class Raised:
    """A case asked for after the fact, or for somebody who was never inspected."""

    why: Code
    detail: str | None = None
    inspection_id: UUID | None = None
    subject: Subject | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """What a case takes over from the inspection that it is about."""

    outcome: Outcome
    bound_for: str | None  # whom it lies with at first


def follow(
    connection: Connection, device: str, placed: Placed, recorded: RecordedInspection, whose: UUID
) -> UUID | None:
    """Open the case that a saved inspection needs, or note the correction in the one it has."""
    existing = of_inspection(connection, whose)
    if existing is None and (recorded.void or not opens_case(recorded)):
        return None
    case_id: UUID = existing.id if existing is not None else uuid7(recorded.confirmed_at)
    event = Event.CORRECTED if existing is not None else Event.FOUND
    reasons = recorded.verdict.reasons
    said: dict[str, Any] = {
        "case": str(case_id),
        "inspection": str(whose),
        "record": str(placed.link.id),
        "event": event.value,
        "outcome": recorded.outcome.value,
        "why": reasons[0].code.value if reasons else None,
        "void": recorded.void,
    }
    more, at = None, recorded.confirmed_at
    if event is Event.FOUND:
        more = _first_unit(recorded)
        if recorded.back_entry is not None:
            at = recorded.back_entry.entered_at
            said["happened_us"] = micros(recorded.confirmed_at)
            said["recall"] = _should_have_stayed(recorded)
    place(connection, device, at, said, more)
    return case_id


def _should_have_stayed(recorded: RecordedInspection) -> bool:
    """On paper, with no list at hand, somebody was let go whom the rules would have kept."""
    return recorded.outcome in _WENT_ON and recorded.verdict.outcome in _KEPT


def raise_case(
    connection: Connection,
    device: str,
    raised: Raised,
    operator: str,
    now: datetime,
    met: Met | None = None,
) -> UUID:
    """Open a case, or add the news to the one that the inspection has; the same news only once.

    `met` is given by whoever has the inspection at hand already. Raises `StoreFault`: not_found (no
    such inspection), not_storable.
    """
    inspection = met or _inspected(connection, raised.inspection_id)
    existing = of_inspection(connection, raised.inspection_id)
    said = {
        "case": str(existing.id if existing is not None else uuid7(now)),
        "event": (Event.FOUND if existing is None else Event.NEWS).value,
        "operator": operator,
        "why": raised.why.value,
        "recall": inspection is not None and inspection.outcome in _WENT_ON,
        "happened_us": _us(raised.happened_at),
    }
    if inspection is not None:
        said["inspection"] = str(raised.inspection_id)
        said["outcome"] = inspection.outcome.value
    more = {**_subject(raised.subject), "detail": _tidy(raised.detail)}
    if existing is None and inspection is not None:
        more["unit"] = _tidy(inspection.bound_for)
    if existing is None or not _known(connection, existing, raised):
        place(connection, device, now, said, {name: each for name, each in more.items() if each})
    return UUID(said["case"])  # type: ignore[arg-type]


def take(connection: Connection, device: str, case_id: UUID, step: Step, now: datetime) -> Placed:
    """Add a step. Whether it may be taken has been asked before."""
    said = {
        "case": str(case_id),
        "event": step.event.value,
        "operator": step.operator,
        "happened_us": _us(step.happened_at),
        "measure": step.measure.value if step.measure else None,
        "until_us": _us(step.until),
        "result": step.result.value if step.result else None,
    }
    more = {name: _tidy(getattr(step, name)) for name in _TYPED}
    return place(connection, device, now, said, {name: each for name, each in more.items() if each})


def take_back(
    connection: Connection,
    device: str,
    case_id: UUID,
    step: UUID,
    taking: TakingBack,
    now: datetime,
) -> Placed:
    """Add that a step was a mistake. Whether it may be said has been asked before."""
    said = {
        "case": str(case_id),
        "event": Event.TAKEN_BACK.value,
        "operator": taking.operator,
        "taken_back": str(step),
    }
    reason = _tidy(taking.reason)
    return place(connection, device, now, said, {"note": reason} if reason else None)


def place(
    connection: Connection,
    device: str,
    now: datetime,
    said: dict[str, Any],
    more: dict[str, Any] | None,
) -> Placed:
    """Put one event of a case into the ledger and show it."""
    plain = ledger.encoded({name: each for name, each in said.items() if each is not None})
    personal = ledger.encoded(more) if more else None
    placed = ledger.place(connection, device, Draft(Kind.CASE_EVENT, now, plain, personal))
    folding.project(connection, placed.link, plain, personal)
    return placed


def of_inspection(connection: Connection, inspection_id: UUID | None) -> Row[Any] | None:
    """The case of an inspection."""
    if inspection_id is None:
        return None
    return connection.execute(_OF_INSPECTION, {"whose": inspection_id}).first()


_OF_INSPECTION = select(tables.cases).where(tables.cases.c.inspection_id == bindparam("whose"))


def _inspected(connection: Connection, inspection_id: UUID | None) -> Met | None:
    if inspection_id is None:
        return None
    found = inspections.newest(connection, inspection_id)
    if found is None:
        raise StoreFault("not_found")
    return Met(found.outcome, _bound_for(found))


def _known(connection: Connection, case: Row[Any], raised: Raised) -> bool:
    """Whether this very news stands in the case already: a list may be checked twice."""
    events = tables.case_events
    chosen = (
        ledger.full_rows()
        .join(events, events.c.record_id == tables.records.c.id)
        .where(events.c.case_id == case.id)
    )
    for row in connection.execute(chosen):
        said, more = folding.decoded(row.plain), folding.decoded(row.body)
        told = (said.get("why"), more.get("detail"))
        if "detail" in more and told == (raised.why.value, _tidy(raised.detail)):
            return True
    return False


def _first_unit(recorded: RecordedInspection) -> dict[str, str] | None:
    place = _tidy(_bound_for(recorded))
    return {"unit": place} if place else None


def _bound_for(recorded: RecordedInspection) -> str | None:
    """Whom a case lies with at first: the township or county that the person is bound for."""
    inspection = recorded.inspection
    return inspection.journey.destination or inspection.person.residence


def _subject(subject: Subject | None) -> dict[str, str | None]:
    if subject is None:
        return {}
    return {name: _tidy(getattr(subject, name)) for name in ("name", "phone", "plate")}


def _tidy(text: str | None) -> str | None:
    tidy = (text or "").strip()
    if len(tidy) > LONGEST_TEXT:
        raise StoreFault("not_storable", "text")
    return tidy or None


def _us(moment: datetime | None) -> int | None:
    return micros(moment) if moment is not None else None
