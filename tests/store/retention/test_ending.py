"""一键销毁: everything goes, at once and for good; what cannot be reached is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.store.home import databases
from checkpoint_app.store.station import Station, StoreFault, Use
from tests.store.inside import database
from tests.store.travellers import MORNING, recorded

LATER = MORNING + timedelta(days=1)


def test_the_numbers_that_remain_are_told_before(station, tmp_path):
    station.record(recorded(), None)
    station.record(recorded("钱七", Outcome.HOLD), None)
    station.retention.note_copy(station.backup(tmp_path / "stick", MORNING), MORNING)
    held = station.retention.held()
    assert (held.records, held.cases, len(held.copies)) == (4, 1, 1)
    assert dict(held.outcomes)[Outcome.HOLD] == 1
    assert held.head == station.verify().head
    assert held.oldest == held.newest == MORNING


def test_nothing_is_left_and_nothing_opens_it_again(station, data_folder, tmp_path):
    station.record(recorded(), None)
    copy = station.backup(tmp_path / "stick", MORNING)
    station.retention.note_copy(copy, MORNING)
    station.backup(data_folder / "backups", MORNING)
    sheet = data_folder / "registers" / "a.pdf"
    sheet.parent.mkdir()
    sheet.write_bytes(b"%PDF")
    file = database(data_folder)
    assert station.retention.end() == ()
    station.close()
    left = [each.name for each in data_folder.rglob("*") if each.is_file()]
    assert set(left) <= {"desk.lock", "command.lock"}
    assert not file.exists()
    assert not copy.exists()
    with pytest.raises(StoreFault, match="not_found"):
        Station.open(data_folder, now=LATER, use=Use.READ)
    with Station.open(data_folder, now=LATER) as new:
        assert new.verify().records == 1


def test_a_copy_out_of_reach_is_named(station, tmp_path):
    copy = station.backup(tmp_path / "stick", MORNING)
    station.retention.note_copy(copy, MORNING)
    (tmp_path / "stick").rename(tmp_path / "away")
    assert station.retention.end() == (copy,)


def test_another_program_at_work_stops_it(station, data_folder, monkeypatch):
    monkeypatch.setattr("checkpoint_app.store.home.COMMAND_WAITS_S", 0.0)
    station.record(recorded(), None)
    with (
        Station.open(data_folder, now=MORNING, use=Use.COMMAND),
        pytest.raises(StoreFault, match="in_use"),
    ):
        station.retention.end()
    assert databases(data_folder)
    assert station.verify().ok
