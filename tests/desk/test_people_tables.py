"""The visitors' book and the roster's overdue tests on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from checkpoint_app.desk.sheets import SheetOrder, table_of
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period, Sheet, Table
from checkpoint_app.domain.visiting import Visit
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.store.travellers import DAY, MORNING, correction, recorded

SETTINGS = Settings(site_name="凤凰县第一中学", site_kind="school")
EVENING = MORNING + timedelta(hours=8)


@pytest.fixture
def station(data_folder: Path) -> Iterator[Station]:
    with Station.open(data_folder, now=MORNING) as opened:
        yield opened


def made(station: Station, kind: Sheet, mask: Mask = Mask.NONE, *, typed: bool = False) -> Table:
    order = SheetOrder(kind, DAY, mask, "王芳")
    return table_of(station, order, SETTINGS, translator("zh_CN"), EVENING, typed=typed)


def column(table: Table, key: str) -> list[object]:
    place = [each.key for each in table.columns].index(key)
    return [row[place] for row in table.rows]


VISIT = Visit(
    id=UUID(int=1), arrived_at=MORNING, name="李建国", operator="王芳", host="王主任",
    id_number="410102199003078432", phone="13812345678", unit="建材公司", purpose="送货",
    companions=("张三丰",), temperature_c=36.5, left_at=MORNING + timedelta(hours=1),
)  # fmt: skip


def test_the_visitors_book_is_the_register_of_visitors(station: Station) -> None:
    station.visits.register(VISIT)
    table = made(station, Sheet.VISITORS)
    assert column(table, "host") == ["王主任"]
    assert column(table, "left_at") == ["09:00"]
    assert column(table, "remark") == ["张三丰"]
    assert column(table, "outcome") == ["放行"]
    assert table.counted == 1
    masked = made(station, Sheet.VISITORS, Mask.PARTIAL)
    assert column(masked, "name") == ["李*国"]
    assert column(masked, "phone") == ["138****5678"]
    assert column(made(station, Sheet.VISITORS, typed=True), "temperature") == [36.5]


def test_a_visit_raises_the_version_of_the_register(station: Station) -> None:
    first = station.seal(DAY, Sheet.VISITORS, EVENING)
    station.visits.register(VISIT)
    assert station.seal(DAY, Sheet.VISITORS, EVENING).version == first.version + 1
    assert station.verify().ok


def test_whose_test_is_overdue_by_the_roster(station: Station) -> None:
    fresh, old = EVENING - timedelta(hours=10), EVENING - timedelta(days=9)
    entries = (
        RosterEntry(name="王小明", role="学生", test_every_h=72, tested_at=fresh, unit="高一"),
        RosterEntry(name="李红", role="食堂", test_every_h=72, tested_at=old, phone="13812345678"),
        RosterEntry(name="赵六", role="保安", test_every_h=72),
        RosterEntry(name="不查", role="学生"),
    )
    station.lists.put(NewList(ListKind.ROSTER, "名册", MORNING, "王芳"), entries, MORNING)
    table = made(station, Sheet.OVERDUE_TESTS)
    assert column(table, "name") == ["李红", "赵六"]
    assert column(table, "overdue") == ["6 天", ""]
    assert column(table, "last_test")[1] == "未查到"


def figures(station: Station, day: int) -> dict[object, tuple[object, object]]:
    """What the summary of a day says: by item, this period and in all."""
    period = Period(DAY.start + timedelta(days=day), DAY.end + timedelta(days=day))
    order = SheetOrder(Sheet.SUMMARY, period, Mask.NONE, "王芳")
    table = table_of(station, order, SETTINGS, translator("zh_CN"), period.end)
    return {row[1]: (row[2], row[3]) for row in table.rows}


def test_the_summary_s_figures_in_all_hold_through_days_and_corrections(station: Station) -> None:
    first = recorded("王建国")
    station.record(first, None)
    station.record(recorded("次日", Outcome.TURN_BACK, minute=24 * 60), None)
    assert figures(station, 0)["查验人次"] == ("1", "1")
    assert figures(station, 1)["查验人次"] == ("1", "2")
    assert figures(station, 1)["劝返人员"] == ("1", "1")
    assert figures(station, 1)["查验人次"] == ("1", "2")
    station.record(recorded("补录", minute=3), None)
    assert figures(station, 1)["查验人次"] == ("1", "3")
    station.record(replace(correction(first, Outcome.PASS), void=True), None)
    assert figures(station, 1)["查验人次"] == ("1", "2")
    assert figures(station, 0)["查验人次"] == ("1", "1")
    assert figures(station, 1)["新增台账"] == ("1", "1")
