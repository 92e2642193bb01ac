"""Badges: ten on a page, every code readable, no name cut."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from checkpoint_app.codes import site_pass
from checkpoint_app.domain.badge import LABEL, Badge
from checkpoint_app.registers.badges import readable, render_badges
from tests.store.travellers import MORNING

NAMES = ("王小明", "买买提·阿卜杜热合曼·吐尔逊", "Anna-Maria Schmidt-Hohenlohe", "𠅤䶮")
KEY = site_pass.new_key()


def badge(number: int, photo: bytes | None = None) -> Badge:
    name = NAMES[number % len(NAMES)]
    until = MORNING + timedelta(days=365)
    said = site_pass.SitePass(site_pass.new_pass_id(), f"S-{number}", name, MORNING, until)
    text = site_pass.issue(said, KEY)
    assert isinstance(text, str)
    lines = ("三年级（2）班", f"学生 S-{number}")
    return Badge("城北第一实验小学（东校区）", "通行证", name, lines, "至 2027-08-31", text, photo)


def picture() -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (800, 600), (90, 140, 180)).save(body, "JPEG")
    return body.getvalue()


def codes(pdf: bytes) -> list[set[str]]:
    """What is read of each page, looked at twice: one look at ten codes may miss one."""
    return [
        {
            each.text
            for dpi in (220, 300)
            for each in zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_pil())
        }
        for page in pypdfium2.PdfDocument(pdf)
    ]


@pytest.mark.parametrize("photo", [None, picture(), b"no picture"])
def test_ten_a_page_and_every_code_reads(photo: bytes | None) -> None:
    badges = [badge(number, photo) for number in range(12)]
    pdf = render_badges(badges)
    assert codes(pdf) == [{each.code for each in badges[:10]}, {each.code for each in badges[10:]}]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for name in NAMES:
        assert "".join(name.split()) in "".join(text.split())


def test_a_label_is_its_own_page() -> None:
    badges = [badge(0), badge(1)]
    pdf = render_badges(badges, LABEL)
    assert codes(pdf) == [{badges[0].code}, {badges[1].code}]
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert [round(float(each) / 72 * 25.4) for each in (page.width, page.height)] == [62, 40]


@pytest.mark.parametrize("body", [b"", b"GIF89a", picture()[:200], b"\x00" * 5000])
def test_what_is_no_picture_is_left_out(body: bytes) -> None:
    assert readable(body) is None
