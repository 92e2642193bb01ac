"""How fast lists come in and how far back they look: a million rows, fifty thousand inspections.

Each import is the command line's own, in a process of its own, so that its peak of memory is its
own too; beside it stands how long the bare reader takes for the same file.
CHECKPOINT_BENCH_ROWS and CHECKPOINT_BENCH_BACK make a small try of it.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from checkpoint_app.domain.inspection import (
    City,
    Inspection,
    Itinerary,
    ListVersions,
    Outcome,
    RecordedInspection,
    Verdict,
)
from checkpoint_app.domain.list_entries import RiskEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import Person, check_digit
from checkpoint_app.store import recording
from checkpoint_app.store.engine import writing
from checkpoint_app.store.home import Use, close_home, open_home
from checkpoint_app.store.lists import NewList, Site
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure

AREA = "lists"
HEADINGS = ("姓名", "证件号", "电话", "来源", "现住址", "车牌号", "备注")
_NOW = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
_IN_AREA = 50  # every so many of the inspections was in the area that is listed then


def measure(rows: int | None = None, back: int | None = None) -> list[Figure]:
    """All figures of the lists."""
    rows = rows or int(os.environ.get("CHECKPOINT_BENCH_ROWS", "1000000"))
    back = back or int(os.environ.get("CHECKPOINT_BENCH_BACK", "50000"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        return [
            *_importing(_csv(folder / "list.csv", rows), rows, 300, _read_csv),
            *_importing(_xlsx(folder / "list.xlsx", rows), rows, 1000, _read_xlsx),
            *_looking_back(folder / "back", back),
        ]


# --- importing ------------------------------------------------------------------------------------


def _people(rows: int) -> Iterator[tuple[str, ...]]:
    draw = random.Random(20220314)
    for number in range(rows):
        born = f"{1950 + number % 50}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}"
        body = f"4101{number // 1_000_000 % 90 + 1:02}{born}{draw.randrange(1000):03}"
        name = "王" + chr(0x4E00 + draw.randrange(5000)) + chr(0x4E00 + draw.randrange(5000))
        phone = f"13{draw.randrange(10**9):09}"
        plate = f"豫A{draw.randrange(10**5):05}"
        address = f"郑州市二七区某某路 {number} 号"
        yield name, body + check_digit(body), phone, "市疾控推送", address, plate, ""


def _csv(file: Path, rows: int) -> Path:
    with file.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(_people(rows))
    return file


def _xlsx(file: Path, rows: int) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(_people(rows), 1):
            sheet.write_row(number, 0, row)
    return file


def _read_csv(file: Path) -> None:
    with file.open(encoding="gb18030", newline="") as text:
        for _ in csv.reader(text):
            pass


def _read_xlsx(file: Path) -> None:
    from python_calamine import CalamineWorkbook

    for _ in CalamineWorkbook.from_path(file).get_sheet_by_index(0).iter_rows():
        pass


def _importing(file: Path, rows: int, most_mb: int, bare: Callable[[Path], None]) -> list[Figure]:
    kind, data = file.suffix[1:].upper(), file.parent / f"station-{file.suffix[1:]}"
    began = time.perf_counter()
    bare(file)
    peer = time.perf_counter() - began
    seconds, megabytes = _run_import(file, data)
    note = f"{rows:,} rows × {len(HEADINGS)} cells, by the command line"
    whole = rows >= 1_000_000
    reader = "csv" if kind == "CSV" else "calamine"
    return [
        Figure(
            AREA, f"import of {kind}", round(seconds, 1), "s", "≤ 60 s",
            seconds <= 60 if whole else None, f"{reader}, reading alone", round(peer, 1), note,
        ),
        Figure(
            AREA, f"peak memory, {kind}", round(megabytes), "MB", f"≤ {most_mb} MB",
            megabytes <= most_mb if whole else None, note=note,
        ),
    ]  # fmt: skip


def _run_import(file: Path, data: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one import."""
    command = [sys.executable, "-m", "checkpoint_app", "list", "import", "--kind", "watch"]
    began = time.perf_counter()
    child = subprocess.Popen(
        [*command, str(file), "--data", str(data), "--json"], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"the import of {file.name} failed")
    return seconds, usage.ru_maxrss / 1024


# --- looking back ---------------------------------------------------------------------------------


def _looking_back(folder: Path, inspections: int) -> list[Figure]:
    _record(folder, inspections)
    with Station.open(folder, now=_NOW) as station:
        new = NewList(ListKind.RISK, "bench", _NOW)
        station.lists.put(new, [RiskEntry(code="310115")], _NOW)
        began = time.perf_counter()
        steps = list(station.lists.look_back(Site("410326"), _NOW))
        seconds = time.perf_counter() - began
    asked = seconds <= 5 if inspections >= 50_000 else None
    note = f"{inspections:,} inspections, {steps[-1].raised:,} cases raised"
    return [Figure(AREA, "look back 14 days", round(seconds, 2), "s", "≤ 5 s", asked, note=note)]


def _record(folder: Path, count: int) -> None:
    """Inspections of the last days through the store's own way, many in one transaction."""
    folder.mkdir()
    home = open_home(folder, None, Use.DESK, _NOW)
    try:
        for start in range(0, count, 1000):
            with writing(home.engine) as connection:
                for number in range(start, min(start + 1000, count)):
                    recording.record(connection, home.device, _passed(number, count), None)
    finally:
        close_home(home)


def _passed(number: int, count: int) -> RecordedInspection:
    at = _NOW - timedelta(days=13) * (1 - number / count)
    code = "310115" if number % _IN_AREA == 0 else f"11010{number % 8 + 1}"
    cities = (City("某地", division_code="410300"), City("某区", division_code=code))
    inspection = Inspection(
        UUID(int=number + 1), at, person=Person(name="王强"), itinerary=Itinerary(True, cities)
    )
    verdict = Verdict(Outcome.PASS, (), (), Outcome.PASS, ListVersions("bench"))
    return RecordedInspection(inspection, verdict, Outcome.PASS, "bench", at)
