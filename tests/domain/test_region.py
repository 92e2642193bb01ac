"""Which division lies in which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.region import PROVINCES, contains, divisions, is_province


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("410000", "410103", True),
        ("41", "410103", True),
        ("4101", "410103", True),
        ("410100", "410103", True),
        ("410100", "410200", False),
        ("410103", "410100", False),
        ("410103", "410103", True),
        ("410103", "410103001", True),
        ("410103", "410103001002", True),
        ("410103000000", "410103001002", True),
        ("410103001", "410103001002", True),
        ("410103001000", "410103002001", False),
        ("410000000000", "419001", True),
        ("419001", "419001001", True),
        ("310000", "310115", True),
        ("310115", "310000", False),
        ("310100", "310000", False),
        ("410000", "420000", False),
        ("", "410103", False),
        ("410103", "", False),
        ("0", "410103", False),
        ("000000", "410103", False),
        ("4", "410103", False),
        ("41010", "410103", False),
        ("河南", "410103", False),
        ("41010٣", "410103", False),
    ],
)
def test_containment(outer: str, inner: str, inside: bool) -> None:
    assert contains(outer, inner) is inside


def test_provinces() -> None:
    assert len(PROVINCES) == 34
    assert len(set(PROVINCES.values())) == 34
    assert is_province("41")
    assert is_province("83")
    assert not is_province("99")
    assert not is_province("")


codes = st.from_regex(r"[1-9][0-9]([0-9]{4}|[0-9]{7}|[0-9]{10})", fullmatch=True)


@given(codes, codes, codes)
def test_containment_is_an_order(first: str, second: str, third: str) -> None:
    assert contains(first, first)
    if contains(first, second) and contains(second, third):
        assert contains(first, third)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_answered(outer: str, inner: str) -> None:
    contains(outer, inner)


CODES = ("41", "410000", "4101", "410100", "410103", "410103001", "410103001002", "110105", "x", "")


@pytest.mark.parametrize("area", CODES)
@pytest.mark.parametrize("place", CODES)
def test_many_divisions_are_asked_like_one(area: str, place: str) -> None:
    many = divisions(frozenset({area, "650000", "nowhere"}))
    assert many.contain(place) is contains(area, place)
    assert many.lie_in(place) is contains(place, area)
    assert many.touch(place) is (contains(area, place) or contains(place, area))
