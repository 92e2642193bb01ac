"""Finding people by pieces of what is known of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.person import Person
from checkpoint_app.store import search
from tests.store.travellers import correction, recorded

PEOPLE = {
    "ming": (Person("王小明", id_number="410102199003078432", phone="13812345678"), "豫A12345"),
    "wei": (Person("王伟", id_number="41010519851201001X", phone="15900001111"), "豫B·D88K9"),
    "rare": (Person("䶮㛃𬍛", id_number="E12345678"), None),
    "ouyang": (Person("欧阳小伟", phone="+86 139 1234 5678"), "京AD12345"),
    "aihan": (Person("阿卜杜拉·买买提", id_number="653101197001011234"), None),
    "anna": (Person("Anna Müller-Svensson"), None),
    "masked": (Person("王*明"), None),
}


@pytest.fixture
def found(station):
    """Search by text; gives the short names above, newest first."""
    names = {}
    for short, (person, plate) in PEOPLE.items():
        one = recorded(person=person, plate=plate)
        station.record(one, None)
        names[one.inspection.id] = short
    return lambda text, limit=50: [names[row.id] for row in station.search(text, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王", ["masked", "wei", "ming"]),
        ("王伟", ["wei"]),
        ("小伟", ["ouyang"]),
        ("王小明", ["ming"]),
        ("明王", []),
        ("王明", []),
        ("王*明", ["masked", "ming"]),
        ("𬍛", ["rare"]),
        ("㛃𬍛", ["rare"]),
        ("买买提", ["aihan"]),
        ("阿卜杜拉•买买提", ["aihan"]),
        ("anna", ["anna"]),
        ("MÜLLER", ["anna"]),
        ("sven", ["anna"]),
        ("vens", []),
        ("4101", ["wei", "ming"]),
        ("410102199003078432", ["ming"]),
        ("001x", ["wei"]),
        ("8432", ["ming"]),
        ("078432", ["ming"]),
        ("e123", ["rare"]),
        ("138", ["ming"]),
        ("5678", ["ouyang", "rare", "ming"]),
        ("豫A12345", ["ming"]),
        ("豫a", ["ming"]),
        ("12345", ["ouyang", "ming"]),
        ("D88", ["wei"]),
        ("豫B·D88K9", ["wei"]),
        ("豫BD88K9", ["wei"]),
        ("８４３２", ["ming"]),
        ("王 4101", ["wei", "ming"]),
        ("王 4101 豫A", ["ming"]),
        ("4104", []),
        ("", []),
        (" \t*·", []),
        ('" OR *', []),
        ("NEAR(王", []),
        ("王\x00", ["masked", "wei", "ming"]),
        ("\ud800", []),
    ],
)
def test_pieces_that_find(found, text, expected):
    assert found(text) == expected


def test_the_newest_come_first_and_no_more_than_asked(found):
    assert found("王", 2) == ["masked", "wei"]


def test_a_correction_is_found_by_its_new_words_only(station):
    one = recorded("张三")
    station.record(one, None)
    renamed = recorded("赵六", supersedes=one.inspection.id, outcome=Outcome.PASS)
    station.record(renamed, None)
    assert station.search("张三") == []
    (row,) = station.search("赵六")
    assert row.id == one.inspection.id
    station.record(correction(one, Outcome.PASS, void=True), None)
    assert [row.void for row in station.search("张三")] == [True]


@settings(max_examples=300)
@given(st.text(), st.none() | st.text(), st.none() | st.text(), st.none() | st.text())
def test_terms_are_plain_words_whatever_is_typed(name, id_number, phone, plate):
    terms = search.terms_of(name, id_number, phone, plate)
    assert all(term.isascii() and term.isalnum() for term in terms)
    query = search.query_of(name)
    assert query is None or query.isascii()


def test_any_text_may_be_searched_for(station):
    @settings(max_examples=150)
    @given(st.text(max_size=300))
    def search_for(text):
        assert station.search(text) == []

    search_for()


@given(st.text("王李张伟明华国小", min_size=1, max_size=5))
def test_a_name_is_found_by_each_of_its_pieces(name):
    terms = search.terms_of(name, None, None, None)
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            asked = search.query_of(name[start:end])
            assert asked is not None
            group = asked.strip("()").split(" OR ")[0].strip("()")
            assert set(group.split(" AND ")) <= terms
