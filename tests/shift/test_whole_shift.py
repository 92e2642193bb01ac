"""A whole shift at the real window, from the footage of twenty travellers to the printed sheet."""

from __future__ import annotations

import re
from collections import Counter
from datetime import time
from pathlib import Path

from PySide6.QtCore import Qt

from checkpoint_app.desk import Tone
from checkpoint_app.desk.rehearsal import Action, Traveller, read_story
from checkpoint_app.desk.sheets import period_of
from checkpoint_app.domain.register import Sheet
from checkpoint_app.resources import resource
from checkpoint_app.store.station import Station
from tests.shift.conftest import OpenGate
from tests.shift.gate import OFFICER, SITE, Gate
from tests.shift.officer import PAGES_AWAITED, Officer
from tests.shift.paper import pages_of, print_whole, register_rows, squeezed

STORY = read_story(resource("demo"))
RECORDED = [traveller for traveller in STORY if traveller["recorded"]]
WORDS = {
    "pass": "放行",
    "register": "登记放行",
    "turn_back": "劝返",
    "incomplete": "待核验",
    "retest": "复测",
    "hold": "临时留观",
    "hand_over": "移交",
}
TONES = {
    "pass": Tone.PASS,
    "register": Tone.ATTENTION,
    "incomplete": Tone.ASK,
    "hold": Tone.STOP,
    "hand_over": Tone.STOP,
}
# What the card says as soon as the code was read, where it isn't the itinerary that comes next.
FIRST_SEEN = {
    "t03": "临时留观",
    "t05": "待测温",
    "t07": "移交",
    "t09": "请出示健康码",
    "t10": "临时留观",
    "t12": "待扫码",
    "t13": "请出示健康码",
    "t16": "已放行",
}
ON_PAPER = {  # the health code's word, and what the remarks say besides an officer's change
    "t01": ("绿码", ""),
    "t02": ("证书有效", ""),
    "t03": ("黄码", "黄码"),
    "t04": ("绿码", "复测仍发热：37.9→38.1℃"),
    "t05": ("绿码", ""),
    "t06": ("码过期", "出示的码已过期；证书已过期（2022-06-30）"),
    "t07": ("红码", "红码"),
    "t08": ("证书有效", ""),
    "t09": ("无手机", "无手机，凭证件和申报登记"),
    "t10": ("疑似伪造", "出示的码疑似伪造；签名与内容不符"),
    "t11": ("证书有效", ""),
    "t14": ("证书有效", ""),
    "t15": ("绿码", "复测正常：37.5→36.8℃"),
    "t17": ("证书有效", ""),
    "t18": ("未能核实", "出示的码未能核实；签发机构不在信任名单上"),
    "t20": ("绿码", ""),
}
PRACTICE = "演示画面练习"  # every record made from the demo footage says so
IMPATIENT = {"t01", "t09", "t12", "t13"}  # Enter is pressed before anything else was done
UNDONE_BY_KEY, UNDONE_BY_CHIP = "t08", "t17"


def test_a_whole_shift(open_gate: OpenGate, tmp_path: Path) -> None:
    # Two retests of five minutes lie between the first code and the same code shown again.
    gate = open_gate(duplicate_within=1800.0)
    gate.set_up()
    officer = Officer(gate)
    for traveller in STORY:
        serve(officer, traveller)
    job = print_whole(gate, "县疫情防控指挥部")
    gate.close()
    check_paper(job.pdf, officer)
    check_store(tmp_path / "station", job.pdf, gate)
    check_next_morning(open_gate(clock=gate.clock))


# -- at the desk


def serve(officer: Officer, traveller: Traveller) -> None:
    """One traveller from the first look until nobody stands at the desk."""
    gate = officer.gate
    officer.meet(traveller)
    check_first_seen(officer, traveller)
    for action in traveller["officer"]:
        check_before(officer, traveller, action)
        officer.act(traveller, action)
    gate.comes_to("请出示健康码")
    take_back(officer, traveller)
    check_day(gate, traveller)


def check_first_seen(officer: Officer, traveller: Traveller) -> None:
    gate = officer.gate
    gate.comes_to(FIRST_SEEN.get(traveller["id"], "待查行程"))
    card = gate.app.desk.state.card
    if traveller["duplicate_of"]:
        times = officer.confirmed[traveller["duplicate_of"]]
        assert card.tone is TONES[traveller["verdict"]]
        assert card.subline in {f"{at:%H:%M} 已查验" for at in times}
    elif traveller["shown"][0]["format"] == "unknown":
        assert card.notice == "这不是健康码"
    if traveller["id"] in IMPATIENT:
        officer.press_too_early()


def check_before(officer: Officer, traveller: Traveller, action: Action) -> None:
    """The verdict on the card, just before the officer acts on it."""
    gate = officer.gate
    if action["do"] == "park" and actions(traveller, "wait"):
        gate.comes_to("复测. ")
        officer.press_too_early()
    elif action["do"] == "change":
        gate.comes_to("待核验. ")
        officer.press_too_early()
    elif action["do"] == "confirm" and not gate.page.change.isVisible():
        gate.comes_to(f"{WORDS[traveller['verdict']]}. ")
        assert gate.app.desk.state.card.tone is TONES[traveller["verdict"]]
        assert gate.can_confirm


def take_back(officer: Officer, traveller: Traveller) -> None:
    """Two of them are confirmed by a slip: taken back, and confirmed once more."""
    gate = officer.gate
    recorded = len(gate.lines)
    if traveller["id"] == UNDONE_BY_KEY:
        officer.hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    elif traveller["id"] == UNDONE_BY_CHIP:
        officer.hand.click(gate.page.day.undo)
    else:
        return
    officer.hand.until(lambda: len(gate.lines) == recorded - 1)
    gate.comes_to(f"{WORDS[traveller['verdict']]}. ")
    officer.confirm(traveller)


def check_day(gate: Gate, traveller: Traveller) -> None:
    """The list and the figures at the side, after each traveller."""
    done = [each for each in RECORDED if STORY.index(each) <= STORY.index(traveller)]
    outcomes = Counter(each["outcome"] for each in done)
    through, noted = outcomes["pass"], outcomes["register"]
    abnormal = len(done) - through - noted
    expected = {"人次": len(done), "放行": through, "登记": noted, "异常": abnormal}
    assert gate.counts == expected
    assert len(gate.lines) == len(done)
    if traveller["recorded"]:
        assert gate.lines[0].endswith(WORDS[traveller["outcome"]])
        whole = told(traveller, "name") or "…"
        assert whole not in gate.lines[0]  # masked


# -- on paper


def told(traveller: Traveller, what: str) -> str:
    """What the officer typed of the person."""
    typed = any(action["do"] == "identity" for action in traveller["officer"])
    return traveller["person"].get(what, "") if typed else ""


def names(traveller: Traveller) -> str:
    """A pattern of the name as the sheet may write it; a forged code's name is not believed."""
    shown, name = traveller["shown"][0], told(traveller, "name")
    if name:
        return re.escape(name)
    if shown["format"] == "cn_health_code":
        return masked_on_page(traveller["person"]["name"])
    if shown["holder"] is None or shown["authenticity"] == "bad_signature":
        return ""
    holder = shown["holder"]
    orders = (holder["name"], f"{holder['family']}{holder['given']}")
    return f"(?:{'|'.join(re.escape(squeezed(each)) for each in orders)})"


def masked_on_page(name: str) -> str:
    """As the phone's page has it: 王*, 李*兰."""
    return re.escape(f"{name[0]}*{name[-1] if len(name) > 2 else ''}")


def health(traveller: Traveller) -> str:
    """A pattern of test and vaccination: from the phone's page, or from the certificate."""
    shown = traveller["shown"][0]
    if traveller["id"] in PAGES_AWAITED:
        return "48小时内阴性3剂"
    if shown["format"] == "cn_health_code":
        return "(?:48小时内阴性)?(?:3剂)?"
    return r"\d+剂\d{4}-\d\d-\d\d" if shown["authenticity"] in ("valid", "expired") else ".*?"


def sex_and_number(traveller: Traveller) -> str:
    number = told(traveller, "id_number")
    if number:
        return f"{'男' if int(number[16]) % 2 else '女'}{number}"
    return "[男女]?[A-Z0-9]*" if traveller["shown"][0]["holder"] else ""


def actions(traveller: Traveller, kind: str) -> list[Action]:
    return [action for action in traveller["officer"] if action["do"] == kind]


def remark(traveller: Traveller) -> str:
    changes = [
        f"由待核验更改，{OFFICER}：{change['reason']}" for change in actions(traveller, "change")
    ]
    return "；".join(filter(None, [ON_PAPER[traveller["id"]][1], *changes, PRACTICE]))


def row_start(number: int, traveller: Traveller, officer: Officer) -> str:
    times = {f"{at:%H:%M}" for at in officer.confirmed[traveller["id"]]}
    return f"{number}(?:{'|'.join(times)}){names(traveller)}"


def row_rest(traveller: Traveller) -> str:
    (itinerary,) = actions(traveller, "itinerary")
    readings = [f"{each['celsius']:.1f}" for each in actions(traveller, "temperature")]
    cells = [
        "、".join(itinerary["cities"]),
        ON_PAPER[traveller["id"]][0],
        "已出示" if itinerary["shown"] else "本人申报",
        "/".join(readings),
        "佩戴",
    ]
    end = [WORDS[traveller["outcome"]], OFFICER, remark(traveller)]
    before, after = ("".join(map(re.escape, part)) for part in (cells, end))
    person = f"{sex_and_number(traveller)}{told(traveller, 'phone')}"
    return f"{person}{before}{health(traveller)}{after}"


def check_paper(pdf: bytes, officer: Officer) -> None:
    pages = pages_of(pdf)
    starts = [row_start(at, each, officer) for at, each in enumerate(RECORDED, 1)]
    rows = register_rows(pages, starts)
    assert len(rows) == len(RECORDED) == 16
    for start, traveller, row in zip(starts, RECORDED, rows, strict=True):
        assert re.fullmatch(start + row_rest(traveller), row), (traveller["id"], row)
    outcomes = Counter(each["outcome"] for each in RECORDED)
    order = ("pass", "register", "turn_back", "incomplete", "retest", "hold", "hand_over")
    totals = "".join(f"{WORDS[each]}{outcomes[each]}" for each in order)
    for page in pages:
        assert f"合计：16人次{totals}" in page
        assert f"卡点（场所）：{SITE}" in page


# -- in the store, and the next time


def check_store(folder: Path, pdf: bytes, gate: Gate) -> None:
    now = gate.clock()
    with Station.open(folder, now=now) as station:
        seal = station.seal(period_of(now.date(), time(0), now), Sheet.DAILY, now)
        checked = station.verify()
    for page in pages_of(pdf):
        assert f"校验码：{seal.code}·第{seal.version}版" in page
    assert checked.ok
    assert checked.problem is None


def check_next_morning(gate: Gate) -> None:
    gate.sign_in()
    gate.hand.until(lambda: len(gate.tray) == 2)
    first, second = gate.tray
    assert first.startswith("待核验 龚* 36.3 ℃")
    assert second.startswith("待核验 ")
    assert len(gate.lines) == len(RECORDED)
    gate.hand.click(gate.page.tray.cells[0])
    gate.comes_to("待扫码")
    assert gate.page.form.fields["name"].edit.text() == "龚䶮"
