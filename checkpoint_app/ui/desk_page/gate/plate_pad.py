"""The plate, by keyboard or with a gloved finger, and what else is told of a vehicle once.

It lies over the left column while it is open. The desk gets the plate as soon as it can be one, so
that the first code or reading begins the vehicle; nothing more needs to be pressed.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk.gate.view import VehicleView, use_word
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.domain.plate import read_plate
from checkpoint_app.ui.desk_page.gate.plate_keys import (
    ARMED,
    ENDS,
    KIND_WORDS,
    LETTERS,
    SHORTS,
    local_prefix,
    typed,
    wants_province,
)
from checkpoint_app.ui.desk_page.port import DeskPort
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.theme import TARGET
from checkpoint_app.ui.widgets.actions import PadKey
from checkpoint_app.ui.widgets.choices import Choice, walk_within
from checkpoint_app.ui.widgets.labels import label

COLUMNS = 9
TO_LETTERS, TO_PROVINCES = "ABC", "省"  # the other grid: embassies begin with digits
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
USES = (VehicleUse.CAR, VehicleUse.BUS, VehicleUse.FREIGHT, VehicleUse.FOOT)


class PlatePad(QFrame):
    """Opens over the left column; `closed` gives the keyboard back to the desk."""

    closed = Signal()
    sheet_asked = Signal()  # the cold-chain sheet, on its page

    def __init__(self, look: Look, desk: DeskPort, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popover")
        self._look, self._desk = look, desk
        self._county = ""
        self._newest: str | None = None  # the last plate of this shift
        self._view: VehicleView | None = None
        self._title, self._kind = label("title"), label("tag")
        self.plate, self.people = QLineEdit(), QLineEdit()
        self.origin, self.destination = QLineEdit(), QLineEdit()
        self.uses = {use: Choice() for use in USES}
        self.sheet, self.done = QPushButton(), QPushButton()
        self.bare = QPushButton()
        self._grids = QStackedWidget()
        self._lay_out()
        self._connect()
        look.changed.connect(self._retext)
        self._retext()
        self.hide()

    # -- parts

    def _lay_out(self) -> None:
        self.plate.setMaxLength(24)
        self.plate.setProperty("role", "plate")
        self.people.setMaxLength(3)
        for line in (self.origin, self.destination):
            line.setMaxLength(60)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._kind)
        uses = QHBoxLayout()
        uses.setSpacing(8)
        for use, button in self.uses.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._use, use))
            uses.addWidget(button, 1)
        more = QHBoxLayout()
        more.setSpacing(8)
        self.people.setFixedWidth(104)
        for line in (self.people, self.origin, self.destination):
            more.addWidget(line)
        end = QHBoxLayout()
        end.setSpacing(8)
        self.done.setProperty("role", "main")
        for part, share in ((self.sheet, 4), (self.bare, 3), (self.done, 5)):
            end.addWidget(part, share)
        self._grids.addWidget(self._grid((*SHORTS, ARMED, "使", "领", TO_LETTERS)))
        self._grids.addWidget(self._grid((*LETTERS, *ENDS, TO_PROVINCES)))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.plate)
        column.addLayout(uses)
        column.addLayout(more)
        column.addWidget(self._grids, 1)
        column.addLayout(end)

    def _grid(self, faces: tuple[str, ...]) -> QWidget:
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        keys = [*faces, "⌫"]
        for at, face in enumerate(keys):
            key = PadKey(self._look, face)
            key.name(face)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(lambda _=False, pressed=face: self.press(pressed))
            grid.addWidget(key, at // COLUMNS, at % COLUMNS)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        return place

    def _connect(self) -> None:
        self.plate.textEdited.connect(self._typed)
        self.people.textEdited.connect(
            lambda text: self._desk.set_vehicle(head_count=int(text) if text.isdecimal() else 0)
        )
        self.origin.textEdited.connect(lambda text: self._desk.set_vehicle(origin=text))
        self.destination.textEdited.connect(lambda text: self._desk.set_vehicle(destination=text))
        self.done.clicked.connect(lambda _=False: self.close_now())
        self.bare.clicked.connect(lambda _=False: self._without_plate())
        self.sheet.clicked.connect(lambda _=False: self._ask_sheet())
        self._walk: tuple[QLineEdit, ...] = (
            self.plate,
            self.people,
            self.origin,
            self.destination,
        )

    def _retext(self) -> None:
        translate = self._look.translate
        self._title.setText(translate("Vehicle"))
        for use, button in self.uses.items():
            button.setText(use_word(use, translate))
            button.setAccessibleName(use_word(use, translate))
        for line, hint in (
            (self.plate, translate("Plate")),
            (self.people, translate("People in it")),
            (self.origin, translate("From")),
            (self.destination, translate("To")),
        ):
            line.setPlaceholderText(hint)
            line.setAccessibleName(hint)
        for part, words_of in (
            (self.sheet, translate("Goods sheet, escort")),
            (self.bare, translate("No plate")),
            (self.done, translate("Codes (Enter)")),
        ):
            part.setText(words_of)
            part.setAccessibleName(words_of)
        self._show_kind()

    # -- opening and closing

    def set_county(self, county_code: str) -> None:
        """Where the station is: plates begin so."""
        self._county = county_code

    def open_for(self, view: VehicleView | None, room: QRect) -> None:
        """Open over this room (parent coordinates), with the open vehicle or for a new one."""
        self._view = view
        passage = view.passage if view is not None else None
        prefix = local_prefix(self._county, self._newest)
        self.plate.setText(passage.plate or "" if passage is not None else prefix)
        self.people.setText(str(passage.head_count or "") if passage is not None else "")
        self.origin.setText(passage.origin or "" if passage is not None else "")
        self.destination.setText(passage.destination or "" if passage is not None else "")
        walks = passage is not None and passage.on_foot
        self._show_use(passage.use if passage is not None and not walks else VehicleUse.CAR)
        self._show_kind()
        self.setGeometry(room)
        self.show()
        self.raise_()
        self.plate.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.plate.deselect()
        self.plate.end(False)

    def follow(self, view: VehicleView | None) -> None:
        """The desk changed: the first person scanned closes the pad, the vehicle has begun."""
        boarded = view is not None and bool(view.passage.occupants)
        before = self._view is not None and bool(self._view.passage.occupants)
        self._view = view
        if self.isVisible() and boarded and not before:
            self.close_now()

    def close_now(self) -> None:
        """Keep what was typed, even where no plate can read so: a foreign one may."""
        text = typed(self.plate.text())
        if text and text != local_prefix(self._county, self._newest):
            if self._view is None or self._view.passage.plate != text:
                self._desk.open_vehicle(text, self._chosen)
            self._newest = text if read_plate(text) else self._newest
        self._leave()

    def _without_plate(self) -> None:
        """A tractor, a new car: a vehicle all the same."""
        self._desk.open_vehicle("", self._chosen)
        self._leave()

    def _walking(self) -> None:
        """People who came on foot and belong together: scanned one after another as well."""
        self._desk.open_vehicle("", VehicleUse.FOOT)
        self._leave()

    def cancel(self) -> None:
        """Esc: a vehicle with nobody in it is forgotten."""
        self._desk.drop_vehicle()
        self._leave()

    def _leave(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _ask_sheet(self) -> None:
        self.close_now()
        self.sheet_asked.emit()

    # -- typing

    def press(self, face: str) -> None:
        """A key of the pad."""
        if face in (TO_LETTERS, TO_PROVINCES):
            self._grids.setCurrentIndex(int(face == TO_LETTERS))
            return
        text = self.plate.text()
        untouched = text == local_prefix(self._county, self._newest)
        if face == "⌫":
            text = text[:-1]
        elif untouched and face in SHORTS:
            text = face
        else:
            text += face
        self.plate.setText(text)
        self._typed(text)

    def _typed(self, text: str) -> None:
        bare = typed(text)
        if bare != text:
            self.plate.setText(bare)
        self._show_kind()
        if read_plate(bare) is not None or self._view is not None:
            self._desk.open_vehicle(bare, self._chosen)

    @property
    def _chosen(self) -> VehicleUse:
        return next((use for use, button in self.uses.items() if button.isChecked()), USES[0])

    def _use(self, use: VehicleUse) -> None:
        if use is VehicleUse.FOOT:
            self._walking()
            return
        self._show_use(use)
        text = typed(self.plate.text())
        if self._view is not None or read_plate(text) is not None:
            self._desk.open_vehicle(text, use)
        (self.people if use is VehicleUse.BUS else self.plate).setFocus()

    def _show_use(self, use: VehicleUse) -> None:
        for each, button in self.uses.items():
            button.setChecked(each is use)

    def _show_kind(self) -> None:
        text = self.plate.text()
        found = read_plate(text)
        message = KIND_WORDS[found.kind] if found is not None else ""
        if found is None and len(text) >= 7:
            message = "Not a usual plate"
        self._kind.setText(self._look.translate(message) if message else "")
        self._kind.setVisible(bool(message))
        self._grids.setCurrentIndex(0 if wants_province(text) else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in ENTER:
            self._forward()
        else:
            event.ignore()

    def _forward(self) -> None:
        """Enter: a bus asks for its number of people and its journey, once; then the codes come."""
        focus = self.focusWidget()
        if isinstance(focus, QPushButton) and focus is not self.done:
            focus.click()
            return
        asked = self._walk if self._chosen is VehicleUse.BUS else (self.plate,)
        left = asked[asked.index(focus) + 1 :] if focus in asked else ()
        empty = [line for line in left if not line.text()]
        if empty:
            empty[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.close_now()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        return walk_within(self, forward)

    def least_height(self) -> int:
        """The height that it needs for keys as large as a glove."""
        return 6 * (TARGET - 4) + 4 * (TARGET + 8) + 60
