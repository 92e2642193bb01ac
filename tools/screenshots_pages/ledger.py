"""The ledger with cases in every column, one of them open."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.domain.case import Event, Measure, Result, Step
from tests.ui.room import NAMES, Room
from tools.screenshots_pages.scene import Act

STEPS = (
    Step(Event.REPORTED, NAMES[0], unit="县疾控中心", person="刘建", phone="0379-60000001"),
    Step(Event.HANDED_OVER, NAMES[0], unit="县人民医院发热门诊", vehicle="豫C120急"),
    Step(Event.RECEIVED, NAMES[0], unit="县人民医院发热门诊", receipt="H-0314", person="赵医生"),
    Step(Event.MEASURED, NAMES[0], measure=Measure.HOME_ISOLATION, supervisor="李梅"),
    Step(Event.CLOSED, NAMES[0], result=Result.RELEASED, note="两次核酸阴性"),
)


def _filled(room: Room) -> None:
    """A morning's cases, led on to every stage; some are late by now."""
    room.enter()
    room.travellers(60)
    for place, case in enumerate(room.station.cases.cases()):
        for step in STEPS[: place % (len(STEPS) + 1)]:
            room.station.cases.step(case.id, step, room.now())
    room.at += timedelta(hours=3)
    room.window.show_page("ledger")


def _table(room: Room) -> None:
    _filled(room)
    room.pages.ledger.views.chosen.emit(1)
    room.pages.ledger.scopes.chosen.emit(1)


def _case(room: Room) -> None:
    _filled(room)
    room.pages.ledger.open_case(room.pages.ledger.shown[0].id)


def _step(room: Room) -> None:
    _case(room)
    room.pages.ledger.panel.main.click()


def _empty(room: Room) -> None:
    room.enter()
    room.window.show_page("ledger")


SHOTS: dict[str, Act] = {
    "ledger": _filled,
    "ledger_table": _table,
    "ledger_case": _case,
    "ledger_step": _step,
    "ledger_empty": _empty,
}
