"""来访: three tabs for whoever stands at an entrance with people of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.desk.office import Office
from checkpoint_app.desk.people.door import PeopleDesk
from checkpoint_app.devices.ports import Printer
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.people.away import AwayTab
from checkpoint_app.ui.pages.people.passes import PassesTab
from checkpoint_app.ui.pages.people.visitors import VisitorsTab
from checkpoint_app.ui.pages.settings.rights.paper import PaperOut
from checkpoint_app.ui.pages.switches import Choice
from checkpoint_app.ui.pages.words import Words

TABS = {"visitors": "Visitors", "away": "Away and back", "passes": "Passes"}


class PeoplePage(QWidget):
    """Visitors, who is away, passes."""

    def __init__(
        self,
        look: Look,
        office: Office,
        printer: Printer,
        behind: Background,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._words = Words(look, self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk = PeopleDesk(office)
        out = PaperOut(look, printer, behind, lambda: office.settings.printer)
        self.visitors = VisitorsTab(look, desk, out, now)
        self.away = AwayTab(look, desk, now)
        self.passes = PassesTab(look, desk, out, now)
        self._tabs: dict[str, VisitorsTab | AwayTab | PassesTab] = {
            "visitors": self.visitors,
            "away": self.away,
            "passes": self.passes,
        }
        self.tab = Choice(look, self._words, "Visitors", TABS, self.open)
        self._stack = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "card")
        head = QHBoxLayout(bar)
        head.setContentsMargins(18, 8, 18, 8)
        head.setSpacing(14)
        head.addWidget(self._words.label("Visitors and passes", "page-title"))
        head.addWidget(self.tab)
        head.addStretch(1)
        for tab in self._tabs.values():
            self._stack.addWidget(tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def open(self, name: str) -> None:
        """Bring a tab into view."""
        self._tabs[self.tab.value].closed()
        self.tab.show_value(name)
        self._stack.setCurrentWidget(self._tabs[name])
        self._tabs[name].opened()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._tabs[self.tab.value].opened()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._tabs[self.tab.value].closed()

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        if self.tab.value == "visitors":
            self.visitors.form.lines["id_number"].setFocus(Qt.FocusReason.OtherFocusReason)
