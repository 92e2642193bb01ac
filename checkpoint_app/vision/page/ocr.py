"""Lines of print on a laid sheet: where they stand, what they say, how sure of each character.

The recogniser is rapidocr with the models from its own wheel; nothing is fetched. Loading takes
a second and some 250 MB, so it happens on the first page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.vision.found import Frame

Box = NDArray[np.float32]  # 4 × 2 (x, y): top left, top right, bottom right, bottom left

THREADS = 2
DETECTED = 560_000  # pixels of a sheet in which lines are looked for
DETECTED_WIDE = 900_000  # of a frame in which no page was found
LOCATED = 330_000  # of a frame of which one only wants to know where print stands
_MOST_LINES = 64  # lines that are read; a page has some 40
_BATCH = 6  # lines read at once; between batches the clock is looked at
_MOST_CONFIRMED = 12  # lines read a second time
_NUMBER_18 = re.compile(
    r"(?<![\dXx*])(?=[\dXx*]{18}(?![\dXx*]))\d{0,6}\*+\d{0,4}[\dXx]?(?![\dXx*])"
)
_RUN = 5  # stars
_WIDER = (1.4, 1.8)  # times its width that a line is read again at
_DOUBT = 0.5  # score of a character that two readings disagree on
_LONGEST = 32  # times its height that a line is long
_SQUARISH = (0.55, 1.9)  # width by height of a box that may hold two lines
_AS_HIGH = 0.85  # of the figure beside it; a single word there is half as high
_HALF = 0.53  # of its height that each of the two is given
_SHORTEST = 9.0  # pixels of height below which nothing can be read


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print. `scores` has one figure (0 to 1) for each character of `text`."""

    text: str
    scores: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float
    box: Box = field(repr=False, compare=False)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Ocr:
    """Finds and reads lines; not for use by two threads at once."""

    def __init__(self, threads: int = THREADS, clock: Callable[[], float] = time.monotonic) -> None:
        self._threads = threads
        self._clock = clock
        self._loaded: Any = None

    @property
    def engine(self) -> Any:
        """The recogniser, loaded on first use. Raises ImportError where it is not installed."""
        if self._loaded is None:
            from rapidocr import RapidOCR  # slow to import: not before a page is to be read

            self._loaded = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.return_word_box": True,
                    "Global.use_preprocess_img": False,
                    "Det.limit_type": "max",
                    "Det.limit_side_len": 4096,  # the sheet is brought to size here
                    "Det.use_dilation": False,  # it glues small lines one over the other together
                    "Rec.rec_img_shape": [3, 48, 160],
                    "Rec.rec_batch_num": _BATCH,
                    "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        return self._loaded

    def warm(self) -> None:
        """Load both models now."""
        blank = np.full((64, 64, 3), 255, np.uint8)
        self.find(blank)
        self.read(blank, [np.array([(8, 8), (56, 8), (56, 40), (8, 40)], np.float32)], np.inf)

    def find(self, sheet: Frame, most: int = DETECTED) -> list[Box]:
        """Boxes of lines, in pixels of the sheet, which is looked at in at most so many pixels."""
        scale = min(1.0, float(np.sqrt(most / (sheet.shape[0] * sheet.shape[1]))))
        small = cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if min(small.shape[:2]) < 32:
            return []
        found = self.engine(small, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if found is None else [np.asarray(box / scale, np.float32) for box in found]

    def upside_down(self, sheet: Frame, boxes: Sequence[Box]) -> bool:
        """Whether most of the widest lines stand on their heads."""
        widest = sorted(boxes, key=lambda box: -_size(box)[0])[:_BATCH]
        crops = self.engine.crop_text_regions(sheet, widest)
        if not crops:
            return False
        _, told = self.engine.cls_and_rotate(crops)
        return sum(1 if label == "180" else -1 for label, _ in told.cls_res) > 0

    def read(self, sheet: Frame, boxes: Sequence[Box], until: float) -> list[Line]:
        """The lines in these boxes; the largest ones where there are too many, and none after
        `until` (of this reader's clock). Print that runs down is ornament and left out."""
        fit = [box for box in boxes if _may_be_read(box)]
        fit = sorted(fit, key=lambda box: -_size(box)[1])[:_MOST_LINES]
        fit.sort(key=lambda box: _size(box)[0] / _size(box)[1])  # alike widths together
        lines: list[Line] = []
        for start in range(0, len(fit), _BATCH):
            if self._clock() > until:
                break
            lines += self._batch(sheet, fit[start : start + _BATCH])
        lines = [line for line in lines if line.text.strip()]
        return sorted(lines, key=lambda line: (line.top, line.left))

    def confirm(
        self, sheet: Frame, lines: Sequence[Line], worth: Callable[[str], bool]
    ) -> list[Line]:
        """The lines, those worth it read a second time from a little more of the sheet.

        Where both readings differ, the one with more stars counts (small stars get lost, none is
        ever added) and its characters that the other has not are doubtful. The second reading is
        of the line made wider, which keeps stars apart; long runs of them get a third.
        """
        told = [line for line in lines if worth(line.text)][:_MOST_CONFIRMED]
        starry = [line for line in told if line.text.count("*") >= _RUN]
        plain = [line for line in told if line.text.count("*") < _RUN]
        grown = self._again(sheet, plain, _WIDER[0], _grown)
        wide, wider = (self._again(sheet, starry, width) for width in _WIDER)
        better = {id(one): _agreed(one, two) for one, two in zip(plain, grown, strict=True)}
        for one, *others in zip(starry, wide, wider, strict=True):
            better[id(one)] = _likeliest([one, *others])
        return [better.get(id(line), line) for line in lines]

    def split(self, sheet: Frame, lines: Sequence[Line]) -> list[Line]:
        """The lines, those that were two taken apart: small words one over the other beside a
        large figure (48 小时/阴性) are found as one box, which nobody can read."""
        found: list[Line] = []
        for line in lines:
            halves: list[Line] = []
            if _may_be_two(line, lines):
                halves = self._batch(sheet, _halves(line.box))
            found += halves if len(halves) == 2 and any(map(_is_told, halves)) else [line]
        return found

    def _again(
        self,
        sheet: Frame,
        lines: Sequence[Line],
        width: float,
        shape: Callable[[Box], Box] = lambda box: box,
    ) -> list[Line]:
        """Another reading of each line, stretched to so many times its width."""
        found: list[Line] = []
        for start in range(0, len(lines), _BATCH):
            boxes = [shape(line.box) for line in lines[start : start + _BATCH]]
            found += self._batch(sheet, boxes, width)
        return [replace(new, **_place(old)) for new, old in zip(found, lines, strict=True)]

    def _batch(self, sheet: Frame, boxes: Sequence[Box], width: float = 1.0) -> list[Line]:
        crops = self.engine.crop_text_regions(sheet, list(boxes))
        if width != 1:
            crops = [cv2.resize(each, None, fx=width, fy=1) for each in crops]
        told = self.engine.recognize_txt(crops) if crops else None
        if told is None:
            return []
        pairs = zip(told.txts, told.word_results, boxes, strict=True)
        return [_line(text, words, box) for text, words, box in pairs]


def _may_be_read(box: Box) -> bool:
    """Neither too small, nor running down, nor longer than any line of a page."""
    width, height = _size(box)
    return min(width, height) >= _SHORTEST and height <= 1.5 * width and width <= _LONGEST * height


def _may_be_two(line: Line, lines: Sequence[Line]) -> bool:
    """Squarish, with hardly anything read, right beside a figure that is no higher."""
    width, height = _size(line.box)
    if not (_SQUARISH[0] * height <= width <= _SQUARISH[1] * height and len(line.text) <= 2):
        return False
    return any(
        each.text.strip().isdigit()
        and height > _AS_HIGH * each.height
        and abs(each.middle[1] - line.middle[1]) < height / 2
        and abs(line.left - each.right) < height
        for each in lines
    )


def _halves(box: Box) -> list[Box]:
    """The upper and the lower half of a box."""
    left, right = box[3] - box[0], box[2] - box[1]
    upper = np.stack([box[0], box[1], box[1] + _HALF * right, box[0] + _HALF * left])
    lower = np.stack([box[3] - _HALF * left, box[2] - _HALF * right, box[2], box[3]])
    return [np.asarray(upper, np.float32), np.asarray(lower, np.float32)]


def _is_told(line: Line) -> bool:
    return len(line.text.strip()) >= 2 and min(line.scores, default=0.0) > _DOUBT


def _grown(box: Box) -> Box:
    """A box with a tenth of its height more on every side."""
    width, height = _size(box)
    share = np.array([1 + 0.2 * height / width, 1.2], np.float32)
    right, down = (box[1] - box[0]) / width, (box[3] - box[0]) / height
    axes = np.stack([right, down])
    middle = box.mean(axis=0)
    return np.asarray(((box - middle) @ axes.T * share) @ axes + middle, np.float32)


def _place(line: Line) -> dict[str, Any]:
    """Where a line stands, for a second reading of it."""
    sides = {"left": line.left, "top": line.top, "right": line.right, "bottom": line.bottom}
    return {**sides, "box": line.box}


def _agreed(one: Line, two: Line) -> Line:
    """One line of two readings of it."""
    first, second = (each.text.replace(" ", "") for each in (one, two))
    if first == second:
        return one
    kept, other = (two, first) if two.text.count("*") > one.text.count("*") else (one, second)
    return _doubted(kept, _in_both(kept.text, other))


def _likeliest(readings: list[Line]) -> Line:
    """Of several readings of a masked number the one that has all of an ID number's 18 places,
    else the one with most stars; what no other reading has is doubtful."""
    whole = [each for each in readings if _NUMBER_18.search(each.text.replace(" ", ""))]
    kept = whole[0] if whole else max(readings, key=lambda each: each.text.count("*"))
    others = [each for each in readings if each is not kept]
    agreed = [_in_both(kept.text, each.text) for each in others]
    return _doubted(kept, set.union(*agreed))


def _doubted(line: Line, same: set[int]) -> Line:
    """A line whose characters at other places than these, but for stars, are doubtful."""
    scores = tuple(
        score if at in same or sign in "* " else min(score, _DOUBT)
        for at, (sign, score) in enumerate(zip(line.text, line.scores, strict=True))
    )
    return replace(line, scores=scores)


def _in_both(kept: str, other: str) -> set[int]:
    """Places of characters of `kept` that `other` has in the same order."""
    matches = SequenceMatcher(None, kept, other, autojunk=False).get_matching_blocks()
    return {each.a + step for each in matches for step in range(each.size)}


def _size(box: Box) -> tuple[float, float]:
    """Width and height of a box along its own sides."""
    width = np.linalg.norm(box[1] - box[0]) + np.linalg.norm(box[2] - box[3])
    height = np.linalg.norm(box[3] - box[0]) + np.linalg.norm(box[2] - box[1])
    return float(width) / 2, float(height) / 2


def _line(text: str, words: Any, box: Box) -> Line:
    """A tilted line keeps its own height and is moved to where its middle stands."""
    width, height = _size(box)
    x, y = (float(value) for value in box.mean(axis=0))
    scores = tuple(float(score) for score in words.confs)
    return Line(text, scores, x - width / 2, y - height / 2, x + width / 2, y + height / 2, box)


def vertical(boxes: Sequence[Box]) -> bool:
    """Whether most print stands on its side."""
    longer = [width - height for width, height in map(_size, boxes)]
    return sum(1 if each > 0 else -1 for each in longer if each) < 0
