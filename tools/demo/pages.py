"""What stands on the phones, papers and cards of the demo: the project's own layouts and artwork.

Each drawing says that it is a demo. `page_of` chooses by the showing's format and gives a picture
and the centre of its code, in pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from tools.demo.drawing import (
    FAINT,
    INK,
    LINE,
    SOFT,
    STATUS,
    STATUS_SOFT,
    Sheet,
    aztec_modules,
    fitted,
    qr_modules,
    symbol,
)
from tools.demo.story import Showing, Traveller

PAGE = (600, 1240)  # a phone's screen
_STATUS_WORD = {
    "green": "绿码 凭码通行",
    "yellow": "黄码 请配合核查",
    "red": "红码 请联系社区",
    "grey": "灰码 信息待核对",
}
_PLACE = {
    "zhejiang": "浙江",
    "sichuan": "四川",
    "guangdong": "广东",
    "shanghai": "上海",
    "henan": "河南",
    "shaanxi": "陕西",
    "fujian": "福建",
    "hubei": "湖北",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page; `code_at` is where its code's centre is, or the middle of what matters."""

    image: Image.Image
    code_at: tuple[float, float]


def page_of(traveller: Traveller, showing: Showing) -> Page:
    """The page, paper or card that this showing holds up."""
    draw: dict[str, Callable[[Traveller, Showing], Page]] = {
        "cn_health_code": _health_code,
        "itinerary_card": _itinerary,
        "eu_dcc": _certificate,
        "smart_health_card": _health_card,
        "vds_nc": _travel_paper,
        "site_pass": _site_pass,
        "unknown": _shop,
        "none": _identity_card,
    }
    if showing.format == "eu_dcc" and showing.carrier == "paper":
        return _certificate_paper(traveller, showing)
    return draw[showing.format](traveller, showing)


def masked(name: str) -> str:
    """A name as such pages show one: 王*明, 赵*."""
    return f"{name[0]}*{name[-1] if len(name) > 2 else ''}"


def _screen(top: str, ground: str = "#F4F6F7") -> Sheet:
    """An empty phone page with a coloured head that carries the phone's own signs."""
    sheet = Sheet(*PAGE, fill=ground)
    sheet.box((0, 0, PAGE[0], 220), top)
    for number in range(4):
        height = 7 + 4 * number
        sheet.box((40 + 11 * number, 44 - height, 47 + 11 * number, 44), "#F0F5F7", 2)
    sheet.box((516, 24, 560, 45), "#FFFFFF", 6)
    sheet.box((519, 27, 548, 42), "#5C6F78", 4)
    return sheet


def _demo_chip(sheet: Sheet, right: float, middle: float) -> None:
    sheet.box((right - 96, middle - 20, right, middle + 20), "#FFFFFF", 20)
    sheet.text((right - 48, middle), "演示", 24, SOFT, "mm")


def _health_code(traveller: Traveller, showing: Showing) -> Page:
    colour = showing.colour or "grey"
    sheet = _screen(STATUS[colour])
    sheet.text((40, 118), f"健康码 · {_PLACE[showing.label]}", 40, "#FFFFFF", "lm", bold=True)
    _demo_chip(sheet, 560, 118)
    sheet.box((24, 180, 576, 960), "#FFFFFF", 24)
    name = traveller.told["person"].get("name", "王明")
    _holder_line(sheet, masked(name), colour)
    code = symbol(qr_modules(showing.text, "q"), 500, STATUS[colour])
    left, top = (600 - code.width) // 2, 590 - code.height // 2
    sheet.paste(code, (left, top))
    _seal(sheet, 300, 590, colour)
    sheet.box((60, 862, 540, 936), STATUS_SOFT[colour], 37)
    sheet.text((300, 899), _STATUS_WORD[colour], 36, STATUS[colour], "mm", bold=True)
    _tile(sheet, 24, "核酸检测", "阴性 48小时内" if colour == "green" else "暂无结果")
    _tile(sheet, 308, "疫苗接种", "已完成 3 剂")
    _small_print(sheet, "演示样张 · 人物与号码均为虚构")
    return Page(sheet.image, (300, 590))


def _holder_line(sheet: Sheet, name: str, colour: str) -> None:
    sheet.draw.ellipse((56, 212, 124, 280), STATUS_SOFT[colour])
    sheet.draw.ellipse((79, 224, 101, 246), STATUS[colour])
    sheet.draw.pieslice((68, 248, 112, 292), 180, 360, STATUS[colour])
    sheet.text((144, 230), name, 36, INK, "lm", bold=True)
    sheet.text((144, 270), "请主动出示 · 实时更新", 22, SOFT, "lm")
    sheet.draw.line((56, 304, 544, 304), LINE, 2)


def _seal(sheet: Sheet, x: float, y: float, colour: str) -> None:
    """A shield with a tick in the middle of the code, where such codes carry a sign."""
    sheet.box((x - 40, y - 40, x + 40, y + 40), "#FFFFFF", 14)
    shield = [(-28, -26), (0, -34), (28, -26), (28, 4), (0, 34), (-28, 4)]
    sheet.draw.polygon([(x + across, y + down) for across, down in shield], STATUS[colour])
    sheet.draw.line([(x - 13, y - 2), (x - 3, y + 9), (x + 14, y - 13)], "#FFFFFF", 6, "curve")


def _tile(sheet: Sheet, left: float, head: str, words: str) -> None:
    sheet.box((left, 984, left + 268, 1110), "#FFFFFF", 20)
    sheet.text((left + 24, 1022), head, 24, SOFT, "lm")
    sheet.text((left + 24, 1068), words, fitted(words, 30, 226, True), INK, "lm", bold=True)


def _small_print(sheet: Sheet, words: str) -> None:
    sheet.text((300, 1168), words, 22, FAINT, "mm")


def _itinerary(traveller: Traveller, showing: Showing) -> Page:
    colour = STATUS[showing.colour or "green"]
    sheet = _screen(colour, ground=colour)
    sheet.text((300, 118), "行程卡", 42, "#FFFFFF", "mm", bold=True)
    _demo_chip(sheet, 560, 118)
    sheet.box((36, 200, 564, 1060), "#FFFFFF", 24)
    phone = traveller.told["person"].get("phone", "13800000000")
    sheet.text((300, 268), f"{phone[:3]}****{phone[-4:]} 的动态行程卡", 30, INK, "mm", bold=True)
    sheet.draw.ellipse((190, 360, 410, 580), outline=colour, width=16)
    arrow = [(300, 400), (364, 468), (322, 468), (322, 536), (278, 536), (278, 468), (236, 468)]
    sheet.draw.polygon(arrow, colour)
    sheet.draw.line((80, 660, 520, 660), LINE, 2)
    sheet.text((80, 720), "您于前7天内到达或途经：", 32, INK, "lm")
    cities = "，".join(showing.cities)
    sheet.text((80, 786), cities, fitted(cities, 44, 440, True), INK, "lm", bold=True)
    sheet.text((80, 990), "结果包含在前7天内到访的城市", 22, FAINT, "lm")
    sheet.text((300, 1150), "演示样张 · 非真实行程", 22, "#EEF8F2", "mm")
    return Page(sheet.image, (300, 620))


def _certificate(_traveller: Traveller, showing: Showing) -> Page:
    sheet = _screen("#1F3F77", ground="#F1F4FA")
    sheet.text((40, 104), "Vaccination certificate", 34, "#FFFFFF", "lm", bold=True)
    sheet.text((40, 154), "Demo Health Authority", 24, "#E8EDF6", "lm")
    _demo_chip(sheet, 560, 154)
    sheet.box((14, 196, 586, 800), "#FFFFFF", 20)
    code = symbol(qr_modules(showing.text), 568)
    sheet.paste(code, ((600 - code.width) // 2, 498 - code.height // 2))
    _fields(sheet, 850, _person_fields(showing, "Doses", "2 of 2"))
    _small_print(sheet, "DEMO · not a real certificate")
    return Page(sheet.image, (300, 498))


def _person_fields(showing: Showing, head: str, words: str) -> list[tuple[str, str]]:
    holder = showing.holder
    return [
        ("Name", f"{holder['family']}, {holder['given']}"),
        ("Born", holder["birth_date"]),
        (head, words),
    ]


def _fields(sheet: Sheet, top: float, fields: list[tuple[str, str]], left: float = 40) -> None:
    for number, (head, words) in enumerate(fields):
        y = top + 92 * number
        sheet.text((left, y), head, 22, SOFT, "lm")
        sheet.text((left, y + 38), words, fitted(words, 32, 520, True), INK, "lm", bold=True)


def _health_card(_traveller: Traveller, showing: Showing) -> Page:
    sheet = _screen("#5B3A8C", ground="#F5F2FA")
    sheet.text((40, 104), "Health Card", 38, "#FFFFFF", "lm", bold=True)
    number, count = showing.part
    under = "Demo Clinic" if count == 1 else f"Demo Clinic · code {number} of {count}"
    sheet.text((40, 154), under, 24, "#E8EDF6", "lm")
    _demo_chip(sheet, 560, 154)
    sheet.box((6, 196, 594, 808), "#FFFFFF", 20)
    code = symbol(qr_modules(showing.text), 590)
    sheet.paste(code, ((600 - code.width) // 2, 502 - code.height // 2))
    for dot in range(count if count > 1 else 0):
        x = 300 + 28 * (dot - (count - 1) / 2)
        sheet.draw.ellipse((x - 8, 822, x + 8, 838), "#5B3A8C" if dot + 1 == number else "#CFC4E2")
    _fields(sheet, 870, _person_fields(showing, "Vaccine", "COVID-19"))
    _small_print(sheet, "DEMO · not a real card")
    return Page(sheet.image, (300, 502))


def _shop(_traveller: Traveller, showing: Showing) -> Page:
    sheet = _screen("#E2562F", ground="#FFF4EC")
    sheet.text((40, 120), "小店优惠券", 40, "#FFFFFF", "lm", bold=True)
    _demo_chip(sheet, 560, 120)
    sheet.box((24, 190, 576, 1060), "#FFFFFF", 24)
    sheet.text((300, 270), "满 50 减 8", 60, "#E2562F", "mm", bold=True)
    sheet.text((300, 336), "扫码领取 · 本周有效", 26, SOFT, "mm")
    code = symbol(qr_modules(showing.text, "m"), 420, INK)
    sheet.paste(code, ((600 - code.width) // 2, 610 - code.height // 2))
    for x in range(44, 560, 24):
        sheet.draw.line((x, 880, x + 12, 880), LINE, 4)
    sheet.text((300, 960), "豆浆 · 油条 · 热干面", 36, INK, "mm")
    _small_print(sheet, "演示样张 · 不是健康码")
    return Page(sheet.image, (300, 610))


def _paper(width: int, height: int) -> Sheet:
    sheet = Sheet(width, height, "#FBFAF6")
    for fold in (height // 3, 2 * height // 3):  # the creases of a sheet carried in a pocket
        sheet.draw.line((0, fold, width, fold), "#ECE9E0", 3)
        sheet.draw.line((0, fold + 3, width, fold + 3), "#FFFFFF", 2)
    return sheet


def _certificate_paper(_traveller: Traveller, showing: Showing) -> Page:
    sheet = _paper(860, 1180)
    sheet.box((0, 0, 860, 18), "#1F3F77")
    sheet.text((60, 90), "Vaccination certificate", 44, "#1F3F77", "lm", bold=True)
    sheet.text((60, 142), "Demo Health Authority · DEMO, not a real certificate", 24, SOFT, "lm")
    sheet.draw.line((60, 184, 800, 184), LINE, 3)
    code = symbol(aztec_modules(showing.text), 600)
    sheet.paste(code, ((860 - code.width) // 2, 500 - code.height // 2))
    _fields(sheet, 850, _person_fields(showing, "Doses", "2 of 2"), left=60)
    return Page(sheet.image, (430, 500))


def _travel_paper(_traveller: Traveller, showing: Showing) -> Page:
    sheet = _paper(940, 1240)
    sheet.box((40, 40, 900, 150), "#0E6E78", 12)
    sheet.text((70, 78), "PROOF OF VACCINATION", 40, "#FFFFFF", "lm", bold=True)
    sheet.text((70, 122), "UTOPIA · DEMO, not a travel document", 24, "#F0F5F7", "lm")
    code = symbol(qr_modules(showing.text), 740)
    sheet.paste(code, ((940 - code.width) // 2, 540 - code.height // 2))
    _fields(sheet, 950, _person_fields(showing, "Vaccine", "Demo vaccine, dose 2"), left=60)
    return Page(sheet.image, (470, 540))


def _site_pass(traveller: Traveller, showing: Showing) -> Page:
    sheet = Sheet(660, 960, "#00000000")
    sheet.box((0, 0, 660, 960), "#FFFFFF", 36)
    sheet.box((0, 0, 660, 230), "#0E6E78", 36)
    sheet.box((0, 150, 660, 230), "#0E6E78")
    sheet.box((270, 28, 390, 52), "#0A4F57", 12)  # the slot that the lanyard goes through
    sheet.text((48, 110), "场所通行证", 44, "#FFFFFF", "lm", bold=True)
    sheet.text((48, 176), "城北高速口卡点 · 值守人员", 28, "#F0F5F7", "lm")
    code = symbol(qr_modules(showing.text, "m"), 500, INK)
    sheet.paste(code, ((660 - code.width) // 2, 500 - code.height // 2))
    name = traveller.told["person"]["name"]
    sheet.text((330, 800), name, 60, INK, "mm", bold=True)
    sheet.text((330, 872), "编号 R-0042", 32, SOFT, "mm")
    sheet.text((330, 922), "演示样张", 22, FAINT, "mm")
    return Page(sheet.image, (330, 500))


def _identity_card(traveller: Traveller, _showing: Showing) -> Page:
    """A plain card with what the officer must type; it resembles no country's document."""
    sheet = Sheet(1000, 630, "#00000000")
    sheet.box((0, 0, 1000, 630), "#E9F0F4", 34)
    sheet.box((0, 0, 1000, 96), "#5C7F92", 34)
    sheet.box((0, 60, 1000, 96), "#5C7F92")
    sheet.text((44, 50), "证件样张", 36, "#FFFFFF", "lm", bold=True)
    sheet.text((956, 50), "演示", 30, "#F0F5F7", "rm")
    person = traveller.told["person"]
    sheet.text((44, 170), "姓名", 28, SOFT, "lm")
    sheet.text((44, 230), person["name"], 58, INK, "lm", bold=True)
    sheet.text((44, 330), "出生", 28, SOFT, "lm")
    born = person["id_number"][6:14]
    sheet.text((44, 384), f"{born[:4]}年{int(born[4:6])}月{int(born[6:])}日", 42, INK, "lm")
    sheet.text((44, 490), "公民身份号码", 28, SOFT, "lm")
    sheet.text((44, 554), person["id_number"], 54, INK, "lm", bold=True)
    sheet.box((710, 150, 950, 460), "#D3E0E7", 16)
    sheet.draw.ellipse((778, 196, 882, 312), "#7E98A6")
    sheet.draw.pieslice((734, 326, 926, 560), 180, 360, "#7E98A6")
    return Page(sheet.image, (500, 315))
