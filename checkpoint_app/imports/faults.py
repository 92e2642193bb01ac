"""What can be wrong with a file as a whole, and with one of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileFault(Exception):
    """The file cannot be taken. `code` is stable; its sentence stands in `i18n.sentences`.

    file_missing, unreadable, list_file_unreadable, list_file_protected, list_file_empty,
    list_file_too_large, list_file_inflates, list_nothing_taken,
    list_columns_missing (`detail`: which).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class RowFault(StrEnum):
    """Why a row is refused. Values are for ever: they stand in saved files of refusals."""

    NUMBER_LOST_DIGITS = "number_lost_digits"  # 4.10102E+17: a number that was no text
    NUMBER_WRONG = "number_wrong"  # no identity number and no other document's
    CHECK_DIGIT = "number_check_digit"
    PHONE_WRONG = "phone_wrong"
    PLATE_WRONG = "plate_wrong"
    NAME_MISSING = "name_missing"
    NOTHING_TO_MATCH = "nothing_to_match"  # no number by which the person could be found
    DATE_WRONG = "date_wrong"
    CODE_WRONG = "division_code_wrong"
    INTERVAL_WRONG = "interval_wrong"
    TOO_LONG = "cell_too_long"
    DUPLICATE = "duplicate"
    CELL_ERROR = "cell_error"  # #N/A, #REF! in the sheet


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that is not taken: its number in the file, why, and in which field."""

    row: int
    fault: RowFault
    field: str = ""
    cells: tuple[str, ...] = ()
