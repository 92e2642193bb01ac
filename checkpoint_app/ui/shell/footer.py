"""The footer: what the keys do, and the same things for a finger."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.actions import FooterKey

HEIGHT = {"compact": 45, "roomy": 53}  # the line above it, and a whole target


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key, the message of what it does, and the command that it gives."""

    key: str
    message: str
    command: str
    right: bool = False


class Footer(QFrame):
    """Keys left and right."""

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self._look = look
        self._hints: tuple[KeyHint, ...] = ()
        self.keys: list[FooterKey] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 14, 0)
        self._row.setSpacing(4)
        look.changed.connect(self._retext)

    def show_keys(self, hints: tuple[KeyHint, ...]) -> None:
        """Show these keys, the right ones at the right edge."""
        for key in self.keys:
            key.hide()
            key.deleteLater()
        while self._row.takeAt(0) is not None:
            pass
        self._hints, self.keys = hints, [self._make(hint) for hint in hints]
        pairs = list(zip(hints, self.keys, strict=True))
        for key in (key for hint, key in pairs if not hint.right):
            self._row.addWidget(key)
        self._row.addStretch(1)
        for key in (key for hint, key in pairs if hint.right):
            self._row.addWidget(key)
        self._retext()

    def _make(self, hint: KeyHint) -> FooterKey:
        key = FooterKey(self._look, hint.key)
        key.clicked.connect(lambda: self.commanded.emit(hint.command))
        return key

    def _retext(self) -> None:
        self.setFixedHeight(HEIGHT[self._look.metrics.name])
        for hint, key in zip(self._hints, self.keys, strict=True):
            key.name(self._look.translate(hint.message))
