"""The rows that were refused, as a file that can be mended and read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.lists import refusal_text
from checkpoint_app.imports.faults import Refusal

MOST_KEPT = 50_000


class Refusals:
    """Refused rows; beyond a number they are only counted."""

    def __init__(self) -> None:
        self.rows: list[Refusal] = []
        self.count = 0

    def add(self, refused: Sequence[Refusal]) -> None:
        """Some more."""
        self.count += len(refused)
        self.rows += refused[: max(0, MOST_KEPT - len(self.rows))]


def write(
    path: Path, headings: Sequence[str], refusals: Iterable[Refusal], translate: Translate
) -> None:
    """A CSV that sheets open: the rows as they stood, with their number and the reason.

    What begins like a formula is kept from being one.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([translate("Row"), translate("Reason"), *headings])
        for each in refusals:
            reason = refusal_text(each.fault.value, each.field, translate)
            out.writerow([each.row, reason, *map(_harmless, each.cells)])


def _harmless(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t") else cell
