"""Every page, full of a day's people, at 1366×768: no word is wider than the place it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QTableView,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from checkpoint_app.ui.widgets.labels import ElidedLabel
from tests.ui.room import Room
from tests.ui.scenes import NOW
from tools.screenshots_pages import duty, gate, ledger, lists, records, settings

SCENES = {
    **{name: records.SHOTS[name] for name in ("find", "record", "forms", "register", "help")},
    **{name: ledger.SHOTS[name] for name in ("ledger", "ledger_table", "ledger_step")},
    **lists.SHOTS,
    **gate.SHOTS,
    **duty.SHOTS,
    **settings.SHOTS,
}
LEFT_OUT = {"settings_rights", "recovery", "shift_done", "shift_sign"}  # they end what others need


@pytest.fixture(params=["zh_CN", "en"])
def room(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Room]:
    made = Room(tmp_path / "station", language=request.param)
    made.window.setFixedSize(1366, 768)
    made.window.show()
    yield made
    made.close()


def cut(page: QWidget) -> Iterator[str]:
    """The words in view that have less room than they need."""
    for each in page.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel) and not isinstance(each, ElidedLabel):
            if each.text() and not each.wordWrap() and each.width() < each.sizeHint().width():
                yield each.text()
        elif isinstance(each, QPushButton):
            if each.text() and each.width() < each.minimumSizeHint().width():
                yield each.text()
        elif isinstance(each, QTableView | QTableWidget):
            yield from cut_headings(each)


def cut_headings(table: QTableView) -> Iterator[str]:
    header, model = table.horizontalHeader(), table.model()
    for place in range(header.count()):
        text = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(place) and header.sectionSize(place) < needed(header, text):
            yield text


def needed(header: QHeaderView, text: str) -> int:
    margin = header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, None, header)
    return header.fontMetrics().horizontalAdvance(text) + 2 * margin


def test_no_word_is_cut(room: Room) -> None:
    found: dict[str, list[str]] = {}
    for name, act in SCENES.items():
        if name not in LEFT_OUT:
            room.at = NOW
            act(room)
            QApplication.processEvents()
            found[name] = sorted(set(cut(room.window)))
    assert {name: texts for name, texts in found.items() if texts} == {}
