"""Hiding parts of names and numbers, and comparing what others have hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.masking import (
    HIDDEN,
    Mask,
    fits_masked,
    mask_name,
    mask_number,
    mask_numbers_within,
    mask_phone,
    mask_plate,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        (None, ""),
        ("", ""),
        ("王", "*"),
        ("王明", "王*"),
        ("王小明", "王*明"),
        ("王 小 明", "王*明"),
        ("欧阳小华", "欧**华"),
        ("𠅤𬍛", "𠅤*"),
        ("王\U00020164明", "王*明"),
        ("葛\U000e0100城明", "葛\U000e0100*明"),  # a variation selector belongs to its character
        ("吾麦尔江·艾力", "吾麦尔江·***"),
        ("阿依古丽·买买提·艾力", "阿依古丽·***"),
        ("Anna Maria Muster", "Anna ***"),
        ("Madonna", "M***"),
        ("M", "M***"),
        ("Müller", "M****r"),
    ],
)
def test_names(name: str | None, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (None, ""),
        ("410103197611238836", "410***********8836"),
        ("11010519491231002X", "110***********002X"),
        ("110105491231002", "110********1002"),
        ("E12345678", "E*****678"),
        ("H1234567801", "H*******801"),
        ("12345", "1***5"),
        ("12", "**"),
        ("1", "*"),
    ],
)
def test_numbers(number: str | None, masked: str) -> None:
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        (None, ""),
        ("13812348888", "138****8888"),
        ("037112345678", "037*****5678"),
        ("+85212345678", "+85*****5678"),
        ("12345678", "12****78"),
        ("110", "***"),
    ],
)
def test_phones(phone: str | None, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("plate", "masked"),
    [
        (None, ""),
        ("", ""),
        ("豫A52121", "豫A·5**21"),
        ("豫a·52121", "豫A·5**21"),
        ("豫AD12345", "豫A·D***45"),
        ("京A1234警", "京A·1**4警"),
        ("使014578", "使01**78"),
        ("无牌", "**"),
    ],
)
def test_plates(plate: str | None, masked: str) -> None:
    assert mask_plate(plate) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (None, ""),
        ("", ""),
        ("李主任 13812348888", "李主任 138****8888"),
        ("李主任１３８１２３４８８８８", "李主任138****8888"),
        ("11010519491231002X，电话 13812348888", "110***********002X，电话 138****8888"),
        ("138 1234 8888 李", "138******8888 李"),
        ("1" * 30, "111" + "*" * 23 + "1111"),
        ("南街 12 号 3 楼", "南街 12 号 3 楼"),
    ],
)
def test_numbers_within_text(text: str | None, masked: str) -> None:
    assert mask_numbers_within(text) == masked


EACH = [mask_name, mask_number, mask_phone, mask_plate]


@pytest.mark.parametrize("hide", EACH)
def test_masked_wholly_or_not_at_all(hide) -> None:
    assert hide("豫A52121", Mask.FULL) == HIDDEN
    assert hide("", Mask.FULL) == ""
    assert hide("豫A52121", Mask.NONE).replace("·", "") == "豫A52121"


def test_text_masked_wholly_hides_its_numbers() -> None:
    assert mask_numbers_within("李 13812348888", Mask.FULL) == "李 ***"
    assert mask_numbers_within("李 13812348888", Mask.NONE) == "李 13812348888"


# ---- comparing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("masked", "whole", "fits"),
    [
        ("王*明", "王小明", True),
        ("王＊明", "王小明", True),
        ("王**明", "王小明", True),  # some pages put two stars for one character
        ("王*明", "王大小明", True),
        ("王*明", "王明", False),  # a star hides at least one
        ("王*明", "李小明", False),
        ("王*明", "王小红", False),
        ("**明", "王小明", True),
        ("*明", "王小明", True),
        ("王*", "王明", True),
        ("王*", "王", False),
        ("*", "王", True),
        ("*王*", "王王王", True),
        ("*王*", "李王明", True),
        ("*王*", "王明", False),
        ("王小明", "王小明", True),
        ("王小明", "王小红", False),
        ("王 小明", "王小明", True),
        ("吾麦尔江·艾*", "吾麦尔江•艾力", True),
        ("吾***·艾力", "吾麦尔江.艾力", True),
        ("anna ***", "Anna Muster", True),
        ("150****3634", "15012343634", True),
        ("１５０****３６３４", "15012343634", True),
        ("150***3634", "15012343634", False),  # in a number each star hides one
        ("150****3634", "15012343635", False),
        ("410***********8836", "410103197611238836", True),
        ("***********", "15012343634", True),
        ("", "王小明", False),
        ("王*明", "", False),
        ("", "", False),
        ("*" * 60, "王" * 60, True),
        ("*a" * 100, "a" * 100, False),
    ],
)
def test_what_a_page_shows_fits_who_stands_there(masked: str, whole: str, fits: bool) -> None:
    assert fits_masked(masked, whole) is fits


han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)
digits = st.text("0123456789", min_size=1, max_size=20)


@given(han)
def test_a_name_fits_its_own_mask(name: str) -> None:
    assert fits_masked(mask_name(name), name)
    assert fits_masked(name, name)


@given(han, han)
def test_names_with_a_dot_fit_their_own_mask(first: str, second: str) -> None:
    name = f"{first}·{second}"
    assert fits_masked(mask_name(name), name)


@given(digits)
def test_a_number_fits_its_own_mask(number: str) -> None:
    assert fits_masked(mask_number(number), number)
    assert fits_masked(mask_phone(number), number)


@given(digits.filter(lambda number: len(number) > 8))
def test_a_masked_number_does_not_hold_the_number(number: str) -> None:
    assert number not in mask_number(number)
    assert mask_number(number).count("*") >= 4


@given(st.text(max_size=80), st.sampled_from(Mask), st.sampled_from(EACH))
def test_masking_never_raises_and_full_shows_nothing(text: str, mask: Mask, hide) -> None:
    hidden = hide(text, mask)
    if mask is Mask.FULL:
        assert hidden in ("", HIDDEN)


@given(st.text("王明*·a1", max_size=200), st.text("王明*·a1", max_size=200))
def test_comparing_never_raises_or_hangs(masked: str, whole: str) -> None:
    fits_masked(masked, whole)
