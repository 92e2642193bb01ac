"""Erasing by the schedule, by hand and at the end, behind the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from checkpoint_app.desk.acting import Acting
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.office import Office
from checkpoint_app.desk.rights.door import Asked, Ending, Paper, RightsDesk
from checkpoint_app.desk.rights.erasing import erase_now, is_due, last_run, terms_of
from checkpoint_app.domain.case import Event, Step
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.visiting import Absence, Visit
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station
from tests.store.travellers import HERE, MORNING, recorded

LATER = MORNING + timedelta(days=30)


class Told:
    """What came back: the last answer or refusal."""

    def __init__(self) -> None:
        self.done: list = []
        self.refused: list[str] = []

    def __call__(self, answer) -> None:
        self.done.append(answer)

    def no(self, sentence: str) -> None:
        self.refused.append(sentence)


@pytest.fixture
def store(data_folder):
    station = Station.open(data_folder, now=MORNING)
    yield station
    station.close()


@pytest.fixture
def rights(store):
    settings = Settings(language="en", site_name="North gate", receiver_phone="0379-60000000")
    office = Office(Database(store), lambda: LATER, translator("en"), settings)
    return RightsDesk(office)


@pytest.fixture
def people(store):
    return (
        store.add_operator("王芳", "1234", "lead"),
        store.add_operator("李强", "5678", "operator"),
    )


def text_of(pdf: bytes) -> str:
    import io

    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-23T02:00", True),
        ("2026-11-22T03:10", "2026-11-23T02:59", False),
        ("2026-11-22T03:10", "2026-11-23T03:00", True),
        ("2026-11-23T03:00", "2026-11-23T23:00", False),
        ("2026-11-20T03:00", "2026-11-23T01:00", True),
    ],
)
def test_once_a_day_from_its_hour_on(last, now, due):
    at = datetime.fromisoformat(now).replace(tzinfo=HERE)
    before = datetime.fromisoformat(last).replace(tzinfo=HERE) if last else None
    assert is_due(Settings(), before, at) is due
    assert not is_due(Settings(erase_by_itself=False), before, at)


def test_settings_give_the_terms():
    terms = terms_of(Settings(keep_passages_days=30.0, keep_cases_days=0.0, keep_copies_days=1e7))
    assert (terms.passages.days, terms.cases.days, terms.copies.days) == (30, 1, 3650)


def test_all_steps_make_one_result(store, monkeypatch):
    monkeypatch.setattr("checkpoint_app.store.retention.door.STEP", 2)
    for minute in range(5):
        store.record(recorded(minute=minute), None)
    done = erase_now(store, Settings(), "李四", "command", LATER)
    assert (done.took.total, done.clean, done.by) == (5, True, "李四")
    assert done.took.oldest == MORNING
    assert done.took.newest == MORNING + timedelta(minutes=4)
    assert last_run(store) == LATER
    assert not store.retention.unclean


def test_what_is_due_is_told_before_and_after(store, rights):
    store.record(recorded(), None)
    told = Told()
    rights.reckon(told, told.no)
    assert told.done[-1] == ("1 record of 2022-03-14 are due: Inspections of persons 1",)
    rights.erase(told, told.no)
    assert told.done[-1].took.total == 1
    rights.reckon(told, told.no)
    assert told.done[-1] == ("Nothing is due to be erased",)
    assert told.refused == []


def test_only_whoever_is_in_charge_erases_by_hand(store, rights, people):
    store.record(recorded(), None)
    rights.office.acting = Acting()
    rights.office.acting.enter(people[1])
    rights.office.acting.among(people)
    told = Told()
    rights.erase(told, told.no)
    assert (told.done, told.refused) == ([], ["This is for the officer in charge"])
    rights.erase_if_due(told, told.no)  # the schedule asks nobody
    assert told.done[-1].why == "schedule"
    rights.erase_if_due(told, told.no)
    assert len(told.done) == 1


def test_the_record_is_printed_and_names_nobody(store, rights):
    store.record(recorded(), None)
    told = Told()
    rights.erase(told, told.no)
    rights.past(told, told.no)
    rights.erasure_paper(told.done[-1][0], told)
    text = text_of(told.done[-1])
    assert "Record of erasure" in text
    assert "Inspections of persons" in text
    assert "王小明" not in text


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_notices_are_filled_in_from_the_settings(rights, paper, language):
    told = Told()
    rights.office.translate = translator(language)
    rights.office.settings = replace(
        rights.office.settings, privacy_handler="嵩县疫情防控指挥部", keep_passages_days=21.0
    )
    rights.paper(paper, told)
    text = text_of(told.done[-1]).replace("\n", "")
    assert "嵩县疫情防控指挥部" in text
    assert "0379-60000000" in text
    assert "21" in text


def test_a_shared_phone_gives_nobody_elses_records_out(store, rights):
    mother = Person(name="王母", id_number="410102196003078435", phone="13812345678")
    store.record(recorded("王母", person=mother), None)
    store.record(recorded("王小明", person=Person(name="王小明", phone="13812345678")), None)
    found = store.rights.records_of("410102199003078432", "13812345678", "王小明")
    assert [each.inspection.person.name for each in found.passages] == ["王小明"]
    assert store.rights.records_of(None, "13812345678", "周雨").passages == ()


def test_own_records_come_whole_and_are_on_record(store, rights):
    mine, other = recorded(), recorded("周雨", person=Person(name="周雨", id_number="X1"))
    for each in (mine, other):
        store.record(each, None)
    store.log_look(mine.inspection.id, "李四", "shown", MORNING)
    told = Told()
    rights.own_records(Asked("王小明", "4101 0219 9003 0784 32", "", "身份证"), told, told.no)
    pdf, count = told.done[-1]
    text = text_of(pdf)
    assert count == 1
    assert "13812345678" in text
    assert "Shown on the page that finds records" in text
    assert "周雨" not in text
    assert store.verify().ok


def test_own_records_have_cases_visits_and_absences_too(store, rights):
    """Each under the same document; those of others, and of a namesake, are not among them."""
    stopped = recorded(outcome=Outcome.HOLD)
    case = store.record(stopped, None).case_id
    store.cases.step(case, Step(Event.REPORTED, "李四", unit="赵家屯镇"), MORNING)
    store.log_look(case, "李四", "case", MORNING)
    person = {"name": "王小明", "id_number": "410102199003078432", "operator": "李四"}
    for whose in (person, {**person, "id_number": "X1"}):
        host = "张校长" if whose is person else "刘校长"
        store.visits.register(Visit(id=uuid4(), arrived_at=MORNING, host=host, **whose))
    away = {"leaves_on": MORNING.date(), "returns_on": MORNING.date(), "filed_at": MORNING}
    store.absences.file(Absence(id=uuid4(), places=("西安市",), **away, **person), MORNING)
    mine = {**person, "id_number": "", "phone": "13812345678"}
    store.absences.file(Absence(id=uuid4(), places=("咸阳市",), **away, **mine), MORNING)
    told = Told()
    rights.own_records(
        Asked("王小明", "410102199003078432", "13812345678", "身份证"), told, told.no
    )
    pdf, count = told.done[-1]
    text = text_of(pdf)
    assert count == 5
    missing = [each for each in ("赵家屯镇", "张校长", "西安市", "咸阳市", "Shown with a case")
               if each not in text]  # fmt: skip
    assert missing == []
    assert "刘校长" not in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked("王小明", "", "", "身份证"), "Type a document number or a phone"),
        (
            Asked("王小明", "410102199003078432", "", " "),
            "Look at the identity document first, and say which it was",
        ),
    ],
)
def test_own_records_need_a_number_and_a_look_at_the_document(store, rights, asked, sentence):
    told = Told()
    head = store.verify().head
    rights.own_records(asked, told, told.no)
    assert told.refused == [sentence]
    assert store.verify().head == head


def test_looks_are_listed_masked(store, rights):
    one = recorded()
    store.record(one, None)
    store.log_look(one.inspection.id, "李四", "家属来问", LATER - timedelta(hours=1))
    store.log_look(one.inspection.id, "王五", "shown", LATER - timedelta(days=40))
    told = Told()
    rights.looks(told, told.no)
    ((line,),) = told.done
    assert (line.operator, line.name, line.why) == ("李四", "王*明", "家属来问")


def wish(people, **other):
    officer, witness = people
    kept = Ending(officer.id, "1234", witness.id, "5678", "县指挥部第 9 号令", "DESTROY")
    return replace(kept, **other)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"word": "destroy"}, "Type the word exactly as it stands there"),
        ({"reason": " "}, "Say on whose order and why"),
        ({"pin": "0000"}, "Wrong PIN"),
        ({"witness_pin": "1234"}, "The witness's PIN is wrong"),
    ],
)
def test_the_end_takes_two_people_a_word_and_a_reason(store, rights, people, other, sentence):
    store.record(recorded(), None)
    told = Told()
    rights.end(wish(people, **other), told, told.no)
    assert told.refused == [sentence]
    assert store.verify().ok


def test_nobody_is_their_own_witness(store, rights, people):
    told = Told()
    rights.end(wish(people, witness=people[0].id, witness_pin="1234"), told, told.no)
    assert told.refused == ["The witness must be somebody else"]


def test_after_the_end_a_paper_with_figures_is_left(store, rights, people, data_folder):
    store.record(recorded(), None)
    store.record(recorded("钱七", Outcome.HOLD), None)
    head, told = store.verify().head, Told()
    rights.end(wish(people), told, told.no)
    (ended,) = told.done
    text = text_of(ended.pdf)
    for said in ("Record of destruction", "王芳", "李强", "县指挥部第 9 号令"):
        assert said in text
    assert "王小明" not in text
    assert head != ""
    assert not (data_folder / "keys.json").exists()
