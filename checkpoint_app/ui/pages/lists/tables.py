"""Lists as tables: pushed persons with their state, and the entries of the other lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.lists.lines import WorkLine
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.tables import Column, LineModel, LineTable


@dataclass(frozen=True)
class ListLine:
    """A row of any list; a pushed person is worked, too."""

    cells: tuple[str, ...]
    work: WorkLine | None = None


def _cell(heading: str, share: float, place: int, *, spare: bool = False) -> Column[ListLine]:
    return Column(heading, share, lambda line: line.cells[place], spare=spare)


def _cells(*headed: tuple[str, float]) -> tuple[Column[ListLine], ...]:
    return tuple(_cell(heading, share, place) for place, (heading, share) in enumerate(headed))


def _state(line: ListLine) -> int:
    state = line.work and line.work.row.state
    return list(type(state)).index(state) if state else 0


def _tone(line: ListLine) -> Tone:
    return line.work.tone if line.work else Tone.IDLE


def _due(line: ListLine) -> float:
    return line.work.row.due.timestamp() if line.work else 0.0


def _is_late(line: ListLine) -> bool:
    return line.work is not None and line.work.late


WORK: tuple[Column[ListLine], ...] = (
    Column("State of the check", 170, lambda line: line.cells[0], _state, _tone),
    _cell("Name", 92, 1),
    _cell("Document or plate", 176, 2),
    _cell("Phone", 120, 3, spare=True),
    _cell("Source", 140, 4, spare=True),
    Column("Time to check", 124, lambda line: line.cells[5], _due, alarm=_is_late),
    _cell("Met here", 120, 6, spare=True),
    _cell("Remark", 150, 7, spare=True),
)
COLUMNS: dict[ListKind, tuple[Column[ListLine], ...]] = {
    ListKind.WATCH: WORK,
    ListKind.RISK: _cells(
        ("Division code", 150),
        ("Area", 300),
        ("Level", 150),
        ("Counts from", 130),
        ("Counts until", 130),
    ),
    ListKind.ROSTER: _cells(
        ("Name", 100),
        ("Staff or pupil number", 130),
        ("Department or class", 140),
        ("Post held", 120),
        ("Document number", 180),
        ("Phone", 130),
        ("Test at least every", 120),
    ),
    ListKind.RETURNEE: _cells(
        ("Name", 90),
        ("Document number", 150),
        ("Comes from", 110),
        ("Arrives", 130),
        ("Place of entry", 120),
        ("Transport", 120),
        ("Receiving unit", 180),
    ),
}


class ListModel(LineModel[ListLine]):
    """Rows of one kind of list at a time."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, WORK, parent)

    def show_work(self, lines: Sequence[WorkLine]) -> None:
        """Pushed persons."""
        self.show_lines([_worked(each) for each in lines], WORK)

    def show_cells(self, kind: ListKind, rows: Sequence[tuple[str, ...]]) -> None:
        """Entries of another kind of list."""
        self.show_lines([ListLine(each) for each in rows], COLUMNS[kind])

    def put_work(self, line: WorkLine) -> None:
        """One person's line as it is now."""
        row = self.row_where(lambda each: each.work is not None and _same(each.work, line))
        if row is not None:
            self.put(row, _worked(line))


def _same(one: WorkLine, other: WorkLine) -> bool:
    return (one.row.list, one.row.number) == (other.row.list, other.row.number)


def _worked(line: WorkLine) -> ListLine:
    cells = (
        line.state,
        line.name,
        line.number,
        line.phone,
        line.source,
        line.due,
        line.found,
        line.note,
    )
    return ListLine(cells, line)


class ListTable(LineTable[ListLine]):
    """A letter or digit goes to `typed`, for the state of a row; undo is the page's."""

    def __init__(self, model: ListModel, typed: Callable[[str], bool], parent: QWidget) -> None:
        super().__init__(model, parent)
        self._typed = typed

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Undo):
            event.ignore()
        elif not (event.text() and self._typed(event.text())):
            super().keyPressEvent(event)
