from __future__ import annotations

import pytest

from checkpoint_app.vision.charset import chinese_if_latin, trusted_zbar_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        ("Zürich".encode("latin-1"), "Zürich"),
        ("Müller é Ça".encode("latin-1"), "Müller é Ça"),
        ("张伟".encode("gbk"), "张伟"),
        ("id=1;n=阳钱;".encode("gbk"), "id=1;n=阳钱;"),
        ("£5 und ½".encode("latin-1"), "£5 und ½"),
    ],
)
def test_latin_guess_against_chinese(raw: bytes, text: str) -> None:
    assert chinese_if_latin(raw.decode("latin-1"), raw) == text


def test_a_text_beyond_latin_is_left_alone() -> None:
    assert chinese_if_latin("測試", "測試".encode()) == "測試"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"HC1:ABC", "HC1:ABC"),
        ("測試".encode().decode("big5").encode(), "測試"),  # UTF-8 taken for Big5
        ("健康码通行".encode(), "健康码通行"),  # in no legacy charset: UTF-8 as seen
        ("ｶﾝｼﾞ".encode("cp932").decode("latin-1").encode(), None),  # could be anything
        ("漢字".encode(), None),  # Big5, Shift-JIS or UTF-8: can't be told
        (b"\xff\xfe", None),
        (b"", ""),
    ],
)
def test_what_zbar_says_is_taken_only_where_it_is_sure(data: bytes, text: str | None) -> None:
    assert trusted_zbar_text(data) == text
