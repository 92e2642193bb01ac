"""Backups that open elsewhere, and what restoring one leaves behind."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta

import pytest

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Sheet
from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import database, raw
from tests.store.travellers import DAY, MORNING, recorded


def test_a_backup_opens_on_another_machine(station, tmp_path):
    one = recorded()
    station.record(one, "f" * 64)
    recovery = station.set_passphrase("秘密")
    backup = station.backup(tmp_path / "usb", MORNING)
    assert backup.name == "checkpoint-20220314-080000"
    assert station.backup(tmp_path / "usb", MORNING).name == "checkpoint-20220314-080000-2"
    for secret in ("秘密", recovery):
        target = tmp_path / secret
        Station.restore(backup, target, passphrase=secret, now=MORNING)
        with Station.open(target, passphrase=secret, now=MORNING) as elsewhere:
            assert elsewhere.row(one.inspection.id) == one
            assert elsewhere.search("王小明") == station.search("王小明")
            assert elsewhere.protected
            assert elsewhere.fingerprint("code") == station.fingerprint("code")


def test_a_restore_opens_a_new_epoch_that_names_the_last(station, data_folder, tmp_path):
    kept = station.record(recorded(), None)
    seal = station.seal(DAY, Sheet.DAILY, MORNING)
    backup = station.backup(tmp_path, MORNING)
    lost = recorded("后来")
    station.record(lost, None)
    station.close()
    for epoch in (2, 3):  # a second restore of the same backup must not repeat numbers
        Station.restore(backup, data_folder, passphrase=None, now=MORNING + timedelta(days=1))
        with Station.open(data_folder, now=MORNING) as again:
            saved = again.record(recorded("新的", outcome=Outcome.HOLD), None)
            assert (saved.device, saved.epoch, saved.seq) == (kept.device, epoch, 2)
            assert again.row(lost.inspection.id) is None
            assert again.verify().ok
            if epoch == 2:
                assert seal.code != again.seal(DAY, Sheet.DAILY, MORNING).code
    with raw(data_folder) as connection:
        (said,) = connection.execute(
            "SELECT plain FROM records WHERE epoch = 3 AND seq = 1"
        ).fetchone()
    assert b'"previous_epoch":1,"previous_seq":3' in said
    aside = data_folder / "replaced-20220315-080000"
    with Station.open(aside, now=MORNING) as old:
        assert old.row(lost.inspection.id) == lost
        assert old.verify().ok


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "keys.json").unlink(),
        lambda folder: (folder / "keys.json").write_bytes(b"{"),
        lambda folder: database(folder).write_bytes(b"nothing" * 999),
        lambda folder: database(folder).unlink(),
    ],
)
def test_a_spoilt_folder_is_restored_and_its_rest_kept(station, data_folder, tmp_path, spoil):
    one = recorded()
    station.record(one, None)
    backup = station.backup(tmp_path, MORNING)
    station.close()
    spoil(data_folder)
    left = [file.name for file in data_folder.glob("station-1.db")]
    Station.restore(backup, data_folder, passphrase=None, now=MORNING)
    with Station.open(data_folder, now=MORNING) as again:
        assert again.row(one.inspection.id) == one
    (aside,) = data_folder.glob("replaced-*")
    assert [file.name for file in aside.glob("station-*")] == left


def test_a_changed_end_of_the_last_epoch_is_found(station, data_folder, tmp_path):
    station.record(recorded(), None)
    backup = station.backup(tmp_path, MORNING)
    station.close()
    Station.restore(backup, data_folder, passphrase=None, now=MORNING)
    with raw(data_folder) as connection:
        connection.execute("DELETE FROM records WHERE epoch = 1 AND seq = 2")
        connection.execute(
            "UPDATE heads SET seq = 1, hash = "
            "(SELECT hash FROM records WHERE epoch = 1) WHERE epoch = 1"
        )
    with Station.open(data_folder, now=MORNING) as again:
        assert again.verify().problem == "tail:1/2"


def test_a_backup_runs_beside_saving(station, tmp_path):
    station.record(recorded(), None)
    made = []
    thread = threading.Thread(target=lambda: made.append(station.backup(tmp_path, MORNING)))
    thread.start()
    for minute in range(20):
        station.record(recorded(minute=minute), None)
    thread.join()
    Station.restore(made[0], tmp_path / "new", passphrase=None, now=MORNING)


def test_what_cannot_be_restored_changes_nothing(station, data_folder, tmp_path):
    one = recorded()
    station.record(one, None)
    station.set_passphrase("秘密")
    backup = station.backup(tmp_path, MORNING)

    def refused(source, passphrase="秘密"):
        with pytest.raises(StoreFault) as raised:
            Station.restore(source, data_folder, passphrase=passphrase, now=MORNING)
        return raised.value.code

    assert refused(backup) == "in_use"
    station.close()
    assert refused(tmp_path / "none") == "no_backup"
    assert refused(backup, "wrong") == "wrong_key"
    assert refused(backup, None) == "passphrase_needed"
    spoilt = shutil.copytree(backup, tmp_path / "spoilt")
    content = bytearray(database(spoilt).read_bytes())
    content[-2000] ^= 1
    database(spoilt).write_bytes(content)
    assert refused(spoilt) == "corrupt"
    edited = shutil.copytree(backup, tmp_path / "edited")
    with raw(edited, secret="秘密") as connection:
        connection.execute("UPDATE records SET at_us = at_us + 1 WHERE seq = 2")
    assert refused(edited) == "corrupt"
    with Station.open(data_folder, passphrase="秘密", now=MORNING) as again:
        assert again.row(one.inspection.id) == one
        assert again.record(recorded(), None).epoch == 1
