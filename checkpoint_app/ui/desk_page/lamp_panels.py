"""What can be set by eye, a panel a lamp. Each choice goes to the desk at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTimeEdit, QVBoxLayout

from checkpoint_app.desk import Tone
from checkpoint_app.domain.credential import NatResult, NucleicAcidTest
from checkpoint_app.domain.inspection import CodeStatus, Inspection, Requirement, Symptom
from checkpoint_app.ui.desk_page.itinerary_panel import ItineraryPanel
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.desk_page.special_rows import ReplacementRows, needs_replacement
from checkpoint_app.ui.desk_page.vaccine_rows import VaccineRows
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.choices import KeyPanel, choice, grid_of, sign_icon
from checkpoint_app.ui.widgets.labels import label

_CODES = (
    (CodeStatus.GREEN, "Green code", Tone.PASS),
    (CodeStatus.YELLOW, "Yellow code", Tone.ATTENTION),
    (CodeStatus.RED, "Red code", Tone.STOP),
    (CodeStatus.GREY, "Grey code", Tone.ASK),
    (CodeStatus.NONE, "No phone", Tone.ASK),
)
SYMPTOMS = (
    (Symptom.COUGH, "Dry cough"),
    (Symptom.FATIGUE, "Fatigue"),
    (Symptom.SORE_THROAT, "Sore throat"),
    (Symptom.DIARRHOEA, "Diarrhoea"),
    (Symptom.SHORT_BREATH, "Short of breath"),
    (Symptom.NO_TASTE_SMELL, "No taste or smell"),
    (Symptom.OTHER, "Other"),
)
_DAYS = ("Today", "Yesterday", "2 days ago", "3 days ago")
Done = Callable[[], None]


class HealthCodePanel(KeyPanel):
    """The colour seen with the officer's own eyes, or no phone at all."""

    def __init__(
        self, look: Look, desk: DeskPort, inspection: Inspection | None, done: Done
    ) -> None:
        super().__init__()
        now = inspection.health_code.status if inspection and inspection.health_code else None
        buttons = []
        for status, message, tone in _CODES:
            button = choice(
                look.translate(message), partial(self._set, desk, status, done), status is now
            )
            button.setIcon(sign_icon(look, tone, 16, self.devicePixelRatioF()))
            buttons.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("small", look.translate("Seen by eye")))
        column.addLayout(grid_of(buttons, 3))
        if needs_replacement(inspection):
            instead = ReplacementRows(look, desk, inspection)
            instead.resized.connect(self.resized)
            column.addWidget(instead)

    @staticmethod
    def _set(desk: DeskPort, status: CodeStatus, done: Done) -> None:
        desk.set_health_code(status)
        done()


class SymptomsPanel(KeyPanel):
    """None at all by one press; else what the traveller said, and contact with a case."""

    def __init__(
        self, look: Look, desk: DeskPort, inspection: Inspection | None, done: Done
    ) -> None:
        super().__init__()
        self._desk, self._done = desk, done
        said = (inspection.symptoms if inspection else None) or ()
        self._boxes = {
            symptom: choice(look.translate(message), self._send, symptom in said)
            for symptom, message in SYMPTOMS
        }
        contact = bool(inspection and inspection.contact)
        self._contact = choice(look.translate("Contact with a case"), self._send, contact)
        none = choice(look.translate("No symptoms, no contact"), self._none)
        none.setProperty("role", "main")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(none, 2)
        top.addWidget(choice(look.translate("Done"), self._send_and_close), 1)
        column.addLayout(top)
        column.addLayout(grid_of([*self._boxes.values(), self._contact], 3))

    def _none(self) -> None:
        self._desk.set_symptoms((), False)
        self._done()

    def _send(self) -> None:
        said = tuple(symptom for symptom, box in self._boxes.items() if box.isChecked())
        self._desk.set_symptoms(said, self._contact.isChecked())

    def _send_and_close(self) -> None:
        self._send()
        self._done()


class TestPanel(KeyPanel):
    """The newest test: a window that the page states, or the time of sampling, or positive; and
    the vaccination, which stands on the same page of the phone."""

    __test__ = False  # no test class, whatever its name says

    def __init__(
        self,
        look: Look,
        desk: DeskPort,
        inspection: Inspection | None,
        now: datetime,
        done: Done,
    ) -> None:
        super().__init__()
        self._look, self._desk, self._now, self._done = look, desk, now, done
        self._time = QTimeEdit(QTime(now.hour, now.minute))
        self._time.setDisplayFormat("HH:mm")
        self._time.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time.setFixedWidth(2 * TARGET)
        self._time.setAccessibleName(look.translate("Time of sampling"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("small", look.translate("Negative, within")))
        column.addLayout(grid_of(self._windows(), 3))
        column.addWidget(label("small", look.translate("Negative, sampled at")))
        column.addLayout(self._sampling())
        column.addLayout(grid_of(self._others(), 2))
        self.vaccine = VaccineRows(look, desk, inspection)
        self.vaccine.resized.connect(self.resized)
        column.addWidget(self.vaccine)

    def _windows(self) -> list[QPushButton]:
        return [choice(f"{hours} h", partial(self._within, hours)) for hours in (24, 48, 72)]

    def _sampling(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._time)
        for days, message in enumerate(_DAYS):
            row.addWidget(choice(self._look.translate(message), partial(self._sampled, days)))
        return row

    def _others(self) -> list[QPushButton]:
        translate = self._look.translate
        positive = choice(translate("Positive"), partial(self._send, NatResult.POSITIVE))
        positive.setIcon(sign_icon(self._look, Tone.STOP, 16, self.devicePixelRatioF()))
        return [positive, choice(translate("No test shown"), self._none)]

    def _within(self, hours: int) -> None:
        self._desk.set_test(NucleicAcidTest(NatResult.NEGATIVE, within_hours=hours))
        self._done()

    def _sampled(self, days: int) -> None:
        chosen = self._time.time()
        day = self._now - timedelta(days=days)
        at = day.replace(hour=chosen.hour(), minute=chosen.minute(), second=0, microsecond=0)
        self._desk.set_test(NucleicAcidTest(NatResult.NEGATIVE, sampled_at=at))
        self._done()

    def _send(self, result: NatResult) -> None:
        self._desk.set_test(NucleicAcidTest(result))
        self._done()

    def _none(self) -> None:
        self._desk.set_test(None)
        self._done()


def panel_for(
    requirement: Requirement, look: Look, desk: DeskPort, now: datetime, done: Done
) -> KeyPanel | None:
    """The panel of a lamp, None where there is nothing to choose."""
    person = desk.state.inspection
    if requirement is Requirement.HEALTH_CODE:
        return HealthCodePanel(look, desk, person, done)
    if requirement is Requirement.ITINERARY:
        return ItineraryPanel(look, desk, person, done)
    if requirement is Requirement.TEST:
        return TestPanel(look, desk, person, now, done)
    if requirement is Requirement.SYMPTOMS:
        return SymptomsPanel(look, desk, person, done)
    return None
