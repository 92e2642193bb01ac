"""One thread for what a page must not wait for: pictures of sheets, printers, files.

Everything that touches PDFs runs here and nowhere else: the library behind it is not made for two
threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from checkpoint_app.devices.ports import DeviceFault

T = TypeVar("T")
EXPECTED = (DeviceFault, OSError, ValueError, IndexError)


class Background(QObject):
    """Runs jobs in order; `done` or `failed` is called on the window's thread."""

    _came = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: ThreadPoolExecutor | None = ThreadPoolExecutor(1, "pages")
        self._came.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        """Queue a job. What devices and files may raise goes to `failed`."""
        if self._thread is not None:
            self._thread.submit(self._work, job, done, failed)

    def _work(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            result = job()
        except EXPECTED as error:
            fault = error
            self._answer(lambda: failed(fault))
        else:
            self._answer(lambda: done(result))

    def _answer(self, call: Callable[[], None]) -> None:
        if self._thread is not None:
            self._came.emit(call)

    def stop(self) -> None:
        """Take no more jobs; what is queued and not begun is dropped, nobody is called."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown(wait=True, cancel_futures=True)
