"""Lines of a page as neighbours of each other: what stands beside, below, nearest to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from checkpoint_app.domain.person import narrow
from checkpoint_app.vision.found import Corners
from checkpoint_app.vision.page.ocr import Line

_ABOVE = 3.5  # a line over a heading is this much farther from it than one under it
_BEFORE = 2.0  # and one to its left than one to its right
_STARS = dict.fromkeys(map(ord, "＊∗﹡✱※"), "*")


@dataclass(frozen=True, slots=True)
class Area:
    """An upright rectangle in pixels of the sheet; `decoded`: a code that was read stands there."""

    left: float
    top: float
    right: float
    bottom: float
    decoded: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """A line as it is compared: full-width signs made plain, one form of star."""

    text: str
    line: Line

    @property
    def height(self) -> float:
        return self.line.height

    def sure(self, start: int = 0, end: int | None = None, where: str = "") -> float:
        """The worst score of the characters in a span, or of those of them in `where`."""
        span = slice(start, end)
        pairs = zip(self.text[span], self.line.scores[span], strict=False)
        return min((score for sign, score in pairs if not where or sign in where), default=1.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines of a sheet from the top down, and where its code stands; `top` is its outline's."""

    lines: tuple[Print, ...]
    width: int
    height: int
    code: Area | None = None
    top: float = 0.0

    def where(self, fits: Callable[[str], bool]) -> list[Print]:
        """The lines whose text fits."""
        return [each for each in self.lines if fits(each.text)]


def lay_out(
    lines: Iterable[Line],
    width: int,
    height: int,
    code: Corners | None,
    *,
    decoded: bool = True,
    top: float = 0.0,
) -> Layout:
    """The layout of a sheet of this size; `code` are the corners of what is or may be a code."""
    area = None
    if code is not None:
        xs, ys = [x for x, _ in code], [y for _, y in code]
        area = Area(min(xs), min(ys), max(xs), max(ys), decoded)
    plain = [Print(narrow(each.text).translate(_STARS), each) for each in lines]
    return Layout(tuple(_joined(plain)), width, height, area, top)


def _joined(lines: list[Print]) -> list[Print]:
    """Lines with what was found as a line of its own though stars go over from one to the other."""
    left = list(lines)
    for one in sorted(lines, key=lambda each: each.line.left):
        after = next((each for each in left if each is not one and _goes_over(one, each)), None)
        if after is not None and one in left:
            left = [each for each in left if each is not one and each is not after]
            left.append(_one_line(one, after))
    return sorted(left, key=lambda each: (each.line.top, each.line.left))


def _goes_over(one: Print, two: Print) -> bool:
    """Whether a masked name or number begins in one line and goes on in the next of its row."""
    starry = one.text.rstrip().endswith("*") or two.text.lstrip().startswith("*")
    apart = two.line.left - one.line.right
    return starry and same_row(one.line, two.line) and -0.5 < apart / one.height < 0.8


def _one_line(one: Print, two: Print) -> Print:
    line = replace(
        two.line,
        text=one.text + two.text,
        scores=one.line.scores + two.line.scores,
        left=one.line.left,
        top=min(one.line.top, two.line.top),
        bottom=max(one.line.bottom, two.line.bottom),
    )
    return Print(one.text + two.text, line)


def same_row(one: Line, two: Line) -> bool:
    """Whether the middles of two lines lie within each other's height."""
    apart = abs(one.middle[1] - two.middle[1])
    return apart < 0.45 * max(one.height, two.height) and apart < 0.9 * min(one.height, two.height)


def right_of(layout: Layout, mark: Print) -> Print | None:
    """The next line in the same row."""
    row = [
        each
        for each in layout.lines
        if each is not mark
        and same_row(each.line, mark.line)
        and each.line.left >= mark.line.middle[0]
    ]
    return min(row, key=lambda each: each.line.left, default=None)


def below(layout: Layout, mark: Print, reach: float = 2.0) -> Print | None:
    """The next line under a heading, at most `reach` of its heights away."""
    under = [
        each
        for each in layout.lines
        if 0 < each.line.middle[1] - mark.line.bottom < reach * mark.height
        and each.line.left < mark.line.right
        and each.line.right > mark.line.left
    ]
    return min(under, key=lambda each: each.line.top, default=None)


def gaps(one: Line | Area, two: Line | Area) -> tuple[float, float]:
    """How far apart two rectangles are across and down; 0 where they overlap."""
    across = max(one.left - two.right, two.left - one.right, 0.0)
    down = max(one.top - two.bottom, two.top - one.bottom, 0.0)
    return across, down


def near(one: Line | Area, two: Line | Area, across: float, down: float) -> bool:
    """Whether two rectangles are at most so many pixels apart."""
    x, y = gaps(one, two)
    return x <= across and y <= down


def owner(line: Line, heads: Sequence[Print]) -> Print | None:
    """The heading that a line belongs to: the nearest, headings above and to the left first."""

    def distance(head: Print) -> float:
        across, down = gaps(line, head.line)
        across *= _BEFORE if head.line.left > line.right else 1.0
        down *= _ABOVE if head.line.top > line.bottom else 1.0
        return across + down

    return min((each for each in heads if each.line is not line), key=distance, default=None)
