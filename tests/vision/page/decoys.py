"""What is held up to the camera and is no page of the bearer's, or only a part of one."""

from __future__ import annotations

import cv2
import numpy as np

from checkpoint_app.vision.found import Frame
from tools.demo.drawing import INK, SOFT, STATUS, Sheet, qr_modules, symbol
from tools.draw_pages import SIZE, TUNED, page

OTHER_CODE = "https://example.org/shop/coupon/2207"


def _frame(sheet: Sheet) -> Frame:
    rgb = np.asarray(sheet.image.convert("RGB"), np.uint8)
    return np.ascontiguousarray(rgb[..., ::-1])


def chat() -> Frame:
    """A chat in which someone quotes their health code, word for word."""
    sheet = Sheet(*SIZE, fill="#EDEDED")
    sheet.text((360, 60), "王阿姨", 34, INK, "mm")
    said = (
        "到卡点了吗",
        "福建健康码 绿码",
        "姓名：王小明 13812345678",
        "2022-07-08 11:11:39",
        "核酸检测 24小时阴性",
        "您于前7天内到达或途经：上海市",
        "这个给他们看就行",
    )
    for number, words in enumerate(said):
        y = 180 + 150 * number
        sheet.box((110, y - 45, 640, y + 45), "#FFFFFF", 14)
        sheet.text((134, y), words, 30, INK, "lm")
    sheet.box((0, 1420, 720, 1520), "#F7F7F7")
    sheet.text((60, 1470), "按住 说话", 30, SOFT, "lm")
    return _frame(sheet)


def poster() -> Frame:
    """A notice at the entrance with a place's own code."""
    sheet = Sheet(1000, 1400, "#FFFFFF")
    sheet.text((500, 90), "疫情防控 人人有责", 60, "#B0201A", "mm", bold=True)
    sheet.text((500, 180), "请出示健康码 绿码通行", 44, INK, "mm", bold=True)
    sheet.text((500, 260), "须持48小时核酸检测阴性证明", 36, INK, "mm")
    sheet.text((500, 320), "红码、黄码人员禁止入内", 36, INK, "mm")
    code = symbol(qr_modules(OTHER_CODE, "m"), 560, INK)
    sheet.paste(code, ((1000 - code.width) // 2, 420))
    sheet.text((500, 1060), "扫码登记 场所码", 40, INK, "mm")
    sheet.text((500, 1150), "核酸采样点 24小时服务", 36, INK, "mm")
    sheet.text((500, 1230), "未接种疫苗请及时接种", 36, INK, "mm")
    sheet.text((500, 1320), "咨询电话：13800000000  2022-07-01", 28, SOFT, "mm")
    return _frame(sheet)


def shop() -> Frame:
    """A coupon with a green code."""
    sheet = Sheet(*SIZE, fill="#FFF4EC")
    sheet.text((360, 80), "小店优惠券", 44, "#E2562F", "mm", bold=True)
    sheet.text((360, 200), "满 48 减 24", 64, "#E2562F", "mm", bold=True)
    code = symbol(qr_modules(OTHER_CODE, "m"), 500, STATUS["green"])
    sheet.paste(code, ((720 - code.width) // 2, 400))
    sheet.text((360, 1010), "有效期至 2022-12-31 23:59:59", 28, SOFT, "mm")
    sheet.text((360, 1080), "张小华 138****2046", 30, INK, "mm")
    return _frame(sheet)


def disguised() -> Frame:
    """A real layout whose every field holds what is none."""
    sheet = Sheet(*SIZE, fill="#F3F5F8")
    sheet.text((360, 60), "福建健康码", 34, INK, "mm")
    sheet.text((360, 160), "姓名：绿码", 40, INK, "mm")
    sheet.text((360, 220), "身份证：请先实名", 28, SOFT, "mm")
    sheet.text((360, 290), "99-99 77:88:99", 42, INK, "mm")
    code = symbol(qr_modules(OTHER_CODE, "m"), 500, INK)
    sheet.paste(code, ((720 - code.width) // 2, 340))
    sheet.text((360, 930), "绿码黄码红码说明", 34, INK, "mm")
    sheet.text((60, 1040), "核酸检测点 24小时营业", 30, INK, "lm")
    sheet.text((60, 1100), "如何查询阴性证明？", 30, INK, "lm")
    sheet.text((60, 1180), "预约疫苗接种第三针", 30, INK, "lm")
    sheet.text((60, 1260), "客服热线 13812345678", 30, INK, "lm")
    return _frame(sheet)


def half() -> Frame:
    """The upper half of a page alone."""
    whole = page(TUNED[0])
    return np.ascontiguousarray(whole[: whole.shape[0] // 2])


def glare() -> Frame:
    """A lamp's light over the clock and the name of a page."""
    lit = page(TUNED[0]).astype(np.float64)
    y, x = np.mgrid[: lit.shape[0], : lit.shape[1]]
    light = 900 * np.exp(-(((x - 360) / 330.0) ** 2 + ((y - 250) / 110.0) ** 2))
    return np.clip(lit + light[..., None], 0, 255).astype(np.uint8)


def two_phones() -> Frame:
    """Two people's pages side by side, the second a little larger."""
    frame = np.full((1080, 1920, 3), 70, np.uint8)
    for drawn, left, height in ((TUNED[3], 250, 800), (TUNED[0], 1050, 1000)):
        width = round(height * SIZE[0] / SIZE[1])
        small = cv2.resize(page(drawn), (width, height), interpolation=cv2.INTER_AREA)
        frame[30 : 30 + height + 20, left - 10 : left + width + 10] = 12
        frame[40 : 40 + height, left : left + width] = small
    return frame


def nothing() -> Frame:
    """A wall."""
    return np.full((1080, 1920, 3), 128, np.uint8)


def noise() -> Frame:
    """A camera in the dark."""
    return np.random.default_rng(7).integers(0, 255, (1080, 1920, 3)).astype(np.uint8)


def newspaper() -> Frame:
    """More print than anyone can read in time, in 8K."""
    sheet = Sheet(1920, 1080, "#F6F2E8")
    for row in range(44):
        words = "各地核酸检测结果阴性者凭健康码绿码有序通行并做好个人防护工作" * 3
        sheet.text((20, 12 + 24 * row), words, 18, INK, "lm")
    return _frame(sheet).repeat(4, 0).repeat(4, 1)
