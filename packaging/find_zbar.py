"""Let pyzbar find the zbar library that stands in the built folder.

Run before the program: a system without the library has nothing that `find_library` could find.
"""

import ctypes.util
import sys
from pathlib import Path

_find_elsewhere = ctypes.util.find_library


def _find_here_first(name: str) -> str | None:
    if name == "zbar":
        for bundled in sorted(Path(sys._MEIPASS).glob("libzbar.so*")):  # type: ignore[attr-defined]
            return str(bundled)
    return _find_elsewhere(name)


ctypes.util.find_library = _find_here_first
