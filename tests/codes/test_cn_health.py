"""Chinese health codes: told by pattern, never proved; staff can add rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.codes import Trust, load_issuers, read, shipped_issuers
from checkpoint_app.domain.credential import Authenticity, Basis, Colour, Format

from .vectors import TODAY


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("https://h5.dingtalk.com/healthAct/index.html?qrCode=V2b1", "浙江"),
        ("https://h5.dingtalk.com/health?x=1", "江苏"),
        ("https://s.sh.gov.cn/a1b2c3", "上海"),
        ("https://ymt.shaanxi.gov.cn/xcode?c=1", "陕西"),
        ("FJQRJKMC1:abc=", "福建"),
        ("SCQRJKMC1,xyz", "四川"),
        ("qrCode=0123", "河南"),
        ('{"codeId":"abc","t":1}', "湖北"),
        ("0A1B2C3D4E5F60718293A4B5C6D7E8F9", "湖南"),
        ("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "广东"),
        (" FJQRJKMC1:abc=\r\n", "福建"),
    ],
)
def test_issuers_by_pattern(text: str, place: str) -> None:
    found = read(text, Trust.empty(), TODAY, Colour.GREEN)
    assert found.format is Format.CN_HEALTH_CODE
    assert (found.authenticity, found.basis) == (Authenticity.UNVERIFIABLE, Basis.OBSERVED)
    assert found.issuer is not None
    assert place in found.issuer
    assert found.colour is Colour.GREEN
    assert [reason.code.value for reason in found.reasons] == ["issuer_by_pattern", "seen_only"]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/",
        "http://s.sh.gov.cn/x",
        "12345678901234567890123456789012",
        "0a1B2c3D4e5F60718293a4b5c6d7e8f9",
        "0a1b2c3d4e5f6071",
        "110101199003070019",
        "fjqrjkmc1",
        "HL0:X",
        "shlink:/eyJ1cmwiOiJ4In0",
        "",
        " ",
        "\ud800",
        "\x00",
    ],
)
def test_other_texts_are_no_health_codes(text: str) -> None:
    found = read(text, Trust.empty(), TODAY)
    assert (found.format, found.authenticity) == (Format.UNKNOWN, Authenticity.UNVERIFIABLE)
    assert [reason.code.value for reason in found.reasons] == ["not_a_health_code"]


def test_staff_can_add_rows_before_the_shipped_ones(tmp_path: Path) -> None:
    rows = (("鄂汇办", "ehb:"), ("X", "qrCode="))
    own = "".join(f'[[issuer]]\nissuer = "{name}"\nbegins = "{begins}"\n' for name, begins in rows)
    (tmp_path / "issuers.toml").write_text(own, "utf-8")
    table = load_issuers(tmp_path)
    assert [table.of(text) for text in ("ehb:1", "qrCode=1", "FJQRJKMC1")] == [
        "鄂汇办",
        "X",
        "八闽健康码（福建）",
    ]
    assert read("ehb:1", Trust.empty(), TODAY, issuers=table).issuer == "鄂汇办"
    assert table.refused == ()


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ("[[issuer", (0,)),
        ("issuer = 5", (1,)),
        ('[[issuer]]\nissuer = "X"', (1,)),
        ('[[issuer]]\nbegins = "x"', (1,)),
        ('[[issuer]]\nissuer = "X"\nbegins = "x"\ncolour = "red"', (1,)),
        ('[[issuer]]\nissuer = "X"\nbegins = 5', (1,)),
        (
            '[[issuer]]\nissuer = "X"\nbegins = "x"\n[[issuer]]\nissuer = "Y"\ncharacters = "all"',
            (2,),
        ),
        ('[[issuer]]\nissuer = "X"\nbegins = "x"\nlongest = true', (1,)),
        ("", ()),
    ],
)
def test_rows_not_understood_are_named_and_the_rest_stays(
    tmp_path: Path, rows: str, refused: tuple[int, ...]
) -> None:
    (tmp_path / "issuers.toml").write_text(rows, "utf-8")
    table = load_issuers(tmp_path)
    assert table.refused == refused
    assert table.of("FJQRJKMC1") is not None


def test_without_a_file_the_shipped_table_is_in_force(tmp_path: Path) -> None:
    assert load_issuers(tmp_path) == shipped_issuers()
    assert shipped_issuers().refused == ()


@pytest.mark.parametrize("text", ["x" * 8193, "HC1:" + "0" * 10_000_000, "shc:/" + "5" * 200_000])
def test_oversized_texts_are_refused(text: str) -> None:
    found = read(text, Trust.empty(), TODAY, Colour.RED)
    assert [reason.code.value for reason in found.reasons] == ["too_large"]
    assert found.colour is Colour.RED
