"""Words that follow the language: each widget's text is given once, as a message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.labels import label


class Words(QObject):
    """Writes the texts of one page, now and whenever the language changes."""

    def __init__(self, look: Look, owner: QObject) -> None:
        super().__init__(owner)
        self._look = look
        self._writers: list[Callable[[], object]] = []
        look.changed.connect(self._write)

    def say(self, message: str, **values: object) -> str:
        """A message in the language of the moment."""
        return self._look.translate(message, **values)

    def follow(self, write: Callable[[], object]) -> None:
        """Call `write` now and after every change of the look."""
        self._writers.append(write)
        write()

    def put(self, write: Callable[[str], object], message: str) -> None:
        """Hand a message's text to `write`, now and after every change."""
        self.follow(lambda: write(self.say(message)))

    def _write(self) -> None:
        for write in self._writers:
            write()

    # -- widgets with words

    def label(self, message: str, role: str = "", wrapped: bool = False) -> QLabel:
        """A label with a message."""
        made = label(role)
        made.setWordWrap(wrapped)
        self.put(made.setText, message)
        return made

    def button(self, message: str, act: Callable[[], object], role: str = "") -> QPushButton:
        """A button with a message; `role` "main" is the page's one main action."""
        made = QPushButton()
        if role:
            made.setProperty("role", role)
        made.clicked.connect(lambda _=False: act())
        self.put(made.setText, message)
        self.name(made, message)
        return made

    def line(self, message: str, longest: int = 200) -> QLineEdit:
        """A line to type into, with the message as its hint."""
        made = QLineEdit()
        made.setMaxLength(longest)
        self.put(made.setPlaceholderText, message)
        self.name(made, message)
        return made

    def name(self, widget: QWidget, message: str) -> None:
        """What a screen reader says of a widget."""
        self.put(widget.setAccessibleName, message)
