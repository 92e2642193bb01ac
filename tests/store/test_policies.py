"""Policies are versioned, found again, walked by the verification and rebuilt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from checkpoint_app.domain.site import SiteKind
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.station import Station, StoreFault
from tests.store.inside import raw
from tests.store.travellers import MORNING

ROAD = shipped("road")


def test_a_fresh_station_has_the_shipped_rules(station: Station) -> None:
    for kind in SiteKind:
        assert station.policies.current(kind) is None
        assert station.policies.history(kind) == []


def test_each_saving_is_a_version_and_the_newest_is_in_force(station: Station) -> None:
    day, week = (
        station.policies.save(replace(ROAD, test_valid_for=timedelta(hours=hours)), "王芳", MORNING)
        for hours in (24, 168)
    )
    school = station.policies.save(shipped("school"), "李明", MORNING)
    assert [each.version for each in (day, week, school)] == ["road-1", "road-2", "school-3"]
    assert station.policies.current("road") == week
    assert station.policies.current("school") == school
    assert [each.version for each in station.policies.history("road")] == ["road-2", "road-1"]
    newest = station.policies.history("road")[0]
    assert (newest.policy, newest.officer, newest.saved_at) == (week, "王芳", MORNING)


def test_saving_the_same_again_makes_no_version(station: Station) -> None:
    first = station.policies.save(ROAD, "王芳", MORNING)
    assert station.policies.save(first, "李明", MORNING) == first
    assert len(station.policies.history("road")) == 1


def test_what_is_no_policy_is_not_kept(station: Station) -> None:
    for wrong in (replace(ROAD, site_kind="moon"), replace(ROAD, fever_threshold_c=40.0)):
        with pytest.raises(StoreFault, match="not_storable"):
            station.policies.save(wrong, "王芳", MORNING)
    assert station.policies.history("road") == []


def test_versions_are_verified_and_rebuilt(station: Station, data_folder: Path) -> None:
    saved = station.policies.save(replace(ROAD, child_under=12), "王芳", MORNING)
    assert station.verify().ok
    station.rebuild()
    assert station.policies.current("road") == saved
    assert station.verify().ok
    station.close()
    with raw(data_folder) as connection:
        connection.execute("UPDATE policies SET officer = 'nobody'")
    with Station.open(data_folder, now=MORNING) as again:
        assert not again.verify().ok
        again.rebuild()
        assert again.policies.history("road")[0].officer == "王芳"
