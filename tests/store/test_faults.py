"""What a disk, another program or a stranger may do to the store: a code, and nothing lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checkpoint_app.store.home import Use, open_home
from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import database, raw
from tests.store.travellers import DAY, MORNING, recorded

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")


def fault_of_opening(folder: Path, use: Use = Use.DESK) -> str:
    with pytest.raises(StoreFault) as raised:
        Station.open(folder, now=MORNING, use=use)
    return raised.value.code


def test_a_full_disk_loses_nothing(data_folder):
    home = open_home(data_folder, None, Use.DESK, MORNING)
    with home.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
    with Station(home) as station:
        saved = _fill(station)
        assert station.verify().ok
        assert len(station.day_rows(DAY, 1000)) == saved > 0
        with home.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1000}")
        assert station.record(recorded(), None).seq == saved + 2
        assert station.verify().ok


def _fill(station: Station) -> int:
    for minute in range(1000):
        try:
            station.record(recorded(minute=minute), None)
        except StoreFault as fault:
            assert fault.code == "disk_full"  # noqa: PT017
            return minute
    pytest.fail("the disk never filled")


@posix
def test_a_file_that_may_not_grow_loses_nothing(data_folder):
    from tests.store import children

    Station.open(data_folder, now=MORNING).close()
    child, pipe = children.start(children.record_in_little_room, data_folder, 1_500_000)
    saved, code = pipe.recv()
    child.join()
    assert code in ("disk_fault", "disk_full")
    with Station.open(data_folder, now=MORNING) as station:
        found = station.verify()
        assert found.ok, found.problem
        assert found.records == saved + 1
        station.record(recorded(), None)


def test_a_database_locked_by_another_is_told_and_goes_on(station, data_folder):
    with raw(data_folder, guarded=True) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFault, match="locked"):
            station.record(recorded(), None)
        assert station.day_rows(DAY, 10) == []
        other.execute("ROLLBACK")
    assert station.record(recorded(), None).seq == 2


def test_one_desk_per_folder(station, data_folder):
    assert fault_of_opening(data_folder) == "in_use"
    station.close()
    Station.open(data_folder, now=MORNING).close()


def test_readers_and_commands_work_beside_the_desk(station, data_folder):
    station.record(recorded(), None)
    with (
        Station.open(data_folder, now=MORNING, use=Use.READ) as reader,
        Station.open(data_folder, now=MORNING, use=Use.READ) as another,
        Station.open(data_folder, now=MORNING, use=Use.COMMAND) as command,
    ):
        command.add_trust_list("jwks", "a.json", MORNING, b"", 0, MORNING)
        station.record(recorded("李红"), None)
        assert len(reader.day_rows(DAY, 10)) == len(list(another.recorded(DAY))) == 2
        assert reader.verify() == station.verify()
        with pytest.raises(StoreFault, match="read_only"):
            reader.record(recorded(), None)
        with pytest.raises(StoreFault, match="in_use"):
            command.set_passphrase("秘密")
    assert len(station.trust_lists()) == 1


def test_a_reader_makes_no_store(tmp_path):
    assert fault_of_opening(tmp_path / "none", Use.READ) == "not_found"
    assert not (tmp_path / "none").exists()


@posix
@pytest.mark.parametrize("use", [Use.DESK, Use.READ])
def test_a_folder_without_the_right_to_write(data_folder, use):
    from tests.store import children

    Station.open(data_folder, now=MORNING).close()
    for part in (data_folder, *data_folder.iterdir()):
        part.chmod(0o555 if part.is_dir() else 0o444)
    for above in (data_folder.parent, data_folder.parent.parent, data_folder.parent.parent.parent):
        above.chmod(0o755)
    child, pipe = children.start(children.open_as_nobody, data_folder, use)
    assert pipe.recv() == "read_only"
    child.join()


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "data").write_text("")
    assert fault_of_opening(tmp_path / "data") == "read_only"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"not a database" * 1000),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:4096]),
        lambda file: file.write_bytes(bytes(4096) + file.read_bytes()[4096:]),
        lambda file: file.unlink(),
    ],
)
def test_a_spoilt_database_is_told(station, data_folder, spoil):
    station.record(recorded(), None)
    station.close()
    spoil(database(data_folder))
    assert fault_of_opening(data_folder) == "corrupt"


def test_a_page_spoilt_in_the_middle_is_told_when_met(station, data_folder):
    for minute in range(30):
        station.record(recorded(minute=minute), None)
    station.close()
    file = database(data_folder)
    content = bytearray(file.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    file.write_bytes(content)
    with (
        pytest.raises(StoreFault, match="corrupt"),
        Station.open(data_folder, now=MORNING) as again,
    ):
        again.verify()


def test_a_database_of_a_newer_program_is_left_alone(station, data_folder):
    station.close()
    with raw(data_folder, guarded=True) as connection:
        connection.execute("PRAGMA user_version = 99")
    for use in Use:
        assert fault_of_opening(data_folder, use) == "newer_schema"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"store":"a","database":"../../x.db","slots":[]}', b"\xff" * 100],
)
def test_a_spoilt_key_file_is_told(station, data_folder, content):
    station.close()
    (data_folder / "keys.json").write_bytes(content)
    assert fault_of_opening(data_folder) == "corrupt"


def test_a_lost_key_file_never_means_a_new_store(station, data_folder):
    station.close()
    (data_folder / "keys.json").unlink()
    assert (
        fault_of_opening(data_folder) == fault_of_opening(data_folder, Use.READ) == "keys_missing"
    )


def test_a_fault_names_no_person(data_folder):
    home = open_home(data_folder, None, Use.DESK, MORNING)
    with home.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = recorded("司马光" * 3000)
    with Station(home) as station, pytest.raises(StoreFault) as raised:
        station.record(big, None)
    assert raised.value.__cause__ is None
    assert "司马光" not in repr(raised.value)
