"""One row of a file into one entry, or why not. What is kept is tidy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RiskEntry,
    RiskLevel,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import (
    DocumentKind,
    NumberFault,
    check_digit,
    plain_text,
    read_document,
    read_id_card,
    read_phone,
    tidy_name,
    tidy_number,
)
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.region import is_province
from checkpoint_app.imports.cells import (
    LONGEST,
    Cell,
    LostDigits,
    moment_of,
    number_text,
    text_of,
)
from checkpoint_app.imports.faults import RowFault

PlaceCode = Callable[[str], str | None]  # a division's name -> its code


class RowRefused(ValueError):
    """This row cannot be taken; caught where rows are counted, never beyond this room."""

    def __init__(self, fault: RowFault, field: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.field = fault, field


@dataclass(frozen=True, slots=True)
class Knows:
    """What reading a row takes besides the row: the day, the zone, the divisions' names."""

    today: date
    zone: tzinfo | None = None
    place_code: PlaceCode = lambda name: None


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, kind: ListKind, columns: dict[str, int], knows: Knows) -> None:
        self._columns, self._knows = columns, knows
        builders: dict[ListKind, Callable[[], Entry]] = {
            ListKind.WATCH: self._watched,
            ListKind.ROSTER: self._member,
            ListKind.RETURNEE: self._returnee,
            ListKind.RISK: self._area,
        }
        self._build = builders[kind]
        self._cells: Sequence[Cell] = ()

    def entry(self, cells: Sequence[Cell]) -> Entry:
        """The row as an entry. Raises `RowRefused`."""
        self._cells = cells
        return self._build()

    def identity(self, entry: Entry) -> str:
        """What two rows must share to be the same person or place."""
        if isinstance(entry, RiskEntry):
            return f"{entry.code}|{entry.name}|{entry.starts}"
        if entry.id_number:
            return entry.id_number
        more = entry.roster_id if isinstance(entry, RosterEntry) else None
        return f"{entry.phone}|{entry.plate}|{entry.name}|{more}"

    # --- kinds

    def _watched(self) -> WatchEntry:
        id_number, phone, plate = self._number(), self._phone(), self._plate()
        if not (id_number or phone or plate):
            raise RowRefused(RowFault.NOTHING_TO_MATCH)
        return WatchEntry(
            name=self._name(),
            id_number=id_number,
            phone=phone,
            plate=plate,
            residence=self._text("residence"),
            source=self._text("source"),
            note=self._text("note"),
            due=self._end("due"),
        )

    def _member(self) -> RosterEntry:
        return RosterEntry(
            name=self._needed_name(),
            roster_id=self._number_like("roster_id"),
            id_number=self._number(),
            phone=self._phone(),
            plate=self._plate(),
            unit=self._text("unit"),
            role=self._text("role"),
            residence=self._text("residence"),
            household=self._text("household"),
            guardian=self._text("guardian"),
            window=self._text("window"),
            test_every_h=self._hours("test_every_h"),
            tested_at=self._moment("tested_at"),
            host=self._text("host"),
            photo=self._text("photo"),
            note=self._text("note"),
        )

    def _returnee(self) -> ReturneeEntry:
        id_number, phone, plate = self._number(), self._phone(), self._plate()
        if not (id_number or phone or plate):
            raise RowRefused(RowFault.NOTHING_TO_MATCH)
        return ReturneeEntry(
            name=self._needed_name(),
            id_number=id_number,
            phone=phone,
            plate=plate,
            from_country=self._text("from_country"),
            arrives=self._moment("arrives"),
            entry_place=self._text("entry_place"),
            transport=self._text("transport"),
            receiver=self._text("receiver"),
            residence=self._text("residence"),
            note=self._text("note"),
        )

    def _area(self) -> RiskEntry:
        name = self._text("name") or ""
        starts, ends = self._moment("starts"), self._moment("ends")
        return RiskEntry(
            code=self._code(name),
            name=name,
            level=_level(self._text("level") or ""),
            starts=starts.date() if starts else None,
            ends=ends.date() if ends else None,
        )

    # --- fields

    def _cell(self, field: str) -> Cell:
        place = self._columns.get(field, _NO_COLUMN)
        return self._cells[place] if place < len(self._cells) else None

    def _text(self, field: str) -> str | None:
        cell = self._cell(field)
        if cell is None or cell == "":
            return None
        if type(cell) is str and len(cell) <= LONGEST and cell.isprintable():
            text = cell.strip()  # nearly all of them, and a list has a million
        elif isinstance(cell, str) and len(cell) > LONGEST:
            raise RowRefused(RowFault.TOO_LONG, field)
        else:
            text = text_of(cell)
        if text[:1] == "#" and text in _ERRORS:
            raise RowRefused(RowFault.CELL_ERROR, field)
        return text or None

    def _number_like(self, field: str) -> str | None:
        cell = self._cell(field)
        if cell is None or cell == "":
            return None
        if isinstance(cell, str) and (len(cell) > LONGEST or cell in _ERRORS):
            raise RowRefused(RowFault.CELL_ERROR if cell in _ERRORS else RowFault.TOO_LONG, field)
        try:
            return number_text(cell) or None
        except LostDigits:
            raise RowRefused(RowFault.NUMBER_LOST_DIGITS, field) from None

    def _name(self) -> str | None:
        text = self._text("name")
        return text if text is None or _PLAIN_NAME.fullmatch(text) else tidy_name(text)

    def _needed_name(self) -> str:
        name = self._name()
        if name is None:
            raise RowRefused(RowFault.NAME_MISSING, "name")
        return name

    def _number(self) -> str | None:
        text = self._number_like("id_number")
        if text is None or text in _NOTHING:
            return None
        return _document(text, self._knows.today)

    def _phone(self) -> str | None:
        text = self._number_like("phone")
        if text is None or text in _NOTHING:
            return None
        if (phone := read_phone(text)) is not None:
            return phone  # nearly always one alone
        for each in _PARTS.split(text):
            if (phone := read_phone(each)) is not None:
                return phone
        raise RowRefused(RowFault.PHONE_WRONG, "phone")

    def _plate(self) -> str | None:
        text = self._text("plate")
        if text is None or text in _NOTHING:
            return None
        plate = tidy_plate(text)
        if not 5 <= len(plate) <= 10:
            raise RowRefused(RowFault.PLATE_WRONG, "plate")
        return plate

    def _moment(self, field: str) -> datetime | None:
        cell = self._cell(field)
        if isinstance(cell, str) and (len(cell) > LONGEST or cell in _NOTHING):
            if cell in _NOTHING:
                return None
            raise RowRefused(RowFault.TOO_LONG, field)
        try:
            return moment_of(cell, self._knows.today, self._knows.zone)
        except (ValueError, OverflowError):
            raise RowRefused(RowFault.DATE_WRONG, field) from None

    def _end(self, field: str) -> datetime | None:
        """A deadline; a day alone ends with the day."""
        found = self._moment(field)
        if found is not None and found.time() == time():
            return found.replace(hour=23, minute=59)
        return found

    def _hours(self, field: str) -> int | None:
        text = self._text(field)
        if text is None or text in _NOTHING:
            return None
        hours = _interval(text)
        if hours is None:
            raise RowRefused(RowFault.INTERVAL_WRONG, field)
        return hours

    def _code(self, name: str) -> str:
        text = self._number_like("code")
        if text is None:
            found = self._knows.place_code(name)
        else:
            found = text if _DIVISION.fullmatch(text) and is_province(text[:2]) else None
        if found is None:
            raise RowRefused(RowFault.CODE_WRONG, "code")
        return found


_NO_COLUMN = 1 << 30
_NOTHING = frozenset({"", "无", "/", "-", "—", "不详", "未知", "暂无", "None", "null"})
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}")
_PARTS = re.compile(r"[,，、;；/|\s]+")
_DIVISION = re.compile(r"[1-9]\d(\d{2}|\d{4}|\d{7}|\d{10})?", re.ASCII)
_PLAIN_ID = re.compile(r"[1-8]\d{16}[\dX]", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def _holds_together(number: str, today: date) -> bool:
    born = _day(number[6:14])
    known = born is not None and today.year - 130 <= born.year and born <= today
    return known and is_province(number[:2]) and check_digit(number[:17]) == number[17]


@lru_cache(maxsize=50_000)
def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _document(text: str, today: date) -> str:
    """An identity number, else another document's; a slip in an identity number is refused."""
    if _PLAIN_ID.fullmatch(text) and _holds_together(text, today):
        return text  # nearly all of them, and a list has a million
    card = read_id_card(text, today)
    if not isinstance(card, NumberFault):
        return card.number
    number = tidy_number(text)
    if _DIGITS.fullmatch(number[:-1]) and len(number) in (15, 18):
        slip = card is NumberFault.CHECK_DIGIT
        raise RowRefused(RowFault.CHECK_DIGIT if slip else RowFault.NUMBER_WRONG, "id_number")
    for kind in (DocumentKind.PASSPORT, DocumentKind.TRAVEL_PERMIT):
        found = read_document(kind, number, today)
        if found is not None and not (found.isdigit() and len(found) > 10):
            return found
    raise RowRefused(RowFault.NUMBER_WRONG, "id_number")


def _level(text: str) -> RiskLevel:
    """高, 高风险地区, high …; a word that is not known counts as listed."""
    text = plain_text(text).lower()
    for marks, level in (
        (("高", "high", "封控"), RiskLevel.HIGH),
        (("中", "medium", "管控"), RiskLevel.MEDIUM),
        (("低", "low", "常态"), RiskLevel.LOW),
    ):
        if text.startswith(marks):
            return level
    return RiskLevel.LISTED


_NUMERALS = {each: place for place, each in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_INTERVAL = re.compile(
    r"(?:每)?(\d{1,3}|[一二两三四五六七八九十])?(?:个)?(小时|h|天|日|周)?.{0,4}", re.I
)
_UNITS = {"小时": 1, "h": 1, "天": 24, "日": 24, "周": 168}


def _interval(text: str) -> int | None:
    """72, 72h, 72小时, 三天一测, 7天, 每周一次, 隔日 in hours."""
    if text.startswith(("隔日", "隔天")):
        return 48
    found = _INTERVAL.fullmatch(text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    number = found[1] or "1"
    count = int(number) if number.isdecimal() else _NUMERALS[number]
    return count * _UNITS[(found[2] or "h").lower()] or None
