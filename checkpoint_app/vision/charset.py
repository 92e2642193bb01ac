"""Byte-mode texts that declare no charset: which one was meant.

A QR code without an ECI is Latin-1 by ISO/IEC 18004, and in practice UTF-8, GBK or Shift-JIS. The
decoders guess, each with faults of its own: zxing-cpp takes GBK for Latin-1, zbar takes UTF-8 for
Big5 or Shift-JIS. A guess that can't be trusted is answered with None: no text rather than a
wrong one.
"""

from __future__ import annotations

import re

_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_ZBAR_GUESSES = ("big5", "cp932", "latin-1")


def chinese_if_latin(text: str, raw: bytes) -> str:
    """`text`, or its GB 2312 reading where zxing-cpp's Latin-1 guess makes no sense.

    Latin-1 words seldom have two accented letters side by side; in GB 2312 every high byte has
    its partner and all pairs are Chinese characters.
    """
    if text.isascii() or any(ord(each) > 0xFF for each in text):
        return text
    runs = _HIGH_RUNS.findall(raw)
    if not runs or any(len(run) % 2 for run in runs):
        return text
    try:
        chinese = raw.decode("gb2312")
    except UnicodeDecodeError:
        return text
    high = [each for each in chinese if ord(each) > 0x7F]
    hanzi = [each for each in high if "\u4e00" <= each <= "\u9fff"]
    return chinese if len(hanzi) * 2 > len(high) else text


def trusted_zbar_text(data: bytes) -> str | None:
    """What zbar's bytes say, where that is beyond doubt.

    ASCII is taken as it is. Other text comes re-coded by zbar's guess: where undoing a legacy
    guess gives valid UTF-8, that is the text; where no legacy charset could have given it, zbar
    saw UTF-8 itself. All else is None.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isascii():
        return text
    encodable = False
    for guess in _ZBAR_GUESSES:
        try:
            raw = text.encode(guess)
        except UnicodeEncodeError:
            continue
        encodable = True
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None if encodable else text
