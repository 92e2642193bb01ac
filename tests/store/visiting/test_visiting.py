"""Visitors, notices of absence and passes in the store: kept, changed, derived again, erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from checkpoint_app.domain.retention import Terms
from checkpoint_app.domain.visiting import Absence, AbsenceState, Visit
from checkpoint_app.store.station import StoreFault
from checkpoint_app.store.visiting.passes import HandedOut
from tests.store.inside import raw
from tests.store.retention.pages import traces
from tests.store.travellers import DAY, MORNING


def visit(**other) -> Visit:
    made = Visit(
        id=uuid4(),
        arrived_at=MORNING,
        name="孙立军",
        operator="王芳",
        id_number="410102196003078435",
        phone="13900000009",
        unit="市自来水公司",
        purpose="检修",
        host="张校长",
        plate="豫C11111",
        companions=("徒弟甲",),
        head_count=2,
        temperature_c=36.4,
    )
    return replace(made, **other)


def absence(**other) -> Absence:
    made = Absence(
        id=uuid4(),
        filed_at=MORNING,
        name="林小满",
        operator="王芳",
        leaves_on=date(2022, 3, 15),
        returns_on=date(2022, 3, 20),
        id_number="410102201203078438",
        roster_id="S-0107",
        places=("郑州市二七区", "西安市"),
        reason="看病",
    )
    return replace(made, **other)


def test_a_visit_is_kept_exactly_until_it_has_left(station):
    one = visit()
    station.visits.register(one)
    assert station.visits.inside() == [one]
    assert station.visits.earlier("410102196003078435") == one
    left = station.visits.leave(one.id, MORNING + timedelta(hours=2))
    assert left == replace(one, left_at=MORNING + timedelta(hours=2))
    assert station.visits.inside() == []
    assert station.visits.of(DAY) == [left]
    assert station.visits.leave(one.id, MORNING + timedelta(hours=3)) == left
    assert station.verify().ok


def test_nobody_leaves_who_never_came(station):
    with pytest.raises(StoreFault, match="not_found"):
        station.visits.leave(uuid4(), MORNING)


def test_who_was_sent_away_is_written_down_and_not_inside(station):
    one = visit(admitted=False, refusal="无被访人", host="")
    station.visits.register(one)
    assert station.visits.inside() == []
    assert station.visits.of(DAY) == [one]


def test_a_visitors_data_are_no_part_of_what_names_nobody(station, data_folder):
    station.visits.register(visit())
    station.absences.file(absence(), MORNING)
    station.close()
    with raw(data_folder, guarded=True) as connection:
        plain = b"".join(row[0] for row in connection.execute("SELECT plain FROM records"))
    for secret in ("孙立军", "410102", "1390", "自来水", "检修", "张校长", "豫C", "林小满", "看病"):
        assert secret.encode() not in plain


def test_an_absence_is_open_until_the_return_is_settled(station):
    one = absence(illness=True)
    station.absences.file(one, MORNING)
    assert station.absences.open_ones() == [one]
    known = station.absences.of_person("410102201203078438", None)
    assert known is not None
    assert (known.returned, known.places) == (False, ("郑州市二七区", "西安市"))
    back = replace(one, state=AbsenceState.RETURNED, returned_at=MORNING, risk=False)
    station.absences.file(back, MORNING + timedelta(days=5))
    known = station.absences.of_person(None, "林小满")
    assert known is not None
    assert (known.returned, known.clearance_missing) == (True, True)
    station.absences.file(replace(back, clearance=True), MORNING + timedelta(days=6))
    assert station.absences.of_person("410102201203078438", None) is None
    assert station.absences.open_ones() == []
    assert station.absences.newest()[0].clearance is True


def test_a_namesake_with_another_number_is_not_away(station):
    station.absences.file(absence(), MORNING)
    assert station.absences.of_person("110105195511120521", "林小满") is None
    assert station.absences.of_person(None, None) is None


@pytest.mark.parametrize("spoil", [{"name": "\ud800"}, {"purpose": "长" * 70_000}])
def test_what_could_not_be_read_back_is_refused(station, spoil):
    with pytest.raises(StoreFault, match="not_storable"):
        station.visits.register(visit(**spoil))


def test_deriving_again_gives_the_same(station):
    one, away = visit(), absence()
    station.visits.register(one)
    left = station.visits.leave(one.id, MORNING + timedelta(hours=1))
    station.absences.file(away, MORNING)
    station.rebuild()
    assert station.visits.of(DAY) == [left]
    assert station.absences.newest() == [away]


def test_after_the_erasure_only_figures_are_left(station, data_folder):
    station.visits.register(visit())
    station.absences.file(absence(), MORNING)
    secrets = ("孙立军", "13900000009", "张校长", "徒弟甲", "林小满", "二七区", "S-0107")
    late = MORNING + timedelta(days=24)
    assert dict(station.retention.reckon(Terms(), late).records) == {"visit": 1}
    station.retention.erase(Terms(), "李四", "schedule", MORNING + timedelta(days=40))
    assert station.retention.scrub()
    assert traces(data_folder, *secrets) == []
    (left,) = station.visits.of(DAY)
    assert (left.name, left.persons, left.temperature_c) == ("", 2, 36.4)
    station.rebuild()
    assert station.verify().ok


def test_passes_are_known_by_their_holder(station):
    until = MORNING + timedelta(days=365)
    one = HandedOut("a" * 16, "S-0107", MORNING, until, "王芳")
    other = HandedOut("b" * 16, "S-0108", MORNING, MORNING + timedelta(days=1), "王芳")
    station.passes.hand_out([one, other], MORNING)
    station.revoke_pass(one.pass_id, MORNING)
    assert station.passes.of(["S-0107", "S-0108"], MORNING + timedelta(days=2)) == [
        replace(one, revoked=True)
    ]
    assert station.passes.drop_expired(MORNING + timedelta(days=30)) == 1
    assert station.verify().ok
