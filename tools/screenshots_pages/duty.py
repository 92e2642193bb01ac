"""Shift and supervision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from checkpoint_app.desk.duty.oversight import NewProblem, Oversight
from checkpoint_app.domain.duty.handing import Draft, Stock, Supply
from checkpoint_app.domain.duty.turns import Ending, ShiftName
from checkpoint_app.domain.inspection import Outcome, TemperatureReading
from checkpoint_app.domain.supervision.problems import Problem, Step
from tests.ui.room import Room
from tools.screenshots_pages.scene import Act


def _shift(room: Room) -> None:
    room.enter()
    room.travellers(40)
    room.window.command("shift")


def _shift_long(room: Room) -> None:
    """Nine hours later, somebody else there too, things counted; yesterday nobody signed."""
    before = room.station.duty
    evening = room.at - timedelta(hours=13)
    left = before.sign_on("李强", ShiftName.DAY, evening)
    before.sign_off(left, Ending.OFF_DUTY, evening + timedelta(hours=6))
    room.enter()
    room.travellers(40)
    page, book = room.pages.shift, room.pages.book
    room.window.command("shift")
    page.people.own.celsius.setText("36.4")
    page.people.own.tested.setText("11-22")
    page.people.own.submit()
    page.checks.tick(1)
    room.at += timedelta(hours=9)
    other = room.station.operators()[1]
    book.arrive(other, lambda turn: None, print)
    stock = {Supply.MASK: Stock(200, 100, 48, 250), Supply.DISINFECTANT: Stock(12, 0, 2, 10)}
    book.keep_draft(Draft(2, 1, stock, "2 号门扫码枪电量低"), print)
    page.checks.tick(2)
    room.pages.watch.refresh()


def _shift_sign(room: Room) -> None:
    _shift_long(room)
    room.pages.shift.counting.submit()


def _shift_done(room: Room) -> None:
    _shift_sign(room)
    signing = room.pages.shift.signing
    signing.leaving_pin.setText("1234")
    signing.coming_pin.setText("1234")
    signing.submit()


def _supervision(room: Room) -> None:
    """Twelve people at one temperature, a fever let go, and problems in every state."""
    room.enter()
    room.travellers(30)
    for number in range(40, 52):
        recorded = room.record(number, number - 30)
        flat = (TemperatureReading(36.5, recorded.confirmed_at),)
        inspection = replace(recorded.inspection, id=UUID(int=9000 + number), temperatures=flat)
        room.station.record(replace(recorded, inspection=inspection, operator="李强"), None)
    hot = room.record(60, 3)
    fever = replace(
        hot.inspection,
        id=UUID(int=9999),
        temperatures=(TemperatureReading(37.9, hot.confirmed_at),),
    )
    room.station.record(replace(hot, inspection=fever, outcome=Outcome.PASS), None)
    oversight = Oversight(room.office)
    today = room.now().date()
    for what, days in (("一米线标识缺失，2 号通道排队拥挤", -1), ("消毒记录漏填两次", 2)):
        due = today + timedelta(days=days)
        oversight.add(NewProblem(what, "李强", due), lambda _: None, print)
    found: list[Problem] = []
    oversight.problems(found.extend, print)
    oversight.step(found[1], Step.DONE, "已补记并培训", lambda _: None, print)
    room.pages.watch.refresh()
    room.window.show_page("supervision")


def _problem(room: Room) -> None:
    _supervision(room)
    room.pages.supervision.list.lines[1].click()  # type: ignore[attr-defined]


def _new_problem(room: Room) -> None:
    _supervision(room)
    room.pages.supervision.begin(None)


def _supervision_empty(room: Room) -> None:
    room.enter()
    room.window.show_page("supervision")


SHOTS: dict[str, Act] = {
    "shift": _shift,
    "shift_long": _shift_long,
    "shift_sign": _shift_sign,
    "shift_done": _shift_done,
    "supervision": _supervision,
    "supervision_empty": _supervision_empty,
    "problem": _problem,
    "new_problem": _new_problem,
}
