"""Finding what stations recorded: masked, and whole only with a reason that goes on record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from checkpoint_app.desk.card import TONES
from checkpoint_app.desk.finding import record_view
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.masking import Mask, mask_name, mask_number, mask_phone, mask_plate
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Frame
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import wall
from checkpoint_app.store.hub.wall import Met

SHOWN = 200
SEARCHING = frozenset({"office", "supervisor", "auditor"})
WHOLE = frozenset({"office", "supervisor"})


class Records:
    """The search and one record."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/records", self.search, SEARCHING),
            self._frame.show("/record/{which:str}", self.show, SEARCHING),
            self._frame.take("/record/{which:str}", self.show_whole, WHOLE),
        ]

    def search(self, asked: Asked) -> Answer:
        """All that was recorded, the newest first, or what answers a question."""
        wanted = _question(asked)
        with self._frame.store.read() as connection:
            found = wall.found(connection, wanted, SHOWN + 1)
        values = {
            "found": [_line(each, asked) for each in found[:SHOWN]],
            "more": SHOWN if len(found) > SHOWN else 0,
            "stations": self._frame.store.devices(),
            "outcomes": [(each.value, asked.words.outcome(each)) for each in Outcome],
        }
        return Drawn("records.html", {**values, "here": "records"})

    def show(self, asked: Asked) -> Answer:
        """One record, masked."""
        return self._view(asked, Mask.PARTIAL)

    def show_whole(self, asked: Asked) -> Answer:
        """One record, whole; the look is put on record first."""
        reason = str(asked.form.get("reason", "")).strip()
        if len(reason) < 2:
            return self._view(asked, Mask.PARTIAL)
        subject = asked.path["which"]
        self._frame.store.users.note(asked.who.name, "record", subject, reason, asked.now)
        return self._view(asked, Mask.NONE)

    def _view(self, asked: Asked, mask: Mask) -> Answer:
        which = identified(asked.path["which"])
        with self._frame.store.read() as connection:
            found = wall.one(connection, which)
        if found is None:
            raise StoreFault("not_found")
        device, recorded = found
        t = asked.words.translate
        view = record_view(recorded, t, False, mask)
        known = self._frame.store.device(device)
        facts = [
            (t("Station"), known.name if known else device),
            (t("Time"), f"{view.at:%Y-%m-%d %H:%M:%S}"),
            (t("Outcome"), view.word),
            *view.fields,
            *((t("Why"), each) for each in view.reasons),
            *((t("Note"), each) for each in view.notes),
        ]
        values = {"facts": facts, "whole": view.whole or asked.who.role not in WHOLE, "id": which}
        return Drawn("record.html", {**values, "here": "records"})


def identified(text: str) -> UUID:
    """An id from an address. Raises `StoreFault`: not_found."""
    try:
        return UUID(text)
    except ValueError:
        raise StoreFault("not_found") from None


def _question(asked: Asked) -> wall.Asked:
    query = asked.query
    outcome = query.get("outcome", "")
    return wall.Asked(
        text=query.get("text", "").strip(),
        devices=(query["station"],) if query.get("station") else (),
        start=_midnight(query.get("from", ""), asked.now, 0),
        end=_midnight(query.get("to", ""), asked.now, 1),
        outcomes=(Outcome(outcome),) if outcome in {each.value for each in Outcome} else (),
    )


def _midnight(text: str, now: datetime, later: int) -> datetime | None:
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day, time(0), now.tzinfo) + timedelta(days=later)
    except (ValueError, OverflowError):
        return None


def _line(met: Met, asked: Asked) -> dict[str, Any]:
    words = asked.words
    return {
        "id": met.id,
        "tone": "idle" if met.void else TONES[met.outcome].value,
        "word": words.translate("Taken back") if met.void else words.outcome(met.outcome),
        "at": words.clock(met.confirmed_at, asked.now),
        "station": met.station,
        "name": mask_name(met.name),
        "id_number": mask_number(met.id_number),
        "phone": mask_phone(met.phone),
        "plate": mask_plate(met.plate),
        "why": words.reason(met.first_reason),
    }
