"""Where the program's own files stand: fonts, icons, sounds, words, tables, demo footage."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Path of a file or folder under `resources/`, in a checkout or in a built bundle."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
    return root.joinpath("resources", *parts)
