"""The day's lists, cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest, Vaccination
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Journey,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    Symptom,
)
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.register import (
    Mask,
    Order,
    Period,
    Sheet,
    Table,
    build,
    is_abnormal,
)
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.registers.templates import template_for

from .travellers import BEIJING, NOW, WHO, cities, code, minutes, reading, recorded, sampled

DAY = Period(datetime(2026, 11, 23, tzinfo=BEIJING), datetime(2026, 11, 24, tzinfo=BEIJING))
chinese = translator("zh_CN")


def table(
    sheet: Sheet,
    *records: RecordedInspection,
    mask: Mask = Mask.NONE,
    period: Period = DAY,
    venue: bool = False,
) -> Table:
    wording = sheet_wording(chinese, venue=venue)
    template, fault = template_for(sheet, None, venue=False)
    assert fault is None
    return build(sheet, template, records, Order("城北", period, mask, wording))


def daily(*records: RecordedInspection, **choices: Any) -> list[dict[str, str]]:
    return _rows(table(Sheet.DAILY, *records, **choices))


def abnormal(*records: RecordedInspection, **choices: Any) -> list[dict[str, str]]:
    return _rows(table(Sheet.ABNORMAL, *records, **choices))


def _rows(found: Table) -> list[dict[str, str]]:
    assert all(len(row) == len(found.columns) for row in found.rows)
    keys = [column.key for column in found.columns]
    assert len(set(keys)) == len(keys)
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


@pytest.mark.parametrize(
    ("sheet", "headings"),
    [
        (
            Sheet.DAILY,
            "序号 时间 姓名 性别 证件号 电话 现住址 车牌号 出发地 目的地 目的地接收人及电话 "
            "途经/旅居史 健康码 行程卡 体温 口罩 核酸（采样时间、结果） 疫苗 处置措施 登记人 备注",
        ),
        (
            Sheet.ABNORMAL,
            "序号 时间 姓名 证件号 电话 车牌号 目的地 同行人 初测 复测 症状 接触史/旅居史 码状态 "
            "处置 报告时间 接报单位/人 移交单位 移交时间 接收人签字 处置结果 登记人",
        ),
    ],
)
def test_columns_as_offices_use_them(sheet: Sheet, headings: str) -> None:
    assert [chinese(column.heading) for column in table(sheet).columns] == headings.split()


EVERYTHING: dict[str, Any] = {
    "person": Person(
        name="李建国",
        sex="M",
        id_number="410103197611238836",
        phone="13812348888",
        residence="城关镇南街村 12 号",
    ),
    "journey": Journey("豫A52121", "上海市", "南街村", "王主任 13912345678"),
    "itinerary": cities(City("上海市", starred=True, in_risk_area=True), City("郑州市")),
    "test": NucleicAcidTest(NatResult.NEGATIVE, NOW - timedelta(hours=20)),
    "vaccination": Vaccination(3, True, date(2026, 1, 5)),
    "temperatures": (reading(37.5), reading(36.9, 6)),
    "symptoms": (Symptom.COUGH, Symptom.FATIGUE),
    "contact": True,
    "note": "已电话核实 13912345678",
}


def test_a_whole_daily_line() -> None:
    (row,) = daily(recorded(1, **EVERYTHING))
    assert row == {
        "number": "1",
        "time": "03:12",
        "name": "李建国",
        "sex": "男",
        "id_number": "410103197611238836",
        "phone": "13812348888",
        "residence": "城关镇南街村 12 号",
        "plate": "豫A·52121",
        "origin": "上海市",
        "destination": "南街村",
        "receiver": "王主任 13912345678",
        "places": "上海市*、郑州市",
        "health_code": "绿码",
        "itinerary_card": "已出示",
        "temperature": "37.5/36.9",
        "mask": "佩戴",
        "test": "11-22 07:12 阴性",
        "vaccination": "3 剂 2026-01-05",
        "outcome": "临时留观",
        "operator": "王芳",
        "remark": "症状：干咳、乏力；自述接触过病例；复测正常：37.5 → 36.9 ℃；"
        "到过上海市（风险地区），有有效核酸阴性；已电话核实 13912345678",
    }


def test_a_whole_abnormal_line() -> None:
    (row,) = abnormal(recorded(1, **EVERYTHING))
    assert row == {
        "number": "1",
        "time": "03:12",
        "name": "李建国",
        "id_number": "410103197611238836",
        "phone": "13812348888",
        "plate": "豫A·52121",
        "destination": "南街村",
        "companions": "",
        "first_reading": "37.5",
        "retest": "36.9",
        "symptoms": "干咳、乏力",
        "history": "接触过病例、上海市*、郑州市",
        "health_code": "绿码",
        "measure": "临时留观",
        "reported_at": "",
        "reported_to": "",
        "handed_to": "",
        "handed_at": "",
        "signature": "",
        "result": "",
        "operator": "王芳",
    }


def test_masked_as_chosen() -> None:
    record = recorded(1, **EVERYTHING)
    (partly,) = daily(record, mask=Mask.PARTIAL)
    assert partly["name"] == "李*国"
    assert partly["id_number"] == "410***********8836"
    assert partly["phone"] == "138****8888"
    assert partly["plate"] == "豫A·5**21"
    assert partly["receiver"] == "王主任 139****5678"
    assert partly["remark"].endswith("已电话核实 139****5678")
    (wholly,) = daily(record, mask=Mask.FULL)
    hidden = ("name", "id_number", "phone", "plate")
    assert [wholly[key] for key in hidden] == ["***"] * 4
    assert "13912345678" not in "".join(wholly.values())
    assert partly["operator"] == wholly["operator"] == "王芳"


def test_nothing_known_is_an_empty_cell() -> None:
    facts: dict[str, Any] = {
        "person": Person(),
        "health_code": None,
        "itinerary": None,
        "temperatures": (),
        "mask": None,
    }
    (row,) = daily(recorded(1, **facts))
    filled = {key for key, cell in row.items() if cell}
    assert filled == {"number", "time", "outcome", "operator", "remark"}


@pytest.mark.parametrize(
    ("facts", "key", "cell"),
    [
        ({"person": Person(sex="F")}, "sex", "女"),
        ({"person": Person(sex="?")}, "sex", ""),
        ({"mask": False}, "mask", "未佩戴"),
        ({"health_code": code(CodeStatus.FORGED)}, "health_code", "疑似伪造"),
        ({"itinerary": cities(shown=False)}, "itinerary_card", "本人申报"),
        ({"temperatures": (reading(36.0),)}, "temperature", "36.0"),
        ({"temperatures": (reading(37.25),)}, "temperature", "37.3"),
        ({"temperatures": (reading(float("nan")),)}, "temperature", "?"),
        ({"test": sampled(None, NatResult.POSITIVE)}, "test", "阳性"),
        ({"test": sampled(None, NatResult.UNKNOWN)}, "test", "结果不明"),
        (
            {"test": NucleicAcidTest(NatResult.NEGATIVE, within_hours=24)},
            "test",
            "24 小时内 阴性",
        ),
        ({"vaccination": Vaccination(0)}, "vaccination", "未接种"),
        ({"vaccination": Vaccination(complete=True)}, "vaccination", "已全程"),
        ({"vaccination": Vaccination()}, "vaccination", ""),
        ({"person": Person(name="<b>王</b>\x00\n明")}, "name", "<b>王</b> 明"),
        ({"person": Person(name="𠅤𬍛")}, "name", "𠅤𬍛"),
        ({"note": "第一行\n第二行\x1b[31m"}, "remark", "第一行 第二行[31m"),
    ],
)
def test_cells(facts: dict[str, Any], key: str, cell: str) -> None:
    (row,) = daily(recorded(1, **facts))
    assert row[key] == cell


def test_a_long_note_does_not_fill_the_page() -> None:
    (row,) = daily(recorded(1, note="长" * 10_000))
    assert len(row["remark"]) <= 300


def test_venues_say_it_their_way() -> None:
    record = recorded(1, outcome=Outcome.TURN_BACK)
    assert daily(record)[0]["outcome"] == "劝返"
    assert daily(record, venue=True)[0]["outcome"] == "不予进入"


def test_times_are_the_sites_own() -> None:
    record = recorded(1, confirmed_at=datetime(2026, 11, 22, 19, 12, tzinfo=UTC))
    assert daily(record)[0]["time"] == "03:12"


@pytest.mark.parametrize(
    ("start", "end", "time"),
    [
        (datetime(2026, 11, 23, tzinfo=BEIJING), datetime(2026, 11, 24, tzinfo=BEIJING), "03:12"),
        (
            datetime(2026, 11, 22, 17, tzinfo=BEIJING),
            datetime(2026, 11, 23, 17, tzinfo=BEIJING),
            "11-23 03:12",
        ),
    ],
)
def test_a_period_over_midnight_writes_dates(start: datetime, end: datetime, time: str) -> None:
    assert daily(recorded(1), period=Period(start, end))[0]["time"] == time


def test_serial_numbers_and_totals() -> None:
    found = table(
        Sheet.DAILY,
        recorded(1),
        recorded(2, health_code=code(CodeStatus.RED)),
        recorded(3, health_code=code(CodeStatus.NONE)),
        recorded(4),
    )
    assert [row[0] for row in found.rows] == ["1", "2", "3", "4"]
    assert {chinese(word): count for word, count in found.totals} == {
        "放行": 2,
        "登记放行": 1,
        "劝返": 0,
        "待核验": 0,
        "复测": 0,
        "临时留观": 0,
        "移交": 1,
    }


def test_an_empty_day_is_an_empty_sheet() -> None:
    found = table(Sheet.ABNORMAL, recorded(1))
    assert found.rows == ()
    assert sum(count for _, count in found.totals) == 0
    assert found.site == "城北"


def correction(of: int, own: int, **changes: Any) -> RecordedInspection:
    later = {"supersedes": UUID(int=of), "confirmed_at": NOW + minutes(30)}
    return recorded(own, **(later | changes))


@pytest.mark.parametrize("own", [1, 9])  # a correction may keep the number or have its own
def test_a_correction_stands_in_the_place_of_the_first(own: int) -> None:
    rows = daily(
        recorded(1, person=WHO),
        recorded(2),
        correction(1, own, person=Person(name="李建园")),
    )
    assert [row["name"] for row in rows] == ["李建园", "李建国"]
    assert [row["number"] for row in rows] == ["1", "2"]
    assert rows[0]["time"] == "03:12"
    assert rows[0]["remark"] == "已更正"
    assert rows[1]["remark"] == ""


def test_corrections_of_corrections() -> None:
    rows = daily(
        recorded(1),
        correction(1, 5, note="甲"),
        correction(5, 6, note="乙"),
        correction(1, 7, note="丙"),
    )
    assert [row["remark"] for row in rows] == ["已更正；丙"]


@pytest.mark.parametrize("own", [1, 9])
def test_what_was_taken_back_is_left_out(own: int) -> None:
    rows = daily(recorded(1), recorded(2), correction(1, own, void=True))
    assert len(rows) == 1
    assert rows[0]["number"] == "1"


def test_a_correction_taken_back_takes_all_back() -> None:
    assert daily(recorded(1), correction(1, 5), correction(5, 6, void=True)) == []


def test_a_correction_of_another_days_record_stands_in_its_own_period() -> None:
    (row,) = daily(correction(77, 78))
    assert row["remark"] == "已更正"
    assert row["time"] == "03:42"


def test_a_changed_outcome_names_reason_and_officer() -> None:
    change = OutcomeChange(Outcome.PASS, "县指挥部来电 13912345678", "王芳", second_officer="赵敏")
    record = recorded(1, health_code=code(CodeStatus.YELLOW), outcome=Outcome.PASS, change=change)
    (row,) = daily(record, mask=Mask.PARTIAL)
    assert row["outcome"] == "放行"
    assert row["remark"] == "黄码；由临时留观更改，王芳：县指挥部来电 139****5678"
    (listed,) = abnormal(record)
    assert listed["measure"] == "放行；由临时留观更改，王芳：县指挥部来电 13912345678"


def test_braces_in_what_people_write_change_nothing() -> None:
    change = OutcomeChange(Outcome.PASS, "{before}{0}", "{officer}")
    record = recorded(1, outcome=Outcome.PASS, change=change, note="{}")
    assert daily(record)[0]["remark"] == "由放行更改，{officer}：{before}{0}；{}"


RISKY = cities(City("上海市", in_risk_area=True))


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        ({}, False),
        ({"health_code": code(CodeStatus.NONE)}, False),
        ({"emergency": True}, False),
        ({"emergency": True, "health_code": code(CodeStatus.RED)}, True),
        ({"health_code": code(CodeStatus.RED)}, True),
        ({"health_code": code(CodeStatus.YELLOW)}, True),
        ({"health_code": code(CodeStatus.FORGED)}, True),
        ({"health_code": code(CodeStatus.GREY)}, True),
        ({"mask": False}, True),
        ({"temperatures": (reading(37.8),)}, True),
        ({"temperatures": (reading(37.8), reading(36.5, 6))}, True),
        ({"temperatures": (reading(33.0), reading(36.5, 6))}, False),
        ({"itinerary": RISKY, "local": False}, True),
        ({"itinerary": RISKY, "test": sampled(minutes(5))}, True),
        ({"itinerary": RISKY, "local": True, "community_acceptance": True}, True),
        ({"outcome": Outcome.HOLD}, True),  # an officer's doing
        ({"outcome": Outcome.REGISTER}, False),
        ({"mask": False, "outcome": Outcome.PASS}, True),  # would have been stopped
    ],
)
def test_who_is_on_the_abnormal_list(changes: dict[str, Any], listed: bool) -> None:
    record = recorded(1, **changes)
    assert is_abnormal(record) is listed
    assert len(abnormal(record)) == listed


LISTS = [each for each in Sheet if each not in (Sheet.SUMMARY, Sheet.ZERO, Sheet.BLANK)]


@pytest.mark.parametrize("sheet", LISTS)
def test_every_word_of_a_sheet_has_chinese(sheet: Sheet) -> None:
    asked: set[str] = set()

    def text(message: str, **values: object) -> str:
        asked.add(message)
        return message

    change = OutcomeChange(Outcome.HOLD, "x", "y")
    records = [
        recorded(1, **EVERYTHING),
        recorded(2, person=Person(sex="F"), mask=False, itinerary=cities(shown=False)),
        recorded(3, symptoms=(), vaccination=Vaccination(0), change=change, contact=True),
        correction(3, 4, test=NucleicAcidTest(NatResult.UNKNOWN, within_hours=48), change=change),
        recorded(5, test=sampled(None, NatResult.POSITIVE), vaccination=Vaccination(None, True)),
    ]
    template, _ = template_for(sheet, None, venue=False)
    found = build(sheet, template, records, Order("", DAY, Mask.NONE, sheet_wording(text)))
    asked |= {column.heading for column in found.columns} | {word for word, _ in found.totals}
    assert not [each for each in asked if chinese(each) == each]
