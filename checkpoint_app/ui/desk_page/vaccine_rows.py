"""Vaccination as told: how many doses, and where there is none, why not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.domain.credential import Basis, Vaccination
from checkpoint_app.domain.inspection import Inspection, Unvaccinated
from checkpoint_app.i18n.reasons import UNVACCINATED
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import choice, grid_of
from checkpoint_app.ui.widgets.labels import label

MOST = 4  # doses that are asked for


class VaccineRows(QWidget):
    """One press a dose count; the reasons come up where it is none. A press again takes it back."""

    resized = Signal()

    def __init__(self, look: Look, desk: DeskPort, inspection: Inspection | None) -> None:
        super().__init__()
        self._desk = desk
        given = inspection.vaccination if inspection else None
        self._doses = given.doses if given else None
        self._why = inspection.unvaccinated if inspection else None
        self.doses = {
            count: choice(str(count), partial(self._give, count), self._doses == count)
            for count in range(MOST + 1)
        }
        self.reasons = {
            why: choice(look.translate(message), partial(self._tell, why), self._why is why)
            for why, message in UNVACCINATED.items()
        }
        self._none = QWidget()
        below = QVBoxLayout(self._none)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(label("small", look.translate("Reason not vaccinated")))
        below.addLayout(grid_of(list(self.reasons.values()), 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("small", look.translate("Vaccine doses, as told")))
        column.addLayout(grid_of(list(self.doses.values()), MOST + 1))
        column.addWidget(self._none)
        self._none.setVisible(self._asks)

    @property
    def _asks(self) -> bool:
        return self._doses == 0 or (self._doses is None and self._why is not None)

    def _give(self, count: int) -> None:
        self._doses = None if self._doses == count else count
        self._why = self._why if self._doses == 0 else None
        self._send()

    def _tell(self, why: Unvaccinated) -> None:
        self._why = None if self._why is why else why
        self._send()

    def _send(self) -> None:
        for count, button in self.doses.items():
            button.setChecked(count == self._doses)
        for why, button in self.reasons.items():
            button.setChecked(why is self._why)
        self._none.setVisible(self._asks)
        self.resized.emit()
        told = None if self._doses is None else Vaccination(self._doses, basis=Basis.DECLARED)
        self._desk.set_answers(vaccination=told, unvaccinated=self._why)
