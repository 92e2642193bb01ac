"""Hand scanners that type: their bursts are caught wherever the focus is and go to the desk whole.

`Burst` is the judgement, without Qt: keys and times in, what to do with them out. `WedgeFilter`
applies it to the application's key events. A key is held back for at most some 30 ms, then typed
as if nothing had been; no character of a scan ever lands in a field, a shortcut or a button.

Rule for every page: a plain letter or digit is never a `QShortcut` (the filter takes it away from
shortcuts, because it may begin a scan); handle it in `keyPressEvent`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

E_ = TypeVar("E_")
TERMINATORS = "\r\n\t"
LONGEST = 8192  # characters; what a code can hold is far less


@dataclass(frozen=True, slots=True)
class Pace:
    """How a scanner types; all times in seconds.

    `gap`: the longest pause inside a burst. `hold`: how long a first key may be held back.
    `least`: characters that make a burst.
    """

    gap: float = 0.035
    hold: float = 0.030
    least: int = 6


class Fate(Enum):
    """What becomes of the key just given."""

    PASS = auto()  # deliver it now; whatever was held has been released before it
    KEEP = auto()  # it is held, or part of a burst


@dataclass(frozen=True, slots=True)
class Ruling(Generic[E_]):
    """What to do: type `released` again, hand `scanned` to the desk, and the key's own fate."""

    fate: Fate
    released: tuple[E_, ...] = ()
    scanned: str | None = None


@dataclass(slots=True)
class Burst(Generic[E_]):
    """The keys held back, and whether they are a scanner's."""

    pace: Pace = Pace()
    _held: list[E_] = field(default_factory=list)
    _text: str = ""
    _last: float = float("-inf")

    def character(self, key: E_, text: str, at: float) -> Ruling[E_]:
        """A key that types `text` went down at this time."""
        ended = self._end_if_late(at)
        self._held.append(key)
        self._text = (self._text + text)[: LONGEST + 1]
        self._last = at
        return Ruling(Fate.KEEP, ended.released, ended.scanned)

    def terminator(self, at: float) -> Ruling[E_]:
        """Enter or Tab went down: it ends a burst and belongs to it."""
        late = self._end_if_late(at)
        if late.released or late.scanned is not None or not self._held:
            return Ruling(Fate.PASS, late.released, late.scanned)
        ended = self._end()
        fate = Fate.KEEP if ended.scanned is not None else Fate.PASS
        return Ruling(fate, ended.released, ended.scanned)

    def companion(self, key: E_) -> Ruling[E_]:
        """A modifier or a release: goes where the characters around it go."""
        if not self._held:
            return Ruling(Fate.PASS)
        self._held.append(key)
        return Ruling(Fate.KEEP)

    def other(self) -> Ruling[E_]:
        """A key that no scanner sends inside a code (an arrow, F5, a repeat): typing goes on."""
        ended = self._end()
        return Ruling(Fate.PASS, ended.released, ended.scanned)

    def pause(self, at: float) -> Ruling[E_]:
        """Time went by without a key."""
        return self._end_if_late(at)

    @property
    def holding(self) -> bool:
        """Whether a key is held back."""
        return bool(self._held)

    @property
    def bursting(self) -> bool:
        """Whether what is held can only be a scanner's."""
        return len(self._text) >= self.pace.least and len(set(self._text)) > 1

    def patience(self) -> float:
        """Seconds after the last key at which the held ones are released or scanned."""
        return self.pace.hold if len(self._text) <= 1 else self.pace.gap

    def _end_if_late(self, at: float) -> Ruling[E_]:
        if self._held and not 0 <= at - self._last < self.patience():
            return self._end()
        return Ruling(Fate.PASS)

    def _end(self) -> Ruling[E_]:
        scanned = self._text if self.bursting else None
        released = () if scanned is not None else tuple(self._held)
        self._held, self._text = [], ""
        return Ruling(Fate.PASS, released, scanned)


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key event held back, with where it was going."""

    target: QObject
    event: QKeyEvent


_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_LATE = 0.02  # seconds; a timer this late means that keys may still be queued behind it


class WedgeFilter(QObject):
    """Install on the application: `application.installEventFilter(filter)`.

    `scanned` gets each whole text, on the GUI thread.
    """

    def __init__(
        self,
        scanned: Callable[[str], None],
        pace: Pace | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._scanned = scanned
        self._burst: Burst[HeldKey] = Burst(pace or Pace())
        self._now = now
        self._replaying = False
        self._offset: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_went_by)
        self._due = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            self._apply(self._burst.other())
            return False
        if self._replaying or kind not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        return self._rule(watched, event)

    def _override(self, event: QKeyEvent) -> bool:
        """Keep a character, or the Enter of a burst, away from shortcuts."""
        if _types(event) or (self._burst.holding and event.text()[:1] in TERMINATORS):
            event.accept()
            return True
        return False

    def _rule(self, watched: QObject, event: QKeyEvent) -> bool:
        at = self._time_of(event)
        ruling = self._judge(HeldKey(watched, event), event, at)
        self._apply(ruling)
        if self._burst.holding:
            self._wait()
        return ruling.fate is Fate.KEEP

    def _judge(self, key: HeldKey, event: QKeyEvent, at: float) -> Ruling[HeldKey]:
        if event.type() == QEvent.Type.KeyRelease or event.key() in _MODIFIERS:
            return self._burst.companion(_copy(key))
        if event.isAutoRepeat():
            return self._burst.other()
        text = event.text()
        if _types(event) or (text and self._burst.bursting and text not in TERMINATORS):
            return self._burst.character(_copy(key), text, at)
        if text and text in TERMINATORS:
            return self._burst.terminator(at)
        return self._burst.other()

    def _time_of(self, event: QKeyEvent) -> float:
        """When the key went down: the window system's own time, which a busy program can't blur."""
        stamp = event.timestamp() / 1000
        now = self._now()
        if not stamp:
            return now
        if self._offset is None or not -1 < stamp + self._offset - now < 1:
            self._offset = now - stamp
        return stamp + self._offset

    def _wait(self) -> None:
        patience = self._burst.patience()
        self._due = self._now() + patience
        self._timer.start(round(patience * 1000) + 1)

    def _time_went_by(self) -> None:
        now = self._now()
        if now - self._due > _LATE:
            # The program was busy: let the keys that wait in the queue be judged first.
            self._due = now
            self._timer.start(5)
            return
        self._apply(self._burst.pause(float("inf")))

    def _apply(self, ruling: Ruling[HeldKey]) -> None:
        for key in ruling.released:
            self._type(key)
        if ruling.scanned is not None:
            self._scanned(ruling.scanned)

    def _type(self, key: HeldKey) -> None:
        if not isValid(key.target):
            return
        self._replaying = True
        try:
            QCoreApplication.sendEvent(key.target, key.event)
        finally:
            self._replaying = False


def _types(event: QKeyEvent) -> bool:
    """Whether a key types a character (Ctrl or Alt alone make it a command; AltGr doesn't)."""
    commands = event.modifiers() & _COMMANDS
    return (
        event.text().isprintable()
        and bool(event.text())
        and commands
        in (
            Qt.KeyboardModifier.NoModifier,
            _COMMANDS,
        )
    )


def _copy(key: HeldKey) -> HeldKey:
    return HeldKey(key.target, key.event.clone())
