"""What a period adds up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    Direction,
    Itinerary,
    Outcome,
    RecordedInspection,
    TemperatureReading,
)
from checkpoint_app.domain.sheet import Period
from checkpoint_app.domain.tally import Chart, Coverage, Tally
from checkpoint_app.shipped_rules import shipped
from tests.store.travellers import DAY, recorded

WORDS = {each: each.value for each in Outcome}


def given(record: RecordedInspection, **facts: object) -> RecordedInspection:
    return replace(record, inspection=replace(record.inspection, **facts))  # type: ignore[arg-type]


def tally(*records: RecordedInspection, period: Period = DAY) -> Tally:
    made = Tally(period, shipped("road"), WORDS, "others")
    for each in records:
        made.add(each)
    return made


def chart(made: Tally, key: str, coverage: tuple[Coverage, ...] = ()) -> Chart:
    return next(each for each in made.charts(coverage) if each.key == key)


def column(found: Chart, series: int = 0) -> dict[str, float | None]:
    return dict(zip(found.labels, found.series[series].values, strict=True))


def test_people_stand_in_their_hour_and_direction() -> None:
    made = tally(
        recorded(minute=0),
        recorded(minute=59),
        recorded(minute=60),
        given(recorded(minute=61), direction=Direction.OUT),
    )
    flow = chart(made, "flow")
    assert len(flow.labels) == 24
    assert {k: v for k, v in column(flow).items() if v} == {"08": 2, "09": 1}
    assert {k: v for k, v in column(flow, 1).items() if v} == {"09": 1}
    assert [each.value for each in made.headlines()][:2] == ["4", "4"]
    assert made.headlines()[-1].value == "08:00"


def test_a_longer_period_counts_days() -> None:
    week = Period(DAY.start - timedelta(days=6), DAY.end)
    flow = chart(tally(recorded(), period=week), "flow")
    assert len(flow.labels) == 7
    assert column(flow)["03-14"] == 1


def test_what_was_taken_back_does_not_count() -> None:
    made = tally(replace(recorded(), void=True))
    assert made.people == 0
    assert all(each.empty for each in made.charts())


def test_every_outcome_has_its_line_and_share() -> None:
    made = tally(recorded(), recorded(), recorded(), recorded(outcome=Outcome.HOLD))
    found = chart(made, "outcomes")
    assert set(found.labels) == set(WORDS.values())
    assert column(found)["hold"] == 1
    assert column(found, 1)["pass"] == 75
    assert made.headlines()[2].value == "1"


@pytest.mark.parametrize(("celsius", "label"), [(36.5, "36.5"), (30.0, "< 35.0"), (42.0, "> 39.5")])
def test_readings_have_their_tenth(celsius: float, label: str) -> None:
    record = recorded()
    reading = TemperatureReading(celsius, record.confirmed_at)
    found = chart(tally(given(record, temperatures=(reading,))), "temperatures")
    assert column(found)[label] == 1


def test_the_line_of_the_fever_stands_between_its_tenths() -> None:
    record = recorded()
    readings = [TemperatureReading(each, record.confirmed_at) for each in (37.2, 37.3)]
    made = tally(*(given(record, temperatures=(each,)) for each in readings))
    found = chart(made, "temperatures")
    assert found.threshold is not None
    assert found.labels.index("37.2") < found.threshold < found.labels.index("37.3")


def test_origins_are_what_was_said_else_the_cities_and_the_rest_is_one_line() -> None:
    here = [recorded() for _ in range(12)]
    said = [
        given(each, journey=replace(each.inspection.journey, origin=f"县{number}"))
        for number, each in enumerate(here)
    ]
    shown = given(recorded(), itinerary=Itinerary(True, (City("上海市"), City("上海市"))))
    found = column(chart(tally(*said, said[0], shown), "origins"))
    assert found["县0"] == 2
    assert found["others"] == 3
    assert len(found) == 11


def test_pace_leaves_pauses_out() -> None:
    made = tally(
        *(recorded(minute=each) for each in (0, 1, 2, 60, 61)),
        replace(recorded(minute=62), parked_for=300.0),
    )
    found = chart(made, "pace")
    assert column(found) == {"李四": 60}
    assert column(found, 1) == {"李四": 6}
    assert column(found, 2) == {"李四": 5}


@pytest.mark.parametrize(
    ("test", "label"),
    [
        (None, "None shown"),
        (NucleicAcidTest(NatResult.UNKNOWN), "None shown"),
        (NucleicAcidTest(NatResult.POSITIVE), "Positive"),
        (NucleicAcidTest(NatResult.NEGATIVE), "Negative, in date"),
        (
            NucleicAcidTest(NatResult.NEGATIVE, recorded().confirmed_at - timedelta(hours=48)),
            "Negative, in date",
        ),
        (
            NucleicAcidTest(NatResult.NEGATIVE, recorded().confirmed_at - timedelta(hours=49)),
            "Negative, out of date",
        ),
    ],
)
def test_tests_by_what_they_are_worth(test: NucleicAcidTest | None, label: str) -> None:
    assert column(chart(tally(given(recorded(), test=test)), "tests"))[label] == 1


@pytest.mark.parametrize(
    ("given_doses", "label"),
    [
        (None, "Not known"),
        (Vaccination(), "Not known"),
        (Vaccination(0), "None"),
        (Vaccination(1), "Partial"),
        (Vaccination(1, complete=True), "Complete"),
        (Vaccination(2), "Complete"),
        (Vaccination(3), "Booster"),
    ],
)
def test_doses(given_doses: Vaccination | None, label: str) -> None:
    assert column(chart(tally(given(recorded(), vaccination=given_doses)), "vaccination"))[label]


def test_coverage_of_pushed_lists() -> None:
    lists = (Coverage("省 11-23", 40, 10), Coverage("空", 0, 0))
    found = chart(tally(), "coverage", lists)
    assert column(found) == {"省 11-23": 25, "空": None}
    assert found.series[0].text(1) == "–"
    assert found.series[1].text(0) == "40"
