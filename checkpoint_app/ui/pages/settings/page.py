"""设置: the groups at the left, one of them open. No OK: every change holds at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Printer, Speaker
from checkpoint_app.domain.roles import Right
from checkpoint_app.ui.look import Look, restyle
from checkpoint_app.ui.pages.background import Background
from checkpoint_app.ui.pages.settings.devices import DevicesGroup
from checkpoint_app.ui.pages.settings.duty import DutyGroup, SignalsGroup
from checkpoint_app.ui.pages.settings.keeping import KeepingGroup
from checkpoint_app.ui.pages.settings.online import OnlineGroup
from checkpoint_app.ui.pages.settings.operators import OperatorsGroup
from checkpoint_app.ui.pages.settings.protection import ProtectionGroup
from checkpoint_app.ui.pages.settings.rights.group import RightsGroup
from checkpoint_app.ui.pages.settings.rows import Group
from checkpoint_app.ui.pages.settings.rules import RulesGroup
from checkpoint_app.ui.pages.settings.sheets import SheetsGroup
from checkpoint_app.ui.pages.settings.simple import (
    DisplayGroup,
    ScreeningGroup,
    StationGroup,
)
from checkpoint_app.ui.pages.settings.trust import TrustGroup
from checkpoint_app.ui.pages.words import Words
from checkpoint_app.ui.widgets.labels import label

NAMES = {
    "station": "Station",
    "sheets": "Sheets",
    "screening": "Screening",
    "rules": "Rules",
    "devices": "Devices",
    "display": "Display",
    "trust": "Trust lists",
    "online": "Online service",
    "protection": "Protection",
    "operators": "Operators",
    "duty": "Shifts and checks",
    "signals": "Signals",
    "keeping": "Backup and check",
    "rights": "Retention and rights",
}
# What changing something in a group takes; the others are everybody's.
RIGHTS = {
    "station": Right.SETTINGS,
    "sheets": Right.SETTINGS,
    "screening": Right.SETTINGS,
    "rules": Right.POLICY,
    "trust": Right.LISTS,
    "online": Right.SETTINGS,
    "protection": Right.RETENTION,
    "operators": Right.OPERATORS,
    "duty": Right.SETTINGS,
    "signals": Right.THRESHOLDS,
}
_NAV = 190
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SettingsPage(QWidget):
    """`settings_changed` carries all settings; `trust_changed`: lists, rules or protection are
    others."""

    settings_changed = Signal(object)  # Settings
    trust_changed = Signal()
    testing = Signal(bool)
    ended = Signal(object)  # everything was destroyed; what remains

    def __init__(
        self,
        look: Look,
        office: Office,
        printer: Printer,
        behind: Background,
        now: Callable[[], datetime],
        speaker: Callable[[], Speaker],
    ) -> None:
        super().__init__()
        self._office = office
        self._words = Words(look, self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        trust = TrustGroup(look, office, self.change, now)
        devices = DevicesGroup(look, office, self.change, speaker)
        protection = ProtectionGroup(look, office, self.change, printer, behind)
        trust.imported.connect(self.trust_changed)
        protection.protected.connect(self.trust_changed)
        devices.testing.connect(self.testing)
        self.rights = RightsGroup(look, office, self.change, printer, behind, now)
        self.rights.ended.connect(self.ended)
        online = OnlineGroup(look, office, self.change)
        online.declared.connect(self.trust_changed)
        rules = RulesGroup(look, office, self.change, now)
        rules.saved.connect(self.trust_changed)
        self.groups: dict[str, Group] = {
            "station": StationGroup(look, office, self.change),
            "sheets": SheetsGroup(look, office, self.change, behind, now),
            "screening": ScreeningGroup(look, office, self.change),
            "rules": rules,
            "devices": devices,
            "display": DisplayGroup(look, office, self.change),
            "trust": trust,
            "online": online,
            "protection": protection,
            "operators": OperatorsGroup(look, office, self.change),
            "duty": DutyGroup(look, office, self.change),
            "signals": SignalsGroup(look, office, self.change),
            "keeping": KeepingGroup(look, office, self.change, now),
            "rights": self.rights,
        }
        self.current = "station"
        self.buttons: dict[str, QPushButton] = {}
        self._stack, self._nav = QStackedWidget(), QScrollArea()
        self.refusal = label("strong")
        self.refusal.setContentsMargins(20, 4, 20, 4)
        restyle(self.refusal, tone=str(Tone.ATTENTION))
        self._lay_out()
        self.show_settings()
        look.changed.connect(self.show_settings)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(16)
        row.addWidget(self._navigation())
        for group in self.groups.values():
            self._stack.addWidget(_scroll(group))
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.refusal)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)

    def _navigation(self) -> QScrollArea:
        """All names stand without scrolling at 768 pixels; a lower window scrolls them."""
        inside, pressed = QFrame(), QButtonGroup(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(1)
        for name, message in NAMES.items():
            button = self._words.button(message, partial(self.open, name), "nav")
            button.setCheckable(True)
            pressed.addButton(button)
            column.addWidget(button)
            self.buttons[name] = button
        column.addStretch(1)
        self._nav.setProperty("role", "card")
        self._nav.setFixedWidth(_NAV)
        self._nav.setWidgetResizable(True)
        self._nav.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nav.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nav.setWidget(inside)
        return self._nav

    # -- groups

    def open(self, name: str) -> None:
        """Bring a group into view."""
        self.groups[self.current].closed()
        self.current = name
        self.buttons[name].setChecked(True)
        self._nav.ensureWidgetVisible(self.buttons[name], 0, 8)
        self._stack.setCurrentIndex(list(self.groups).index(name))
        self.groups[name].opened()
        self._show_refusal()

    def _show_refusal(self) -> None:
        """Say before anybody types what is not theirs to change; what is theirs works as ever."""
        right = RIGHTS.get(self.current)
        said = self._office.acting.refusal(right, self._words.say) if right is not None else None
        self._refuse(said or "")

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.show_settings()
        self.open(self.current)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.groups[self.current].closed()

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self.buttons[self.current].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- settings

    def change(self, **fields: object) -> None:
        """Make some settings hold."""
        changed = replace(self._office.settings, **fields)  # type: ignore[arg-type]
        if changed != self._office.settings:
            if self._office.take_settings(changed, self._refuse):
                self.settings_changed.emit(changed)
            self.show_settings()

    def show_settings(self) -> None:
        """Show what is set now."""
        for group in self.groups.values():
            group.show_settings(self._office.settings)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focus, names = self.focusWidget(), list(self.buttons)
        at = next((n for n, name in enumerate(names) if self.buttons[name] is focus), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if at is not None and step is not None:
            name = names[(at + step) % len(names)]
            self.buttons[name].setFocus(Qt.FocusReason.TabFocusReason)
            self.open(name)
        else:
            event.ignore()


def _scroll(group: Group) -> QScrollArea:
    """A group scrolls downwards only, and is no wider than can be read."""
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 12, 0)
    row.addWidget(group)
    group.setMaximumWidth(group.widest)
    row.addStretch(1)
    row.setStretch(0, 1000)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(inside)
    return made
