"""A register through a real CUPS to a real IPP printer, by both ways of printing."""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from checkpoint_app.devices.ports import DeviceFault, PrintJob
from checkpoint_app.devices.printer import SystemPrinter
from checkpoint_app.domain.document import BADGE, Document, Paper, Paragraph
from checkpoint_app.domain.paper import A4, PAPERS
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_document, render_pdf, render_tables
from checkpoint_app.registers.preview import page_count

from .conftest import PrintRoom
from .sheets import table

pytestmark = pytest.mark.usefixtures("qapp")
LP = shutil.which("lp")
BY_CUPS, BY_QT = "cups", ""
ENVELOPE = Paper(110, 220)


@pytest.fixture(scope="module")
def register() -> bytes:
    return render_pdf(table(30), translator("zh_CN"))


def printed(room: PrintRoom, job: PrintJob, way: str = BY_CUPS) -> Path:
    """What lies in the printer's tray after the job; printed from a thread, as the desk does."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(SystemPrinter(LP if way else None).print, job).result()
    (document,) = room.arrived(str(job.printer))
    return document


def fault(printing: Future[None]) -> str:
    with pytest.raises(DeviceFault) as raised:
        printing.result()
    return raised.value.code


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_every_page_arrives_on_a4(print_room: PrintRoom, register: bytes, way: str) -> None:
    arrived = PdfReader(printed(print_room, PrintJob(register, "登记表", "Single"), way))
    assert len(arrived.pages) == page_count(register)
    for page in arrived.pages:
        short, long = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert abs(short - 595.3) < 1
        assert abs(long - 841.9) < 1


def test_cups_gets_the_text_itself(print_room: PrintRoom, register: bytes) -> None:
    arrived = PdfReader(printed(print_room, PrintJob(register, "登记表", "Single")))
    text = "".join(page.extract_text() for page in arrived.pages)
    assert all(name in text for name in ("李䶮", "张㛃", "𠅤春生", "刘𬍛"))


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_only_the_asked_pages_are_printed(print_room: PrintRoom, register: bytes, way: str) -> None:
    job = PrintJob(register, "登记表", "Single", pages=(2, 3))
    assert len(PdfReader(printed(print_room, job, way)).pages) == 2


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_both_sides_where_the_printer_can(print_room: PrintRoom, register: bytes, way: str) -> None:
    printed(print_room, PrintJob(register, "登记表", "Double", duplex=True), way)
    assert "IPP_SIDES=two-sided-short-edge" in print_room.asked("Double")


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_a_printer_without_duplex_still_prints(
    print_room: PrintRoom, register: bytes, way: str
) -> None:
    assert printed(print_room, PrintJob(register, "登记表", "Single", duplex=True), way)


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_copies(print_room: PrintRoom, register: bytes, way: str) -> None:
    job = PrintJob(register, "登记表", "Single", copies=2, pages=(1, 1))
    arrived = len(PdfReader(printed(print_room, job, way)).pages)
    assert arrived == 2 or "IPP_COPIES=2" in print_room.asked("Single")


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_upright_and_lying_pages_keep_their_way(
    print_room: PrintRoom, register: bytes, way: str
) -> None:
    """A closed period's bundle: the covering sheet is upright, the register lies."""
    tables = (table(3, paper=A4), table(3))
    job = PrintJob(render_tables(tables, translator("zh_CN")), "全部登记表", "Single")
    arrived = PdfReader(printed(print_room, job, way))
    boxes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in arrived.pages]
    turned = [p.rotation % 180 == 90 for p in arrived.pages]
    shapes = [(w < h) != on for (w, h), on in zip(boxes, turned, strict=True)]
    assert len(arrived.pages) == 2
    assert all(sorted(each) == [595, 842] for each in boxes)
    if way == BY_CUPS:
        assert shapes[0]


def test_names_and_no_default(print_room: PrintRoom, register: bytes) -> None:
    with ThreadPoolExecutor(1) as thread:
        printer = SystemPrinter(None)
        assert sorted(thread.submit(printer.names).result()) == ["Double", "Single"]
        assert thread.submit(printer.default).result() is None
        refused = thread.submit(printer.print, PrintJob(register, "登记表"))
        assert fault(refused) == "no_printer"


def test_a_printer_that_is_gone(print_room: PrintRoom, register: bytes) -> None:
    with ThreadPoolExecutor(1) as thread:
        job = PrintJob(register, "登记表", "Left the building")
        assert fault(thread.submit(SystemPrinter(None).print, job)) == "printer_gone"


def test_a_queue_that_refuses(print_room: PrintRoom, register: bytes) -> None:
    print_room.command("cupsreject", "Single")
    try:
        with ThreadPoolExecutor(1) as thread:
            job = PrintJob(register, "登记表", "Single")
            assert fault(thread.submit(SystemPrinter(LP).print, job)) == "printer_refused"
    finally:
        print_room.command("cupsaccept", "Single")


def test_a_stopped_queue_is_told_and_the_sheet_waits(
    print_room: PrintRoom, register: bytes
) -> None:
    print_room.command("cupsdisable", "Single")
    try:
        with ThreadPoolExecutor(1) as thread:
            job = PrintJob(register, "登记表", "Single", pages=(1, 1))
            assert fault(thread.submit(SystemPrinter(LP).print, job)) == "printer_stopped"
        assert print_room.command("lpstat", "-o", "Single").strip()
    finally:
        print_room.command("cupsenable", "Single")
    assert len(print_room.arrived("Single")) == 1


def test_paper_out_is_told_and_the_sheet_waits(print_room: PrintRoom, register: bytes) -> None:
    out = print_room.folder / "no-paper"
    out.touch()
    try:
        with ThreadPoolExecutor(1) as thread:
            job = PrintJob(register, "登记表", "Single", pages=(1, 1))
            assert fault(thread.submit(SystemPrinter(LP).print, job)) == "printer_no_paper"
    finally:
        out.unlink()
    assert len(print_room.arrived("Single")) == 1


def on(paper: Paper) -> PrintJob:
    form = Document("通行证", (Paragraph("𠅤春生"),), paper=paper)
    return PrintJob(render_document(form, translator("zh_CN")), "通行证", "Single")


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
def test_other_paper_keeps_its_size(print_room: PrintRoom, way: str) -> None:
    (page,) = PdfReader(printed(print_room, on(ENVELOPE), way)).pages
    arrived = sorted((page.mediabox.width * 25.4 / 72, page.mediabox.height * 25.4 / 72))
    assert [round(each) for each in arrived] == [110, 220]


@pytest.mark.parametrize("way", [BY_CUPS, BY_QT])
@pytest.mark.parametrize("paper", [PAPERS["A5"], BADGE], ids=["A5", "label"])
def test_paper_that_the_printer_has_not_is_told_before(
    print_room: PrintRoom, paper: Paper, way: str
) -> None:
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(SystemPrinter(LP if way else None).print, on(paper))
        assert fault(printing) == "printer_no_size"
    assert not print_room.command("lpstat", "-o", "Single").strip()
