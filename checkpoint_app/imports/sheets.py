"""Sheets: XLSX and old XLS, by calamine, after what could hurt has been looked for.

calamine lays a sheet out in memory cell by cell, empty ones too: two cells at far corners would
take all of it. So the file is walked once before: sizes as they really inflate, how far cells lie.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.imports.cells import Cell
from checkpoint_app.imports.faults import FileFault

MOST_INFLATED = 2 << 30
MOST_CELLS = 30_000_000
_CHUNK = 1 << 22
_OVERLAP = 64
_WIDE = re.compile(rb' r="([A-Z]{2,4})\d')
_SECOND_HALF = re.compile(rb' r="[N-Z]\d')
_FAR = re.compile(rb' r="[A-Z]{1,4}(\d{6,8})"')


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A sheet in memory, which took seconds where it is large."""

    _sheet: Any

    @property
    def height(self) -> int:
        """How many rows there are."""
        return int(self._sheet.total_height)

    def rows(self) -> Iterator[list[Cell]]:
        """The rows in order, from the first one, merged cells filled downwards."""
        return _filled(self._sheet)


def lay_out(path: Path, name: str) -> LaidOut:
    """A sheet of a file. Raises `FileFault`."""
    book = _open(path)
    with _damage_told():
        return LaidOut(book.get_sheet_by_name(name))


def sheet_names(path: Path) -> list[str]:
    """Visible sheets, in order. Raises `FileFault`."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if zipfile.is_zipfile(path):
        _check(path)
    book = _open(path)
    return [
        each.name
        for each in book.sheets_metadata
        if each.typ is SheetTypeEnum.WorkSheet and each.visible is SheetVisibleEnum.Visible
    ]


def _open(path: Path) -> Any:
    from python_calamine import CalamineWorkbook

    with _damage_told():
        return CalamineWorkbook.from_path(path)


@contextmanager
def _damage_told() -> Iterator[None]:
    """What calamine meets in a damaged file, a panic of its own too, is the file's fault."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise FileFault("list_file_protected") from None
    except (CalamineError, OSError, ValueError):
        raise FileFault("list_file_unreadable") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust: it has no class to name
            raise FileFault("list_file_unreadable") from None
        raise


def _filled(sheet: Any) -> Iterator[list[Cell]]:
    """Rows from the sheet's first on; what was merged over several rows stands in each of them."""
    first_row, first_column = sheet.start or (0, 0)
    covered: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom, top + 100_000) + 1):
            covered.setdefault(row - first_row, []).append((top - first_row, left - first_column))
    above: dict[tuple[int, int], Cell] = {}
    tops = {place for places in covered.values() for place in places}
    columns_by_top: dict[int, list[int]] = {}
    for top, column in tops:
        columns_by_top.setdefault(top, []).append(column)
    for number, cells in enumerate(sheet.iter_rows()):
        for column in columns_by_top.get(number, ()):
            above[(number, column)] = cells[column] if 0 <= column < len(cells) else None
        for place in covered.get(number, ()):
            if 0 <= place[1] < len(cells):
                cells[place[1]] = above.get(place)
        yield cells


# --- before calamine ------------------------------------------------------------------------------


def _check(path: Path) -> None:
    """Raises `FileFault` where the file is no sheet, inflates too far or reaches too far."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise FileFault("list_file_unreadable")
            if len(parts) > 5000 or sum(part.file_size for part in parts) > MOST_INFLATED:
                raise FileFault("list_file_inflates")
            for part in parts:
                if part.filename.startswith("xl/") and part.filename.endswith((".xml", ".bin")):
                    _walk(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise FileFault("list_file_unreadable") from None


def _walk(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Inflate a part to its end: a size that lies ends in a wrong checksum."""
    is_sheet = part.filename.startswith("xl/worksheets/sheet")
    columns, rows, tail = 13, 100_000, b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            if is_sheet:
                piece = tail + chunk
                columns = max(columns, _columns(piece))
                rows = max(rows, *(10 ** len(far[1]) for far in _FAR.finditer(piece)), 0)
                if columns * min(rows, 1_048_576) > MOST_CELLS:
                    raise FileFault("list_file_too_large")
                tail = piece[-_OVERLAP:]


def _columns(piece: bytes) -> int:
    widest = max((_column(found[1]) for found in _WIDE.finditer(piece)), default=0)
    if widest:
        return widest
    return 26 if _SECOND_HALF.search(piece) else 13


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
