"""A gate: the running program on an encrypted store, a camera, a printer and a clock of its own."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkpoint_app.app import DeskApp, Outside
from checkpoint_app.desk.rehearsal import Traveller
from checkpoint_app.devices.camera import DEMO, FOOTAGE
from checkpoint_app.devices.ports import Frame
from checkpoint_app.devices.recordings import open_recording
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from checkpoint_app.ui.desk_page.day_list import Total
from tests.fakes import FakeBattery, FakePrinter, SteppedCamera
from tests.shift.hand import Hand

NIGHT = datetime(2026, 11, 23, 3, 2, tzinfo=timezone(timedelta(hours=8)))
SITE, OFFICER, PIN = "城北高速口卡点", "王芳", "2580"


class Clock:
    """Runs by itself, and is set on where a person waits."""

    def __init__(self, start: datetime = NIGHT) -> None:
        self._start, self._began = start, time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def wait(self, seconds: float) -> None:
        """So many seconds go by at once."""
        self._start += timedelta(seconds=seconds)


class Footage:
    """The demo film, read once and in order: what a camera sees of each traveller."""

    def __init__(self) -> None:
        self._pictures = open_recording(resource(DEMO, FOOTAGE))
        self.road = next(self._pictures).frame

    def of(self, traveller: Traveller) -> list[Frame]:
        """Every third frame of a traveller, who comes after all those asked for before."""
        frames = []
        for picture in self._pictures:
            number = picture.number - 1
            if number >= traveller["first_frame"] and number % 3 == 0:
                frames.append(picture.frame)
            if number == traveller["last_frame"]:
                break
        return frames


class Gate:
    """The desk's window before a hand. Nothing is set but by keys, pointer, camera and clock."""

    def __init__(self, qtbot: QtBot, folder: Path, settings: Settings, clock: Clock) -> None:
        self.clock, self.printer = clock, FakePrinter()
        self.footage = Footage()
        self.camera = SteppedCamera(self.footage.road)
        station = Station.open(folder, now=clock())
        outside = Outside(clock, lambda source, demo: self.camera, self.printer, FakeBattery())
        self.app = DeskApp(folder, settings, station, outside)
        self.window, self.page = self.app.window, self.app.page
        self.hand = Hand(qtbot, self.window)
        self._open = True
        self.app.start(DEMO)
        self.window.showNormal()
        self.window.resize(1366, 768)
        self.window.activateWindow()
        self.hand.until(self.window.isActiveWindow)

    # -- who is on duty

    def set_up(self) -> None:
        """The first minute of a fresh station."""
        first, hand = self.app.pages.sign_in.first, self.hand
        hand.until(first.isVisible)
        hand.until(first.site.hasFocus)
        hand.write(SITE)
        hand.key(Qt.Key.Key_Return)
        hand.write(OFFICER)
        for _ in range(2):
            hand.key(Qt.Key.Key_Return)
            hand.type(PIN)
        hand.key(Qt.Key.Key_Return)
        hand.until(lambda: not self.window.covered)

    def sign_in(self) -> None:
        """The same officer comes back."""
        self.hand.until(lambda: len(self.app.pages.sign_in.buttons) == 1)
        self.hand.type(PIN)
        self.hand.key(Qt.Key.Key_Return)
        self.hand.until(lambda: not self.window.covered)

    # -- what the window shows

    @property
    def headline(self) -> str:
        """The words at the top of the card: the verdict and the line under it."""
        return self.page.card.accessibleName()

    def comes_to(self, headline: str) -> None:
        """Wait until the card begins with these words."""
        self.hand.until(lambda: self.headline.startswith(headline))

    @property
    def can_confirm(self) -> bool:
        """Whether the main key is alive."""
        return self.page.decide.buttons["confirm"].isEnabled()

    @property
    def lines(self) -> list[str]:
        """The day's list as it is read out, newest first."""
        model = self.page.day.model
        return [str(model.data(model.index(row))) for row in range(model.rowCount())]

    @property
    def counts(self) -> dict[str, int]:
        """The day's figures by their captions."""
        spoken = [each.accessibleName() for each in self.page.day.findChildren(Total)]
        return {words.rsplit(" ", 1)[0]: int(words.rsplit(" ", 1)[1]) for words in spoken}

    @property
    def tray(self) -> list[str]:
        """The people waiting, as they are read out."""
        return [cell.accessibleName() for cell in self.page.tray.cells if cell.isVisible()]

    def close(self) -> None:
        """Close the window, and everything with it."""
        if self._open:
            self._open = False
            self.window.close()
            self.window.deleteLater()
            self.app.deleteLater()
            self.hand.rest()
