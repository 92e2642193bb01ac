"""A record comes back as it was saved, and its plain part names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.inspection import (
    Outcome,
    OutcomeChange,
    TemperatureReading,
    Unvaccinated,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store import payload
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.values import Parked
from tests.store.travellers import MORNING, any_inspection, any_recorded, recorded


@settings(max_examples=150)
@given(any_recorded, st.none() | st.text())
def test_any_record_comes_back_identical(one, fingerprint):
    plain, personal = payload.encode(one, fingerprint)
    assert payload.decode(plain, personal) == one
    assert payload.fingerprint(personal) == fingerprint


@settings(max_examples=50)
@given(any_inspection, st.none() | st.text())
def test_any_unfinished_person_comes_back_identical(inspection, kind):
    parked = Parked(inspection, MORNING, kind)
    assert payload.decode_parked(payload.encode_parked(parked)) == parked


def test_the_plain_part_names_nobody():
    one = recorded("司马光", reasons=(Code.NO_PHONE,))
    one = replace(
        one,
        inspection=replace(
            one.inspection,
            note="住在东门",
            person=replace(one.inspection.person, guardian="司马懿 137"),
            journey=replace(one.inspection.journey, transport="高铁", left_area_at="昨天"),
            unvaccinated=Unvaccinated.REFUSED,
        ),
        change=OutcomeChange(Outcome.PASS, "因为司马光", "李四", call_back="13900000000"),
    )
    plain, _ = payload.encode(one, "f" * 64)
    text = plain.decode()
    for secret in (
        "司马光",
        "410102",
        "138",
        "豫A",
        "开封",
        "东门",
        "说明",
        "139",
        "ffff",
        "高铁",
        "昨天",
        "137",
        "refused",
    ):
        assert secret not in text
    assert '"no_phone"' in text


def test_after_a_purge_the_rest_is_still_read():
    one = replace(
        recorded(reasons=(Code.NO_PHONE,)), change=OutcomeChange(Outcome.PASS, "因为", "李四")
    )
    plain, _ = payload.encode(one, None)
    left = payload.decode(plain, None)
    assert left.outcome is one.outcome
    assert left.inspection.temperatures == one.inspection.temperatures
    assert left.inspection.person == Person()
    assert payload.fingerprint(None) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: replace(one, operator="\ud800"),
        lambda one: replace(one, parked_for=float("nan")),
        lambda one: replace(one, confirmed_at="yesterday"),
        lambda one: replace(
            one,
            inspection=replace(
                one.inspection, temperatures=(TemperatureReading(float("inf"), MORNING),)
            ),
        ),
        lambda one: replace(one, inspection=replace(one.inspection, note="长" * 200_000)),
    ],
)
def test_what_could_not_be_read_back_is_refused(spoil):
    with pytest.raises(StoreFault, match="not_storable"):
        payload.encode(spoil(recorded()), None)


def test_a_time_without_its_offset_is_not_kept_as_another():
    parked = Parked(recorded().inspection, datetime(2022, 3, 14, 8, 0), None)  # noqa: DTZ001
    assert payload.decode_parked(payload.encode_parked(parked)).parked_at == parked.parked_at
