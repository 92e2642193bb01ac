"""See the package."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from checkpoint_app.store.station import StoreFault
from checkpoint_app.ui.fonts import load_fonts
from checkpoint_app.ui.theme import DARK, LIGHT, metrics_for
from checkpoint_app.ui.unlock import UnlockWindow
from tests.ui.room import Room
from tools.screenshots_pages import duty, gate, ledger, lists, records, settings

SIZES = {"1366x768": QSize(1366, 768), "1920x1080": QSize(1920, 1080)}
DRAWN = ("register", "figures")  # what a thread draws takes a moment
THEMES = {"light": LIGHT, "dark": DARK}
SHOTS = {
    **records.SHOTS,
    **ledger.SHOTS,
    **lists.SHOTS,
    **gate.SHOTS,
    **duty.SHOTS,
    **settings.SHOTS,
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
        _settle(2000 if name.startswith(DRAWN) else 250)
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
