"""The figures that stand large over the charts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.tally import Headline
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.labels import label


class HeadlineRow(QWidget):
    """A card a figure, the figure over its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Headline, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        look.changed.connect(lambda: self.show_headlines(self._shown))

    def show_headlines(self, headlines: Sequence[Headline]) -> None:
        """Show these instead."""
        self._shown = tuple(headlines)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for each in headlines:
            self._row.addWidget(self._card(each), 1)

    def _card(self, headline: Headline) -> QFrame:
        words = self._look.translate(headline.words)
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(f"{words}: {headline.value}")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        column.addWidget(label("page-title", headline.value))
        column.addWidget(label("small", words))
        return card
