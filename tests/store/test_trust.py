"""Trust lists, revoked passes, secrets and small state are there again."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING

LATER = MORNING + timedelta(days=1)


def test_a_newer_list_takes_the_place_of_its_source(station, data_folder):
    first = station.add_trust_list("jwks", "a.json", MORNING, b"one", 3, MORNING)
    other = station.add_trust_list("csca", "b.ml", MORNING, b"two", 5, MORNING)
    third = station.add_trust_list("jwks", "a.json", LATER, b"three", 4, LATER)
    assert [info.version for info in (first, other, third)] == [1, 2, 3]
    assert first.digest != third.digest
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.trust_lists() == [other, third]
        assert again.trust_bodies() == [(other, b"two"), (third, b"three")]
        assert again.verify().records == 4


def test_a_source_with_a_broken_file_name_is_kept(station):
    station.add_trust_list("jwks", "caf\udce9.json", MORNING, b"", 0, MORNING)
    assert station.trust_lists()[0].source == "caf?.json"


def test_a_revoked_pass_stays_revoked(station, data_folder):
    station.revoke_pass("P-1", MORNING)
    station.revoke_pass("P-1", LATER)
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.revoked_passes() == frozenset({"P-1"})
        assert again.verify().records == 2


def test_a_secret_is_made_once(station, data_folder):
    assert station.secret("pass key", lambda: b"made") == b"made"
    station.close()
    with Station.open(data_folder, now=MORNING) as again:
        assert again.secret("pass key", lambda: b"another") == b"made"


def test_small_state_is_kept_and_cannot_reach_the_stores_own(station):
    assert station.remembered("device") is None
    station.remember("device", "one")
    station.remember("device", "two")
    assert station.remembered("device") == "two"
    assert station.verify().ok
