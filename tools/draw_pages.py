"""Phone pages to read: the project's own drawings of health-code pages and itinerary cards.

Every person, number and code on them is made up, every layout and picture is our own; they follow
the words that such pages use. `HELD_OUT` are never looked at while the reader is being made: they
show how it does on pages that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np

from checkpoint_app.vision.found import Frame
from tools.demo.drawing import (
    FAINT,
    INK,
    LINE,
    SOFT,
    STATUS,
    STATUS_SOFT,
    Sheet,
    fitted,
    qr_modules,
    symbol,
)

SIZE = (720, 1520)
_WORD = {"green": "绿码", "yellow": "黄码", "red": "红码"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands on a page; `expected` is what a reader should give, by the names of its JSON."""

    layout: str
    title: str
    colour: str = "green"
    name: str | None = "张*华"
    id_number: str | None = None
    phone: str | None = None
    clock: str = "2022-07-08 11:11:39"
    test: str | None = "negative"
    hours: int | None = 24
    tested: str | None = None
    laboratory: str | None = None
    vaccination: str | None = None
    doses: int | None = None
    complete: bool | None = None
    cities: tuple[tuple[str, bool], ...] = ()
    word: str | None = None  # the colour word, where it is not the colour's own
    bar: str = "#2A6FDB"
    expects: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "itinerary_card" if self.layout == "card" else "health_code"

    @property
    def text(self) -> str:
        """What the page's code holds."""
        return f"https://example.org/health/{self.layout}/{self.colour}/{'7a' * 24}"

    @property
    def expected(self) -> dict[str, Any]:
        """The fields of the page as the reader's JSON names them; only what is to be scored."""
        clock = self.clock.replace(".", "-").replace(" ", "T")
        clock = clock if len(clock) == 19 else f"2022-{clock}"
        given: dict[str, Any] = {"kind": self.kind, "colour": self.colour, "clock": clock}
        if self.kind == "itinerary_card":
            cities = [{"name": name, "starred": starred} for name, starred in self.cities]
            return given | {"phone": self.phone, "cities": cities} | self.expects
        given |= {"issuer": self.title, "name": self.name}
        given |= {"id_number": self.id_number, "phone": self.phone}
        given |= {"nat.result": self.test, "nat.within_hours": self.hours if self.test else None}
        given |= {"vaccination.doses": self.doses, "vaccination.complete": self.complete}
        return given | self.expects


def page(drawn: Drawn) -> Frame:
    """The page as on the phone's screen (H × W × 3, BGR)."""
    sheet = Sheet(*SIZE, fill="#F3F5F8")
    _LAYOUTS[drawn.layout](sheet, drawn)
    rgb = np.asarray(sheet.image.convert("RGB"), np.uint8)
    return np.ascontiguousarray(rgb[..., ::-1])


# ---- layouts ------------------------------------------------------------------------------------


def _code(sheet: Sheet, drawn: Drawn, middle: tuple[float, float], side: int) -> None:
    code = symbol(qr_modules(drawn.text, "m"), side, STATUS[drawn.colour])
    sheet.paste(code, (round(middle[0] - code.width / 2), round(middle[1] - code.height / 2)))


def _word(drawn: Drawn) -> str:
    return drawn.word or _WORD[drawn.colour]


def _result(drawn: Drawn) -> str:
    return {"negative": "阴性", "positive": "阳性", None: ""}[drawn.test]


def _top(sheet: Sheet, drawn: Drawn, ink: str = "#FFFFFF") -> None:
    sheet.box((0, 0, SIZE[0], 110), drawn.bar)
    sheet.text((360, 66), drawn.title, 34, ink, "mm")
    sheet.box((590, 40, 700, 90), "#00000033", 25)


def _tiles(sheet: Sheet, drawn: Drawn) -> None:
    """Name over the code, test and vaccination in two tiles under it."""
    _top(sheet, drawn)
    sheet.box((24, 140, 696, 1010), "#FFFFFF", 24)
    sheet.text((360, 190), drawn.name or "", 44, INK, "mm", bold=True)
    sheet.text((360, 246), drawn.id_number or "", 26, SOFT, "mm")
    sheet.text((360, 310), drawn.clock, 42, INK, "mm", bold=True)
    _code(sheet, drawn, (360, 610), 500)
    sheet.text((360, 910), _word(drawn), 46, STATUS[drawn.colour], "mm", bold=True)
    sheet.text((360, 966), "凭此码可在省内通行，请主动配合查验", 22, FAINT, "mm")
    for left, head in ((24, "核酸检测"), (372, "疫苗接种")):
        sheet.box((left, 1040, left + 324, 1230), "#FFFFFF", 20)
        sheet.text((left + 24, 1080), head, 28, SOFT, "lm")
    sheet.text((48, 1150), f"{drawn.hours}", 60, STATUS["green"], "lm", bold=True)
    sheet.text((150, 1130), "小时内", 24, STATUS["green"], "lm")
    sheet.text((150, 1166), _result(drawn), 28, STATUS["green"], "lm", bold=True)
    sheet.text((48, 1206), drawn.tested or "", 20, FAINT, "lm")
    sheet.text((396, 1150), drawn.vaccination or "", 36, STATUS["green"], "lm", bold=True)
    sheet.text((360, 1400), "服务热线 12345", 22, FAINT, "mm")


def _rows(sheet: Sheet, drawn: Drawn) -> None:
    """Name and number with their labels over the code, results as rows under it."""
    _top(sheet, drawn)
    sheet.box((24, 130, 696, 900), "#FFFFFF", 16)
    sheet.text((56, 180), f"姓名：{drawn.name}", 30, INK, "lm")
    sheet.text((56, 230), f"证件号码：{drawn.id_number}", 26, SOFT, "lm")
    sheet.text((56, 280), f"手机号码：{drawn.phone}", 26, SOFT, "lm")
    _code(sheet, drawn, (360, 560), 470)
    sheet.text((360, 820), _word(drawn), 40, STATUS[drawn.colour], "mm", bold=True)
    sheet.text((360, 870), f"更新时间：{drawn.clock}", 26, INK, "mm")
    sheet.box((24, 930, 696, 1260), "#FFFFFF", 16)
    rows = [
        ("核酸检测结果", f"{drawn.hours}小时{_result(drawn)}"),
        ("检测时间", drawn.tested or ""),
    ]
    rows += [("检测机构", drawn.laboratory or ""), ("疫苗接种", drawn.vaccination or "")]
    for number, (head, value) in enumerate(rows):
        y = 980 + 74 * number
        sheet.text((56, y), head, 28, SOFT, "lm")
        sheet.text((664, y), value, fitted(value, 28, 400), INK, "rm")
        sheet.draw.line((56, y + 37, 664, y + 37), LINE, 2)
    sheet.text((360, 1330), "我的行程卡 · 场所码 · 亲友代办", 24, FAINT, "mm")


def _wide(sheet: Sheet, drawn: Drawn) -> None:
    """Name left and clock right in one row; a large code; one status line under it."""
    sheet.box((0, 0, SIZE[0], 420), drawn.bar)
    sheet.text((40, 66), drawn.title, 36, "#FFFFFF", "lm")
    sheet.box((30, 130, 690, 1080), "#FFFFFF", 30)
    sheet.text((66, 190), drawn.name or "", 40, INK, "lm", bold=True)
    sheet.text((66, 240), drawn.id_number or "", 24, SOFT, "lm")
    day, time = drawn.clock.split(" ")
    sheet.text((654, 180), time, 46, STATUS["green"], "rm", bold=True)
    sheet.text((654, 236), day, 26, SOFT, "rm")
    _code(sheet, drawn, (360, 580), 560)
    sheet.text((360, 900), _word(drawn), 52, STATUS[drawn.colour], "mm", bold=True)
    sheet.box((66, 950, 654, 1046), STATUS_SOFT["green"], 18)
    days = f"{drawn.hours // 24}天内" if drawn.hours else ""
    sheet.text((90, 998), f"{days}核酸{_result(drawn)}", 34, STATUS["green"], "lm", bold=True)
    sheet.text((630, 998), drawn.vaccination or "", 30, STATUS["green"], "rm")
    sheet.text((360, 1150), "扫一扫    行程卡    防疫政策", 28, SOFT, "mm")
    sheet.text((360, 1420), "如信息有误，请拨打12345热线咨询", 22, FAINT, "mm")


def _dark(sheet: Sheet, drawn: Drawn) -> None:
    """White print on a coloured page; the clock in two lines over the code."""
    sheet.box((0, 0, *SIZE), drawn.bar)
    sheet.text((360, 70), drawn.title, 40, "#FFFFFF", "mm", bold=True)
    sheet.text((360, 150), drawn.name or "", 38, "#FFFFFF", "mm")
    day, time = drawn.clock.split(" ")
    sheet.text((360, 210), day, 30, "#FFFFFF", "mm")
    sheet.text((360, 264), time, 56, "#FFFFFF", "mm", bold=True)
    sheet.box((90, 320, 630, 860), "#FFFFFF", 24)
    _code(sheet, drawn, (360, 590), 500)
    sheet.text((360, 910), _word(drawn), 44, "#FFFFFF", "mm", bold=True)
    sheet.box((40, 970, 680, 1200), "#FFFFFF", 24)
    sheet.text((200, 1030), f"{_result(drawn)}", 40, INK, "mm", bold=True)
    sheet.text((200, 1090), f"核酸 {drawn.hours}小时", 28, SOFT, "mm")
    sheet.text((200, 1140), drawn.tested or "", 22, FAINT, "mm")
    sheet.text((520, 1030), drawn.vaccination or "", 36, INK, "mm", bold=True)
    sheet.text((520, 1090), "新冠疫苗", 28, SOFT, "mm")


def _bottom(sheet: Sheet, drawn: Drawn) -> None:
    """The code at the top, the bearer under it, results as sentences in a list."""
    sheet.text((360, 56), drawn.title, 32, INK, "mm")
    _code(sheet, drawn, (360, 400), 560)
    sheet.text((360, 720), f"{drawn.name}  {drawn.phone or ''}".strip(), 34, INK, "mm", bold=True)
    sheet.text((360, 776), drawn.clock, 36, drawn.bar, "mm", bold=True)
    sheet.text((360, 836), _word(drawn), 40, STATUS[drawn.colour], "mm", bold=True)
    sheet.box((24, 900, 696, 1060), "#FFFFFF", 16)
    sheet.text((48, 940), "核酸检测", 28, INK, "lm", bold=True)
    sheet.text((48, 990), f"结果：{_result(drawn)}", 28, STATUS["green"], "lm")
    sheet.text((48, 1030), f"采样时间：{drawn.tested or ''}", 24, SOFT, "lm")
    sheet.text((672, 990), f"{drawn.hours}小时内", 28, STATUS["green"], "rm")
    sheet.box((24, 1080, 696, 1200), "#FFFFFF", 16)
    sheet.text((48, 1120), "新冠病毒疫苗", 28, INK, "lm", bold=True)
    sheet.text((48, 1166), drawn.vaccination or "", 28, STATUS["green"], "lm")
    sheet.text((360, 1300), "14天内途经风险地区的人员请主动报备", 22, FAINT, "mm")


def _strip(sheet: Sheet, drawn: Drawn) -> None:
    """The colour word on a strip over the code, the clock under it, results as sentences."""
    sheet.text((40, 60), drawn.title, 36, INK, "lm", bold=True)
    sheet.box((30, 110, 690, 190), STATUS[drawn.colour], 18)
    sheet.text((360, 150), _word(drawn), 44, "#FFFFFF", "mm", bold=True)
    _code(sheet, drawn, (360, 470), 520)
    day, time = drawn.clock.split(" ")
    sheet.text((360, 776), time, 52, INK, "mm", bold=True)
    sheet.text((360, 830), day, 28, SOFT, "mm")
    sheet.text((40, 900), f"姓名 {drawn.name}", 28, INK, "lm")
    sheet.text((680, 900), f"身份证 {drawn.id_number}", 24, INK, "rm")
    sheet.draw.line((40, 940, 680, 940), LINE, 2)
    sheet.text((40, 990), f"核酸检测：{_result(drawn)}（{drawn.tested}）", 28, INK, "lm")
    sheet.text((40, 1040), f"距采样{drawn.hours}小时内", 28, SOFT, "lm")
    sheet.text((40, 1100), f"疫苗接种：{drawn.vaccination}", 28, INK, "lm")
    sheet.text((360, 1250), "本码仅限本人使用，截图无效", 24, FAINT, "mm")


def _grid(sheet: Sheet, drawn: Drawn) -> None:
    """The clock over everything, the code in a frame, all else in a table of two columns."""
    sheet.box((0, 0, SIZE[0], 96), "#FFFFFF")
    sheet.text((360, 58), drawn.title, 32, INK, "mm")
    sheet.text((360, 150), drawn.clock, 48, drawn.bar, "mm", bold=True)
    sheet.box((110, 200, 610, 700), STATUS_SOFT[drawn.colour], 20)
    _code(sheet, drawn, (360, 450), 470)
    sheet.text((360, 750), f"【{_word(drawn)}】", 44, STATUS[drawn.colour], "mm", bold=True)
    cells = [("姓名", drawn.name), ("证件号", drawn.id_number), ("手机号", drawn.phone)]
    cells += [("核酸结果", _result(drawn)), ("检测时间", drawn.tested)]
    cells += [("有效期", f"{drawn.hours}小时"), ("疫苗", drawn.vaccination)]
    for number, (head, value) in enumerate(cells):
        top = 810 + 72 * number
        sheet.box((40, top, 220, top + 66), "#E7EDF5")
        sheet.box((224, top, 680, top + 66), "#FFFFFF")
        sheet.text((130, top + 33), head, 28, SOFT, "mm")
        sheet.text((250, top + 33), value or "", 28, INK, "lm")


def _card(sheet: Sheet, drawn: Drawn) -> None:
    """The itinerary card."""
    ink = STATUS[drawn.colour]
    sheet.box((0, 0, *SIZE), ink)
    sheet.text((360, 130), "通信大数据行程卡", 50, "#FFFFFF", "mm", bold=True)
    sheet.box((40, 210, 680, 1060), "#FFFFFF", 24)
    sheet.text((360, 280), f"{drawn.phone}的动态行程卡", 32, INK, "mm", bold=True)
    sheet.text((360, 336), f"更新于：{drawn.clock}", 28, SOFT, "mm")
    sheet.draw.ellipse((220, 400, 500, 680), outline=ink, width=20)
    arrow = [(360, 450), (440, 530), (384, 530), (384, 630), (336, 630), (336, 530), (280, 530)]
    sheet.draw.polygon(arrow, ink)
    listed = "您于前7天内到达或途经：" + "，".join(n + "*" * star for n, star in drawn.cities)
    for number in range(0, len(listed), 19):
        sheet.text((74, 760 + 46 * (number // 19)), listed[number : number + 19], 30, INK, "lm")
    sheet.text((360, 1100), "结果包含您在前7天内到访的国家（地区）", 24, "#FFFFFF", "mm")
    sheet.text((360, 1140), "与停留4小时以上的国内城市", 24, "#FFFFFF", "mm")
    sheet.text((360, 1300), "客服热线：10000", 24, "#FFFFFF", "mm")


_LAYOUTS: dict[str, Callable[[Sheet, Drawn], None]] = {
    "tiles": _tiles,
    "rows": _rows,
    "wide": _wide,
    "dark": _dark,
    "bottom": _bottom,
    "strip": _strip,
    "grid": _grid,
    "card": _card,
}

# ---- the sets -----------------------------------------------------------------------------------

TUNED = (
    Drawn("tiles", "福建健康码", id_number="35**************21", vaccination="已接种3剂", doses=3),
    Drawn(
        "tiles", "山东健康码", "yellow", "刘*", "37**************0X", clock="07-08 11:11:39",
        hours=48, tested="2022-07-07 09:30", vaccination="已打加强针", complete=True,
    ),
    Drawn(
        "rows", "渝康码", name="陈思远", id_number="50010119900307803X", phone="138****2046",
        clock="2022.07.08 11:11:39", tested="2022-07-08 03:12", laboratory="江北区人民医院",
        vaccination="已完成全程接种", complete=True,
    ),
    Drawn(
        "rows", "湖北健康码", "red", "欧*娜", "4201**********5568", "189****7710",
        clock="2022-07-08 23:58:42", test="positive", hours=48, tested="2022-07-07 22:10",
        laboratory="江城医学检验实验室", vaccination="未接种", doses=0, complete=False,
    ),
    Drawn("wide", "粤康码", name="**明", hours=48, vaccination="全程接种", complete=True),
    Drawn(
        "dark", "随申码", name="*建国", clock="2022-07-08 07:05:10", hours=72, bar="#2457A6",
        vaccination="3针", doses=3, tested="2022-07-07 18:22",
    ),
    Drawn(
        "card", "通信大数据行程卡", phone="150****3634", clock="2022.07.08 11:11:39",
        cities=(("河南省郑州市", False), ("陕西省西安市", True), ("上海市", False)),
    ),
    Drawn(
        "bottom", "云南健康码", name="杨*", phone="139****5521", hours=48,
        tested="2022-07-07 08:15", vaccination="已接种2针", doses=2,
    ),
    Drawn(
        "bottom", "三江通行码", "yellow", "吾**尔", phone="136****0091", hours=24,
        clock="2022-07-08 06:40:02", tested="2022-07-08 01:05",
        vaccination="已完成加强免疫", complete=True,
    ),
    Drawn(
        "bottom", "滨海健康通", "red", "赵*琴", phone="177****3308", test="positive", hours=24,
        clock="07-08 19:22:51", tested="2022-07-08 12:44",
        vaccination="未接种", doses=0, complete=False,
    ),
    Drawn(
        "card", "通信大数据行程卡", "yellow", phone="138****8888", clock="2022.07.08 07:05:10",
        cities=(("湖北省仙桃市", False),),
    ),
    Drawn(
        "strip", "青海健康码", name="才**措", id_number="63**************26", hours=48,
        tested="2022-07-07 18:20", vaccination="已接种3剂次", doses=3,
    ),
    Drawn(
        "strip", "乌江防疫码", "yellow", "冉*", "5222**********7017", hours=72,
        clock="07-08 09:30:41", tested="2022-07-06 16:05", vaccination="未接种",
        doses=0, complete=False,
    ),
    Drawn(
        "strip", "大湾健康通", "red", "司马*", "44**************38", test="positive", hours=24,
        clock="2022-07-08 21:47:33", tested="2022-07-08 13:10", vaccination="全程接种",
        complete=True,
    ),
)  # fmt: skip

HELD_OUT = (
    Drawn(
        "grid", "黑水健康码", name="单*", id_number="23**************09", phone="135****6120",
        hours=48, tested="2022-07-07 20:41", vaccination="已完成2剂接种", doses=2,
    ),
    Drawn(
        "grid", "吉祥码", "yellow", "公孙*月", "2201**********3345", "186****2277", hours=24,
        clock="2022-07-08 15:05:59", tested="2022-07-08 08:00", vaccination="第三针",
        doses=3,
    ),
    Drawn(
        "grid", "安康码", "red", "**军", "34**************58", "133****9014", test="positive",
        hours=24, clock="07-08 12:00:01", tested="2022-07-08 02:30", vaccination="未接种",
        doses=0, complete=False,
    ),
    Drawn(
        "wide", "宁夏健康码", "yellow", "马*", "64**************15", hours=72,
        vaccination="已接种1剂", doses=1, bar="#0E7C66",
    ),
    Drawn(
        "tiles", "赣通码", "red", "黄*涛", "36**************72", hours=24,
        vaccination="3次", doses=3, bar="#B0413E",
    ),
    Drawn(
        "dark", "甘肃健康码", name="**成", clock="2022-07-08 00:00:07", hours=48, bar="#3A3F8F",
        vaccination="已加强接种", complete=True, tested="2022-07-07 05:30",
    ),
    Drawn(
        "rows", "黔东健康宝", name="龙*", id_number="52**************2X", phone="150****7216",
        clock="07-08 13:14:15", hours=72, tested="2022-07-06 10:00", laboratory="凯里市疾控中心",
        vaccination="已全程接种", complete=True,
    ),
    Drawn(
        "card", "通信大数据行程卡", phone="199****4402", clock="2022.07.08 18:30:00",
        cities=(("吉林省吉林市", True), ("新疆喀什地区", False), ("海南省三亚市", False)),
    ),
)  # fmt: skip


# ---- before the camera --------------------------------------------------------------------------


def filmed(
    picture: Frame, seed: int, *, turn: float = 0.0, height: int = 980, rim: int = 16
) -> Frame:
    """A camera's frame (1080 × 1920) of a phone that shows the page: held askew, lit unevenly.

    `turn` is in degrees on top of some that the hand adds; `height` that of the screen in pixels;
    `rim` how light the phone around it is (0 to 255).
    """
    chance = np.random.default_rng(seed)
    frame = _room(chance)
    bezel = cv2.copyMakeBorder(
        picture, 44, 44, 26, 26, cv2.BORDER_CONSTANT, value=(rim + 2, rim, rim - 1)
    )
    scale = height / bezel.shape[0]
    rows, columns = bezel.shape[:2]
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    middle = np.array((columns / 2, rows / 2), np.float32)
    angle = np.radians(turn + chance.uniform(-6, 6))
    spin = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    place = (960 + chance.uniform(-200, 200), 540)
    target = (corners - middle) * scale @ spin.T + place + chance.uniform(-14, 14, (4, 2))
    warp = cv2.getPerspectiveTransform(corners, np.asarray(target, np.float32))
    size = (frame.shape[1], frame.shape[0])
    view = cv2.warpPerspective(bezel, warp, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(bezel.shape[:2], 255, np.uint8), warp, size)
    seen = np.where(mask[..., None] > 127, view, frame).astype(np.float64)
    cast = chance.uniform(0.82, 1.08, 3)
    light = np.linspace(chance.uniform(0.75, 1.0), 1.05, frame.shape[1])[None, :, None]
    blurred = cv2.GaussianBlur(seen * cast * light, (0, 0), chance.uniform(0.5, 0.9))
    noisy = blurred + chance.normal(0, 4, seen.shape)
    lossy = cv2.imencode(
        ".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 85]
    )[1]
    return np.asarray(cv2.imdecode(lossy, cv2.IMREAD_COLOR), np.uint8)


def _room(chance: np.random.Generator) -> Frame:
    small = chance.integers(30, 170, (9, 16, 3)).astype(np.uint8)
    room = cv2.resize(small, (1920, 1080), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(room, (0, 0), 12), np.uint8)
