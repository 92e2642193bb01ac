"""When a site is open: weekdays, holidays, days worked all the same, hours over midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from checkpoint_app.domain.opening import (
    opening,
    read_dates,
    read_week,
    spans_of,
)
from checkpoint_app.domain.site import SiteKind

ZONE = timezone(timedelta(hours=8))
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


def at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(0), ZONE) + timedelta(hours=hour)


@pytest.mark.parametrize("kind", SiteKind)
def test_every_kind_of_site_has_usual_hours(kind: SiteKind) -> None:
    assert opening("", kind).hours(MONDAY) is not None


def test_a_road_never_closes_and_a_school_does_at_weekends() -> None:
    assert opening("", "road").always
    school = opening("", "school")
    assert school.hours(MONDAY) == (time(6, 30), time(19))
    assert school.hours(SATURDAY) is None


def test_a_saturday_that_is_worked_has_a_working_days_hours() -> None:
    school = opening("", "school", worked="2026-11-28")
    assert school.hours(SATURDAY) == (time(6, 30), time(19))
    assert school.is_working(SATURDAY)


def test_holidays_are_closed_even_on_a_road() -> None:
    shut = opening("", "road", "2026-10-01~2026-10-07，2026-11-23")
    assert shut.hours(MONDAY) is None
    assert shut.hours(date(2026, 10, 4)) is None
    assert not shut.is_working(MONDAY)
    assert not shut.always


def test_open_stretches_are_cut_to_the_time_asked_for() -> None:
    night = opening("20:00-06:00", "road")
    found = list(night.spans(at(MONDAY, 0), at(MONDAY, 24)))
    assert found == [(at(MONDAY, 0), at(MONDAY, 6)), (at(MONDAY, 20), at(MONDAY, 24))]
    assert list(opening("", "road").spans(at(MONDAY, 1), at(MONDAY, 60))) == [
        (at(MONDAY, 1), at(MONDAY, 60))
    ]
    assert list(opening("", "school").spans(at(SATURDAY, 0), at(SATURDAY, 40))) == []


def test_the_last_closing() -> None:
    school = opening("", "school")
    assert school.last_closing(at(MONDAY, 19)) == at(MONDAY, 19)
    assert school.last_closing(at(MONDAY, 18)) == at(MONDAY - timedelta(days=3), 19)
    never = opening(",".join(["closed"] * 7), "road")
    assert never.last_closing(at(MONDAY, 12)) is None


@pytest.mark.parametrize("text", ["7-18", "08:00", "08:00-25:00", "a,b", "08:00-18:00,closed"])
def test_what_is_no_week_is_as_usual(text: str) -> None:
    assert read_week(text) is None
    assert opening(text, "road").always


@pytest.mark.parametrize(
    "text", ["2026-13-01", "x", "2026-01-09~2026-01-01", "2020-01-01~2026-01-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert read_dates(text) is None


def test_days_as_people_type_them() -> None:
    assert read_dates(" 2027-01-01、2027-01-02 ") == {date(2027, 1, 1), date(2027, 1, 2)}
    assert read_dates("") == frozenset()


def test_a_week_as_seven_texts() -> None:
    assert spans_of("", "road") == ("00:00-24:00",) * 7
    assert spans_of("", "school")[4:] == ("06:30-19:00", "closed", "closed")
    assert spans_of("8:00-24:00", "road")[0] == "08:00-24:00"
    assert read_week(",".join(spans_of("", "school"))) == opening("", "school").week
