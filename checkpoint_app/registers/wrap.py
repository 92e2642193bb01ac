"""Breaking text into lines: between Han characters anywhere, Latin words and numbers kept whole
where they fit, nothing ever cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import ceil

_OPENING = "（《“「【〔(["
_CLOSING = "，。、；：？！）》”」】〕·%℃)],;"
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    r"(?:[\u4e00-\u9fff][A-Z]·?[0-9A-Z*]{4,6}[\u4e00-\u9fff]?"  # a number plate
    r"|[A-Za-z\u00c0-\u024f\u0370-\u04ff.'’]+(?:-|(?![0-9*]))"  # a word, or its part before "-"
    r"|[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff*.+\-:/@_'’]+"  # a number
    r"|\S)"
    rf"[{re.escape(_CLOSING)}]*"  # marks that may not begin a line
    r"|\s+"
)

Measure = Callable[[str], float]


def pieces(text: str) -> list[str]:
    """The parts of a line that are kept together; a run of spaces is one of its own."""
    return _PIECE.findall(text)


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """Lines of at most `room` wide (one character where not even that fits); "" gives one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend([paragraph] if measure(paragraph) <= room else _fill(paragraph, room, measure))
    return lines


def _fill(text: str, room: float, measure: Measure) -> Iterator[str]:
    line, used = "", 0.0
    for piece in pieces(text):
        width = measure(piece)
        if used + width <= room:
            line, used = line + piece, used + width
            continue
        if line.strip():
            yield line.strip()
        *full, line = _chunks(piece, room, measure) if width > room else [piece.lstrip()]
        yield from full
        used = measure(line)
    if line.strip():
        yield line.strip()


def _chunks(piece: str, room: float, measure: Measure) -> list[str]:
    """A piece wider than the room: at its dot, or in chunks of about the same length."""
    head, dot, tail = piece.partition("·")
    if tail and measure(head + dot) <= room and measure(tail) <= room:
        return [head + dot, tail]
    lines = ceil(measure(piece) / max(room, 1.0))
    step = max(1, ceil(len(piece) / lines))
    while step > 1 and any(measure(chunk) > room for chunk in _every(piece, step)):
        step -= 1
    return _every(piece, step)


def _every(piece: str, step: int) -> list[str]:
    return [piece[start : start + step] for start in range(0, len(piece), step)]
