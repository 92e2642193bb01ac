"""One cell as text, number or day, whatever the program that wrote the file made of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from checkpoint_app.domain.person import narrow, plain_text

LONGEST = 200  # characters of one cell; what is longer is no name and no address
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.(\d+))?[eE]\+?(\d{1,3})")
_WITH_NOUGHTS = re.compile(r"\d+\.0+", re.ASCII)  # 110105.0: how sheets write a number as text
_EXACT = 1 << 53
_KEPT_WHOLE = 10**15  # sheets keep 15 digits of a number
_EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no time zone
_SERIALS = (20_000, 80_000)  # days from 1954 to 2119

Cell = str | float | int | bool | datetime | date | time | timedelta | None


class LostDigits(ValueError):
    """A long number was kept as a number, and its last digits are gone."""


def text_of(cell: Cell) -> str:
    """The cell as one line of text; numbers without the ".0" that sheets add."""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else plain_text(cell, LONGEST + 1)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def number_text(cell: Cell) -> str:
    """A document's or phone's number. Raises `LostDigits` where it went through a float.

    Sheets keep 15 digits of a number: 410102199003078432 comes back as 410102199003078000.
    """
    if isinstance(cell, str):
        if cell.isdecimal() or (cell[:-1].isdecimal() and cell[-1] in "Xx"):
            return cell  # nearly all of them, and a list has a million
        text = cell.strip().removeprefix("'")
        if text[:2] == '="' and text[-1:] == '"':
            text = text[2:-1]  # ="4101…": how sheets are told to keep a number as text
        if _WITH_NOUGHTS.fullmatch(text):
            return text.split(".")[0]
        scientific = _SCIENTIFIC.fullmatch(text)
        if scientific is None:
            return text
        if len(scientific[1] or "") < int(scientific[2]):
            raise LostDigits
        return _of_float(float(text))
    return _of_float(cell) if isinstance(cell, float) else text_of(cell)


def _of_float(number: float) -> str:
    if not number.is_integer() or abs(number) >= _KEPT_WHOLE:
        raise LostDigits
    return str(int(number))


_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DMY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MD = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CLOCK = re.compile(
    r"[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2})?(?:\.\d+)?\s*秒?)?"
)


def moment_of(cell: Cell, today: date, zone: tzinfo | None) -> datetime | None:
    """A day with or without its time: 2022-03-24, 2022/3/24, 2022.3.24, 2022年3月24日, 20220324,
    24/03/2022, 3月24日 (of the year that is nearest), a sheet's serial number; None where empty.

    Raises ValueError for what is none of these.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=zone)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_serial(float(cell), zone)
    return _of_text(str(cell), today, zone)


def _of_serial(number: float, zone: tzinfo | None) -> datetime:
    if _SERIALS[0] <= number <= _SERIALS[1]:
        whole = timedelta(days=int(number), seconds=round(number % 1 * 86400))
        return (_EXCEL_START + whole).replace(tzinfo=zone)
    if number.is_integer():
        return _of_text(str(int(number)), date.min, zone)
    raise ValueError(number)


def _of_text(text: str, today: date, zone: tzinfo | None) -> datetime:
    text = narrow(text).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _of_serial(float(text), zone)
    day, rest = _day(text, today)
    return datetime.combine(day, _clock(rest), zone)


def _day(text: str, today: date) -> tuple[date, str]:
    for shape, order in ((_YMD, (0, 1, 2)), (_COMPACT, (0, 1, 2)), (_DMY, (2, 1, 0))):
        found = shape.match(text)
        if found:
            parts = [int(found.groups()[place]) for place in order]
            return date(*parts), text[found.end() :]
    found = _MD.match(text)
    if found is None:
        raise ValueError(text)
    return _nearest(int(found[1]), int(found[2]), today), text[found.end() :]


def _nearest(month: int, day: int, today: date) -> date:
    """A day without its year, of the year in which it lies nearest."""
    near: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        raise ValueError(f"{month}-{day}")
    return min(near, key=lambda each: abs(each - today))


def _clock(text: str) -> time:
    text = re.sub(r"(Z|[+-]\d\d:?\d\d)$", "", text.strip())
    if not text:
        return time()
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)
