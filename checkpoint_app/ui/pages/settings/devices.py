"""Camera, thermometer, hand scanner and sound, each to be tried where it is set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog

from checkpoint_app.desk import Tone, entries
from checkpoint_app.desk.office import Office
from checkpoint_app.devices.ports import Condition, Sound, Speaker
from checkpoint_app.devices.serial_line import SerialLines
from checkpoint_app.devices.thermometer import line_pattern, tenths
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.settings import Settings
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, tell
from checkpoint_app.ui.widgets.drop_down import DropDown

FIRST, DEMO, VIDEO, FOLDER, ADDRESS = "", "demo", "video", "folder", "address"
SOURCES = {
    FIRST: "First camera",
    DEMO: "Demo footage",
    VIDEO: "Video file…",
    FOLDER: "Picture folder…",
    ADDRESS: "File, folder or address",
}
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_SHOWN = 60  # characters of a device's line
OpenLines = Callable[[str, int], SerialLines]


class LineTest(QObject):
    """Listens to a port for as long as a test runs; tells line and state on the window's thread."""

    line = Signal(str)
    state = Signal(object)  # DeviceState

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: SerialLines | None = None
        self._look_again = QTimer(self)
        self._look_again.setInterval(300)
        self._look_again.timeout.connect(self._tell_state)

    @property
    def running(self) -> bool:
        """Whether the port is listened to."""
        return self._lines is not None

    def start(self, port: str, baud: int) -> None:
        """Listen until `stop`."""
        self.stop()
        self._lines = SerialLines(port, baud)
        self._lines.start(self.line.emit)
        self._look_again.start()

    def stop(self) -> None:
        """Listen no more."""
        lines, self._lines = self._lines, None
        self._look_again.stop()
        if lines is not None:
            lines.stop()

    def _tell_state(self) -> None:
        if self._lines is not None:
            self.state.emit(self._lines.state)


class DevicesGroup(Group):
    """`testing` tells that a test has the serial ports for itself."""

    testing = Signal(bool)

    def __init__(
        self, look: Look, office: Office, change: Change, speaker: Callable[[], Speaker]
    ) -> None:
        super().__init__(look, office, change)
        self._speaker = speaker
        self._test, self._scanner_test = LineTest(self), LineTest(self)
        self._camera()
        self._thermometer()
        self._scanner()
        self._sound()
        self.end()

    # -- camera

    def _camera(self) -> None:
        card = self.card("Camera")
        self.source = DropDown(self._look)
        self._words.name(self.source, "Source of the picture")
        self._words.follow(self._fill_sources)
        self.source.activated.connect(lambda at: self._choose(self.source.itemData(at)))
        self.row(card, "Source of the picture", self.source)
        self.address = self.text(
            card, "File, folder or address", "camera", hint="rtsp://…, http://…, or camera number"
        )
        self._shows.append(self._show_source)
        self.switch(
            card,
            "Read the phone's page",
            "read_pages",
            "Fills empty fields from the health-code page and the itinerary card.",
        )

    def _fill_sources(self) -> None:
        chosen = max(0, self.source.currentIndex())
        self.source.clear()
        for name, message in SOURCES.items():
            self.source.addItem(self._words.say(message), name)
        self.source.setCurrentIndex(chosen)

    def _show_source(self, settings: Settings) -> None:
        name = settings.camera if settings.camera in (FIRST, DEMO) else ADDRESS
        self.source.setCurrentIndex(self.source.findData(name))

    def _choose(self, name: str) -> None:
        if name in (FIRST, DEMO):
            self._change(camera=name)
        elif name in (VIDEO, FOLDER):
            self._browse(name)
        else:
            self.address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _browse(self, name: str) -> None:
        folder = name == FOLDER
        title = "Choose a folder of pictures" if folder else "Choose a video file"
        dialog = QFileDialog(self.window(), self._words.say(title))
        mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._change(camera=chosen))
        dialog.rejected.connect(lambda: self._show_source(self._office.settings))
        dialog.open()

    # -- thermometer and scanner

    def _thermometer(self) -> None:
        card = self.card("Thermometer", "A thermometer on a serial port types the reading itself.")
        self.port = self.text(
            card, "Port", "thermometer_port", hint="COM3, /dev/ttyUSB0, socket://…; empty: none"
        )
        self._baud(card, "thermometer_baud")
        self.pattern = self.text(card, "Line pattern", "thermometer_pattern", entries.pattern)
        self.heard = self.result()
        self.try_button = self._words.button("Try", self._toggle_test)
        self.try_button.setCheckable(True)
        self.wide(card, buttons(self.try_button))
        self.wide(card, self.heard)
        self._test.line.connect(self._hear)
        self._test.state.connect(lambda state: self._tell_state(state, self.heard))

    def _scanner(self) -> None:
        card = self.card(
            "Hand scanner", "One that types like a keyboard needs no setting. Others have a port."
        )
        self.scanner_port = self.text(
            card, "Port", "scanner_port", hint="COM3, /dev/ttyUSB0, socket://…; empty: none"
        )
        self._baud(card, "scanner_baud")
        self.scanned = self.result()
        self.scan_button = self._words.button("Try", self._toggle_scan)
        self.scan_button.setCheckable(True)
        self.wide(card, buttons(self.scan_button))
        self.wide(card, self.scanned)
        self._scanner_test.line.connect(self._hear_scan)
        self._scanner_test.state.connect(lambda state: self._tell_state(state, self.scanned))

    def _baud(self, card: object, field: str) -> QComboBox:
        made = DropDown(self._look)
        for baud in BAUDS:
            made.addItem(str(baud), baud)
        self._words.name(made, "Speed (baud)")
        made.activated.connect(lambda at: self._change(**{field: made.itemData(at)}))
        self._shows.append(lambda now: made.setCurrentText(str(getattr(now, field))))
        self.row(card, "Speed (baud)", made)  # type: ignore[arg-type]
        return made

    def _toggle_test(self) -> None:
        now = self._office.settings
        self._toggle(self._test, now.thermometer_port, now.thermometer_baud, self.heard)
        self.try_button.setChecked(self._test.running)

    def _toggle_scan(self) -> None:
        now = self._office.settings
        self._toggle(self._scanner_test, now.scanner_port, now.scanner_baud, self.scanned)
        self.scan_button.setChecked(self._scanner_test.running)

    def _toggle(self, test: LineTest, port: str, baud: int, line: object) -> None:
        if test.running:
            test.stop()
            tell(line, "", Tone.IDLE)  # type: ignore[arg-type]
        elif port:
            self.testing.emit(True)
            test.start(port, baud)
            tell(line, self._words.say("Waiting for a line…"), Tone.IDLE)  # type: ignore[arg-type]
        else:
            tell(line, self._words.say("Type the port first"), Tone.STOP)  # type: ignore[arg-type]
        if not (self._test.running or self._scanner_test.running):
            self.testing.emit(False)

    def _hear(self, text: str) -> None:
        pattern = line_pattern(self._office.settings.thermometer_pattern)
        value = tenths(pattern, text) if pattern is not None else None
        say = self._words.say
        if value is None:
            sentence = say("Line “{line}”: no temperature in it", line=_plain(text))
            tell(self.heard, sentence, Tone.ATTENTION)
        else:
            figure = f"{value / 10:.1f}"
            sentence = say("Line “{line}”: {celsius} ℃", line=_plain(text), celsius=figure)
            tell(self.heard, sentence, Tone.PASS)

    def _hear_scan(self, text: str) -> None:
        sentence = self._words.say("A code with {count} characters came", count=len(text))
        tell(self.scanned, sentence, Tone.PASS)

    def _tell_state(self, state: object, line: object) -> None:
        fault = getattr(state, "fault", None)
        if getattr(state, "condition", None) is Condition.LOST and fault:
            sentence = fault_text(fault, self._look.translate)
            tell(line, sentence, Tone.STOP)  # type: ignore[arg-type]

    def closed(self) -> None:
        """A test ends with its page."""
        was = self._test.running or self._scanner_test.running
        for test, button in (
            (self._test, self.try_button),
            (self._scanner_test, self.scan_button),
        ):
            test.stop()
            button.setChecked(False)
        if was:
            self.testing.emit(False)

    # -- sound

    def _sound(self) -> None:
        card = self.card("Sound")
        self.sound = self.switch(card, "Sounds", "sound")
        self.voice = self.switch(card, "Spoken prompts", "voice", "Where this machine has a voice.")
        self.wide(
            card,
            buttons(
                self._words.button("Hear “pass”", lambda: self._play(Sound.PASS)),
                self._words.button("Hear “attention”", lambda: self._play(Sound.ATTENTION)),
            ),
        )

    def _play(self, sound: Sound) -> None:
        self._speaker().play(sound)


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:_SHOWN]
