"""One application as the program makes it, and a gate with somebody on duty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.settings import load
from checkpoint_app.ui.fonts import load_fonts
from tests.shift.gate import Clock, Gate

OpenGate = Callable[..., Gate]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True, scope="session")
def typeface(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture
def open_gate(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenGate]:
    """Opens the desk, each time on the same folder and with the settings that lie there."""
    gates: list[Gate] = []
    folder = tmp_path / "station"

    def opened(clock: Clock | None = None, **changed: Any) -> Gate:
        settings, _ = load(folder)
        settings = replace(settings, sound=False, **changed)
        gates.append(Gate(qtbot, folder, settings, clock or Clock()))
        return gates[-1]

    yield opened
    for gate in gates:
        gate.close()
