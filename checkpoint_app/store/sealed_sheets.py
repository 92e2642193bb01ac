"""Sheets that left the desk: found by their check code, noted when handed out, closed by period.

All of it is read from the ledger by kind: there is no table that could say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Engine, Row, func, select

from checkpoint_app.domain.sheet import Period, Sheet
from checkpoint_app.store import ledger, sealing, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """A seal with what it was put on. `place` is its own (epoch, seq) in the ledger."""

    sheet: str
    period: Period
    version: int
    code: str
    records: int
    sealed_at: datetime
    place: tuple[int, int]
    content: bytes


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet printed, saved or sent: which one, how whole, and to whom."""

    sheet: Sheet
    period: Period
    code: str
    version: int
    form: str  # pdf, xlsx, csv, json, print
    mask: str
    rows: int
    operator: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A period closed: its seal, who did it, what was open, how many of each figure."""

    period: Period
    code: str
    version: int
    records: int
    operator: str
    closed_at: datetime
    open_points: tuple[str, ...] = ()
    figures: tuple[tuple[str, int], ...] = ()


class SealedSheets:
    """The door to them, at one station."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    # -- seals

    def by_code(self, code: str) -> SealedSheet | None:
        """The seal with this check code, however it was typed; None where there is none."""
        wanted = "".join(each for each in code.upper() if each.isalnum())
        seals, records = tables.seals, tables.records
        query = (
            select(seals, records.c.epoch, records.c.seq, records.c.at_us, records.c.offset_s)
            .join(records, records.c.id == seals.c.record_id)
            .where(seals.c.code == f"{wanted[:5]}-{wanted[5:]}")
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return _sealed(row) if row is not None else None

    def newest(self, sheet: str, period: Period) -> SealedSheet | None:
        """The newest seal of a sheet and period."""
        seals, records = tables.seals, tables.records
        query = (
            select(seals, records.c.epoch, records.c.seq, records.c.at_us, records.c.offset_s)
            .join(records, records.c.id == seals.c.record_id)
            .where(seals.c.sheet == str(sheet), seals.c.start_us == micros(period.start))
            .where(seals.c.end_us == micros(period.end))
            .order_by(seals.c.version.desc())
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return _sealed(row) if row is not None else None

    def is_current(self, sealed: SealedSheet) -> bool:
        """Whether the period's records are still the ones that the seal was put on."""
        with reading(self._engine) as connection:
            return sealing.content_now(connection, sealed.sheet, sealed.period) == sealed.content

    def records_before(self, moment: datetime) -> int:
        """How many records of inspections belong to the time before; quick at any number."""
        records = tables.records
        counted = (
            select(func.count())
            .select_from(records)
            .where(records.c.kind == Kind.INSPECTION.value)
            .where(records.c.belongs_us < micros(moment))
        )
        with reading(self._engine) as connection:
            return int(connection.execute(counted).scalar_one())

    # -- handed out

    def note(self, handout: Handout, now: datetime) -> None:
        """Put on record that a sheet left the desk."""
        plain = {
            **_span(handout.period),
            "sheet": str(handout.sheet),
            "code": handout.code,
            "version": handout.version,
            "form": handout.form,
            "mask": handout.mask,
            "rows": handout.rows,
        }
        who = {"operator": handout.operator, "recipient": handout.recipient}
        self._place(Kind.SHEET_OUT, plain, who, handout.period, now)

    def handouts(self, period: Period) -> list[Handout]:
        """What left the desk of a period, in that order."""
        return [
            Handout(
                Sheet(plain["sheet"]),
                period,
                plain["code"],
                plain["version"],
                plain["form"],
                plain["mask"],
                plain["rows"],
                who.get("operator", ""),
                who.get("recipient", ""),
            )
            for plain, who, _ in self._noted(Kind.SHEET_OUT, period)
        ]

    # -- closings

    def close(self, closing: Closing) -> Closing:
        """Put a period's closing on record. It can be repeated; what is kept names nobody."""
        plain = {
            **_span(closing.period),
            "code": closing.code,
            "version": closing.version,
            "records": closing.records,
            "open_points": list(closing.open_points),
            "figures": dict(closing.figures),
        }
        who = {"operator": closing.operator}
        self._place(Kind.CLOSING, plain, who, closing.period, closing.closed_at)
        return closing

    def closings(self, period: Period) -> list[Closing]:
        """How often and when a period was closed, oldest first."""
        return [
            _closing(plain, who, period, at) for plain, who, at in self._noted(Kind.CLOSING, period)
        ]

    # -- the ledger

    def _place(
        self, kind: Kind, plain: dict[str, Any], who: dict[str, str], period: Period, now: datetime
    ) -> None:
        body, personal = ledger.encoded(plain), ledger.encoded(who)
        draft = Draft(kind, now, body, personal, None, micros(period.start))
        with writing(self._engine) as connection:
            ledger.place(connection, self._device, draft)

    def _noted(
        self, kind: Kind, period: Period
    ) -> list[tuple[dict[str, Any], dict[str, str], datetime]]:
        records = tables.records
        chosen = (
            ledger.full_rows()
            .where(records.c.kind == kind.value, records.c.belongs_us == micros(period.start))
            .order_by(records.c.epoch, records.c.seq)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        found = ((msgspec.json.decode(row.plain), row) for row in rows)
        return [
            (
                plain,
                msgspec.json.decode(row.body) if row.body is not None else {},
                moment(row.at_us, row.offset_s),
            )
            for plain, row in found
            if plain["end_us"] == micros(period.end)
        ]


def _span(period: Period) -> dict[str, int]:
    return {"start_us": micros(period.start), "end_us": micros(period.end)}


def _closing(plain: dict[str, Any], who: dict[str, str], period: Period, at: datetime) -> Closing:
    return Closing(
        period,
        plain["code"],
        plain["version"],
        plain["records"],
        who.get("operator", ""),
        at,
        tuple(plain["open_points"]),
        tuple(plain["figures"].items()),
    )


def _sealed(row: Row[Any]) -> SealedSheet:
    return SealedSheet(
        row.sheet,
        Period(moment(row.start_us, row.offset_s), moment(row.end_us, row.offset_s)),
        row.version,
        row.code,
        row.records,
        moment(row.at_us, row.offset_s),
        (row.epoch, row.seq),
        row.content,
    )
