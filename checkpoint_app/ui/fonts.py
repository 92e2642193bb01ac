"""The program's own typeface, loaded from `resources/fonts` so that every screen looks the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from checkpoint_app.resources import resource
from checkpoint_app.ui.theme import FAMILY


def load_fonts(folder: Path | None = None) -> list[str]:
    """Register every TTF of the folder; the families found, [] where there is none."""
    families: list[str] = []
    for file in sorted((folder or resource("fonts")).glob("*.ttf")):
        loaded = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    return families


def font(pixels: int, bold: bool = False) -> QFont:
    """The typeface at a size in pixels, with figures of one width (clocks must not dance)."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
