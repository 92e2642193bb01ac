"""Lists of every kind, importing, pushed persons as they are worked; visitors, notices, passes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RiskEntry,
    RiskLevel,
    RosterEntry,
)
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.worklist import WorkState
from checkpoint_app.store.lists import NewList
from tests.store.lists.people import entry
from tests.ui.room import Room
from tools.screenshots_pages.scene import Act

FILE = (
    "姓名,证件号,电话,来源,联系情况\n王强,410102199003078432,13800138000,市疾控,未接通\n"
    "李四,4.10102E+17,,省,\n赵一鸣,410102196003078435,1380013,市疾控,\n"
)
AREAS = (
    ("310115", "上海市浦东新区", RiskLevel.HIGH),
    ("110108", "北京市海淀区", RiskLevel.MEDIUM),
    ("650100", "新疆维吾尔自治区乌鲁木齐市", RiskLevel.HIGH),
)


def _put(room: Room, kind: ListKind, entries: Sequence[Entry]) -> None:
    room.station.lists.put(
        NewList(kind, "市联防联控机制办公室", room.now(), "王芳"), entries, room.now()
    )


def _watch(room: Room) -> None:
    room.enter()
    _put(room, ListKind.WATCH, [entry(number) for number in range(30)])
    room.at += timedelta(hours=20)
    page = room.pages.lists
    room.window.show_page("lists")
    for place, state in enumerate(WorkState):
        page.table.begin(place)
        line = page.model.line(place).work
        assert line is not None
        page.lists.change(line.row, state, "", page.model.put_work, print)
    page.scopes.chosen.emit(1)
    page.table.begin(0)


def _person(room: Room) -> None:
    _watch(room)
    page = room.pages.lists
    page.table.activated.emit(page.table.currentIndex())


def _risk(room: Room) -> None:
    room.enter()
    _put(
        room,
        ListKind.RISK,
        [RiskEntry(code=code, name=name, level=level) for code, name, level in AREAS],
    )
    room.window.show_page("lists")
    room.pages.lists.show_kind(ListKind.RISK)


def _pupils(room: Room) -> None:
    people = [
        RosterEntry(
            name=f"张{chr(0x4E00 + n)}",
            roster_id=f"2026{n:04}",
            unit=f"七年级（{n % 9 + 1}）班",
            role="学生",
            test_every_h=168,
        )
        for n in range(60)
    ]
    _put(room, ListKind.ROSTER, people)


def _roster(room: Room) -> None:
    room.enter()
    _pupils(room)
    room.window.show_page("lists")
    room.pages.lists.show_kind(ListKind.ROSTER)


def _returnees(room: Room) -> None:
    room.enter()
    people = [
        ReturneeEntry(
            name="阿卜杜热西提·麦麦提",
            id_number="E12345678",
            from_country="哈萨克斯坦",
            arrives=room.now(),
            entry_place="霍尔果斯",
            transport="K9746",
            receiver="县集中隔离点（第一招待所）",
        ),
        ReturneeEntry(
            name="刘洋",
            id_number="E87654321",
            from_country="日本",
            arrives=room.now(),
            entry_place="上海浦东",
            transport="MU524",
            receiver="城关镇",
        ),
    ]
    _put(room, ListKind.RETURNEE, people)
    room.window.show_page("lists")
    room.pages.lists.show_kind(ListKind.RETURNEE)


def _importing(room: Room) -> None:
    room.enter()
    room.window.show_page("lists")
    file = Path(tempfile.mkdtemp(), "0323 推送人员.csv")
    file.write_text(FILE, "utf-8")
    room.pages.lists.look_at(file)


def _empty(room: Room) -> None:
    room.enter()
    room.window.show_page("lists")


def _empty_risk(room: Room) -> None:
    _empty(room)
    room.pages.lists.show_kind(ListKind.RISK)


def _venue(room: Room, tab: str) -> None:
    room.office.venue = True
    room.enter()
    room.window.show_page("people")
    room.pages.people.open(tab)


def _visitors(room: Room) -> None:
    _venue(room, "visitors")
    form, tab = room.pages.people.visitors.form, room.pages.people.visitors
    for name, host, purpose in (
        ("孙立军", "教务处 陈主任", "家长会"),
        ("阿卜杜热西提·麦麦提", "后勤 刘师傅", "维修空调"),
        ("钱某", "校长办公室", "推销教材"),
    ):
        texts = {
            "name": name,
            "host": host,
            "purpose": purpose,
            "phone": "13912345678",
            "unit": "县水务局",
        }
        for field, text in texts.items():
            form.lines[field].setText(text)
        (tab.refuse_button if name == "钱某" else tab.register_button).click()


def _visitors_empty(room: Room) -> None:
    _venue(room, "visitors")


def _away(room: Room) -> None:
    _venue(room, "away")
    tab = room.pages.people.away
    for name in ("赵一鸣", "钱多多"):
        for field, text in {
            "name": name,
            "places": "郑州市，西安市",
            "leaves": "11-20",
            "returns": "11-28",
            "reason": "探亲",
            "unit": "七年级（1）班",
        }.items():
            tab.form.lines[field].setText(text)
        tab.file_button.click()
    tab.table.selectRow(0)


def _passes(room: Room) -> None:
    _venue(room, "passes")
    _pupils(room)
    room.pages.people.passes.opened()
    room.pages.people.passes.table.selectRow(1)


SHOTS: dict[str, Act] = {
    "lists_watch": _watch,
    "lists_person": _person,
    "lists_risk": _risk,
    "lists_roster": _roster,
    "lists_returnees": _returnees,
    "lists_importing": _importing,
    "lists_empty": _empty,
    "lists_empty_risk": _empty_risk,
    "visitors": _visitors,
    "visitors_empty": _visitors_empty,
    "away": _away,
    "passes": _passes,
}
