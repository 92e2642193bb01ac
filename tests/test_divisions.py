"""What a typed place means, by code and by name."""

from __future__ import annotations

import pytest

from checkpoint_app.divisions import code_of, names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("310000", "310000"),
        ("310115", "310115"),
        ("411326100000", "411326100000"),
        ("３１０１１５", "310115"),
        ("上海市", "310000"),
        ("上海", "310000"),
        ("上海市浦东新区", "310115"),
        ("上海浦东", "310115"),
        ("上海市市辖区浦东新区张江镇", "310115"),
        ("浦东新区", "310115"),
        ("河南省南阳市淅川县荆紫关镇", "411326"),
        ("河南淅川县", "411326"),
        ("河南省 南阳市 淅川县", "411326"),
        ("湖北武汉", "420100"),
        ("武汉市江汉区", "420103"),
        ("广西", "450000"),
        ("中国河南", "410000"),
        ("吉林省", "220000"),
        ("新疆维吾尔自治区", "650000"),
        ("香港", "810000"),
        ("鼓楼区", None),  # there are four
        ("南京市鼓楼区", "320106"),
        ("", None),
        (None, None),
        ("巴黎", None),
        ("4103", None),
        ("市", None),
        ("x" * 10_000, None),
        ("上海市巴黎路", "310000"),
    ],
)
def test_a_place(text: str | None, code: str | None) -> None:
    assert code_of(text) == code


def test_of_one_name_the_nearest_is_meant() -> None:
    assert code_of("鼓楼区", "410205") == "410204"
    assert code_of("鼓楼区", "320102") == "320106"
    assert code_of("鼓楼区", "110101") is None


def test_every_division_is_found_by_the_names_on_the_way_to_it() -> None:
    for code, name in names().items():
        outer = [names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", "")]
        if name == outer[1]:
            continue  # a city with no counties is its own county in the table
        assert code_of("".join(dict.fromkeys((*outer, name)))) == code, (code, name)
