"""What is asked of some travellers only: what replaces the phone, and papers from abroad."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.domain.inspection import CodeStatus, Inspection, Replacement
from checkpoint_app.domain.returnee import Abroad, Certificate
from checkpoint_app.i18n.reasons import CERTIFICATES
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import choice, grid_of
from checkpoint_app.ui.widgets.labels import label

REPLACEMENTS = {
    Replacement.ID_CARD: "ID card",
    Replacement.HOUSEHOLD_REGISTER: "Household register",
    Replacement.SOCIAL_SECURITY: "Social security card",
    Replacement.PROXY_CODE: "Companion's phone",
    Replacement.PAPER_PROOF: "Paper proof",
    Replacement.VOUCHER: "Somebody vouches",
}


class ReplacementRows(QWidget):
    """Instead of the phone: one of six, and the name of whoever vouches."""

    resized = Signal()

    def __init__(self, look: Look, desk: DeskPort, inspection: Inspection | None) -> None:
        super().__init__()
        self._desk = desk
        now = inspection.replacement if inspection else None
        self.buttons = {
            each: choice(look.translate(message), lambda each=each: self._set(each), each is now)  # type: ignore[misc]
            for each, message in REPLACEMENTS.items()
        }
        self.voucher = QLineEdit((inspection.vouched_by if inspection else None) or "")
        said = look.translate("Name of who vouches")
        self.voucher.setPlaceholderText(said)
        self.voucher.setAccessibleName(said)
        self.voucher.setMaxLength(40)
        self.voucher.setVisible(now is Replacement.VOUCHER)
        self.voucher.editingFinished.connect(self._named)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("small", look.translate("Instead of the phone")))
        column.addLayout(grid_of(list(self.buttons.values()), 3))
        column.addWidget(self.voucher)

    def _set(self, replacement: Replacement) -> None:
        for each, button in self.buttons.items():
            button.setChecked(each is replacement)
        self.voucher.setVisible(replacement is Replacement.VOUCHER)
        self.resized.emit()
        self._desk.set_answers(replacement=replacement)

    def _named(self) -> None:
        self._desk.set_answers(vouched_by=self.voucher.text().strip() or None)


class AbroadRows(QWidget):
    """Came in from abroad, and which of the three papers were seen."""

    resized = Signal()

    def __init__(self, look: Look, desk: DeskPort, inspection: Inspection | None) -> None:
        super().__init__()
        self._desk = desk
        self._abroad = inspection.abroad if inspection else None
        self.came = choice(
            look.translate("Came in from abroad"), self._send, self._abroad is not None
        )
        seen = self._abroad.certificates if self._abroad is not None else ()
        self.papers = {
            each: choice(look.translate(message), self._send, each in seen)
            for each, message in CERTIFICATES.items()
        }
        self._papers = QWidget()
        column = QVBoxLayout(self._papers)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("small", look.translate("Papers seen")))
        column.addLayout(grid_of(list(self.papers.values()), 1))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.came)
        whole.addWidget(self._papers)
        self._papers.setVisible(self.came.isChecked())

    def _send(self) -> None:
        came = self.came.isChecked()
        self._papers.setVisible(came)
        self.resized.emit()
        seen = tuple(each for each in Certificate if self.papers[each].isChecked())
        arrived = self._abroad.arrived if self._abroad is not None else None
        self._desk.set_answers(abroad=Abroad(arrived, seen) if came else None)


def needs_replacement(inspection: Inspection | None) -> bool:
    """Whether somebody without a phone stands there."""
    code = inspection.health_code if inspection else None
    return code is not None and code.status is CodeStatus.NONE
