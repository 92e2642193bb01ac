"""The figures of the daily summary and the zero report, and who stands on which list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from checkpoint_app.domain.credential import NatResult, NucleicAcidTest, Vaccination
from checkpoint_app.domain.figures import ITEMS, blank_form, counted, summary, zero_report
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Journey,
    Outcome,
    OutcomeChange,
    RecordedInspection,
)
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.register import build
from checkpoint_app.domain.sheet import Order, Period, Sheet, Table
from checkpoint_app.i18n import translator
from checkpoint_app.i18n.reasons import sheet_wording
from checkpoint_app.registers.templates import template_for

from .travellers import BEIJING, NOW, RISKY, code, minutes, reading, recorded

DAY = Period(datetime(2026, 11, 23, tzinfo=BEIJING), datetime(2026, 11, 24, tzinfo=BEIJING))
chinese = translator("zh_CN")
ORDER = Order("城北", DAY, Mask.NONE, sheet_wording(chinese))
BACK = {"outcome": Outcome.TURN_BACK}


def template(sheet: Sheet):
    return template_for(sheet, None, venue=False)[0]


def listed(sheet: Sheet, *records: RecordedInspection, **changes: object) -> Table:
    return build(sheet, template(sheet), records, replace(ORDER, **changes))


def cells(table: Table, key: str) -> list[object]:
    place = [each.key for each in table.columns].index(key)
    return [row[place] for row in table.rows]


FEVERISH = recorded(2, temperatures=(reading(37.5), reading(36.9, 6)))
UNVACCINATED = recorded(3, vaccination=Vaccination(0))
VISITOR = recorded(4, journey=Journey(purpose="探亲", receiver="王主任"))
FROM_RISK = recorded(5, itinerary=RISKY, local=False)


@pytest.mark.parametrize(
    ("sheet", "who"),
    [
        (Sheet.TEMPERATURES, {2}),
        (Sheet.UNVACCINATED, {3}),
        (Sheet.VISITORS, {4}),
        (Sheet.RISK_CONTACTS, {5}),
        (Sheet.DAILY, {1, 2, 3, 4, 5}),
    ],
)
def test_who_stands_on_which_list(sheet: Sheet, who: set[int]) -> None:
    records = [recorded(1), FEVERISH, UNVACCINATED, VISITOR, FROM_RISK]
    named = [
        replace(r, inspection=replace(r.inspection, person=Person(name=f"名{n}")))
        for n, r in enumerate(records, 1)
    ]
    assert cells(listed(sheet, *named), "name") == [f"名{n}" for n in sorted(who)]


def test_one_vehicle_turned_back_is_one_row_with_its_people() -> None:
    car = Journey("豫A52121")
    records = [
        recorded(1, journey=car, person=Person(name="王建国"), **BACK),
        recorded(2, journey=car, person=Person(name="李芳"), at=NOW + minutes(2), **BACK),
        recorded(3, person=Person(name="步行者"), at=NOW + minutes(3), **BACK),
        recorded(4, journey=car, person=Person(name="再来"), at=NOW + minutes(90), **BACK),
        recorded(5, journey=car),
    ]
    table = listed(Sheet.TURNED_BACK, *records)
    assert cells(table, "people") == ["2", "1", "1"]
    assert cells(table, "people_names") == ["王建国、李芳", "步行者", "再来"]
    assert table.totals == (("Vehicles", 2), ("Persons", 4))


@pytest.mark.parametrize(
    ("number", "group"),
    [
        ("11010519491231002X", "60 to 79"),
        ("110105202401010010", "Under 3"),
        (None, "Age unknown"),
    ],
)
def test_the_unvaccinated_are_counted_by_age_and_unit(number: str | None, group: str) -> None:
    person = Person(name="甲", id_number=number, unit="一中")
    table = listed(Sheet.UNVACCINATED, recorded(1, person=person, vaccination=Vaccination(0)))
    by = dict(table.subtotals)
    assert by["By unit"] == (("一中", 1),)
    if number != "110105202401010010":
        assert by["By age"] == ((group, 1),)


def test_values_for_a_workbook_keep_their_kind() -> None:
    table = listed(Sheet.DAILY, recorded(1, temperatures=(reading(36.5),)), typed=True)
    assert cells(table, "number") == [1]
    assert cells(table, "temperature") == [36.5]
    assert cells(table, "time") == [datetime(2026, 11, 23, 3, 12)]  # noqa: DTZ001
    assert cells(table, "id_number") == ["11010519491231002X"]


def test_what_other_ledgers_know_stands_in_its_column() -> None:
    known = {"reported_to": "县指挥部\n王主任", "reported_at": NOW.replace(tzinfo=None)}
    table = listed(Sheet.ABNORMAL, FEVERISH, extras=lambda _: known)
    assert cells(table, "reported_to") == ["县指挥部 王主任"]
    assert cells(table, "reported_at") == ["11-23 03:12"]


def test_the_summary_counts_the_period_and_all() -> None:
    change = OutcomeChange(Outcome.PASS, "更正", "王芳")
    records = [
        recorded(1),
        recorded(2, health_code=code(CodeStatus.RED)),
        recorded(3, journey=Journey("豫A52121"), **BACK),
        recorded(4, journey=Journey("豫A52121"), at=NOW + minutes(5), **BACK),
        recorded(5, test=NucleicAcidTest(NatResult.POSITIVE), change=change),
        recorded(6, void=True),
    ]
    counts = counted(records, ORDER)
    assert {k: counts[k] for k in ("checked", "turned_back", "vehicles", "vehicles_back")} == {
        "checked": 5,
        "turned_back": 2,
        "vehicles": 1,
        "vehicles_back": 1,
    }
    assert (counts["abnormal_codes"], counts["positive"], counts["changed"]) == (1, 1, 1)
    table = summary(template(Sheet.SUMMARY), counts, counted(records * 2, ORDER), ORDER)
    assert len(table.rows) == len(ITEMS)
    assert table.rows[0][:4] == ("1", "查验人次", "5", "10")


def test_a_day_with_nothing_is_a_zero_report_and_a_day_with_something_is_none() -> None:
    zero = zero_report(template(Sheet.ZERO), counted([recorded(1)], ORDER), ORDER)
    assert zero.statement == "本时段查验 1 人次，各登记表均无登记，特此零报告。"
    assert {row[2] for row in zero.rows} == {"0"}
    some = zero_report(template(Sheet.ZERO), counted([FEVERISH], ORDER), ORDER)
    assert "有异常登记" in some.statement


def test_blank_forms_are_numbered() -> None:
    table = blank_form(template(Sheet.BLANK), "1123-", ORDER)
    assert [row[0] for row in table.rows[:2]] == ["1123-001", "1123-002"]
    assert not any("".join(map(str, row[1:])) for row in table.rows)


def test_a_vehicle_seen_again_much_later_is_counted_again() -> None:
    car = Journey("豫A52121")
    late = recorded(2, journey=car, at=NOW + timedelta(hours=3))
    assert counted([recorded(1, journey=car), late], ORDER)["vehicles"] == 2
