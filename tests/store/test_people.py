"""Signing in by PIN, and waiting after wrong ones."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import raw
from tests.store.travellers import MORNING


def test_a_pin_is_checked_and_kept_as_a_hash(station, data_folder):
    someone = station.add_operator(" 李四 ", "2580", "lead")
    assert (someone.name, someone.role, someone.active) == ("李四", "lead", True)
    assert station.operators() == [someone]
    assert station.check_pin(someone.id, "2580", MORNING)
    assert not station.check_pin(someone.id, "2581", MORNING)
    assert not station.check_pin(uuid4(), "2580", MORNING)
    station.close()
    with raw(data_folder) as connection:
        (kept,) = connection.execute("SELECT pin_hash FROM operators").fetchone()
    assert kept.startswith("$argon2id$")


def test_wrong_pins_make_wait_even_after_a_restart(station, data_folder):
    someone = station.add_operator("李四", "2580")
    for _ in range(2):
        assert not station.check_pin(someone.id, "0000", MORNING)
        assert station.pin_wait(someone.id, MORNING) == timedelta()
    assert not station.check_pin(someone.id, "0000", MORNING)
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        wait = again.pin_wait(someone.id, MORNING)
        assert wait > timedelta()
        assert not again.check_pin(someone.id, "2580", MORNING)
        assert again.check_pin(someone.id, "2580", MORNING + wait)
        assert again.pin_wait(someone.id, MORNING) == timedelta()
        # epoch, locked out, signed in
        assert again.verify().records == 3


def test_a_pin_can_be_changed_and_someone_retired(station):
    someone = station.add_operator("李四", "2580")
    station.change_operator(someone.id, pin="1397")
    assert not station.check_pin(someone.id, "2580", MORNING)
    assert station.check_pin(someone.id, "1397", MORNING)
    station.change_operator(someone.id, active=False)
    assert not station.check_pin(someone.id, "1397", MORNING)
    assert [one.active for one in station.operators()] == [False]
    with pytest.raises(StoreFault, match="not_found"):
        station.change_operator(uuid4(), active=True)


@pytest.mark.parametrize(
    ("name", "pin"), [("", "1"), (" ", "1"), ("a\nb", "1"), ("李", ""), ("李", "\ud800")]
)
def test_names_and_pins_that_cannot_be(station, name, pin):
    with pytest.raises(StoreFault, match="not_storable"):
        station.add_operator(name, pin)


def test_a_name_is_one_person(station):
    station.add_operator("李四", "2580")
    with pytest.raises(StoreFault, match="name_taken"):
        station.add_operator("李四", "1111")
    assert not station.check_pin(station.operators()[0].id, "\ud800", MORNING)
