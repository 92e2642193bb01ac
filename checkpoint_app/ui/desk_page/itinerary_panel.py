"""The itinerary by eye: nothing special, or the cities with their stars and what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.domain.inspection import City, Inspection, Itinerary
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.desk_page.special_rows import AbroadRows
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.choices import KeyPanel, choice
from checkpoint_app.ui.widgets.labels import ElidedLabel, label

MOST_CITIES = 12
_QUESTIONS = (
    ("local", "Lives, works or studies in this county"),
    ("community_acceptance", "Community's acceptance letter"),
)
Done = Callable[[], None]


class ItineraryPanel(KeyPanel):
    """Holds the cities while it is open, and sends the whole itinerary at every change."""

    def __init__(
        self, look: Look, desk: DeskPort, inspection: Inspection | None, done: Done
    ) -> None:
        super().__init__()
        self._look, self._desk, self._done = look, desk, done
        self._inspection = inspection
        itinerary = inspection.itinerary if inspection else None
        self._cities: list[City] = list(itinerary.cities) if itinerary else []
        self._shown = itinerary.shown if itinerary else True
        self._from_afar = _is_from_afar(inspection)
        self._answers: dict[str, bool | None] = {
            name: getattr(inspection, name, None) for name, _ in _QUESTIONS
        }
        self.city = QLineEdit()
        self._rows = QVBoxLayout()
        self._shown_rows: list[QWidget] = []
        self._lay_out()
        self._show_rows()

    def _lay_out(self) -> None:
        translate = self._look.translate
        clean = choice(translate("Seen, nothing special"), self._clean)
        clean.setProperty("role", "main")
        declared = choice(translate("No card, told by mouth"), self._declared)
        self.city.setPlaceholderText(translate("City passed"))
        self.city.setAccessibleName(translate("City passed"))
        self.city.setMaxLength(40)
        self.city.returnPressed.connect(lambda: self._add(True))
        entry = QHBoxLayout()
        entry.setSpacing(8)
        entry.addWidget(self.city, 1)
        entry.addWidget(choice(translate("Add with *"), lambda: self._add(True)))
        entry.addWidget(choice(translate("Add"), lambda: self._add(False)))
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        for button in (clean, declared, choice(translate("Done"), self._done)):
            top.addWidget(button)
        column.addLayout(top)
        column.addLayout(entry)
        column.addLayout(self._rows)
        abroad = AbroadRows(self._look, self._desk, self._inspection)
        abroad.resized.connect(self.resized)
        column.addWidget(abroad)

    def _clean(self) -> None:
        self._cities, self._shown = [], True
        self._send()
        self._done()

    def _declared(self) -> None:
        self._shown = False
        self._send()
        self._done()

    def _add(self, starred: bool) -> None:
        name = self.city.text().strip().rstrip("*＊")
        if name and len(self._cities) < MOST_CITIES:
            self._cities.append(City(name, starred=starred))
            self.city.clear()
            self._send()
            self._show_rows()
        self.city.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        self._desk.set_itinerary(Itinerary(shown=self._shown, cities=tuple(self._cities)))

    def _change(self, place: int, city: City | None) -> None:
        self._cities[place : place + 1] = [city] if city else []
        self._send()
        self._show_rows()

    def _answer(self, name: str, value: bool) -> None:
        self._answers[name] = value
        self._desk.set_answers(**{name: value})
        self._show_rows()

    def _show_rows(self) -> None:
        """The rows anew; the keyboard stays at the place where it was."""
        focus, buttons = self.focusWidget(), self._row_buttons()
        self._make_rows()
        if focus in buttons:
            here = self._row_buttons()[: buttons.index(focus) + 1] or [self.city]
            here[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def _row_buttons(self) -> list[QWidget]:
        return [each for row in self._shown_rows for each in row.findChildren(QPushButton)]

    def _make_rows(self) -> None:
        for row in self._shown_rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown_rows = []
        for place, city in enumerate(self._cities):
            self._add_row(self._city_row(place, city))
        if self._cities or self._from_afar:
            for name, message in _QUESTIONS:
                self._add_row(self._question(name, message))

    def _add_row(self, row: QWidget) -> None:
        self._shown_rows.append(row)
        self._rows.addWidget(row)
        row.show()  # at once, so that it can take the keyboard

    def _city_row(self, place: int, city: City) -> QWidget:
        translate = self._look.translate
        name = ElidedLabel("strong")
        name.setText(f"{city.name}{'*' if city.starred else ''}")
        buttons: list[QPushButton] = []
        for message, value in (("Was in the risk area", True), ("Was not", False)):
            answered = replace(city, in_risk_area=value)
            act = partial(self._change, place, answered)
            buttons.append(choice(translate(message), act, city.in_risk_area is value))
        remove = choice("✕", partial(self._change, place, None))
        remove.setAccessibleName(translate("Remove {city}", city=city.name))
        return _row(name, [*buttons, remove])

    def _question(self, name: str, message: str) -> QWidget:
        translate = self._look.translate
        said = self._answers[name]
        yes = choice(translate("Yes"), partial(self._answer, name, True), said is True)
        no = choice(translate("No"), partial(self._answer, name, False), said is False)
        caption = label("soft", translate(message))
        caption.setWordWrap(True)
        return _row(caption, [yes, no])


def _is_from_afar(inspection: Inspection | None) -> bool:
    """Whether another place than the cities may make it matter where somebody lives."""
    if inspection is None:
        return False
    return bool(inspection.journey.origin_code or inspection.person.residence_code)


def _row(caption: QWidget, buttons: list[QPushButton]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(caption, 1)
    for button in buttons:
        row.addWidget(button)
    return made
