"""The footer: what the keys do, and the same things for a finger."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.actions import FooterKey

HEIGHT = {"compact": 44, "roomy": 52}


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
        while (item := self._row.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        self._hints, self.keys = hints, [FooterKey(self._look, hint.key) for hint in hints]
        for hint, key in zip(hints, self.keys, strict=True):
            key.clicked.connect(lambda _=False, of=hint.command: self.commanded.emit(of))
            if hint.right and not self._row.count() == 0 and not self._stretched():
                self._row.addStretch(1)
            self._row.addWidget(key)
        if not self._stretched():
            self._row.addStretch(1)
        self._retext()

    def _stretched(self) -> bool:
        return any(self._row.itemAt(at).spacerItem() for at in range(self._row.count()))

    def _retext(self) -> None:
        self.setFixedHeight(HEIGHT[self._look.metrics.name])
        for hint, key in zip(self._hints, self.keys, strict=True):
            key.name(self._look.translate(hint.message))
