"""What to do when there is no picture: demo footage, a file, a folder, an address, a camera."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.labels import label
from checkpoint_app.ui.widgets.upright import Upright

DEMO, CAMERA = "demo", "0"
_CHOICES = (
    ("demo", "demo", "Demo footage"),
    ("camera", "camera", "Camera"),
    ("video", "film", "Video file…"),
    ("folder", "folder", "Picture folder…"),
)


class SourceChooser(QWidget):
    """Stands in the picture's place. `chosen` gives the source as the settings write it."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "chooser")
        self._mark, self._title, self._hint = QLabel(), label("title"), label("soft")
        self._hint.setWordWrap(True)
        self.buttons = {name: QPushButton() for name, _, _ in _CHOICES}
        self.address, self._connect = QLineEdit(), QPushButton()
        self._lay_out()
        for name, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, which=name: self._choose(which))
        self._connect.clicked.connect(self._by_address)
        self.address.returnPressed.connect(self._by_address)
        look.changed.connect(self._retext)
        self._retext()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._mark)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, button in enumerate(self.buttons.values()):
            grid.addWidget(button, place // 2, place % 2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.address, 1)
        row.addWidget(self._connect)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(8)
        column.addStretch(1)
        column.addLayout(head)
        column.addLayout(grid)
        column.addLayout(row)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.addWidget(Upright(inside))  # strips above leave it little height

    def show_problem(self, sentence: str) -> None:
        """Say why the last choice gave no picture ("" = nothing to say)."""
        self._hint.setText(sentence)

    @property
    def problem(self) -> str:
        """The sentence that is shown."""
        return self._hint.text()

    def _choose(self, which: str) -> None:
        if which in (DEMO, "camera"):
            self.chosen.emit(DEMO if which == DEMO else CAMERA)
        else:
            self._open_dialog(folder=which == "folder")

    def _open_dialog(self, folder: bool) -> None:
        translate = self._look.translate
        title = translate("Choose a folder of pictures" if folder else "Choose a video file")
        dialog = QFileDialog(self.window(), title)
        mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def _by_address(self) -> None:
        address = self.address.text().strip()
        if address:
            self.chosen.emit(address)

    def _retext(self) -> None:
        translate, theme = self._look.translate, self._look.theme
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(icon("camera-off", 24, theme.soft, ratio))
        self._title.setText(translate("No picture"))
        for name, drawing, message in _CHOICES:
            button = self.buttons[name]
            button.setText(f" {translate(message)}")
            button.setIcon(icon(drawing, 20, theme.accent, ratio))
            button.setAccessibleName(translate(message))
        self.address.setPlaceholderText(translate("Address of an IP camera: rtsp:// or http://"))
        self.address.setAccessibleName(translate("Address of an IP camera"))
        self._connect.setText(translate("Connect"))
        self._connect.setAccessibleName(translate("Connect"))
