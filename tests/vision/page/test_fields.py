"""Fields from lines: what the recogniser might have read, without the recogniser."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.vision.page import bearer, heading, journey, load_tables, moments
from checkpoint_app.vision.page.health import health
from checkpoint_app.vision.page.layout import Layout, lay_out
from checkpoint_app.vision.page.ocr import Line

NOW = datetime.fromisoformat("2023-01-01T00:01:00")
TABLES = load_tables()
CODE = ((200.0, 500.0), (500.0, 500.0), (500.0, 800.0), (200.0, 800.0))


def line(text: str, left: float, top: float, *, height: float = 30, score: float = 0.99) -> Line:
    right, bottom = left + height * 0.7 * len(text), top + height
    box = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    return Line(text, (score,) * len(text), left, top, right, bottom, box)


def layout(*lines: Line) -> Layout:
    return lay_out(lines, 700, 1500, CODE)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2022.12.31 23:59:10", "2022-12-31T23:59:10"),
        ("2022.12.3123:59:10", "2022-12-31T23:59:10"),
        ("12-31 23:59:10", "2022-12-31T23:59:10"),
        ("23:59:10 2022-12-31", "2022-12-31T23:59:10"),
        ("2022年12月31日23时59分10秒", "2022-12-31T23:59:10"),
        ("更新于：2022-12-31 23:59", "2022-12-31T23:59:00"),
        ("23:59:10", "2022-12-31T23:59:10"),
        ("01-01 00:01:05", "2023-01-01T00:01:05"),
        ("13-41 23:59:10", None),
        ("采样时间 2022-12-31 23:59:10", None),
        ("09:41", None),
    ],
)
def test_the_clock_of_a_page(text: str, clock: str | None) -> None:
    found = moments.clock(layout(line(text, 200, 400)), TABLES, NOW)
    assert (found.value.isoformat() if found else None) == clock


def test_a_clock_in_two_lines() -> None:
    found = moments.clock(
        layout(line("2022-12-31", 50, 400), line("23:59:10", 350, 402)), TABLES, NOW
    )
    assert found is not None
    assert found.value == datetime.fromisoformat("2022-12-31T23:59:10")


def test_a_doubtful_digit_makes_the_clock_uncertain() -> None:
    found = moments.clock(layout(line("2022-12-31 23:59:10", 50, 400, score=0.5)), TABLES, NOW)
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("150****3634的动态行程卡", "150****3634"),
        ("手机号码：138***2046", "138****2046"),
        ("13812345678", "13812345678"),
        ("客服热线：13812345678", None),
        ("12812345678", None),
        ("3701**********4417", None),
    ],
)
def test_phones(text: str, phone: str | None) -> None:
    found = bearer.phone(layout(line(text, 50, 200)), TABLES)
    assert (found.value if found else None) == phone


@pytest.mark.parametrize(
    ("text", "number", "sure"),
    [
        ("11010519491231002X", "11010519491231002X", True),
        ("110105194912310021", "110105194912310021", False),
        ("37**************17", "37**************17", True),
        ("37*********17", "37**************17", False),
        ("证件号码：3***************7X", "3***************7X", True),
        ("3水*水水水*水水17", "3***************17", False),
    ],
)
def test_id_numbers(text: str, number: str, sure: bool) -> None:
    found = bearer.id_number(layout(line(text, 50, 200)), TABLES, date(2023, 1, 1))
    assert found is not None
    assert (found.value, found.sure) == (number, sure)


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("王*明", "37**************17"), "王*明"),
        (("**明", "37**************17"), "**明"),
        (("欧阳娜", "37**************17"), "欧阳娜"),
        (("姓名：买买提·艾力",), "买买提·艾力"),
        (("王小明 138****2046",), "王小明"),
        (("姓名：绿码",), None),
        (("安徽", "37**************17"), None),
        (("成员管理", "37**************17"), None),
        (("温馨提示", "37**************17"), None),
        (("请*后再试", "37**************17"), None),
    ],
)
def test_names(texts: tuple[str, ...], name: str | None) -> None:
    lines = [line(text, 50, 200 + 50 * number) for number, text in enumerate(texts)]
    laid = layout(*lines)
    numbers = [bearer.phone(laid, TABLES), bearer.id_number(laid, TABLES, date(2023, 1, 1))]
    found = bearer.name(laid, TABLES, [each for each in numbers if each])
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("texts", "result", "hours"),
    [
        (("核酸检测", "24小时阴性"), NatResult.NEGATIVE, 24),
        (("核酸检测", "阴性", "48小时内"), NatResult.NEGATIVE, 48),
        (("3天内核酸阴性",), NatResult.NEGATIVE, 72),
        (("核酸：阳性",), NatResult.POSITIVE, None),
        (("核酸：阳性", "核酸：阴性"), NatResult.UNKNOWN, None),
        (("核酸检测", "未出结果"), None, None),
        (("请持48小时核酸阴性证明",), None, None),
        (("核酸检测点24小时营业",), None, None),
        (("查看14天是否到过", "阴性"), None, None),
    ],
)
def test_tests(texts: tuple[str, ...], result: NatResult | None, hours: int | None) -> None:
    laid = layout(*(line(text, 50, 900 + 40 * number) for number, text in enumerate(texts)))
    test = health(laid, TABLES, None, NOW).test
    assert (test.result if test else None) is result
    assert (test.within_hours if test else None) == hours


@pytest.mark.parametrize(
    ("texts", "shots"),
    [
        (("疫苗接种", "3次"), (3, None)),
        (("已接种2剂",), (2, None)),
        (("新冠疫苗", "已接种2剂"), (2, None)),
        (("已打加强针", "疫苗接种"), (None, True)),
        (("疫苗接种", "全程接种"), (None, True)),
        (("疫苗接种", "未完成接种"), (None, False)),
        (("疫苗接种", "未接种"), (0, False)),
        (("疫苗接种", "请及时接种第三针"), None),
        (("疫苗接种查询",), None),
    ],
)
def test_vaccinations(texts: tuple[str, ...], shots: tuple[int | None, bool | None] | None) -> None:
    laid = layout(*(line(text, 50, 900 + 40 * number) for number, text in enumerate(texts)))
    found = health(laid, TABLES, None, NOW).vaccination
    assert ((found.doses, found.complete) if found else None) == shots


def test_a_test_of_december_is_no_future_one() -> None:
    laid = layout(line("核酸检测 阴性", 50, 900), line("12-31 22:00 采样", 50, 940))
    test = health(laid, TABLES, None, NOW).test
    assert test is not None
    assert test.at == NOW - timedelta(hours=2, minutes=1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("山东省济南市", "370100"),
        ("北京市", "110000"),
        ("上海", "310000"),
        ("湖北省仙桃市", "429004"),
        ("北京市朝阳区", "110105"),
        ("吉林省吉林市", "220200"),
        ("香港特别行政区", "810000"),
        ("朝阳区", None),
        ("某某市", None),
    ],
)
def test_division_codes(text: str, code: str | None) -> None:
    assert journey.division_code(text, TABLES) == code


def test_cities_over_two_lines_with_stars() -> None:
    laid = layout(
        line("您于前7天内到达或途经：河南省郑州", 50, 900),
        line("市,陕西省西安市*,上海市(*)", 50, 936),
        line("结果包含您在前7天内到访的城市", 50, 980),
    )
    cities, sure = journey.cities(laid, TABLES)
    assert [(each.name, each.starred) for each in cities] == [
        ("河南省郑州市", False),
        ("陕西省西安市", True),
        ("上海市", True),
    ]
    assert sure


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("福建健康码", "福建健康码"),
        ("苏康码·绿码", "苏康码"),
        ("深圳健康码", "深圳健康码"),
        ("粤康码", "粤康码"),
        ("四川天府健", "四川天府健康通"),
        ("我的健康码", None),
        ("出示健康码", None),
        ("电子健康卡二维码", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    found = heading.issuer(layout(line(text, 200, 30)), TABLES)
    assert (found.value if found else None) == title


def test_the_word_nearest_to_the_code_counts() -> None:
    laid = layout(line("黄码", 300, 820), line("绿码", 50, 1300))
    word = heading.colour_word(laid, TABLES)
    assert word is not None
    assert (word.word, word.sure) == ("黄码", False)


def test_a_station_adds_its_own_words(tmp_path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "words.toml").write_text('[test]\nnegative = ["未见异常"]\n', "utf-8")
    (tmp_path / "pages" / "issuers.toml").write_text(
        '[[issuer]]\ntitles = ["小镇平安牌"]\n', "utf-8"
    )
    tables = load_tables(tmp_path)
    assert tables.has("test.negative", "结果未见异常")
    assert tables.has("test.negative", "阴性")
    assert "小镇平安牌" in tables.titles


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[test", b'test = 3\nissuer = "x"'])
def test_a_broken_table_adds_nothing(tmp_path, content: bytes) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("words.toml", "issuers.toml"):
        (tmp_path / "pages" / name).write_bytes(content)
    tables = load_tables(tmp_path)
    assert tables.words == load_tables().words
