"""Text files: CSV in UTF-8, UTF-16 or GB18030 with any usual separator, JSON, JSON lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from checkpoint_app.imports.cells import Cell
from checkpoint_app.imports.faults import FileFault

MOST_JSON = 256 << 20  # bytes of a JSON file that is one array and must be read whole
LONGEST_CELL = 16 << 20  # beyond that a quote was never closed
_CHUNK = 1 << 22
_SEPARATORS = ",\t;|，"


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file can be read. Raises `FileFault`."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
                           (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if start.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        if _reads(path, encoding):
            return encoding
    raise FileFault("list_file_unreadable")


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def looks_like_json(path: Path) -> bool:
    """Whether the first thing in the file opens an object or an array."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()
    return start[:1] in (b"{", b"[") and b"\0" not in start


def csv_rows(path: Path, encoding: str) -> Iterator[tuple[list[Cell], float]]:
    """Rows and the part of the file that has been read. Raises `FileFault`."""
    csv.field_size_limit(LONGEST_CELL)
    size = max(path.stat().st_size, 1)
    try:
        with path.open(encoding=encoding, newline="") as text:
            separator = max(_SEPARATORS, key=text.readline(1 << 20).count)
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
            for row in csv.reader(text, delimiter=separator):
                yield row, raw.tell() / size  # type: ignore[misc]
    except (csv.Error, UnicodeError):
        raise FileFault("list_file_unreadable") from None


def json_rows(path: Path) -> Iterator[tuple[list[Cell], float]]:
    """Objects as rows under one row of headings. Raises `FileFault`."""
    try:
        objects = _objects(path)
        first = _some(objects, 200)
        headings = list(dict.fromkeys(str(name) for each, _ in first for name in each))
        yield list(headings), 0.0
        for each, part in first:
            yield [_plain(each.get(name)) for name in headings], part
        for each, part in objects:
            yield [_plain(each.get(name)) for name in headings], part
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise FileFault("list_file_unreadable") from None


def _some(objects: Iterator[tuple[dict[str, Any], float]], most: int) -> list[Any]:
    return [each for each, _ in zip(objects, range(most), strict=False)]


def _objects(path: Path) -> Iterator[tuple[dict[str, Any], float]]:
    size = max(path.stat().st_size, 1)
    if not _is_whole(path):
        with path.open("rb") as file:
            for line in file:
                if line.strip():
                    if len(line) > LONGEST_CELL:
                        raise FileFault("list_file_unreadable")
                    yield (
                        _object(msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))),
                        (file.tell() / size),
                    )
        return
    if size > MOST_JSON:
        raise FileFault("list_file_too_large")
    found = msgspec.json.decode(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    if isinstance(found, dict):
        found = next((each for each in found.values() if isinstance(each, list)), [found])
    for number, each in enumerate(found, 1):
        yield _object(each), number / len(found)


def _is_whole(path: Path) -> bool:
    """Whether the file is one array or object, and not an object a line."""
    with path.open("rb") as file:
        first = file.readline(1 << 20).removeprefix(codecs.BOM_UTF8).strip()
        more = file.readline(1 << 20).strip()
    if first.startswith(b"["):
        return True
    return not (first.endswith(b"}") and (not more or more.startswith(b"{")))


def _object(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise FileFault("list_file_unreadable")
    return found


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    return msgspec.json.encode(value).decode()
