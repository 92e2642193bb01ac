"""Opening the window: the store first, asking for the passphrase where one is set."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from checkpoint_app.app.desk_app import DeskApp
from checkpoint_app.app.outside import local_now, theme_for
from checkpoint_app.desk.rights.erasing import SCHEDULE, erase_now
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.ui.fonts import load_fonts
from checkpoint_app.ui.look import Look

log = logging.getLogger(__name__)


def open_window(
    folder: Path, settings: Settings, camera: str | None, fault: str | None = None
) -> int:
    """Open the desk in a window; returns when it is closed, with the exit code.

    `fault` is what was met on the way here, told over the desk (a damaged settings file).
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Checkpoint Desk")
    application.setStyle("Fusion")  # the same drawing on every system
    load_fonts()
    station = _opened(folder, settings)
    if station is None:
        return 1
    erase_restored(station, settings)
    running = DeskApp(folder, settings, station)
    sys.excepthook = _tell_officer(running, running.look.translate)
    running.start(camera)
    if fault is not None:
        running.desk.tell(fault, fault_text(fault, running.look.translate))
    return application.exec()


def erase_restored(station: Station, settings: Settings) -> None:
    """Before anything is shown: what a restored backup brought back, and is over, goes."""
    try:
        if station.retention.restored:
            erase_now(station, settings, "", SCHEDULE, local_now())
    except StoreFault as fault:  # tried again as soon as the desk is idle
        log.error("not erased: %s", fault.code)


def _opened(folder: Path, settings: Settings) -> Station | None:
    """The open store; a window asks for the passphrase or says why it can't be opened."""
    from checkpoint_app.ui.unlock import UnlockWindow

    look = Look(theme_for(settings.theme, local_now()), language=settings.language)

    def attempt(passphrase: str | None) -> Station:
        return Station.open(folder, passphrase=passphrase, now=local_now())

    try:
        return attempt(None)
    except StoreFault as fault:
        return UnlockWindow(look, attempt, fault).ask()


def _tell_officer(
    running: DeskApp, translate: Translate
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """The one top handler: a fault nobody foresaw is logged, without its values, and told."""

    def handle(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        place = trace
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        log.error("%s at %s", kind.__name__, where)
        running.desk.tell("fault", fault_text("unforeseen", translate))

    return handle
