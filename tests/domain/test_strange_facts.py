"""Facts that nobody should ever give: every one is judged, and judged by the same few laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain import credential, inspection, person
from checkpoint_app.domain.inspection import STRENGTH, Direction, Inspection, Outcome, Requirement
from checkpoint_app.domain.lists import ListHits
from checkpoint_app.domain.policy import decide, retest_due
from checkpoint_app.domain.reasons import Code, Reason
from checkpoint_app.domain.register import Mask, Order, Period, Sheet, build
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.reasons import reason_text, sheet_wording
from checkpoint_app.registers.templates import template_for
from checkpoint_app.shipped_rules import shipped

from .travellers import NORMAL, NOW, recorded

LISTS = [each for each in Sheet if each not in (Sheet.SUMMARY, Sheet.ZERO, Sheet.BLANK)]
texts = st.text(max_size=12) | st.none()
zones = st.sampled_from([None, UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))])
near = st.integers(-200, 200).map(lambda minute: NOW + timedelta(minutes=minute))
ends = [datetime.min, datetime.max]  # noqa: DTZ901
moments = near | st.datetimes(timezones=zones) | st.sampled_from(ends)
reasons = st.builds(Reason, st.sampled_from(Code), texts)
celsius = st.sampled_from([33.9, 34.0, 36.5, 37.2, 37.25, 37.3, 38.0, 43.0, 43.1]) | st.floats()

people = st.builds(
    person.Person,
    name=texts,
    id_number=texts,
    document=st.sampled_from(person.DocumentKind),
    phone=texts,
)
health_codes = st.builds(
    inspection.HealthCode,
    status=st.sampled_from(inspection.CodeStatus),
    findings=st.lists(reasons, max_size=3).map(tuple),
)
places = st.builds(
    inspection.City,
    name=st.text(max_size=6),
    starred=st.booleans(),
    division_code=st.sampled_from([None, "", "310000", "310115", "x"]),
    in_risk_area=st.sampled_from([None, True, False]),
)
itineraries = st.builds(
    inspection.Itinerary, shown=st.booleans(), cities=st.lists(places, max_size=3).map(tuple)
)
tests = st.builds(
    credential.NucleicAcidTest,
    result=st.sampled_from(credential.NatResult),
    sampled_at=st.none() | moments,
    within_hours=st.none() | st.integers(),
)
readings = st.builds(inspection.TemperatureReading, celsius=celsius, taken_at=moments)
perhaps = st.sampled_from([None, True, False])
travellers = st.builds(
    Inspection,
    id=st.just(NORMAL.id),
    opened_at=st.just(NOW),
    direction=st.sampled_from(Direction),
    person=people,
    health_code=st.none() | health_codes,
    itinerary=st.none() | itineraries,
    test=st.none() | tests,
    vaccination=st.none() | st.builds(credential.Vaccination, doses=st.none() | st.integers()),
    temperatures=st.lists(readings, max_size=4).map(tuple),
    mask=perhaps,
    symptoms=st.none() | st.lists(st.sampled_from(inspection.Symptom), max_size=3).map(tuple),
    contact=perhaps,
    community_acceptance=perhaps,
    local=perhaps,
    emergency=st.booleans(),
    note=texts,
)
all_hits = st.builds(
    ListHits,
    watch=texts,
    household=texts,
    companion=texts,
    returnee=texts,
    certificates_missing=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    risk_areas=st.frozensets(st.sampled_from(["310000", "310115", "", "x"]), max_size=2),
    on_roster=perhaps,
    test_overdue=texts,
)
policies = st.builds(
    lambda kind, required, threshold: replace(
        shipped(kind), required=required, fever_threshold_c=threshold
    ),
    st.sampled_from(SiteKind),
    st.frozensets(st.sampled_from(Requirement)),
    celsius,
)

chinese = translator("zh_CN")


@settings(max_examples=400)
@given(travellers, policies, all_hits, near)
def test_every_traveller_is_judged(
    traveller: Inspection, policy: SitePolicy, hits: ListHits, now: datetime
) -> None:
    verdict = decide(traveller, policy, now=now, hits=hits)
    strength = STRENGTH.index
    assert verdict == decide(traveller, policy, now=now, hits=hits)
    assert set(verdict.missing) <= policy.required
    assert len(set(verdict.reasons)) == len(verdict.reasons)
    assert all(reason_text(each, chinese) for each in verdict.reasons)
    assert (verdict.outcome is Outcome.PASS) or verdict.reasons
    if verdict.missing:
        assert strength(verdict.outcome) <= strength(Outcome.INCOMPLETE)
        # a test that is missing may also settle a risk area; nothing else makes it worse
        assert strength(verdict.would_be) >= strength(verdict.outcome)
    else:
        assert verdict.would_be is verdict.outcome
    if not policy.turns_back:
        assert verdict.outcome is not Outcome.TURN_BACK
    retest_due(traveller, policy)


@settings(max_examples=200)
@given(travellers, policies, near)
def test_a_listed_person_is_never_let_through(
    traveller: Inspection, policy: SitePolicy, now: datetime
) -> None:
    calm = replace(traveller, emergency=False)
    verdict = decide(calm, policy, now=now, hits=ListHits(watch="甲"))
    assert verdict.outcome in (Outcome.HOLD, Outcome.HAND_OVER)


@settings(max_examples=200)
@given(travellers, policies, near)
def test_a_missing_vaccination_never_refuses(
    traveller: Inspection, policy: SitePolicy, now: datetime
) -> None:
    known = replace(traveller, vaccination=None)
    without = replace(traveller, vaccination=credential.Vaccination(doses=0))
    before = decide(known, policy, now=now).outcome
    after = decide(without, policy, now=now).outcome
    assert after is before or (before, after) == (Outcome.PASS, Outcome.REGISTER)


@settings(max_examples=100)
@given(st.lists(travellers, max_size=3), st.sampled_from(LISTS), st.sampled_from(Mask))
def test_every_traveller_fits_on_paper(found: list[Inspection], sheet: Sheet, mask: Mask) -> None:
    records = [replace(recorded(number), inspection=each) for number, each in enumerate(found)]
    period = Period(NOW, NOW + timedelta(days=1))
    template, _ = template_for(sheet, None, venue=False)
    for typed in (False, True):
        order = Order("", period, mask, sheet_wording(chinese), typed=typed)
        table = build(sheet, template, records, order)
        for row in table.rows:
            assert len(row) == len(table.columns)
            assert not [cell for cell in map(str, row) if "\n" in cell or "\x00" in cell]
