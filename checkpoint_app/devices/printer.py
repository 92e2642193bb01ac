"""The system's printers: their names, and sheets sent to them on the paper that they are made for.

Where CUPS is (Linux, macOS) the PDF itself is handed to it by `lp`: text stays sharp at any
resolution, a sheet is some kilobytes, and CUPS does copies, range and both sides. Elsewhere
(Windows) Qt's print system prints a grey picture of each page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from checkpoint_app.devices.ports import DeviceFault, PrintJob

if TYPE_CHECKING:
    import pypdfium2 as pdfium

FINEST = 400  # dots per inch of a page's picture: 15 MB in grey
PATIENCE = 60  # seconds that CUPS may take to accept a job
LOOKS, LOOK_EVERY = 8, 0.4  # how often, and after how many seconds, a queued job is looked at
NO_PAPER = ("media-empty", "media-needed", "media-jam")  # RFC 8011, printer-state-reasons
NAMED = {
    (210, 297): "A4",
    (297, 420): "A3",
    (148, 210): "A5",
    (182, 257): "ISOB5",
    (110, 220): "EnvDL",
}
FUZZY = QPageSize.SizeMatchPolicy.FuzzyMatch
UPRIGHT = QPageLayout.Orientation.Portrait
ONE_SIDE = {QPrinter.DuplexMode.DuplexNone}
DUPLEX = {
    "one-sided": QPrinter.DuplexMode.DuplexNone,
    "two-sided-short-edge": QPrinter.DuplexMode.DuplexShortSide,
    "two-sided-long-edge": QPrinter.DuplexMode.DuplexLongSide,
}


def lp_command() -> str | None:
    """Path of the `lp` command, where jobs can be handed to CUPS."""
    return None if sys.platform == "win32" else shutil.which("lp")


class SystemPrinter:
    """The printers that the system knows. `lp` None prints by Qt alone."""

    def __init__(self, lp: str | None) -> None:
        self._lp = lp

    def names(self) -> list[str]:
        """Names of the printers, as `PrintJob.printer` wants them."""
        return list(QPrinterInfo.availablePrinterNames())

    def default(self) -> str | None:
        """The system's default printer, or the only one; None where that can't be said."""
        name = QPrinterInfo.defaultPrinterName()
        names = self.names()
        return name or (names[0] if len(names) == 1 else None)

    def print(self, job: PrintJob) -> None:
        """Queue the job. Raises DeviceFault: no_printer, printer_gone, printer_refused,
        printer_no_size; and, where it is queued and waits there, printer_stopped or
        printer_no_paper."""
        name = self._chosen(job)
        with _opened(job.pdf) as document:
            first, last = _range(job, len(document))
            _need_paper(name, {_size_mm(document, page) for page in range(first, last + 1)})
            landscape = _landscape(document)
            sides = _sides(name, job.duplex, landscape)
            if self._lp:
                _hand_over(self._lp, name, job, (first, last), sides, _media(document))
            else:
                _paint(document, name, job, (first, last), sides)

    def _chosen(self, job: PrintJob) -> str:
        name = job.printer or self.default()
        if name is None:
            raise DeviceFault("no_printer")
        if name not in self.names():
            raise DeviceFault("printer_gone", name)
        return name


def _need_paper(name: str, sizes: set[tuple[int, int]]) -> None:
    """Raise DeviceFault where a printer says which paper it takes, and a page's is none of it:
    CUPS would take the job and cancel it without a word."""
    info = QPrinterInfo.printerInfo(name)
    known = [each.rect(QPageSize.Unit.Millimeter) for each in info.supportedPageSizes()]
    if not known or info.supportsCustomPageSizes():
        return
    taken = [sorted((each.width(), each.height())) for each in known]
    for wanted in sizes:
        if not any(_alike(wanted, each) for each in taken):
            raise DeviceFault("printer_no_size", f"{wanted[0]} x {wanted[1]} mm")


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


def _opened(pdf: bytes) -> pdfium.PdfDocument:
    import pypdfium2 as pdfium  # not before something is printed

    try:
        return pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise DeviceFault("printer_refused", "not a PDF") from error


def _range(job: PrintJob, count: int) -> tuple[int, int]:
    first, last = job.pages or (1, count)
    first, last = max(first, 1), min(last, count)
    if first > last:
        raise DeviceFault("printer_refused", "no such page")
    return first, last


def _hand_over(
    lp: str, name: str, job: PrintJob, pages: tuple[int, int], sides: str, media: str
) -> None:
    options = [f"media={media}", "print-scaling=none", f"sides={sides}"]
    command = [lp, "-d", name, "-n", str(max(job.copies, 1)), "-t", _plain(job.title)]
    command += ["-P", f"{pages[0]}-{pages[1]}"] if job.pages else []
    command += [part for option in options for part in ("-o", option)]
    try:
        done = subprocess.run(
            command,
            input=job.pdf,
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeviceFault("printer_refused", type(error).__name__) from error
    if not done.returncode:
        _look_after(lp, name, done.stdout.decode("utf-8", "replace"))
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        gone = "does not exist" in said or "not running" in said
        raise DeviceFault("printer_gone" if gone else "printer_refused", said)


def _look_after(lp: str, name: str, said: str) -> None:
    """Look a moment at what becomes of a job: CUPS takes one for a printer that stands still too.

    Raises DeviceFault where the job waits; it is not lost, and prints by itself later.
    """
    lpstat, job = Path(lp).with_name("lpstat"), re.search(r"request id is (\S+)", said)
    if job is None or not lpstat.exists():
        return
    for _ in range(LOOKS):
        state = _told(lpstat, "-l", "-p", name)
        if re.search(r"^printer \S+ disabled", state):
            raise DeviceFault("printer_stopped", name)
        if any(word in state for word in NO_PAPER):
            raise DeviceFault("printer_no_paper", name)
        if job[1] not in _told(lpstat, "-o", name).split():
            return
        time.sleep(LOOK_EVERY)


def _told(lpstat: Path, *words: str) -> str:
    """What CUPS says; nothing where it does not answer, for the job is queued all the same."""
    try:
        done = subprocess.run(
            [str(lpstat), *words],
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _size_mm(document: pdfium.PdfDocument, number: int = 1) -> tuple[int, int]:
    """A page's size as the paper lies in the tray: the short side first, in millimetres."""
    width, height = document[number - 1].get_size()
    short, long = sorted((round(width * 25.4 / 72), round(height * 25.4 / 72)))
    return short, long


def _media(document: pdfium.PdfDocument) -> str:
    """The paper by the name that CUPS knows it by."""
    size = _size_mm(document)
    return NAMED.get(size) or f"Custom.{size[0]}x{size[1]}mm"


def _landscape(document: pdfium.PdfDocument) -> bool:
    width, height = document[0].get_size()
    return bool(width > height)


def _sides(name: str, wanted: bool, landscape: bool) -> str:
    """The word of IPP for both sides. Landscape sheets are bound on the left, a short edge.

    A printer that can't is asked for one side: CUPS would cancel the job without a word.
    """
    if not wanted or set(QPrinterInfo.printerInfo(name).supportedDuplexModes()) <= ONE_SIDE:
        return "one-sided"
    return "two-sided-short-edge" if landscape else "two-sided-long-edge"


def _plain(title: str) -> str:
    return "".join(c for c in title if c.isprintable())[:100] or "Checkpoint Desk"


def _paint(
    document: pdfium.PdfDocument,
    name: str,
    job: PrintJob,
    pages: tuple[int, int],
    sides: str,
) -> None:
    printer = _prepared(name, job, sides)
    _lay(printer, document, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise DeviceFault("printer_refused", name)
    try:
        for number in range(pages[0], pages[1] + 1):
            if number > pages[0]:
                _lay(printer, document, number)
            if number > pages[0] and not printer.newPage():
                printer.abort()
                raise DeviceFault("printer_refused", name)
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(sheet, _picture(document, number, printer.resolution()))
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise DeviceFault("printer_refused", name)


def _lay(printer: QPrinter, document: pdfium.PdfDocument, number: int) -> None:
    """Size and orientation of the next page: a bundle has upright and lying ones."""
    width, height = document[number - 1].get_size()
    short, long = _size_mm(document, number)
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, matchPolicy=FUZZY)
    turned = QPageLayout.Orientation.Landscape if width > height else UPRIGHT
    printer.setPageSize(size)
    printer.setPageOrientation(turned)
    printer.setPageMargins(QMarginsF())


def _prepared(name: str, job: PrintJob, sides: str) -> QPrinter:
    info = QPrinterInfo.printerInfo(name)
    if info.state() == QPrinter.PrinterState.Error:
        raise DeviceFault("printer_refused", name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(printer.resolution(), FINEST))
    printer.setFullPage(True)
    printer.setDocName(_plain(job.title))
    printer.setCopyCount(max(job.copies, 1))
    printer.setDuplex(DUPLEX[sides])
    return printer


def _picture(document: pdfium.PdfDocument, number: int, dpi: int) -> QImage:
    pixels = document[number - 1].render(scale=dpi / 72, grayscale=True).to_numpy()
    height, width = pixels.shape[:2]
    image = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    return image.copy()  # its own memory: the bytes above end with this call
