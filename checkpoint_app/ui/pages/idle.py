"""When the desk was last touched: an event filter that notes the moment and does nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class LastTouch(QObject):
    """Install on the application. Counted on a clock that no one sets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._at = clock()

    def touched(self) -> None:
        """Count from now."""
        self._at = self._clock()

    @property
    def seconds(self) -> float:
        """Seconds since the last key, press or move."""
        return self._clock() - self._at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _TOUCHES:
            self._at = self._clock()
        return False
