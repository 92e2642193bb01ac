"""Killed at any moment, the store has everything that it said it had."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.store.station import Parked, Station, StoreFault
from tests.store.travellers import DAY, MORNING, recorded

if sys.platform == "win32":
    pytest.skip("processes are killed by POSIX signals here", allow_module_level=True)

from tests.store import children


def test_what_was_said_to_be_saved_is_there_after_kills(data_folder):
    draw, told = random.Random(20220314), []
    for _ in range(20):
        child, pipe = children.start(children.record_until_killed, data_folder)
        told.append(pipe.recv())
        pipe.poll(draw.random() * 0.1)
        wait = draw.randrange(12)
        while wait and pipe.poll(1):
            told.append(pipe.recv())
            wait -= 1
        child.kill()
        child.join()
        try:
            while True:
                told.append(pipe.recv())
        except (EOFError, ConnectionResetError):
            pass
        with Station.open(data_folder, now=MORNING) as station:
            found = station.verify()
            assert found.ok, found.problem
            assert all(station.row(record_id) is not None for record_id, _, _ in told[-30:])
            assert found.records >= told[-1][1]
    with Station.open(data_folder, now=MORNING) as station:
        assert all(station.row(record_id) is not None for record_id, _, _ in told)
        rows = station.verify().records - 1
        assert rows == len(station.day_rows(DAY, 10_000)) + len(_beyond(station))
        assert rows >= len(told)
        assert [seq for _, seq, _ in told] == sorted({seq for _, seq, _ in told})


def test_steps_of_a_case_survive_a_kill(data_folder):
    """Every step that was said to be taken is in the story, and the case stands where they led."""
    with Station.open(data_folder, now=MORNING) as station:
        saved = station.record(recorded(outcome=Outcome.HOLD), None)
    draw, told = random.Random(20220315), 0
    for _ in range(5):
        child, pipe = children.start(children.note_until_killed, data_folder, saved.case_id)
        told = pipe.recv()
        pipe.poll(draw.random() * 0.1)
        child.kill()
        child.join()
        with Station.open(data_folder, now=MORNING) as station:
            found = station.verify()
            assert found.ok, found.problem
            story = station.cases.story(saved.case_id)
            assert len(story.told) > told
            before = station.cases.cases()
            station.rebuild()
            assert station.cases.cases() == before


def _beyond(station: Station) -> list[object]:
    return [row for row in station.search("410102199003078432", 10_000) if not _in_day(row)]


def _in_day(row: object) -> bool:
    return bool(DAY.start <= row.confirmed_at < DAY.end)  # type: ignore[attr-defined]


def protect(folder: Path) -> None:
    with Station.open(folder, now=MORNING) as station:
        station.set_passphrase("秘密的口令")


def create(folder: Path) -> None:
    Station.open(folder, now=MORNING).close()


def restore(folder: Path) -> None:
    (backup,) = (folder.parent / "kept").iterdir()
    Station.restore(backup, folder, passphrase=None, now=MORNING)


def _kill_at_each_step(work, folder_of):
    """Yield the folder after a kill at the first, second, … file operation, until none is left."""
    for step in range(200):
        folder = folder_of(step)
        child, pipe = children.start(children.die_at, step, work, folder)
        try:
            done = pipe.recv() == "done"
        except EOFError:
            done = False
        child.join()
        yield folder, done
        if done:
            return
    pytest.fail("never came to an end")


def test_a_kill_while_the_first_passphrase_is_set_leaves_old_or_new(tmp_path):
    one, parked = recorded(), Parked(recorded("李红").inspection, None, None)

    def fresh(step):
        folder = tmp_path / str(step)
        with Station.open(folder, now=MORNING) as station:
            station.record(one, None)
            station.keep_unfinished([parked])
        return folder

    states = set()
    for folder, done in _kill_at_each_step(protect, fresh):
        try:
            station = Station.open(folder, now=MORNING)
            assert not station.protected
        except StoreFault as fault:
            assert fault.code == "passphrase_needed"  # noqa: PT017
            station = Station.open(folder, passphrase="秘密的口令", now=MORNING)
            assert station.protected
            assert len(list(folder.glob("station-*"))) == len(list(folder.glob("station-2.db*")))
        with station:
            assert station.verify().ok
            assert station.row(one.inspection.id) == one
            assert station.unfinished() == [parked]
            assert list(folder.glob("*.new*")) == []
            states.add((station.protected, done))
    assert states == {(False, False), (True, False), (True, True)}


def test_a_kill_at_the_first_start_leaves_nothing_in_the_way(tmp_path):
    for folder, _ in _kill_at_each_step(create, lambda step: tmp_path / str(step)):
        with Station.open(folder, now=MORNING) as station:
            station.record(recorded(), None)
            assert station.verify().ok


def test_a_kill_while_restoring_leaves_old_or_new(tmp_path):
    old, new = recorded("旧"), recorded("新")

    def fresh(step):
        home = tmp_path / str(step)
        with Station.open(home / "data", now=MORNING) as station:
            station.record(old, None)
            station.backup(home / "kept", MORNING)
            station.record(new, None)
        return home / "data"

    epochs = set()
    for folder, done in _kill_at_each_step(restore, fresh):
        with Station.open(folder, now=MORNING) as station:
            assert station.verify().ok
            assert station.row(old.inspection.id) == old
            epoch = station.record(recorded(), None).epoch
            assert (station.row(new.inspection.id) is None) is (epoch == 2)
        epochs.add((epoch, done))
    assert epochs == {(1, False), (2, False), (2, True)}
