"""Reading a phone's page: frame in, fields out. Holds no Qt and no threads.

The reader takes a second of one core and more; give it a thread of its own and the sharpest of the
latest frames. It never raises on a picture, invents nothing, and stops at its time limit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.page import Page, PageKind
from checkpoint_app.domain.page_findings import findings
from checkpoint_app.vision.colour import measure
from checkpoint_app.vision.found import FoundCode, Frame, moved
from checkpoint_app.vision.page import bearer, heading, journey, moments
from checkpoint_app.vision.page.health import health
from checkpoint_app.vision.page.layout import Layout, lay_out
from checkpoint_app.vision.page.moments import Clock
from checkpoint_app.vision.page.ocr import (
    DETECTED,
    DETECTED_WIDE,
    LOCATED,
    THREADS,
    Box,
    Ocr,
    vertical,
)
from checkpoint_app.vision.page.sheet import LONGEST, Sheet, code_like, lay_flat
from checkpoint_app.vision.page.tables import Tables, load_tables

SECONDS = 4.0  # no further lines are read after this
_NOTE_LIMIT = 80  # characters
_MOST_NOTES = 4
_FEW = 3  # lines; fewer say nothing
_SHARP_SIDE = 640


class PageReader:
    """Reads one page at a time; the recogniser is loaded on the first.

    `folder` is a station's data folder whose own tables count before the shipped ones; `issuer_of`
    tells the issuer of a code's text where the page prints none.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        issuer_of: Callable[[str], str | None] | None = None,
        seconds: float = SECONDS,
        threads: int = THREADS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._issuer_of = issuer_of
        self._seconds = seconds
        self._clock = clock
        self._ocr = Ocr(threads, clock)
        self._tables: Tables | None = None

    def load(self) -> None:
        """Load tables and recogniser now, so that the first page is as quick as the others."""
        self._ocr.warm()
        self._known()

    def read(self, image: Frame, *, now: datetime, codes: Sequence[FoundCode] = ()) -> Page | None:
        """The page that a frame (H × W × 3, BGR, uint8) shows, or None where it shows none.

        `now` is the desk's local time (a zone is dropped): it gives a missing year and judges the
        page's clock. `codes` are the codes found in this very frame: they tell where the page is,
        which way up, and its colour. Raises ImportError where the recogniser is not installed.
        """
        if not _is_picture(image):
            return None
        until = self._clock() + self._seconds
        frame, scale = _at_most(image, LONGEST)
        around = [_scaled(each, scale) for each in codes]
        sheet = lay_flat(frame, around, lambda whole: self._ocr.find(whole, LOCATED))
        page = self._page(sheet, now.replace(tzinfo=None), until)
        if page is not None and page.issuer is None and page.kind is PageKind.HEALTH_CODE:
            page = replace(page, issuer=self._issuer_by_code(codes))
        return page

    def _issuer_by_code(self, codes: Sequence[FoundCode]) -> str | None:
        told = map(self._issuer_of, [each.text for each in codes]) if self._issuer_of else ()
        return next((each for each in told if each), None)

    def _page(self, sheet: Sheet, now: datetime, until: float) -> Page | None:
        tables = self._known()
        boxes = self._ocr.find(sheet.image, DETECTED if sheet.bounded else DETECTED_WIDE)
        if len(boxes) < _FEW:
            return None
        if sheet.turned and vertical(boxes):
            sheet, boxes = _quarter_turned(sheet, boxes)
        if sheet.turned and self._ocr.upside_down(sheet.image, boxes):
            sheet, boxes = _quarter_turned(*_quarter_turned(sheet, boxes))
        lines = self._ocr.read(sheet.image, boxes, until)
        if self._clock() < until:
            lines = self._ocr.split(sheet.image, lines)
            lines = self._ocr.confirm(sheet.image, lines, lambda text: bearer.telling(text, tables))
        height, width = sheet.image.shape[:2]
        code, decoded = sheet.code or code_like(sheet.image), sheet.code is not None
        layout = lay_out(lines, width, height, code, decoded=decoded, top=sheet.top)
        return fields(layout, sheet, tables, now)

    def _known(self) -> Tables:
        if self._tables is None:
            self._tables = load_tables(self._folder)
        return self._tables


def fields(layout: Layout, sheet: Sheet, tables: Tables, now: datetime) -> Page | None:
    """The page that the lines of a sheet make up, or None where they make up none."""
    clock = moments.clock(layout, tables, now)
    phone = bearer.phone(layout, tables)
    id_number = bearer.id_number(layout, tables, now.date())
    numbers = [each for each in (id_number, phone) if each is not None]
    name = bearer.name(layout, tables, numbers)
    issuer = heading.issuer(layout, tables)
    kind = heading.kind(layout, tables, issuer, [*numbers, *([name] if name else [])], clock)
    if kind is None:
        return None
    word = heading.colour_word(layout, tables)
    doubts = {"colour_word": word, "phone": phone, "clock": clock}
    page = Page(
        kind,
        colour_word=word.word if word else None,
        colour_told=word.told if word else None,
        phone=phone.value if phone else None,
        clock=clock.value if clock else None,
        notes=_notes(layout, tables),
        uncertain=_uncertain(doubts),
    )
    if kind is PageKind.ITINERARY_CARD:
        return _with_findings(_card(page, layout, sheet, tables, clock), now)
    doubts = {"issuer": issuer, "name": name, "id_number": id_number}
    page = replace(
        page,
        colour=sheet.colour or Colour.UNKNOWN,
        issuer=issuer.value if issuer else None,
        name=name.value if name else None,
        id_number=id_number.value if id_number else None,
        clock_ticks=clock.ticks if clock else False,
        uncertain=page.uncertain | _uncertain(doubts),
    )
    return _with_findings(_with_health(page, layout, tables, clock, now), now)


def _uncertain(read: Mapping[str, _Doubtable | None]) -> frozenset[str]:
    return frozenset(field for field, each in read.items() if each is not None and not each.sure)


class _Doubtable(Protocol):
    @property
    def sure(self) -> bool: ...


def _with_findings(page: Page, now: datetime) -> Page:
    return replace(page, findings=findings(page, now))


def _card(page: Page, layout: Layout, sheet: Sheet, tables: Tables, clock: Clock | None) -> Page:
    """The page with what only an itinerary card has: its arrow's colour and its cities."""
    cities, sure = journey.cities(layout, tables)
    colour = Colour.UNKNOWN
    place = journey.arrow(layout, tables)
    if place is not None:
        colour = measure(sheet.image, place) or Colour.UNKNOWN
    uncertain = page.uncertain | (frozenset() if sure else {"cities"})
    return replace(page, cities=cities, colour=colour, uncertain=uncertain)


def _with_health(
    page: Page, layout: Layout, tables: Tables, clock: Clock | None, now: datetime
) -> Page:
    stated = health(layout, tables, clock, now)
    uncertain = page.uncertain | stated.uncertain
    return replace(page, test=stated.test, vaccination=stated.vaccination, uncertain=uncertain)


def _notes(layout: Layout, tables: Tables) -> tuple[str, ...]:
    kept = layout.where(lambda text: len(text) >= 6 and tables.has("notices.kept", text))
    return tuple(each.text[:_NOTE_LIMIT] for each in kept[:_MOST_NOTES])


def sharpness(frame: Frame) -> float:
    """How sharp a frame is, to choose the best of the latest; only compared with its like."""
    if not _is_picture(frame):
        return 0.0
    small, _ = _at_most(frame, _SHARP_SIDE)
    return float(cv2.Laplacian(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.CV_32F).var())


def _is_picture(frame: Frame) -> bool:
    return (
        isinstance(frame, np.ndarray)
        and frame.dtype == np.uint8
        and frame.ndim == 3
        and frame.shape[2] == 3
        and min(frame.shape[:2]) >= 64
    )


def _at_most(frame: Frame, side: int) -> tuple[Frame, float]:
    scale = side / max(frame.shape[:2])
    if scale >= 1:
        return frame, 1.0
    smaller = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8), scale


def _scaled(code: FoundCode, scale: float) -> FoundCode:
    return replace(code, corners=moved(code.corners, 1 / scale, 0.0, 0.0))


def _quarter_turned(sheet: Sheet, boxes: Sequence[Box]) -> tuple[Sheet, list[Box]]:
    """A sheet without a code and the boxes of its lines, turned clockwise."""
    image = np.asarray(cv2.rotate(sheet.image, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    width = image.shape[1]
    turned = [np.stack([width - box[:, 1], box[:, 0]], axis=1) for box in boxes]
    return replace(sheet, image=image), [np.roll(box, 1, axis=0) for box in turned]
