"""What a phone's page adds at the desk: late, only into what is empty, only for its own person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from checkpoint_app.domain.credential import Basis, Colour, NatResult
from checkpoint_app.domain.inspection import CodeStatus, Outcome
from checkpoint_app.domain.page import Page, PageKind, ShownCity, ShownTest, ShownVaccination
from checkpoint_app.domain.reasons import Code
from tests.desk.conftest import START, Post

A, B = (f"https://h5.dingtalk.com/healthCode/{letter * 24}" for letter in "ab")
LOCAL = START.replace(tzinfo=None)
CODE_PAGE = Page(
    PageKind.HEALTH_CODE,
    colour=Colour.GREEN,
    colour_word="绿码",
    colour_told=Colour.GREEN,
    name="李*国",
    phone="138****8888",
    clock=LOCAL,
    clock_ticks=True,
    test=ShownTest(NatResult.NEGATIVE, 48, LOCAL - timedelta(hours=10)),
    vaccination=ShownVaccination(3, True),
)
CARD = Page(
    PageKind.ITINERARY_CARD,
    colour=Colour.GREEN,
    phone="138****8888",
    clock=LOCAL,
    cities=(ShownCity("上海市", True, "310000"), ShownCity("苏州市", False, "320500")),
)


def see(post: Post, page: Page, text: str | None = A, at: datetime | None = None) -> None:
    post.desk.see_page(page, at or post.clock(), (text,) if text else ())


def reasons(post: Post) -> set[Code]:
    return {reason.code for reason in post.desk.state.reasons}


def test_a_page_fills_what_is_empty(post: Post) -> None:
    post.show(A)
    see(post, CODE_PAGE)
    current = post.desk.state.inspection
    assert current is not None
    assert (current.person.name, current.person.phone) == ("李*国", "138****8888")
    assert dict(current.fields_basis)["name"] is Basis.OBSERVED
    assert current.test is not None
    assert current.test.sampled_at == START - timedelta(hours=10)
    assert current.vaccination is not None
    assert current.vaccination.doses == 3


def test_what_the_officer_typed_is_never_overwritten(post: Post) -> None:
    post.show(A)
    post.desk.set_field("name", "李建国")
    see(post, CODE_PAGE)
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.person.name == "李建国"
    assert Code.HOLDER_MISMATCH not in reasons(post)


def test_code_and_card_fill_one_inspection_and_a_star_is_raised_at_once(post: Post) -> None:
    post.show(A)
    see(post, CODE_PAGE)
    see(post, CARD, None)
    current = post.desk.state.inspection
    assert current is not None
    assert current.itinerary is not None
    assert [city.name for city in current.itinerary.cities] == ["上海市", "苏州市"]
    assert Code.STAR_UNANSWERED in reasons(post)
    post.type("365")
    assert not post.desk.state.can_confirm


def test_a_page_never_comes_onto_the_next_person(post: Post) -> None:
    post.green(A)
    taken_at = post.clock()
    post.desk.confirm()
    see(post, CODE_PAGE, A, taken_at)
    assert post.desk.state.inspection is None
    post.clock.wait(seconds=1)
    post.show(B)
    see(post, CODE_PAGE, None, taken_at)
    see(post, CODE_PAGE, A)
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.person.name is None


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (replace(CODE_PAGE, colour_word="红码", colour_told=Colour.RED), Code.COLOUR_WORD_DIFFERS),
        (replace(CODE_PAGE, clock=LOCAL - timedelta(minutes=3)), Code.CLOCK_OFF),
        (replace(CARD, phone="139****1111"), Code.PHONES_DIFFER),
    ],
)
def test_a_contradiction_holds_the_pass(post: Post, page: Page, found: Code) -> None:
    post.green(A)
    see(post, CODE_PAGE)
    assert post.desk.state.can_confirm
    see(post, page, A if page.kind is PageKind.HEALTH_CODE else None)
    assert found in reasons(post)
    assert not post.desk.state.can_confirm


def test_a_name_that_does_not_fit_the_person_entered_is_told(post: Post) -> None:
    post.show(A)
    post.desk.set_field("name", "王芳")
    see(post, CODE_PAGE)
    assert Code.HOLDER_MISMATCH in reasons(post)


def test_a_still_picture_of_a_page_is_told_by_its_clock(post: Post) -> None:
    post.green(A)
    for _ in range(6):
        see(post, CODE_PAGE)
        post.clock.wait(seconds=1)
    assert Code.CLOCK_FROZEN in reasons(post)


def test_a_running_clock_is_no_finding(post: Post) -> None:
    post.green(A)
    for second in range(6):
        see(post, replace(CODE_PAGE, clock=LOCAL + timedelta(seconds=second)))
        post.clock.wait(seconds=1)
    assert post.desk.state.verdict is not None
    assert post.desk.state.verdict.outcome is Outcome.PASS


def test_only_the_modules_colour_makes_a_code(post: Post) -> None:
    post.type("365")
    see(post, replace(CODE_PAGE, colour=Colour.UNKNOWN), None)
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.health_code is None
    see(post, CODE_PAGE, None)
    code = post.desk.state.inspection.health_code
    assert code is not None
    assert (code.status, code.basis) == (CodeStatus.GREEN, Basis.OBSERVED)


def test_a_pages_clock_is_judged_by_when_it_was_seen(post: Post) -> None:
    post.green(A)
    see(post, CODE_PAGE)
    post.clock.wait(minutes=5)
    see(post, replace(CARD, clock=None), None)
    assert Code.CLOCK_OFF not in reasons(post)


def test_the_same_code_with_another_name_is_told(post: Post) -> None:
    post.green(A)
    see(post, CODE_PAGE)
    post.desk.confirm()
    post.clock.wait(hours=1)
    post.green(A)
    see(post, replace(CODE_PAGE, clock=None, name="王*"))
    assert Code.NAME_DIFFERS in reasons(post)


def test_doubtful_fields_stay_empty(post: Post) -> None:
    post.show(A)
    see(post, replace(CODE_PAGE, uncertain=frozenset({"name", "phone", "nat"})))
    current = post.desk.state.inspection
    assert current is not None
    assert (current.person.name, current.person.phone, current.test) == (None, None, None)
    see(post, replace(CARD, uncertain=frozenset({"cities"})), None)
    assert post.desk.state.inspection is not None
    assert post.desk.state.inspection.itinerary is None
