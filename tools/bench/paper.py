"""How long and how much memory a register of 5,000 rows takes, beside a bare reportlab canvas that
draws the same cells in the same run, one `drawString` a line of text, with nothing around them;
the same rows as a workbook, ten times as many, a whole day closed, and how long a save waits
meanwhile."""

from __future__ import annotations

import io
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psutil
from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.desk.closing import ClosingRun, close_period
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.paper_office import PaperOffice
from checkpoint_app.domain.inspection import (
    Inspection,
    Journey,
    ListVersions,
    Outcome,
    RecordedInspection,
    TemperatureReading,
    Verdict,
)
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.register import Period, Sheet, Table
from checkpoint_app.i18n import translator
from checkpoint_app.registers import render_pdf
from checkpoint_app.registers.templates import template_for
from checkpoint_app.registers.workbook import render_xlsx
from checkpoint_app.resources import resource
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tools.bench.figure import Figure

ROWS = 5_000
_DAY = datetime(2026, 11, 23, tzinfo=UTC)
_PERIOD = Period(_DAY, _DAY + timedelta(days=1))
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "海燕小明志强秀英文华春生玉兰丽娜德胜雪梅晓东桂芳永康庆祥䶮㛃𬍛"
_STREETS = ("虹桥路", "建设路", "古城路", "沱江镇南华社区", "阿拉营镇新街", "山江镇黄毛坪村")


def measure(rows: int = ROWS) -> list[Figure]:
    """Seconds and memory of a long register in every form, and of a closed day."""
    table, translate = _table(rows), translator("zh_CN")
    full = rows == ROWS
    ours, added = _timed(lambda: render_pdf(table, translate))
    bare, _ = _timed(lambda: _bare(table))
    book, _ = _timed(lambda: render_xlsx(table, translate))
    many = _table(rows * 10)
    _, grown = _timed(lambda: render_pdf(many, translate))
    _, grown_book = _timed(lambda: render_xlsx(many, translate))
    closed = _closed(rows)
    note = f"{ours / bare:.2f} times the bare canvas; asked ≤ 1.3 times"
    return [
        replace(
            _figure(f"register of {rows:,} rows as PDF", round(ours, 2), "s", 2.2, full),
            peer="bare reportlab canvas",
            peer_value=round(bare, 2),
            note=note,
        ),
        _figure(f"memory added by {rows:,} rows", round(added, 1), "MB", 90, full),
        _figure(f"register of {rows:,} rows as XLSX", round(book, 2), "s", 1.5, full),
        _figure(f"memory added by {rows * 10:,} rows as PDF", round(grown, 1), "MB", 150, full),
        _figure(
            f"memory added by {rows * 10:,} rows as XLSX", round(grown_book, 1), "MB", 150, full
        ),
        _figure(f"day of {rows:,} inspections closed", round(closed.alone, 1), "s", 15, full),
        _figure("longest wait of a save meanwhile", round(closed.wait), "ms", 100, full),
    ]


def _figure(name: str, value: float, unit: str, most: float, asked: bool) -> Figure:
    """A figure that may be at most so large, where the full size was measured."""
    wanted = f"≤ {most:g} {unit}" if asked else ""
    return Figure("paper", name, value, unit, wanted, value <= most if asked else None)


@dataclass(frozen=True, slots=True)
class _Closed:
    """Seconds of a day's closing alone, and the longest wait of a save beside another one."""

    alone: float
    wait: float


def _closed(rows: int) -> _Closed:
    """Close a day of so many inspections twice: alone, and while people are recorded."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Station.open(place / "station", now=_DAY) as station:
            for number in range(rows):
                station.record(_inspection(number, rows), None)
            run = ClosingRun(
                _PERIOD, _SETTINGS, translator("zh_CN"), lambda: _PERIOD.end, "王芳", place / "once"
            )
            started = time.perf_counter()
            close_period(station, run)
            alone = time.perf_counter() - started
            return _Closed(alone, _longest_wait(station, rows, place / "again"))


_SETTINGS = Settings(site_name="凤凰县城北高速口疫情防控卡点", report_to="沱江镇人民政府")
_EVERY = 0.2  # seconds between two people who are recorded while the day is closed


def _longest_wait(station: Station, rows: int, out: Path) -> float:
    """The longest that a save took from being asked for until it was durable, in milliseconds."""
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    database = Database(station, posted.put)
    office = Office(database, lambda: _PERIOD.end, translator("zh_CN"), _SETTINGS, folder=out)
    ended, waits = threading.Event(), list[float]()

    def record() -> None:
        number = rows
        while not ended.wait(_EVERY):
            number += 1
            one = _later(_inspection(number, rows), _PERIOD.end)
            asked = time.perf_counter()
            database.ask(lambda store, one=one: store.record(one, None))  # type: ignore[misc]
            waits.append((time.perf_counter() - asked) * 1000)

    recorder = threading.Thread(target=record)
    recorder.start()
    PaperOffice(office).close_period(
        _PERIOD,
        "王芳",
        out,
        Mask.PARTIAL,
        lambda _: None,
        lambda _: ended.set(),
        lambda _: ended.set(),
    )
    while not ended.is_set():
        posted.get(timeout=120)()
    recorder.join()
    return max(waits)


def _later(recorded: RecordedInspection, at: datetime) -> RecordedInspection:
    """The same person a day later: a save that is none of the closed day's."""
    inspection = replace(recorded.inspection, opened_at=at)
    return replace(recorded, inspection=inspection, confirmed_at=at)


def _inspection(number: int, rows: int) -> RecordedInspection:
    at = _DAY + timedelta(seconds=86_000 * number / rows)
    cells = _row(number)
    person = Person(
        name=cells[2],
        id_number=f"433123199001{number:06d}",
        phone=f"138{number:08d}",
        residence=cells[6],
        unit="凤凰县第一中学",
    )
    outcome = (Outcome.PASS, Outcome.REGISTER, Outcome.TURN_BACK)[0 if number % 25 else number % 3]
    inspection = Inspection(
        UUID(int=number + 1),
        at,
        person=person,
        journey=Journey(cells[7], "东莞市", "凤凰县沱江镇"),
        temperatures=(TemperatureReading(36.5, at),),
        mask=True,
    )
    verdict = Verdict(outcome, (), (), outcome, ListVersions("bench"))
    return RecordedInspection(inspection, verdict, outcome, "王芳", at)


def _timed(work: Callable[[], bytes]) -> tuple[float, float]:
    """Seconds that the work takes and the peak of memory that it adds, in MB."""
    process = psutil.Process()
    before = process.memory_info().rss
    peak, done = before, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.01):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    return seconds, (peak - before) / 1e6


def _bare(table: Table) -> bytes:
    rl_config.useA85 = 0  # as the register has it: the peer shall not lose by a detour
    file = io.BytesIO()
    canvas = Canvas(file, (842, 595), pageCompression=1)
    font = TTFont("bench", str(resource("fonts", "NotoSansSC-Regular.ttf")))
    registerFont(font)
    for start in range(0, len(table.rows), 30):
        canvas.setFont("bench", 7)
        for down, row in enumerate(table.rows[start : start + 30]):
            for across, text in enumerate(row):
                canvas.drawString(28 + 37 * across, 560 - 18 * down, str(text))
        canvas.showPage()
    canvas.save()
    font.unregister()
    return file.getvalue()


def _table(rows: int) -> Table:
    template, _ = template_for(Sheet.DAILY, None, venue=False)
    return Table(
        sheet=Sheet.DAILY,
        title=template.title,
        site="凤凰县城北高速口疫情防控卡点",
        period=_PERIOD,
        columns=template.columns,
        rows=tuple(_row(number) for number in range(1, rows + 1)),
        totals=(("放行", rows),),
        check_code="K7QF-2M9D-4T",
        recipient="凤凰县疫情防控指挥部",
        operator="王芳",
        printed_at=_DAY,
    )


def _row(number: int) -> tuple[str, ...]:
    name = (
        _SURNAMES[number % len(_SURNAMES)]
        + _GIVEN[number % len(_GIVEN)]
        + _GIVEN[number * 7 % len(_GIVEN)]
    )
    street = _STREETS[number % 6]
    return (
        str(number), f"{number % 24:02d}:{number % 60:02d}", name, "男女"[number % 2],
        f"433123********{number:04d}", f"138****{number:04d}",
        f"湖南省凤凰县{street}{number % 300} 号{number % 30} 栋", f"湘U·{number:05d}",
        "东莞市", "凤凰县沱江镇", "", "上海市、长沙市", "绿码", "绿卡", f"36.{number % 10}", "戴",
        f"11-22 {number % 24:02d}:30 阴性", "3针", "放行", "王芳", "",
    )  # fmt: skip
