"""One start of the desk's window, timed from before the process until it can be used.

Whoever starts it says when that was: what the system tells of a process's birth is only as exact
as its account of its own, which is kept in whole seconds.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(folder: Path, born: float) -> None:
    """Open the window as the program does; print seconds until it is drawn and idle, and until
    every page behind the sign-in is built."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from checkpoint_app.app import DeskApp, local_now
    from checkpoint_app.settings import Settings
    from checkpoint_app.store.station import Station
    from checkpoint_app.ui.fonts import load_fonts

    application = QApplication([])
    load_fonts()
    settings = Settings(camera="demo")
    running = DeskApp(folder, settings, Station.open(folder, now=local_now()))
    running.start(None)

    def tell() -> None:
        print(time.time() - born, flush=True)

    def whole() -> None:
        if running.window.rail.buttons.get("settings") is None:
            QTimer.singleShot(5, whole)
            return
        tell()
        running.window.close()
        application.quit()

    def usable() -> None:
        tell()
        QTimer.singleShot(0, whole)

    # A zero timer fires when everything queued before it, the first painting too, is done.
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, usable))
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
