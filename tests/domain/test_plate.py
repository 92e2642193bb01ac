"""Number plates of every kind, as written and as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.plate import (
    COLOURS,
    PLATE_LIMIT,
    PlateKind,
    plate_text,
    read_plate,
    tidy_plate,
)

K = PlateKind


@pytest.mark.parametrize(
    ("written", "text", "kind", "shown"),
    [
        ("豫A88888", "豫A88888", K.ORDINARY, "豫A·88888"),
        ("豫A·88888", "豫A88888", K.ORDINARY, "豫A·88888"),
        ("豫A•88888", "豫A88888", K.ORDINARY, "豫A·88888"),
        ("豫a-88888", "豫A88888", K.ORDINARY, "豫A·88888"),
        (" 豫 A 88888 ", "豫A88888", K.ORDINARY, "豫A·88888"),
        ("豫Ａ８８８８８", "豫A88888", K.ORDINARY, "豫A·88888"),
        ("沪C·5AB21", "沪C5AB21", K.ORDINARY, "沪C·5AB21"),
        ("京AD12345", "京AD12345", K.NEW_ENERGY_SMALL, "京A·D12345"),
        ("京AF12345", "京AF12345", K.NEW_ENERGY_SMALL, "京A·F12345"),
        ("京ADA2345", "京ADA2345", K.NEW_ENERGY_SMALL, "京A·DA2345"),
        ("京A12345D", "京A12345D", K.NEW_ENERGY_LARGE, "京A·12345D"),
        ("京A12345f", "京A12345F", K.NEW_ENERGY_LARGE, "京A·12345F"),
        ("京A1234警", "京A1234警", K.POLICE, "京A·1234警"),
        ("京X1234应急", "京X1234应急", K.RESCUE, "京X·1234应急"),
        ("冀B1234挂", "冀B1234挂", K.TRAILER, "冀B·1234挂"),
        ("冀B1234学", "冀B1234学", K.LEARNER, "冀B·1234学"),
        ("冀B1234试", "冀B1234试", K.TRIAL, "冀B·1234试"),
        ("224578使", "224578使", K.EMBASSY, "224578使"),
        ("使014·578", "使014578", K.EMBASSY, "使014578"),
        ("沪A0023领", "沪A0023领", K.CONSULATE, "沪A·0023领"),
        ("粤Z·AB12港", "粤ZAB12港", K.CROSS_BORDER, "粤Z·AB12港"),
        ("粤Z1234澳", "粤Z1234澳", K.CROSS_BORDER, "粤Z·1234澳"),
        ("VA12345", "VA12345", K.ARMED_FORCES, "VA·12345"),
        ("WJ京12345", "WJ京12345", K.ARMED_POLICE, "WJ京·12345"),
        ("WJ京1234X", "WJ京1234X", K.ARMED_POLICE, "WJ京·1234X"),
        ("WJ12345", "WJ12345", K.ARMED_POLICE, "WJ·12345"),
    ],
)
def test_plates(written: str, text: str, kind: PlateKind, shown: str) -> None:
    found = read_plate(written)
    assert found is not None
    assert (found.text, found.kind) == (text, kind)
    assert plate_text(written) == shown
    assert plate_text(shown) == shown
    assert found.colours == COLOURS[kind]


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "88888",
        "A88888",
        "豫88888",
        "豫A8888",
        "豫A888888",
        "豫I88888",  # I and O are never used
        "豫O88888",
        "豫AI8888",
        "豫A8O888",
        "豫AL12345",  # L is no letter of new energy
        "京A1234D5",
        "京AD1234A",
        "啊A88888",
        "粤A1234港",
        "粤Z12345港",
        "京A12345警",
        "IA12345",
        "WJ啊1234X",
        "豫A٨٨٨٨٨",
        "豫A88888" * 1000,
        "<b>豫A88888</b>",
    ],
)
def test_no_plates(written: str | None) -> None:
    assert read_plate(written) is None


def test_every_kind_has_a_colour() -> None:
    assert set(COLOURS) == set(PlateKind)
    assert all(COLOURS.values())


@pytest.mark.parametrize("unknown", ["", None, "无牌", "临时", "AB 123 CD"])
def test_what_has_another_form_stays_readable(unknown: str | None) -> None:
    assert plate_text(unknown) == tidy_plate(unknown)


@given(st.text(max_size=60))
def test_any_text_is_tidied_once(text: str) -> None:
    tidy = tidy_plate(text)
    assert tidy_plate(tidy) == tidy
    assert len(tidy) <= PLATE_LIMIT
    read_plate(text)
    assert tidy_plate(plate_text(text)) == tidy


@given(st.from_regex(r"[豫京沪][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", fullmatch=True))
def test_ordinary_plates(text: str) -> None:
    found = read_plate(text.lower())
    assert found is not None
    assert found.text == text
