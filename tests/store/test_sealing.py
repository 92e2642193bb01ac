"""A sheet's check code ties it to the stored period."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Period, Sheet
from checkpoint_app.store.identity import ALPHABET
from tests.store.travellers import DAY, MORNING, correction, recorded

LATER = MORNING + timedelta(hours=9)


def test_the_same_content_has_the_same_seal(station):
    station.record(recorded(), None)
    first = station.seal(DAY, Sheet.DAILY, LATER)
    station.log_look(recorded().inspection.id, "李四", "", LATER)
    station.record(recorded(minute=60 * 30), None)  # the next day's
    assert station.seal(DAY, Sheet.DAILY, LATER + timedelta(hours=20)) == first
    assert (first.version, first.records) == (1, 1)


def test_a_code_is_short_and_cannot_be_misread(station):
    code = station.seal(DAY, Sheet.DAILY, LATER).code
    assert len(code.replace("-", "")) == 9
    assert set(code) <= {*ALPHABET, "-"}
    assert not set(ALPHABET) & set("ILOU")


def test_changed_content_has_a_new_version_and_code(station):
    one = recorded()
    station.record(one, None)
    seals = [station.seal(DAY, Sheet.DAILY, LATER)]
    station.record(correction(one, Outcome.HOLD, minute=60 * 20), None)  # made the next day
    seals.append(station.seal(DAY, Sheet.DAILY, LATER))
    station.record(recorded(minute=-30), None)  # entered late
    seals.append(station.seal(DAY, Sheet.DAILY, LATER))
    assert [seal.version for seal in seals] == [1, 2, 3]
    assert [seal.records for seal in seals] == [1, 2, 3]
    assert len({seal.code for seal in seals}) == 3
    assert station.verify().ok


def test_sheets_and_periods_have_codes_of_their_own(station):
    station.record(recorded(), None)
    morning = Period(DAY.start, MORNING + timedelta(hours=1))
    seals = [
        station.seal(DAY, Sheet.DAILY, LATER),
        station.seal(DAY, Sheet.ABNORMAL, LATER),
        station.seal(morning, Sheet.DAILY, LATER),
    ]
    assert len({seal.code for seal in seals}) == 3
    assert {seal.version for seal in seals} == {1}


def test_an_empty_day_has_a_seal(station):
    assert station.seal(DAY, Sheet.ABNORMAL, LATER).records == 0
