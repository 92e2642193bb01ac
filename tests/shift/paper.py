"""The printed register read back from its PDF, and the way there through the window."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
from PySide6.QtCore import QPoint, Qt

from checkpoint_app.devices.ports import PrintJob
from tests.shift.gate import Gate


def print_whole(gate: Gate, recipient: str) -> PrintJob:
    """F9, whole names and numbers for somebody, print; what came to the printer."""
    register, hand = gate.app.pages.register, gate.hand
    hand.key(Qt.Key.Key_F9)
    hand.until(lambda: register.pictures.count > 0)
    assert register.place.text() == f"1 / {register.pictures.count}"
    masking = register.choice.masking.segment
    hand.click(masking, QPoint(masking.width() - 10, masking.height() // 2))
    hand.until(register.choice.recipient.isVisible)
    hand.rest(200)
    hand.click(register.choice.recipient)
    hand.write(recipient)
    hand.until(register.card.print_button.isEnabled)
    hand.click(register.card.print_button)
    hand.until(lambda: bool(gate.printer.jobs))
    (job,) = gate.printer.jobs
    return job


def squeezed(text: str) -> str:
    """Without what wrapping adds: spaces and line ends."""
    return re.sub(r"\s+", "", text)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, squeezed."""
    with pdfium.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def register_rows(pages: list[str], starts: list[str]) -> list[str]:
    """The table's rows, cut where each begins; `starts` are patterns in the rows' order."""
    tables = [re.split("登记人备注", page, maxsplit=1)[1] for page in pages]
    text = "".join(tables).split("—以下空白—")[0]
    places: list[int] = []
    for start in starts:
        found = re.compile(start).search(text, places[-1] + 1 if places else 0)
        assert found is not None, start
        places.append(found.start())
    assert places[0] == 0
    return [text[at:end] for at, end in zip(places, [*places[1:], len(text)], strict=True)]
