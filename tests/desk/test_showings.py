from datetime import UTC, datetime, timedelta
from uuid import uuid4

from checkpoint_app.desk.showings import ONE_SHOWING, Earlier, Showings
from checkpoint_app.domain.inspection import Outcome

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def showings() -> Showings:
    return Showings(timedelta(minutes=10))


def test_a_code_that_stays_in_the_picture_is_one_showing() -> None:
    seen = showings()
    moments = [NOON + timedelta(seconds=each) for each in range(20)]
    assert [seen.is_new("a", moment) for moment in moments] == [True] + [False] * 19


def test_a_code_that_went_away_is_shown_anew() -> None:
    seen = showings()
    assert seen.is_new("a", NOON)
    assert seen.is_new("a", NOON + ONE_SHOWING + timedelta(seconds=1))


def test_a_clock_set_back_begins_a_new_showing() -> None:
    seen = showings()
    assert seen.is_new("a", NOON)
    assert seen.is_new("a", NOON - timedelta(hours=1))


def test_an_earlier_decision_is_told_within_its_time_and_forgotten_when_undone() -> None:
    seen = showings()
    earlier = Earlier(uuid4(), Outcome.PASS, NOON, "王*")
    seen.decide("a", earlier)
    assert seen.earlier("a", NOON + timedelta(minutes=10)) == earlier
    assert seen.earlier("a", NOON + timedelta(minutes=11)) is None
    assert seen.earlier("b", NOON) is None
    seen.undo(earlier.inspection_id)
    assert seen.earlier("a", NOON) is None
