"""Visitors, returns and passes behind the window, over a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from checkpoint_app.codes import load_issuers, site_pass
from checkpoint_app.codes.reader import Question
from checkpoint_app.desk.acting import Acting
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.people.absences import Return
from checkpoint_app.desk.people.door import PeopleDesk
from checkpoint_app.desk.people.passes import PassOrder, make_passes, members
from checkpoint_app.desk.trusting import current_trust
from checkpoint_app.domain.inspection import CodeStatus, HealthCode, Inspection, Outcome
from checkpoint_app.domain.list_entries import RiskEntry, RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.rules.lists import read_window
from checkpoint_app.domain.visiting import Absence, AbsenceState, Visit
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.lists.staging import NewList
from checkpoint_app.store.station import Station
from tests.desk.rights.test_erasing import Told, text_of
from tests.store.travellers import DAY, MORNING

ENGLISH = translator("en")
PUPILS = (
    RosterEntry(
        name="林小满", roster_id="S-0107", unit="三年级（2）班", role="学生", photo="a.jpg"
    ),
    RosterEntry(name="赵一鸣", id_number="410102201203078438", unit="三年级（1）班"),
    RosterEntry(name="张校长", roster_id="T-0001", unit="办公室", role="教师"),
)
ORDER = PassOrder(365, "王芳", "城北小学")


@pytest.fixture
def store(data_folder):
    station = Station.open(data_folder, now=MORNING)
    new = NewList(ListKind.ROSTER, "花名册", MORNING)
    station.lists.put(new, PUPILS, MORNING)
    yield station
    station.close()


@pytest.fixture
def people(store):
    settings = Settings(language="en", site_name="城北小学", site_kind="school")
    return PeopleDesk(Office(Database(store), lambda: MORNING, ENGLISH, settings))


def visit(**other) -> Visit:
    made = Visit(
        id=uuid4(), arrived_at=MORNING, name="孙立军", operator="王芳", host="张校长",
        purpose="检修", id_number="410102196003078435", companions=("徒弟甲",),
    )  # fmt: skip
    return replace(made, **other)


def absence(**other) -> Absence:
    made = Absence(
        id=uuid4(), filed_at=MORNING, name="赵一鸣", operator="王芳", leaves_on=date(2022, 3, 10),
        returns_on=date(2022, 3, 14), id_number="410102201203078438", places=("郑州市二七区",),
    )  # fmt: skip
    return replace(made, **other)


# -- visitors


@pytest.mark.parametrize(
    ("spoil", "settings", "sentence"),
    [
        ({"name": ""}, {}, "A visitor needs a name"),
        ({"purpose": ""}, {}, "Say what they come for"),
        ({"host": ""}, {},
         "Whom do they visit? A visitor needs somebody here who answers for them"),
        ({}, {"visitors_admitted": False}, "This site admits nobody but its roster"),
    ],
)  # fmt: skip
def test_a_visitor_is_refused_with_a_sentence(people, store, spoil, settings, sentence):
    people.office.settings = replace(people.office.settings, **settings)
    told = Told()
    people.register(visit(**spoil), told, told.no)
    assert told.refused == [sentence]
    assert store.visits.inside() == []


def test_who_is_sent_away_is_written_down_all_the_same(people, store):
    people.office.settings = replace(people.office.settings, visitors_admitted=False)
    told = Told()
    people.register(visit(admitted=False, host="", refusal="推销"), told, told.no)
    assert told.done[0].label is None
    people.today(told, told.no)
    assert (len(told.done[-1].visits), told.done[-1].inside) == (1, 0)


def test_a_visitor_gets_a_pass_that_ends_with_the_visit(people, store):
    told = Told()
    people.register(visit(), told, told.no)
    registered = told.done[-1]
    assert registered.label.startswith(b"%PDF")
    assert "张校长" in text_of(registered.label)
    people.today(told, told.no)
    assert told.done[-1].inside == 2
    people.leave(registered.visit.id, told, told.no)
    assert registered.visit.pass_id in store.revoked_passes()
    people.known("410102196003078435", told, told.no)
    assert told.done[-1].name == "孙立军"
    people.visitors_paper(store.visits.of(DAY), told)
    text = text_of(told.done[-1]).replace("\n", "")
    assert "Register of visitors" in text
    assert "410102196003078435" not in text  # masked as set


# -- absences


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"name": ""}, "A name is needed"),
        ({"places": ()}, "Say where they go"),
        ({"returns_on": date(2022, 3, 9)}, "The return cannot be before the leaving"),
    ],
)
def test_a_notice_says_who_where_and_until_when(people, spoil, sentence):
    told = Told()
    people.file(absence(**spoil), told, told.no)
    assert (told.done, told.refused) == ([], [sentence])


def verdict(store, at=MORNING):
    one = Inspection(
        uuid4(), at, person=Person(name="赵一鸣", id_number="410102201203078438"), mask=True
    )
    found = look_up(store, one, Settings(), at)
    return decide(one, shipped("school"), now=at, hits=found.hits)


def test_who_is_away_does_not_pass_before_the_return_is_registered(people, store):
    told, notice = Told(), absence()
    people.file(notice, told, told.no)
    first = verdict(store)
    assert Code.ABSENCE_OPEN in {each.code for each in first.reasons}
    assert first.would_be is Outcome.INCOMPLETE
    people.come_back(notice, Return(("洛阳市",)), told, told.no)
    assert told.done[-1].risky == ()
    assert told.done[-1].absence.places == ("郑州市二七区", "洛阳市")
    assert Code.ABSENCE_OPEN not in {each.code for each in verdict(store).reasons}


def test_on_return_the_risk_list_is_asked_and_a_hit_is_a_case(people, store):
    areas = NewList(ListKind.RISK, "国务院", MORNING)
    store.lists.put(areas, [RiskEntry(code="410103", name="郑州市二七区")], MORNING)
    told, notice = Told(), absence()
    people.file(notice, told, told.no)
    people.come_back(notice, Return(), told, told.no)
    settled = told.done[-1]
    assert settled.risky == ("郑州市二七区",)
    assert settled.absence.risk is True
    (case,) = store.cases.cases()
    assert case.name == "赵一鸣"


def test_after_an_illness_the_document_is_seen_first(people, store):
    told, notice = Told(), absence(illness=True)
    people.file(notice, told, told.no)
    people.come_back(notice, Return(), told, told.no)
    back = told.done[-1].absence
    assert Code.CLEARANCE_MISSING in {each.code for each in verdict(store).reasons}
    people.come_back(back, Return(clearance=True), told, told.no)
    assert Code.CLEARANCE_MISSING not in {each.code for each in verdict(store).reasons}
    people.away(told, told.no)
    assert [each.is_open for each in told.done[-1]] == [False]


def test_a_notice_filed_by_mistake_is_withdrawn_and_stays(people, store):
    told, notice = Told(), absence()
    people.file(notice, told, told.no)
    people.withdraw(notice, told, told.no)
    assert told.done[-1].state is AbsenceState.WITHDRAWN
    assert store.absences.of_person("410102201203078438", None) is None


# -- passes


def test_a_pass_never_carries_a_documents_number():
    assert PUPILS[0].pass_key == "S-0107"
    assert PUPILS[1].pass_key.startswith("m")
    assert "410102" not in PUPILS[1].pass_key


def test_passes_are_signed_and_a_new_one_ends_the_old(store, data_folder):
    chosen = members(store, MORNING)
    assert [each.handed_out for each in chosen] == [None, None, None]
    badges = make_passes(store, chosen, ORDER, ENGLISH, MORNING)
    assert isinstance(badges, list)
    trust = current_trust(store, Settings(site_name="城北小学"), MORNING)
    read = site_pass.read(Question(badges[0].code, trust, MORNING, load_issuers(data_folder)))
    assert read is not None
    assert (read.roster_id, read.holder.name) == ("S-0107", "林小满")
    first = members(store, MORNING, "小满 三年级")
    assert first[0].handed_out is not None
    make_passes(store, first, ORDER, ENGLISH, MORNING + timedelta(days=1))
    assert store.revoked_passes() == {first[0].handed_out.pass_id}
    again = members(store, MORNING + timedelta(days=1), "小满")
    assert again[0].handed_out is not None
    assert again[0].handed_out.pass_id != first[0].handed_out.pass_id


def test_a_pass_leads_to_its_holder_on_the_roster(store):
    """Somebody with a number is not found by name alone; a good pass says who they are."""
    shown = HealthCode(CodeStatus.SITE_PASS, roster_id="S-0107")
    one = Inspection(uuid4(), MORNING, person=Person(name="林小满"), health_code=shown)
    member = look_up(store, one, Settings(), MORNING).hits.member
    assert member is not None
    assert member.unit == "三年级（2）班"
    other = replace(one, person=Person(name="别人"))
    assert look_up(store, other, Settings(), MORNING).hits.member is None


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("07:10-07:40", (time(7, 10), time(7, 40, 59))),
        ("７：１０～７：４０", (time(7, 10), time(7, 40, 59))),
        ("7:10至7:40", (time(7, 10), time(7, 40, 59))),
        ("22:00-06:00", None),
        ("25:00-26:00", None),
        ("早上", None),
        (None, None),
    ],
)
def test_time_windows_as_people_write_them(text, window):
    assert read_window(text) == window


def test_a_name_too_long_for_a_code_leaves_no_pass_behind(store):
    chosen = members(store, MORNING)
    long = replace(chosen[0], entry=replace(chosen[0].entry, name="长" * 60))
    made = make_passes(store, [chosen[1], long], ORDER, ENGLISH, MORNING)
    assert not isinstance(made, list)
    assert [each.handed_out for each in members(store, MORNING)] == [None, None, None]


def test_only_whoever_may_keep_lists_makes_passes(people, store):
    people.office.acting = Acting()
    guard = store.add_operator("李强", "5678", "operator")
    lead = store.add_operator("王芳", "1234", "lead")
    people.office.acting.enter(guard)
    people.office.acting.among([guard, lead])
    told = Told()
    people.make(members(store, MORNING), ORDER, told, told.no)
    assert (told.done, told.refused) == ([], ["This is for the officer in charge"])
    people.office.acting.enter(lead)
    people.make(members(store, MORNING), ORDER, told, told.no)
    assert told.done[-1].startswith(b"%PDF")
    people.revoke(members(store, MORNING), told, told.no)
    assert told.done[-1] == 3
