"""Backups go by their own schedule, and a folder of backups is never left without one."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

from checkpoint_app.domain.retention import Copies, Terms
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING, recorded

TERMS = Terms()
LATER = MORNING + timedelta(days=15)


def sweep(station, now=LATER):
    return station.retention.sweep(TERMS, "李四", "schedule", now)


def backed_up(station, target, now=MORNING):
    written = station.backup(target, now)
    station.retention.note_copy(written, now)
    return written


def test_an_old_backup_beside_a_fresh_one_is_deleted(station, tmp_path):
    old = backed_up(station, tmp_path / "stick")
    young = backed_up(station, tmp_path / "stick", LATER - timedelta(days=1))
    assert sweep(station) == Copies(deleted=1)
    assert (old.exists(), young.exists()) == (False, True)
    assert [each.path for each in station.retention.copies()] == [young]
    assert station.retention.past()[0].copies == Copies(deleted=1)


def test_the_last_one_is_made_anew_without_what_has_been_erased(station, tmp_path):
    station.record(recorded(), None)
    old = backed_up(station, tmp_path / "stick")
    now = MORNING + timedelta(days=30)
    station.retention.erase(TERMS, "李四", "schedule", now)
    assert sweep(station, now) == Copies(deleted=1, renewed=1)
    assert not old.exists()
    (fresh,) = (tmp_path / "stick").iterdir()
    with Station.open(fresh, now=now) as copy:
        assert [row.name for row in copy.search("王")] == []
        assert copy.verify().erased == 1


def test_a_stick_that_is_away_is_told_and_tried_again(station, tmp_path):
    old = backed_up(station, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "away")
    assert sweep(station) == Copies(unreachable=1)
    assert [each.there for each in station.retention.copies()] == [None]
    (tmp_path / "away").rename(tmp_path / "stick")
    assert sweep(station) == Copies(deleted=1, renewed=1)
    assert not old.exists()


def test_one_that_somebody_deleted_is_forgotten(station, tmp_path):
    shutil.rmtree(backed_up(station, tmp_path / "stick"))
    assert sweep(station) == Copies()
    assert station.retention.copies() == []


def test_what_a_restore_set_aside_and_old_sheets_go_too(station, data_folder):
    now = MORNING + timedelta(days=91)
    aside, sheet = data_folder / "replaced-20220101-080000", data_folder / "registers" / "a.pdf"
    half = sheet.with_name("b.pdf.new")
    shutil.copytree(station.backup(data_folder / "elsewhere", MORNING), aside)
    sheet.parent.mkdir()
    for each in (sheet, half):
        each.write_bytes(b"%PDF")
    for each in (sheet, half, aside / "keys.json"):
        os.utime(each, (MORNING.timestamp(), MORNING.timestamp()))
    assert sweep(station, now) == Copies(deleted=1, sheets=2)
    assert [each for each in (aside, half) if each.exists()] == []
    assert not sheet.exists()


def test_nothing_to_do_leaves_no_record(station, tmp_path):
    backed_up(station, tmp_path / "stick", LATER)
    head = station.verify().head
    assert sweep(station).none
    assert station.verify().head == head


def test_a_foreign_folder_is_never_touched(station, tmp_path):
    foreign = tmp_path / "stick" / "checkpoint-20200101-000000"
    foreign.mkdir(parents=True)
    (foreign / "photo.jpg").write_bytes(b"x")
    station.retention.note_copy(foreign, MORNING)
    sweep(station)
    assert Path(foreign / "photo.jpg").exists()


def test_closed_periods_of_the_data_folder_go_when_their_cases_would(
    station, data_folder, tmp_path
):
    old = data_folder / "closings" / "2022-03-14-version-1" / "a.xlsx"
    archive = tmp_path / "share" / "2022-03-14-version-1" / "a.pdf"
    for each in (old, archive):
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(b"x")
        os.utime(each, (MORNING.timestamp(), MORNING.timestamp()))
    assert sweep(station, MORNING + timedelta(days=89)).none
    assert sweep(station, MORNING + timedelta(days=91)) == Copies(sheets=1)
    assert (old.parent.exists(), archive.exists()) == (False, True)
