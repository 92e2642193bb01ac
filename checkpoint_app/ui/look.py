"""How the window looks and speaks at the moment: theme, sizes and language, switchable.

One `Look` is made by `app` and handed to every widget. Widgets read it when they paint, and write
their words anew on `changed`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.i18n import Translate, translator
from checkpoint_app.ui.stylesheet import stylesheet
from checkpoint_app.ui.theme import COMPACT, LIGHT, Metrics, Theme


class Look(QObject):
    """The current theme, metrics and language. `changed` fires once after any of them changed."""

    changed = Signal()

    def __init__(
        self, theme: Theme = LIGHT, metrics: Metrics = COMPACT, language: str = "zh_CN"
    ) -> None:
        super().__init__()
        self.theme = theme
        self.metrics = metrics
        self.language = language
        self.translate: Translate = translator(language)

    def use(
        self,
        theme: Theme | None = None,
        metrics: Metrics | None = None,
        language: str | None = None,
    ) -> None:
        """Change what is given; nothing happens where it is already so."""
        now = (theme or self.theme, metrics or self.metrics, language or self.language)
        if now == (self.theme, self.metrics, self.language):
            return
        self.theme, self.metrics, self.language = now
        self.translate = translator(self.language)
        self.changed.emit()

    def colour(self, tone: Tone) -> QColor:
        """Colour of a status sign."""
        return QColor(self.theme.sign(tone).colour)

    def ground(self, tone: Tone) -> QColor:
        """What a status sign stands on."""
        return QColor(self.theme.sign(tone).ground)

    def dress(self, top: QWidget) -> None:
        """Style a top-level widget and everything in it, now and after every change."""

        def put_on() -> None:
            top.setPalette(_palette(self.theme))
            top.setStyleSheet(stylesheet(self.theme, self.metrics))

        put_on()
        self.changed.connect(put_on)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.background,
        QPalette.ColorRole.Base: theme.card,
        QPalette.ColorRole.AlternateBase: theme.background,
        QPalette.ColorRole.Button: theme.card,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.soft,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.ToolTipBase: theme.ink,
        QPalette.ColorRole.ToolTipText: theme.card,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet selects by, and style again only if one changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
