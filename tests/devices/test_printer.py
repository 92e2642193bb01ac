"""Printing where nothing prints: each fault has its code. A real queue: tests/registers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from checkpoint_app.devices.ports import DeviceFault, PrintJob
from checkpoint_app.devices.printer import SystemPrinter

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def no_print_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "localhost:1")


def fault(job: PrintJob) -> str:
    """The fault of a job, printed from a thread of its own as the desk does."""
    with ThreadPoolExecutor(1) as thread, pytest.raises(DeviceFault) as raised:
        thread.submit(SystemPrinter(None).print, job).result()
    return raised.value.code


@pytest.mark.usefixtures("no_print_server")
def test_no_printer_at_all() -> None:
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(SystemPrinter(None).names).result() == []
        assert thread.submit(SystemPrinter(None).default).result() is None
    assert fault(PrintJob(b"%PDF", "登记表")) == "no_printer"


@pytest.mark.usefixtures("no_print_server")
def test_a_named_printer_that_is_gone() -> None:
    assert fault(PrintJob(b"%PDF", "登记表", printer="Office")) == "printer_gone"
