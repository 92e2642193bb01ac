"""How wide the columns of a table are and how large its text is.

Words that should stay whole (a phone number, a plate, 未出示) set the least width of a column. The
rest of the page goes, point by point, to the column that takes most lines away from the rows;
what is left then follows the columns' weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil

from checkpoint_app.domain.paper import Column
from checkpoint_app.registers.typeface import Typeface
from checkpoint_app.registers.wrap import pieces

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # points; the largest that suits the content is taken
SIDE = 2.2  # padding left and right, points
SAMPLE = 60  # rows that widths are judged by
WHOLE = (7.3, 4.6)  # ems: wider words may be broken; a plate fits, a phone number then in halves
_NUMBER = 10.8  # ems: an ID number fits; it is compared, so it stays whole where the page allows
_LARGE = SIZES[:3]
_JUDGED = 150  # characters of a value that count
_SHORT = 4.2  # ems: values up to this stay on one line
_CROWDED = 4.2  # lines above which words are rather broken
_BY_HAND = 46.0  # points: a column with nothing in it yet is written in with a pen
_USUAL = 2.4  # lines of an average row's tallest cell, above which a smaller size is tried


@dataclass(frozen=True, slots=True)
class _Demand:
    """What one column asks for: its least width, and its sampled values' pieces, both in ems."""

    floor: float
    whole: float  # its widest word
    values: tuple[tuple[float, ...], ...]
    by_hand: float  # points
    fixed: float | None = None  # points

    def at_most(self, whole: float) -> _Demand:
        """The same column, where words wider than this may be broken."""
        return replace(self, floor=max(self.floor, min(self.whole, whole)))

    def least(self, size: float) -> float:
        """The least width in points, with the padding."""
        if self.fixed is not None:
            return self.fixed
        return max(self.floor * size + 2 * SIDE + 0.2, self.by_hand)

    def lines(self, ems: float) -> dict[tuple[float, ...], int]:
        """Lines that each distinct value takes in this width."""
        return {value: _lines(value, ems) for value in dict.fromkeys(self.values)}


def fit_columns(
    columns: Sequence[Column],
    headings: Sequence[str],
    sample: Sequence[Sequence[str]],
    room: float,
    face: Typeface,
    bold: Typeface,
) -> tuple[float, list[float]]:
    """The font size and the column widths (points, their sum is `room`) for a table's texts.

    Columns of a fixed width have it, as far as the page is wide enough for all of them.
    """
    weights = [each.weight for each in columns]
    point = room / sum(max(weight, 0.1) for weight in weights)
    demands = []
    for at, column in enumerate(columns):
        texts, share = [row[at] for row in sample], 1.3 * point * column.weight
        demand = _demand(headings[at], texts, share, face, bold)
        fixed = column.width_mm and column.width_mm * 72 / 25.4
        demands.append(replace(demand, fixed=fixed))
    size, widths = _best(demands, room)
    open_to = [0.0 if each.width_mm is not None else max(each.weight, 0.1) for each in columns]
    return size, _filled(widths, open_to, room)


def _best(demands: Sequence[_Demand], room: float) -> tuple[float, list[float]]:
    """The largest size that keeps words whole and rows low, as far as both can be had."""
    whole_numbers = [each.at_most(_NUMBER) for each in demands]
    for size in _LARGE:
        widths = _share(whole_numbers, size, room)
        if sum(widths) <= room and _tallest(demands, widths, size) <= _USUAL:
            return size, widths
    found: list[tuple[float, float, list[float]]] = []
    widths = [room / len(demands)] * len(demands)
    for whole in WHOLE:
        asking = [each.at_most(whole) for each in demands]
        for size in SIZES:
            widths = _share(asking, size, room)
            if sum(widths) <= room:
                found.append((_tallest(demands, widths, size), size, widths))
                if found[-1][0] <= _USUAL:
                    return size, widths
        if found and min(found)[0] <= _CROWDED:
            break
    if not found:
        return SIZES[-1], widths
    low = 1.2 * min(found)[0]
    _, size, widths = max((each for each in found if each[0] <= low), key=lambda each: each[1])
    return size, widths


def _demand(
    heading: str, texts: list[str], share: float, face: Typeface, bold: Typeface
) -> _Demand:
    values = tuple(
        tuple(face.width(piece) / 1000 for piece in pieces(text[:_JUDGED].replace("\n", " ")))
        for text in texts
    )
    naturals = sorted(map(sum, values))
    usual = naturals[len(naturals) * 9 // 10] if naturals else 0.0
    words = [bold.width(piece) / 1000 for piece in pieces(heading)]
    least = usual if usual <= _SHORT else _SHORT / 2
    floor = max(1.1, least, bold.width(heading) / 2800, *(min(word, WHOLE[0]) for word in words))
    whole = max(chain.from_iterable(values), default=0.0)
    return _Demand(floor, whole, values, 0.0 if any(values) else min(share, _BY_HAND))


def _lines(value: tuple[float, ...], ems: float) -> int:
    lines, used = 1, 0.0
    for width in value:
        if used + width <= ems:
            used += width
        else:
            over = ceil(width / ems)
            lines += over - (not used)
            used = width - (over - 1) * ems
    return lines


def _share(demands: Sequence[_Demand], size: float, room: float) -> list[float]:
    """Least widths, widened where that saves lines; more than `room` in all if it doesn't fit."""
    widths = [each.least(size) for each in demands]
    spare = room - sum(widths)
    steps = [
        _savings(each, size, width, spare) for each, width in zip(demands, widths, strict=True)
    ]
    while True:
        best = max(
            (
                (saved / cost, -number, cost)
                for number, step in enumerate(steps)
                for cost, saved in step[:1]
                if cost <= spare
            ),
            default=None,
        )
        if best is None:
            return widths
        number, cost = -best[1], best[2]
        widths[number] += cost
        spare -= cost
        steps[number].pop(0)


def _savings(demand: _Demand, size: float, width: float, spare: float) -> list[tuple[float, float]]:
    """Ways to widen one column in turn, the most saving first: (points, what that saves)."""
    if demand.fixed is not None:
        return []
    counts = Counter(demand.values)
    most = max(map(sum, demand.values), default=0.0) * size + 2 * SIDE + 1 - width
    burdens = [
        sum(counts[v] * n**3 for v, n in demand.lines((width + more - 2 * SIDE) / size).items())
        for more in range(int(max(min(spare, most), 0.0)) + 1)
    ]
    steps: list[tuple[float, float]] = []
    at = 0
    while True:
        reachable = [
            ((burdens[at] - burden) / more, -more)
            for more, burden in enumerate(burdens[at:])
            if more and burden < burdens[at]
        ]
        if not reachable:
            return steps
        more = -max(reachable)[1]
        steps.append((float(more), float(burdens[at] - burdens[at + more])))
        at += more


def _tallest(demands: Sequence[_Demand], widths: Sequence[float], size: float) -> float:
    columns = []
    for each, width in zip(demands, widths, strict=True):
        lines = each.lines((width - 2 * SIDE) / size)
        columns.append([lines[value] for value in each.values])
    heights = [max(row) for row in zip(*columns, strict=True)]
    return sum(heights) / len(heights) if heights else 0.0


def _filled(widths: list[float], weights: Sequence[float], room: float) -> list[float]:
    spare = room - sum(widths)
    if spare <= 0:
        return [width * room / sum(widths) for width in widths]
    total = sum(weights)
    if not total:
        return [width * room / sum(widths) for width in widths]
    return [w + spare * weight / total for w, weight in zip(widths, weights, strict=True)]
