"""The live wall: every station, what happened today, what is new and waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from checkpoint_app.desk.cases.lines import title_of, why_text
from checkpoint_app.domain.case import Case, Stage
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.sheet import Period
from checkpoint_app.hub.web.frame import Answer, Asked, Drawn, Elsewhere, Frame
from checkpoint_app.hub.web.rail import EVERYONE, WATCHING
from checkpoint_app.hub.web.words import Words
from checkpoint_app.store.hub import casework, wall
from checkpoint_app.store.hub.values import Device
from checkpoint_app.store.hub.wall import Counted, StationState

OFFLINE = timedelta(minutes=5)
NEW = frozenset({Stage.FOUND, Stage.REPORTED})
SHOWN = 5  # new cases on the wall; the rest is on the page of cases
STOPPED = (Outcome.HAND_OVER, Outcome.HOLD, Outcome.TURN_BACK)


class Wall:
    """The wall and its part that keeps itself fresh."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._counted: Counted | None = None  # asked for every second by everybody who looks

    def routes(self) -> list[Any]:
        """The handlers."""
        return [
            self._frame.show("/wall", self.show, EVERYONE),
            self._frame.show("/wall/part", self.part, WATCHING),
        ]

    def show(self, asked: Asked) -> Answer:
        """The whole page; a township's people see their cases instead."""
        if asked.who.role == "township":
            return Elsewhere("/cases")
        return Drawn("wall.html", {**self._values(asked), "here": "wall"})

    def part(self, asked: Asked) -> Answer:
        """What is fetched again and again."""
        return Drawn("wall_part.html", self._values(asked))

    def _values(self, asked: Asked) -> dict[str, Any]:
        with self._frame.store.read() as connection:
            self._counted = told = wall.counted(connection, today(asked.now), self._counted)
            states = wall.states_with(connection, told)
            newest = casework.newest(connection, NEW, SHOWN)
        words, names = asked.words, {each.device.device: each.device.name for each in states}
        return {
            "sums": _sums(states, asked),
            "alarms": [_alarm(each, names, asked) for each in newest],
            "stations": [_station(each, asked.now, words) for each in states],
        }


def today(now: datetime) -> Period:
    """The calendar day of the office's own clock."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(start, start + timedelta(days=1))


def state_of(device: Device, now: datetime, words: Words) -> tuple[str, str]:
    """Tone and word of a station's state."""
    if device.status == "revoked":
        return "idle", words.translate("Shut out")
    if device.status == "frozen":
        return "stop", words.translate("Frozen: two stations of one name")
    if now - device.seen_at > OFFLINE:
        return "attention", words.translate(
            "Offline since {time}", time=words.clock(device.seen_at, now)
        )
    return "pass", words.translate("Connected")


def _sums(states: Sequence[StationState], asked: Asked) -> list[tuple[int, str, str]]:
    t, active = asked.words.translate, [s for s in states if s.device.status != "revoked"]
    offline = sum(asked.now - each.device.seen_at > OFFLINE for each in active)
    return [
        (len(active), t("Stations"), ""),
        (offline, t("Offline"), "attention" if offline else ""),
        (sum(each.people for each in states), t("People today"), ""),
        (sum(_count(each, STOPPED) for each in states), t("Stopped"), ""),
        (sum(each.open_cases for each in states), t("Open cases"), ""),
        (sum(each.device.waiting + each.behind for each in states), t("Records on the way"), ""),
    ]


def _count(state: StationState, outcomes: Sequence[Outcome]) -> int:
    return sum(state.outcomes.get(each, 0) for each in outcomes)


def _station(state: StationState, now: datetime, words: Words) -> dict[str, Any]:
    device = state.device
    tone, word = state_of(device, now, words)
    return {
        "name": device.name,
        "site": device.site_name,
        "tone": tone,
        "state": word,
        "seen": words.ago(device.seen_at, now),
        "people": state.people,
        "passed": _count(state, (Outcome.PASS, Outcome.REGISTER)),
        "stopped": _count(state, STOPPED),
        "cases": state.open_cases,
        "waiting": device.waiting,
        "lists": _lists(device.lists),
    }


def _lists(said: str) -> str:
    try:
        found = msgspec.json.decode(said)
    except msgspec.DecodeError:
        return ""
    return "  ".join(str(each) for each in found) if isinstance(found, list) else ""


def _alarm(case: Case, names: dict[str, str], asked: Asked) -> dict[str, Any]:
    words = asked.words
    return {
        "id": case.id,
        "word": words.outcome(case.outcome) if case.outcome else words.translate("Case"),
        "station": names.get(case.device, case.device),
        "name": title_of(case, words.translate),
        "why": why_text(case, words.translate),
        "when": words.ago(case.opened_at, asked.now),
    }
