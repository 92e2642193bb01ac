"""Each signal at its border: what is told, with which records behind it, and what is not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest

from checkpoint_app.domain.supervision import Fact, Finding, Signal, Thresholds, examine

START = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
# Readings of an honest thermometer: nothing repeats long, nothing prevails.
HONEST = (364, 366, 365, 363, 367, 365, 362, 366, 364, 368)


def fact(number: int, tenths: int | None = None, **rest: object) -> Fact:
    at = START + timedelta(seconds=30 * number)
    value = HONEST[number % len(HONEST)] if tenths is None else tenths
    values: dict[str, object] = {
        "id": UUID(int=number), "opened_at": at, "at": at, "operator": "王芳",
        "first_tenths": value, **rest,
    }  # fmt: skip
    return Fact(**values)  # type: ignore[arg-type]


def of(
    signal: Signal, facts: Sequence[Fact], thresholds: Thresholds | None = None
) -> list[Finding]:
    found = examine(facts, thresholds or Thresholds())
    return [each for each in found if each.signal is signal]


def day(count: int, **at: dict[str, object]) -> list[Fact]:
    """So many facts; `at` changes single ones, by "n5"."""
    return [fact(n, **at.get(f"n{n}", {})) for n in range(count)]  # type: ignore[arg-type]


def test_an_honest_day_is_told_of_by_nothing() -> None:
    assert examine(day(300), Thresholds()) == []
    assert examine([], Thresholds()) == []


@pytest.mark.parametrize(("length", "told"), [(7, 0), (8, 1), (30, 1)])
def test_a_run_of_identical_temperatures(length: int, told: int) -> None:
    facts = [fact(n, 361 if 50 <= n < 50 + length else None) for n in range(120)]
    found = of(Signal.SAME_RUN, facts)
    assert len(found) == told
    if told:
        assert found[0].records == tuple(UUID(int=50 + n) for n in range(length))
        assert (found[0].values, found[0].count, found[0].operator) == ((361,), length, "王芳")


def test_a_run_is_one_operators() -> None:
    facts = [fact(n, 361, operator="王芳" if n % 2 else "李强") for n in range(14)]
    assert of(Signal.SAME_RUN, facts) == []


def test_a_thermometer_that_shows_many_the_same_may_repeat_longer() -> None:
    """Half of all readings 36.5: eight in a row are chance, thirty are not."""
    often = [365 if n % 2 else HONEST[n % 10] for n in range(400)]
    for length, told in ((8, 0), (30, 1)):
        readings = often[:100] + [365] * length + often[100:]
        facts = [fact(n, tenths) for n, tenths in enumerate(readings)]
        assert len(of(Signal.SAME_RUN, facts)) == told, length


def test_nobody_measured_is_no_run() -> None:
    assert of(Signal.SAME_RUN, [fact(n, first_tenths=None) for n in range(50)]) == []


@pytest.mark.parametrize(("readings", "told"), [(39, 0), (40, 1)])
def test_two_values_by_turns(readings: int, told: int) -> None:
    facts = [fact(n, 364 + n % 2) for n in range(readings)]
    found = of(Signal.SAME_SHARE, facts)
    assert len(found) == told
    if told:
        assert found[0].values == (364, 365)
        assert found[0].share == 1.0


@pytest.mark.parametrize(("others", "told"), [(24, 1), (26, 1), (28, 0)])
def test_the_share_that_counts(others: int, told: int) -> None:
    facts = [fact(n, 364 + n % 2) for n in range(80)]
    facts += [fact(80 + n, 300 + n) for n in range(others)]
    assert len(of(Signal.SAME_SHARE, facts)) == told


def paced(count: int, seconds: float, **rest: object) -> list[Fact]:
    moments = [START + timedelta(seconds=seconds * n) for n in range(count)]
    return [
        fact(n, opened_at=moment, at=moment, **rest)  # type: ignore[arg-type]
        for n, moment in enumerate(moments)
    ]


@pytest.mark.parametrize(("seconds", "told"), [(5.0, 0), (4.6, 1), (3.0, 1)])
def test_faster_than_a_hand(seconds: float, told: int) -> None:
    assert len(of(Signal.PACE, paced(40, seconds))) == told


def test_a_long_rush_is_one_finding_with_all_its_people() -> None:
    (found,) = of(Signal.PACE, paced(40, 2.0))
    assert found.count == 40
    assert len(set(found.records)) == 40


def test_two_rushes_are_two() -> None:
    later = timedelta(hours=2)
    second = [
        fact(100 + n, opened_at=each.opened_at + later, at=each.at + later)
        for n, each in enumerate(paced(20, 2.0))
    ]
    assert [each.count for each in of(Signal.PACE, [*paced(20, 2.0), *second])] == [20, 20]


def test_a_lane_that_passes_people_by_itself_is_fast_and_honest() -> None:
    assert of(Signal.PACE, paced(300, 1.0, by_hand=False)) == []


def test_a_car_let_go_at_once_was_begun_one_by_one() -> None:
    facts = [fact(n, at=START + timedelta(minutes=30)) for n in range(45)]
    assert of(Signal.PACE, facts) == []


@pytest.mark.parametrize(("missing", "people", "told"), [(2, 50, 0), (3, 50, 1), (3, 400, 0)])
def test_codes_not_seen(missing: int, people: int, told: int) -> None:
    facts = [fact(n, code_missing=n < missing) for n in range(people)]
    found = of(Signal.CODE_MISSING, facts)
    assert len(found) == told
    if told:
        assert found[0].records == tuple(UUID(int=n) for n in range(missing))


def test_each_fever_let_go_is_told_by_itself() -> None:
    facts = [fact(n, 379, unretested=True) if n in (5, 9) else fact(n) for n in range(20)]
    found = of(Signal.NO_RETEST, facts)
    assert [each.records for each in found] == [(UUID(int=5),), (UUID(int=9),)]
    assert found[0].values == (379,)


def test_thresholds_of_nothing_break_nothing() -> None:
    examine(day(100), Thresholds(0, 0.0, 0, 0, timedelta(), 0.0))


# -- what belongs to the thermometer or the network is not laid at anybody's door


def test_the_person_before_typed_again() -> None:
    """Honest readings, but every other one repeats the one before."""
    draw = random.Random(7)
    readings = [draw.randint(360, 369) for _ in range(200)]
    again = [value for value in readings[:100] for _ in range(2)]
    (found,) = of(Signal.AS_BEFORE, [fact(n, value) for n, value in enumerate(again)])
    assert found.share > 0.5 > found.expected + 0.2
    assert found.count == len(found.records) >= 100
    assert of(Signal.AS_BEFORE, [fact(n, value) for n, value in enumerate(readings)]) == []


def test_a_whole_day_that_drifts_is_no_repetition() -> None:
    """A cold morning: neighbours are alike because everybody is."""
    draw = random.Random(3)
    readings = [355 + n // 25 + draw.randint(0, 2) for n in range(300)]
    assert of(Signal.AS_BEFORE, [fact(n, value) for n, value in enumerate(readings)]) == []


def test_half_degrees_have_no_spread_to_speak_of() -> None:
    facts = [fact(n, 365 if n % 3 else 360) for n in range(90)]
    assert of(Signal.SAME_SHARE, facts) == []


def test_a_thermometer_that_shows_everybody_nearly_the_same() -> None:
    """Told only of whoever has clearly less spread than the others at the same post."""
    narrow = [fact(n, (364, 365, 365, 364, 366)[n % 5], operator="李强") for n in range(200)]
    mine = [fact(500 + n, 364 + n % 2) for n in range(60)]
    assert of(Signal.SAME_SHARE, [*narrow, *mine]) != []
    lazy = [each for each in of(Signal.SAME_SHARE, [*narrow, *mine]) if each.operator == "王芳"]
    assert len(lazy) == 1
    same = [fact(900 + n, (364, 365, 365, 364, 366)[n % 5]) for n in range(60)]
    assert of(Signal.SAME_SHARE, same) != []
    before = examine(same, Thresholds(), before=narrow)
    assert [each for each in before if each.signal is Signal.SAME_SHARE] == []


def test_codes_missing_while_the_network_was_away() -> None:
    missing = {f"n{n}": {"code_missing": True} for n in range(10, 15)}
    assert len(of(Signal.CODE_MISSING, day(40, **missing))) == 1
    away = {f"n{n}": {"code_failed": True} for n in (11, 14)}
    assert of(Signal.CODE_MISSING, day(40, **missing | {
        name: {**missing.get(name, {}), **more} for name, more in away.items()})) == []  # fmt: skip
    once = {**missing, "n20": {"code_failed": True}}
    assert len(of(Signal.CODE_MISSING, day(40, **once))) == 1
