"""The program's own typeface, loaded from `resources/fonts` so that every screen looks the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from checkpoint_app.resources import resource
from checkpoint_app.ui.theme import FAMILY


def load_fonts(folder: Path | None = None) -> list[str]:
    """Register every TTF of the folder; the families found, [] where there is none."""
    families: list[str] = []
    for file in sorted((folder or resource("fonts")).glob("*.ttf")):
        loaded = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    return families


@lru_cache(maxsize=64)
def font(pixels: int, bold: bool = False) -> QFont:
    """The typeface at a size in pixels, with figures of one width (clocks must not dance).

    Shared: whoever wants it different copies it.
    """
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=64)
def font_metrics(pixels: int, bold: bool = False) -> QFontMetricsF:
    """Measures of the typeface at a size in pixels."""
    return QFontMetricsF(font(pixels, bold))
