"""Pictures of the window in every state, size, theme and language, for looking at.

python -m tools.screenshots FOLDER [--state NAME] [--size 1366x768] [--theme dark] [--language en]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from checkpoint_app.desk import DeskState, Outline, Tone
from checkpoint_app.devices.ports import Condition, DeviceState
from checkpoint_app.domain.inspection import Requirement
from checkpoint_app.ui.desk_page.page import DeskPage
from checkpoint_app.ui.fonts import font, load_fonts
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import DARK, LIGHT, metrics_for
from checkpoint_app.ui.window import MainWindow
from tests.fakes import FakeDesk
from tests.ui.scenes import NOW, Night

SIZES = {"1366x768": QSize(1366, 768), "1920x1080": QSize(1920, 1080)}
THEMES = {"light": LIGHT, "dark": DARK}
FRAME = QSize(1280, 720)
CORNERS = ((520.0, 250.0), (760.0, 266.0), (744.0, 506.0), (504.0, 490.0))
PANELS = {
    "panel_code": Requirement.HEALTH_CODE,
    "panel_itinerary": Requirement.ITINERARY,
    "panel_test": Requirement.TEST,
    "panel_symptoms": Requirement.SYMPTOMS,
}
PAGES = (
    ("find", "search", "Find", False),
    ("register", "printer", "Print", False),
    ("settings", "settings", "Settings", True),
)


def phone_picture() -> QImage:
    """A phone before a camera, drawn here."""
    picture = QImage(FRAME, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, FRAME.width(), FRAME.height())
    ground.setColorAt(0, QColor("#42545E"))
    ground.setColorAt(1, QColor("#1D2A30"))
    painter.fillRect(picture.rect(), ground)
    painter.translate(FRAME.width() / 2, FRAME.height() / 2)
    painter.rotate(4)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, (width, height), radius in (
        ("#0B1114", (330, 660), 40),
        ("#2F9E5B", (300, 620), 24),
        ("#FFFFFF", (260, 300), 12),
    ):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(-width // 2, -height // 2, width, height, radius, radius)
    _draw_code(painter)
    painter.end()
    return picture


def _draw_code(painter: QPainter) -> None:
    painter.setBrush(QColor("#2F9E5B"))
    modules = np.random.default_rng(7).random((25, 25)) < 0.5
    for y, x in zip(*np.nonzero(modules), strict=True):
        painter.drawRect(int(x) * 9 - 112, int(y) * 9 - 112, 9, 9)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#E5F5EB"), 4))
    painter.setFont(font(30, True))
    painter.drawText(-60, -230, "健康码")


def make_window(look: Look, state: DeskState) -> tuple[MainWindow, DeskPage]:
    """The real window over a desk that only shows this state."""
    desk = FakeDesk(state)
    page = DeskPage(look, desk, lambda: NOW)
    window = MainWindow(look, desk, page, lambda: NOW)
    for key, drawing, message, at_bottom in PAGES:
        window.add_page(key, QWidget(), drawing, message, at_bottom)
    zh = look.language == "zh_CN"
    window.show_station(
        "城北高速口卡点" if zh else "North motorway checkpoint",
        "夜班 · 王芳" if zh else "Night · Wang Fang",
    )
    page.show_thermometer("额温枪 COM3" if zh else "Thermometer COM3", 37.3)
    window.show_state(state)
    return window, page


def _show_camera(page: DeskPage, state: DeskState, name: str) -> None:
    if name == "no_camera":
        return
    condition = DeviceState(Condition.READY, label="0")
    if name == "stop":
        condition = DeviceState(Condition.LOST, tries=3, label="0")
    page.picture.show_camera(condition, 30.0)
    room = page.picture.live.size()
    image = phone_picture().scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    page.picture.show_image(image, FRAME)
    if state.card.tone is not Tone.IDLE:
        tone = Tone.ATTENTION if name == "star" else state.card.tone
        page.picture.show_outlines((Outline(CORNERS, tone),))


def shots(language: str) -> Iterator[tuple[str, DeskState]]:
    """Names and states to take."""
    night = Night(language)
    yield from night.all().items()
    yield "no_camera", night.idle()
    for name in PANELS:
        yield name, night.star()


def take(folder: Path, name: str, state: DeskState, size: QSize, theme: str, language: str) -> Path:
    """One picture."""
    look = Look(THEMES[theme], metrics_for(size.width(), size.height()), language)
    window, page = make_window(look, state)
    window.setFixedSize(size)
    window.show()
    _settle()
    _show_camera(page, state, name)
    if name in PANELS:
        page.lamps.lamps[PANELS[name]].click()
    _settle()
    file = folder / f"{name}-{size.width()}-{theme}-{language}.png"
    window.grab().save(str(file))
    window.close()
    window.deleteLater()
    return file


def _settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def _chosen(given: str | None, known: dict[str, object]) -> list[str]:
    return [given] if given else list(known)


def main(arguments: list[str] | None = None) -> int:
    """Take what was asked for and print the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name in ("state", "size", "theme", "language"):
        parser.add_argument(f"--{name}")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    load_fonts()
    for size, theme, language in product(
        _chosen(asked.size, dict(SIZES)),
        _chosen(asked.theme, dict(THEMES)),
        _chosen(asked.language, {"zh_CN": 0, "en": 0}),
    ):
        for name, state in shots(language):
            if asked.state in (None, name):
                print(take(asked.folder, name, state, SIZES[size], theme, language))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
