"""One desk on a fresh station, and the hands that work it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from checkpoint_app.app import DeskApp, Outside
from checkpoint_app.desk import Tone
from checkpoint_app.desk.rehearsal import read_story
from checkpoint_app.devices.battery import LinuxBattery
from checkpoint_app.devices.camera import open_camera
from checkpoint_app.devices.ports import Camera
from checkpoint_app.domain.inspection import Requirement
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tools.screenshots_docs.footage import HeldFootage, OfficePrinter, middle
from tools.screenshots_docs.words import Words

NIGHT = datetime(2026, 11, 23, 3, 2, tzinfo=timezone(timedelta(hours=8)))
PIN = "2580"
CAMERA, NOWHERE = "0", "999"
Keep = Callable[[str, QPixmap], None]


@dataclass
class Clock:
    """The desk's clock: runs by itself, and is set on where a person waits."""

    start: datetime = NIGHT
    ahead: timedelta = timedelta(0)
    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.start + self.ahead + timedelta(seconds=time.monotonic() - self.began)

    def wait(self, **span: float) -> None:
        self.ahead += timedelta(**span)


class Stage:
    """One desk on a fresh station, and the hands that work it."""

    def __init__(
        self,
        folder: Path,
        words: Words,
        camera: HeldFootage,
        clock: Clock,
        out: Keep,
    ) -> None:
        self.words, self.camera, self.clock, self._out = words, camera, clock, out
        # A film that stands still would be told for a screenshot: the clock on its page stands too.
        settings = Settings(
            language=words.language, theme="light", camera=NOWHERE, read_pages=False
        )
        outside = Outside(
            clock, self._opened, OfficePrinter(words.printer), LinuxBattery(folder / "none")
        )
        self.app = DeskApp(folder, settings, Station.open(folder, now=clock()), outside)
        self.window, self.desk = self.app.window, self.app.desk
        self.story = {each["id"]: each for each in read_story(resource("demo"))}

    def _opened(self, choice: str, demo: Path) -> Camera:
        return self.camera if choice == CAMERA else open_camera(choice, demo)

    def use(self, **settings: Any) -> None:
        self.app.use(replace(self.app.settings, **settings))
        self.rest()

    def size(self, size: tuple[int, int]) -> None:
        self.window.showNormal()
        self.window.resize(*size)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the front")
        self.rest()

    @staticmethod
    def rest(milliseconds: int = 400) -> None:
        """Let the window run. (`QTest.qWait` would keep the other threads from running.)"""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, so: Callable[[], bool], what: str) -> None:
        give_up = time.monotonic() + 60
        while not so():
            if time.monotonic() > give_up:
                raise RuntimeError(f"the window never came to: {what}")
            self.rest(20)

    def key(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, how)
        self.rest(120)

    def type(self, keys: str) -> None:
        for key in keys:
            QTest.keyClicks(QApplication.focusWidget() or self.window, key)
            self.rest(90)

    def write(self, edit: QLineEdit, text: str) -> None:
        """Type as an input method does: Chinese has no keys."""
        edit.setFocus()
        edit.selectAll()
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QCoreApplication.sendEvent(edit, typed)
        self.rest(60)

    def press(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.rest(200)

    def keep(self, name: str) -> None:
        """Save what the window shows."""
        self.rest()
        self._out(name + self.words.ending, self.window.grab())

    # -- what an officer does

    def take_lists(self) -> None:
        """Import the demo's trust lists as if a health office had handed them out."""
        files = sorted(resource("demo", "trust").iterdir())
        self.app.pages.settings.groups["trust"].import_files(files)  # type: ignore[attr-defined]
        self.until(lambda: self.desk.state.chips[0].tone is Tone.IDLE, "lists to trust")

    def sign_in(self) -> None:
        self.type(PIN)
        self.key(Qt.Key.Key_Enter)
        self.until(lambda: not self.window.covered, "the desk")

    def meet(self, traveller: str, at: int = 0) -> None:
        """A traveller holds up the code; back when the desk has read it."""
        before = self.desk.state.card, self.desk.state.strips, self.desk.state.credential
        self.camera.show(middle(self.story[traveller], at))
        if self.story[traveller]["shown"][at]["symbology"] != "none":
            self.until(
                lambda: (
                    (self.desk.state.card, self.desk.state.strips, self.desk.state.credential)
                    != before
                ),
                f"the code of {traveller}",
            )
        self.rest(700)

    def leave(self) -> None:
        self.camera.show(0)
        self.rest(900)
        self.clock.wait(seconds=9)

    def identity(self, traveller: str) -> None:
        self.key(Qt.Key.Key_F3)
        for name, text in self.story[traveller]["person"].items():
            self.write(self.app.page.form.fields[name].edit, text)
        self.app.page.form.commit()
        self.app.page.go_home()
        self.rest(100)

    def itinerary(self, seen: bool = True) -> None:
        """By its key; or by the lamp, whose second button is "told by mouth"."""
        if seen:
            self.type("i")
            return
        self.press(self.app.page.lamps.lamps[Requirement.ITINERARY])
        self.key(Qt.Key.Key_Right)
        self.key(Qt.Key.Key_Enter)

    def confirm(self) -> None:
        self.until(lambda: self.desk.state.can_confirm, "something to confirm")
        self.rest(500)
        lines = len(self.desk.state.lines)
        self.key(Qt.Key.Key_Enter)
        self.until(lambda: len(self.desk.state.lines) > lines, "a record")

    def inspect(self, traveller: str, digits: str, seen: bool = True) -> None:
        """One traveller without anything special to look at."""
        for at in range(len(self.story[traveller]["shown"])):
            self.meet(traveller, at)
        self.identity(traveller)
        self.itinerary(seen)
        self.type(digits)
        self.confirm()
        self.leave()
