"""Pictures of the pages besides the desk, over a real store with a day's people, for looking at.

python -m tools.screenshots_pages FOLDER [--page NAME] [--size 1366x768] [--theme T] [--language L]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from checkpoint_app.desk.duty.oversight import NewProblem, Oversight
from checkpoint_app.domain.duty.handing import Draft, Stock, Supply
from checkpoint_app.domain.inspection import Outcome, TemperatureReading
from checkpoint_app.domain.supervision.problems import Problem, Step
from checkpoint_app.store.station import StoreFault
from checkpoint_app.ui.fonts import load_fonts
from checkpoint_app.ui.theme import DARK, LIGHT, metrics_for
from checkpoint_app.ui.unlock import UnlockWindow
from tests.ui.room import Room

SIZES = {"1366x768": QSize(1366, 768), "1920x1080": QSize(1920, 1080)}
THEMES = {"light": LIGHT, "dark": DARK}
Act = Callable[[Room], None]


def _group(name: str) -> Act:
    def act(room: Room) -> None:
        room.enter()
        room.window.show_page("settings")
        room.pages.settings.open(name)

    return act


def _first(room: Room) -> None:
    room.pages.lock()


def _sign_in(room: Room) -> None:
    room.people()
    room.pages.lock()
    for digit in "12":
        room.pages.sign_in.pad.press(digit)


def _wrong(room: Room) -> None:
    room.people()
    room.pages.lock()
    for _ in range(3):
        for digit in "9999":
            room.pages.sign_in.pad.press(digit)
        room.pages.sign_in.pad.submit()


def _find(room: Room, asked: str = "张") -> None:
    room.enter()
    room.travellers()
    room.window.show_page("find")
    room.pages.find.line.setText(asked)
    room.pages.find.search()


def _empty(room: Room) -> None:
    _find(room, "")


def _record(room: Room) -> None:
    _find(room, "王")
    find = room.pages.find
    find.open_record(find.model.line(0).id)


def _change(room: Room) -> None:
    _record(room)
    room.pages.find.panel.change.click()


def _register(room: Room) -> None:
    room.enter()
    room.travellers(60)
    room.window.show_page("register")


def _whole(room: Room) -> None:
    _register(room)
    choice = room.pages.register.choice
    choice.masking.segment.chosen.emit(1)


def _closing(room: Room) -> None:
    room.enter()
    room.travellers(12)
    room.window.command("close_day")


def _closed(room: Room) -> None:
    _closing(room)
    room.pages.register.closing.begin()


def _help(room: Room) -> None:
    room.enter()
    room.window.show_page("help")


def _trust(room: Room) -> None:
    _group("trust")(room)
    files = sorted(Path("resources/demo/trust").iterdir())
    refused = Path(tempfile.mkdtemp(), "photo.jpg")
    refused.write_bytes(b"\xff\xd8\xff")
    room.pages.settings.groups["trust"].import_files([*files, refused])  # type: ignore[attr-defined]


def _recovery(room: Room) -> None:
    _group("protection")(room)
    group = room.pages.settings.groups["protection"]
    group.passphrase.setText("north gate 2026")  # type: ignore[attr-defined]
    group.again.setText("north gate 2026")  # type: ignore[attr-defined]
    group.protect()  # type: ignore[attr-defined]


def _shift(room: Room) -> None:
    room.enter()
    room.travellers(40)
    room.window.command("shift")


def _shift_long(room: Room) -> None:
    """Nine hours later, somebody else there too, things counted."""
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


SHOTS: dict[str, Act] = {
    "supervision": _supervision,
    "problem": _problem,
    "new_problem": _new_problem,
    "shift": _shift,
    "shift_long": _shift_long,
    "shift_sign": _shift_sign,
    "shift_done": _shift_done,
    "first": _first,
    "sign_in": _sign_in,
    "wrong_pin": _wrong,
    "find": _find,
    "find_empty": _empty,
    "record": _record,
    "change": _change,
    "register": _register,
    "register_whole": _whole,
    "closing": _closing,
    "closed": _closed,
    "help": _help,
    "trust": _trust,
    "recovery": _recovery,
    **{
        name: _group(name)
        for name in (
            "station",
            "sheets",
            "screening",
            "devices",
            "display",
            "online",
            "protection",
            "operators",
            "duty",
            "signals",
            "keeping",
        )
    },
}


def take(folder: Path, name: str, size: QSize, theme: str, language: str) -> Path:
    """One picture."""
    with tempfile.TemporaryDirectory() as data:
        room = Room(Path(data), language=language)
        room.look.use(theme=THEMES[theme], metrics=metrics_for(size.width(), size.height()))
        room.settings = replace(room.settings, theme=theme)
        room.window.setFixedSize(size)
        room.window.show()
        SHOTS[name](room)
        _settle(600 if name.startswith("register") else 60)
        file = folder / f"{name}-{size.width()}-{theme}-{language}.png"
        room.window.grab().save(str(file))
        room.close()
    return file


def take_unlock(folder: Path, code: str, theme: str, language: str) -> Path:
    """The window before the desk."""
    from checkpoint_app.ui.look import Look

    def attempt(given: str | None) -> object:
        raise StoreFault(code)

    window = UnlockWindow(Look(THEMES[theme], language=language), attempt, StoreFault(code))  # type: ignore[arg-type]
    window.show()
    _settle(60)
    file = folder / f"unlock_{code}-{theme}-{language}.png"
    window.grab().save(str(file))
    window.close()
    return file


def _settle(milliseconds: int) -> None:
    loop = QEventLoop()  # QTest.qWait would keep the other threads from running
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(arguments: list[str] | None = None) -> int:
    """Take what was asked for and print the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", action="append")
    for name in ("size", "theme", "language"):
        parser.add_argument(f"--{name}", action="append")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    load_fonts()
    themes, languages = asked.theme or list(THEMES), asked.language or ["zh_CN", "en"]
    for theme, language in product(themes, languages):
        for size, name in product(asked.size or list(SIZES), asked.page or list(SHOTS)):
            print(take(asked.folder, name, SIZES[size], theme, language), flush=True)
        if not asked.page:
            for code in ("passphrase_needed", "in_use"):
                print(take_unlock(asked.folder, code, theme, language))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
