"""Which column is which field: found by the headings, as staff said, or as it was the last time."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from checkpoint_app.domain.lists import ListKind
from checkpoint_app.imports.faults import FileFault
from checkpoint_app.imports.fields import FIELDS, bare, known

SEARCHED = 20  # first rows that may hold the headings; titles and notes stand above them


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns of a file by field; `headings` as they stand there, `row` is theirs (from 1)."""

    headings: tuple[str, ...]
    columns: dict[str, int]
    row: int = 1

    @property
    def layout(self) -> str:
        """What tells this layout from others, so that its columns need be said only once."""
        return sha256("\0".join(bare(each) for each in self.headings).encode()).hexdigest()

    @property
    def by_heading(self) -> dict[str, str]:
        """Field -> heading, to be remembered."""
        return {field: self.headings[column] for field, column in self.columns.items()}

    def with_said(self, said: Table[str, str]) -> Mapping:
        """The mapping as somebody wants it: field -> heading, "" for no column.

        Raises `FileFault` list_columns_missing where a heading is not there.
        """
        columns = dict(self.columns)
        at = {bare(heading): place for place, heading in enumerate(self.headings)}
        for field, heading in said.items():
            columns.pop(field, None)
            if heading:
                if bare(heading) not in at:
                    raise FileFault("list_columns_missing", heading)
                columns[field] = at[bare(heading)]
        return Mapping(self.headings, columns, self.row)

    def lacking(self, kind: ListKind) -> tuple[str, ...]:
        """Labels of the fields without which no row could be taken."""
        have = self.columns.keys()
        lacks = [each.label for each in FIELDS[kind] if each.needed and each.name not in have]
        if kind is ListKind.WATCH and not have & {"id_number", "phone", "plate"}:
            lacks.append("ID or passport number")
        if kind is ListKind.RISK and not have & {"code", "name"}:
            lacks.append("Division code")
        return tuple(lacks)


def guess(rows: Sequence[Sequence[str]], kind: ListKind) -> Mapping:
    """The row of headings among a file's first rows, and what they mean."""
    fields = known(kind)
    best: Mapping | None = None
    for number, cells in enumerate(rows[:SEARCHED], 1):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            field = fields.get(bare(cell))
            if field is not None and field not in columns:
                columns[field] = place
        if best is None or len(columns) > len(best.columns):
            best = Mapping(tuple(cells), columns, number)
    if best is None:
        raise FileFault("list_file_empty")
    return best
