"""The picture's place: the live picture, or what to do where there is none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from checkpoint_app.desk import Outline
from checkpoint_app.devices.ports import Condition, DeviceState
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.ui.desk_page.live_picture import LivePicture
from checkpoint_app.ui.desk_page.source_chooser import DEMO, SourceChooser
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.widgets.corner_button import CornerButton

NEVER_THERE = ("no_camera", "source_gone")  # faults of a source that gave no picture at all


def camera_name(label: str, translate: Translate) -> str:
    """A device's label as people say it: the demo, a numbered camera, or the name of a file."""
    if label == DEMO:
        return translate("Demo footage")
    if label.isdecimal():
        return translate("Camera {number}", number=int(label) + 1)
    return label or translate("Camera")


def camera_words(state: DeviceState, frames_per_second: float, translate: Translate) -> str:
    """The camera's state as a sentence or a short label."""
    name = camera_name(state.label, translate)
    if state.fault in NEVER_THERE:
        return fault_text(state.fault, translate)
    if state.condition is Condition.LOST:
        return translate("Camera lost, reconnecting (try {tries})", tries=max(1, state.tries))
    if state.condition is Condition.STARTING:
        return translate("{camera} is starting…", camera=name)
    if state.condition is Condition.ENDED:
        return translate("{camera}: at its end", camera=name)
    if state.condition is Condition.READY:
        return translate("{camera} · {rate} frames/s", camera=name, rate=round(frames_per_second))
    return ""


class PicturePlace(QWidget):
    """Shows one of the two by the camera's condition."""

    chosen = Signal(str)
    resized = Signal(QSize)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state, self._rate = DeviceState(Condition.OFF), 0.0
        self._choosing = False
        self.live = LivePicture(look)
        self.chooser = SourceChooser(look)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.live)
        self._stack.addWidget(self.chooser)
        self.chooser.chosen.connect(self._choose)
        self.live.resized.connect(self.resized)
        self._change = CornerButton(look, "camera", self)
        self._change.clicked.connect(self.choose_again)
        self.setSizePolicy(self.live.sizePolicy())
        look.changed.connect(self._retext)
        self._retext()

    def show_camera(self, state: DeviceState, frames_per_second: float) -> None:
        """Show what the camera is doing."""
        self._state, self._rate = state, frames_per_second
        # A camera that was never there is still looked for: its first picture takes the place.
        absent = state.condition is Condition.OFF or state.fault in NEVER_THERE
        self._stack.setCurrentWidget(self.chooser if absent or self._choosing else self.live)
        self._change.setVisible(not absent)
        self._change.raise_()
        translate = self._look.translate
        self.chooser.show_problem(fault_text(state.fault, translate) if state.fault else "")
        if absent:
            self.live.clear()
        trouble = state.condition in (Condition.LOST, Condition.ENDED)
        words = camera_words(state, frames_per_second, translate)
        self.live.show_label(words, trouble)

    def choose_again(self) -> None:
        """Offer the sources although there is a picture, or go back to it."""
        chooses = self._stack.currentWidget() is self.chooser
        self._choosing = not chooses
        self.show_camera(self._state, self._rate)

    def _retext(self) -> None:
        self._change.name(self._look.translate("Change the source of the picture"))
        self._change.setToolTip(self._change.caption)
        self.setMaximumHeight(self._look.metrics.left_column * 9 // 16)
        self.show_camera(self._state, self._rate)

    def _choose(self, source: str) -> None:
        self._choosing = False
        self.show_camera(self._state, self._rate)
        self.chosen.emit(source)

    def show_image(self, image: QImage, frame: QSize) -> None:
        """The newest frame."""
        self.live.show_image(image, frame)

    def show_outlines(self, found: tuple[Outline, ...]) -> None:
        """Codes just found."""
        self.live.show_outlines(found)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.live.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.live.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._change.move(self.width() - self._change.width() - 6, 6)
