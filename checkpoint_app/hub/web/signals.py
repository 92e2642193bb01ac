"""Signals of box-ticking at all stations on one day, each with the figures behind it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from checkpoint_app.desk.duty.oversight import thresholds_of
from checkpoint_app.desk.duty.words import finding_sentence
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.sheet import Period
from checkpoint_app.domain.supervision import examine, facts_of
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Frame
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.hub import wall

SEEING = frozenset({"office", "supervisor"})


class Signals:
    """The page of signals."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Any]:
        """The handlers."""
        return [self._frame.show("/signals", self.show, SEEING)]

    def show(self, asked: Asked) -> Answer:
        """All signals of a day, by station."""
        day = _day(asked)
        start = datetime.combine(day, time(0), asked.now.tzinfo)
        with self._frame.store.read() as connection:
            found = wall.recorded(connection, Period(start, start + timedelta(days=1)))
        own: dict[str, list[RecordedInspection]] = defaultdict(list)
        for device, recorded in found:
            own[device].append(recorded)
        stations = [
            {
                "name": each.name,
                "people": len(own[each.device]),
                "signals": self._sentences(own[each.device], each.site_kind, asked),
            }
            for each in self._frame.store.devices()
        ]
        stations.sort(key=lambda each: -len(each["signals"]))  # type: ignore[arg-type]
        values = {"stations": stations, "day": day.isoformat(), "here": "signals"}
        return Drawn("signals.html", values)

    def _sentences(
        self, records: list[RecordedInspection], kind: str, asked: Asked
    ) -> list[tuple[str, str]]:
        facts = facts_of(records, shipped(kind))
        return [
            (
                asked.words.clock(each.start, asked.now),
                finding_sentence(each, asked.words.translate),
            )
            for each in examine(facts, thresholds_of(Settings()))
        ]


def _day(asked: Asked) -> date:
    try:
        return date.fromisoformat(asked.query.get("day", ""))
    except ValueError:
        return asked.now.date()
