"""The slots that open a store, each alone."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

from checkpoint_app.store import keys
from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import database
from tests.store.travellers import MORNING, recorded


class MemoryKeyring(KeyringBackend):
    """A system's key store that forgets with the test."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class NoKeyring(MemoryKeyring):
    """A system without one."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NoKeyringError

    get_password = set_password  # type: ignore[assignment]


@pytest.fixture
def system_keys() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def opens(folder, passphrase):
    try:
        with Station.open(folder, passphrase=passphrase, now=MORNING) as station:
            return station.verify().ok
    except StoreFault as fault:
        return fault.code


def test_a_first_run_is_unprotected_and_encrypted(station, data_folder):
    station.record(recorded("司马光"), None)
    assert not station.protected
    station.close()
    content = b"".join(file.read_bytes() for file in data_folder.glob("station-*"))
    assert b"SQLite format" not in content
    assert "司马光".encode() not in content
    assert opens(data_folder, "any passphrase")


def test_a_passphrase_and_the_recovery_key_each_open(station, data_folder):
    one = recorded()
    station.record(one, None)
    old_key = keys.read(data_folder).slots[0].wrapped
    recovery = station.set_passphrase("秘密的口令")
    assert station.protected
    assert station.row(one.inspection.id) == one
    station.record(recorded("李红"), None)
    station.close()
    assert old_key not in (data_folder / "keys.json").read_bytes()
    assert [file.name for file in data_folder.glob("station-1*")] == []
    assert opens(data_folder, None) == "passphrase_needed"
    assert opens(data_folder, "wrong") == "wrong_key"
    assert opens(data_folder, "") == "wrong_key"
    assert opens(data_folder, "秘密的口令") is True
    assert opens(data_folder, recovery) is True
    assert opens(data_folder, recovery.lower().replace("-", " ").replace("0", "o")) is True
    flipped = "A" if recovery[0] != "A" else "B"
    assert opens(data_folder, flipped + recovery[1:]) == "wrong_key"


def test_the_old_key_opens_nothing_after_the_passphrase(station, data_folder):
    old = keys.read(data_folder).slots[0].wrapped
    station.set_passphrase("秘密")
    station.close()
    from sqlcipher3.dbapi2 import DatabaseError

    from checkpoint_app.store.engine import connect

    with pytest.raises(DatabaseError):
        connect(database(data_folder), old)


def test_a_changed_passphrase_ends_the_old_one_and_its_recovery_key(station, data_folder):
    recovery = station.set_passphrase("one")
    station.set_passphrase("two")
    station.close()
    assert opens(data_folder, "one") == opens(data_folder, recovery) == "wrong_key"
    assert opens(data_folder, "two") is True


def test_the_systems_key_store_opens_without_asking(station, data_folder, system_keys):
    station.set_passphrase("秘密")
    assert station.use_key_store(True)
    station.close()
    assert opens(data_folder, None) is True
    system_keys.kept.clear()
    assert opens(data_folder, None) == "passphrase_needed"
    assert opens(data_folder, "秘密") is True


def test_the_systems_key_store_is_left_again(station, data_folder, system_keys):
    station.set_passphrase("秘密")
    station.use_key_store(True)
    assert not station.use_key_store(False)
    station.close()
    assert system_keys.kept == {}
    assert opens(data_folder, None) == "passphrase_needed"


def test_a_system_without_a_key_store_is_no_fault(station, data_folder, system_keys):
    keyring.set_keyring(NoKeyring())
    station.set_passphrase("秘密")
    assert not station.use_key_store(True)
    station.close()
    assert opens(data_folder, "秘密") is True


def test_a_slot_of_another_store_or_a_greedy_one_does_not_open(station, data_folder):
    station.set_passphrase("秘密")
    station.close()
    keyfile = keys.read(data_folder)
    from msgspec.structs import replace

    greedy = tuple(replace(slot, memory_kib=1 << 30) for slot in keyfile.slots)
    keys.write(data_folder, replace(keyfile, slots=greedy))
    assert opens(data_folder, "秘密") == "wrong_key"
    keys.write(data_folder, replace(keyfile, store="another"))
    assert opens(data_folder, "秘密") == "wrong_key"
