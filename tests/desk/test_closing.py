"""A period closed: what is missing is told, all sheets lie in one folder, again is a version."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from checkpoint_app.desk.closing import (
    ClosingRun,
    Progress,
    Stopped,
    close_period,
)
from checkpoint_app.desk.files import sentence_for
from checkpoint_app.desk.open_points import OPEN_POINTS, missing
from checkpoint_app.domain.duty.turns import Ending, ShiftName
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.sheet import Period
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from checkpoint_app.store.syncing import HubKnown
from checkpoint_app.store.values import Parked
from tests.store.travellers import DAY, MORNING, correction, recorded

CHINESE = translator("zh_CN")
EVENING = MORNING + timedelta(hours=16, minutes=5)
SETTINGS = Settings(site_name="城北卡点", report_to="沱江镇人民政府")


@pytest.fixture
def station(data_folder: Path) -> Iterator[Station]:
    with Station.open(data_folder, now=MORNING) as opened:
        opened.record(recorded("王建国"), None)
        opened.record(recorded("李䶮", Outcome.TURN_BACK, minute=5), None)
        yield opened


def closing(out: Path, at: datetime = EVENING, settings: Settings = SETTINGS) -> ClosingRun:
    return ClosingRun(DAY, settings, CHINESE, lambda: at, "王芳", out)


def test_all_sheets_lie_in_one_folder_and_one_pdf(station: Station, tmp_path: Path) -> None:
    told: list[Progress] = []
    closed = close_period(station, closing(tmp_path), told.append)
    names = sorted(each.name for each in closed.bound.folder.iterdir())
    assert closed.bound.folder.name == "2022-03-14-第1版"
    assert "2022-03-14-全部登记表.pdf" in names
    for each in ("登记表", "异常人员", "劝返车辆", "疫情防控日报表"):
        assert f"2022-03-14-{each}.pdf" in names
    assert "2022-03-14-零报告.pdf" not in names
    assert [each for each in names if each.endswith(".xlsx")] == [
        "2022-03-14-疫情防控日报表.xlsx",
        "2022-03-14-登记表.xlsx",
    ]
    text = "".join(page.extract_text() for page in PdfReader(closed.bound.whole).pages)
    for words in ("疫情防控信息报送单", "沱江镇人民政府", "异常人员登记表", closed.closing.code):
        assert words in text
    assert told[-1].done == told[-1].of
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert station.verify().ok


def test_the_workbook_of_a_closing_has_values(station: Station, tmp_path: Path) -> None:
    closed = close_period(station, closing(tmp_path))
    body = (closed.bound.folder / "2022-03-14-登记表.xlsx").read_bytes()
    row = openpyxl.load_workbook(io.BytesIO(body)).active[4]
    assert row[0].value == 1
    assert row[1].value == datetime(2022, 3, 14, 8, 0)  # noqa: DTZ001


def test_closing_again_gives_the_same_version_and_a_correction_the_next(
    station: Station, tmp_path: Path
) -> None:
    first = close_period(station, closing(tmp_path))
    again = close_period(station, closing(tmp_path))
    assert (again.closing.version, again.closing.code) == (1, first.closing.code)
    assert again.bound.folder == first.bound.folder
    late = recorded("后来", minute=9)
    station.record(late, None)
    station.record(correction(late, Outcome.REGISTER), None)
    second = close_period(station, closing(tmp_path))
    assert second.closing.version == 2
    assert second.bound.folder.name.endswith("第2版")
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []
    assert [each.version for each in station.sheets.closings(DAY)] == [1, 1, 2]


def test_a_day_with_nothing_is_closed_with_a_zero_report(station: Station, tmp_path: Path) -> None:
    before = Period(DAY.start - timedelta(days=1), DAY.start)
    run = replace(closing(tmp_path), period=before)
    closed = close_period(station, run)
    names = {each.name for each in closed.bound.folder.iterdir()}
    assert "2022-03-13-零报告.pdf" in names
    assert closed.closing.records == 0


def test_what_is_missing_is_told(station: Station) -> None:
    person = recorded("待处理").inspection
    station.keep_unfinished([Parked(person, MORNING, "retest")])
    station.record(recorded("昨天", minute=-24 * 60), None)
    found = {
        each.code: each.count
        for each in missing(station, DAY, Settings(), MORNING + timedelta(hours=1))
    }
    assert found == {
        "site_without_name": 1,
        "period_running": 1,
        "tray": 1,
        "cases_not_reported": 1,
        "lists_not_addressed": 1,
        "day_before_open": 1,
    }
    assert set(found) <= set(OPEN_POINTS)


def test_a_shift_that_nobody_handed_over_is_missing(station: Station) -> None:
    turn = station.duty.sign_on("王芳", ShiftName.DAY, MORNING)
    station.duty.sign_off(turn, Ending.OFF_DUTY, MORNING + timedelta(hours=12))
    points = {each.code for each in missing(station, DAY, SETTINGS, DAY.end)}
    assert "shift_unsigned" in points


def test_nothing_is_missing_where_all_was_done(station: Station, tmp_path: Path) -> None:
    fresh = Period(DAY.end, DAY.end + timedelta(days=1))
    close_period(station, closing(tmp_path))
    assert missing(station, fresh, SETTINGS, fresh.end) == ()


def test_lists_that_nobody_has_as_they_stand_now(station: Station, tmp_path: Path) -> None:
    fresh = Period(DAY.end, DAY.end + timedelta(days=1))
    close_period(station, closing(tmp_path))
    station.record(recorded("补录", minute=9), None)
    station.record(recorded("更早", minute=-2 * 24 * 60), None)
    found = {each.code: each.count for each in missing(station, fresh, SETTINGS, fresh.end)}
    assert found == {"lists_unsent": 2}
    close_period(station, closing(tmp_path))
    found = {each.code: each.count for each in missing(station, fresh, SETTINGS, fresh.end)}
    assert found == {"lists_unsent": 1}


def test_what_has_not_reached_the_office(station: Station) -> None:
    codes = {each.code for each in missing(station, DAY, SETTINGS, DAY.end)}
    assert "lists_not_at_hub" not in codes  # there is no office
    station.sync.join(HubKnown("https://hub.example", "K7Q2", b"i" * 32, b"k" * 32, 0))
    found = {each.code: each.count for each in missing(station, DAY, SETTINGS, DAY.end)}
    assert found["lists_not_at_hub"] > 0
    ((epoch, seq, _), *_) = station.sync.places()
    station.sync.has(epoch, seq, MORNING)
    codes = {each.code for each in missing(station, DAY, SETTINGS, DAY.end)}
    assert "lists_not_at_hub" not in codes


def test_open_points_and_figures_stand_in_the_record(station: Station, tmp_path: Path) -> None:
    station.record(recorded("红码", Outcome.HAND_OVER, minute=7, reasons=(Code.RED_CODE,)), None)
    closed = close_period(station, closing(tmp_path))
    (kept,) = station.sheets.closings(DAY)
    assert kept.open_points == ("cases_not_reported",)
    assert dict(kept.figures)["daily"] == 3
    assert kept == closed.closing
    forms = {(each.sheet, each.recipient) for each in station.sheets.handouts(DAY)}
    assert ("daily", "沱江镇人民政府") in forms


@pytest.mark.parametrize("stop_at", [0, 3, 9])
def test_a_stopped_closing_leaves_nothing(station: Station, tmp_path: Path, stop_at: int) -> None:
    told: list[Progress] = []
    run = replace(closing(tmp_path), stopped=lambda: len(told) > stop_at)
    with pytest.raises(Stopped):
        close_period(station, run, told.append)
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    assert station.sheets.closings(DAY) == []


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_closed(
    station: Station, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder")
    with pytest.raises(OSError, match=os.strerror(errno.ENOTDIR)):
        close_period(station, closing(blocked))
    assert station.sheets.closings(DAY) == []


def test_a_workbook_that_is_open_elsewhere_stops_nothing(station: Station, tmp_path: Path) -> None:
    """The new folder takes the old one's place whole; what has it open keeps the old."""
    closed = close_period(station, closing(tmp_path))
    (closed.bound.folder / ".~lock.2022-03-14-登记表.xlsx#").write_text("王芳", "utf-8")
    again = close_period(station, closing(tmp_path))
    assert (again.bound.folder / "2022-03-14-登记表.xlsx").exists()


def test_a_folder_that_windows_keeps_locked_is_left_and_the_new_one_lies_beside_it(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = close_period(station, closing(tmp_path)).bound.folder
    replace_it = os.replace

    def locked(source: Path, target: Path) -> None:
        if Path(source) == first:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))
        replace_it(source, target)

    monkeypatch.setattr(os, "replace", locked)
    again = close_period(station, closing(tmp_path))
    assert again.bound.folder != first
    assert {each.name for each in again.bound.folder.iterdir()} == {
        each.name for each in first.iterdir()
    }
    assert len(station.sheets.closings(DAY)) == 2


def test_a_full_disk_is_told_and_nothing_is_lost(station: Station, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk))
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root only, where the machine allows it")
    try:
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as full:
            close_period(station, closing(disk))
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(("umount", str(disk)), check=True)
    said = sentence_for(full.value, translator("en"))
    assert said == "The disk is full; free some space or choose another"
    assert station.sheets.closings(DAY) == []
    assert close_period(station, closing(tmp_path)).closing.version == 1


def test_the_clock_set_back_over_midnight_is_one_period(station: Station, tmp_path: Path) -> None:
    """Records stand where their own times put them, whatever the order in which they came."""
    station.record(recorded("午夜后", minute=16 * 60 + 1), None)
    station.record(recorded("拨回", minute=15 * 60 + 59), None)
    closed = close_period(station, closing(tmp_path))
    assert dict(closed.closing.figures)["daily"] == 3
    assert station.verify().ok
