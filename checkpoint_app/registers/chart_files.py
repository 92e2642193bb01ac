"""The figures of a period as files: a workbook with a sheet a chart, and pages for the printer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from checkpoint_app.domain.tally import Chart, Form, Front, Headline
from checkpoint_app.i18n import Translate
from checkpoint_app.registers import chart as charts

_A4 = (11.69, 8.27)  # inches, lying
_ROWS = 30  # of a table on one page
_LABEL = 26  # characters of a label on paper
_SHEET_NAME = 31  # characters, Excel's limit


def workbook(
    found: Sequence[Chart], headlines: Sequence[Headline], front: Front, translate: Translate
) -> bytes:
    """An XLSX with the figures as numbers, and a chart beside each table."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    names: set[str] = set()
    first = book.add_worksheet(_sheet_name(front.title, names))
    first.set_column(0, 1, 28)
    for row, (label, value) in enumerate(_overview(headlines, front, translate)):
        first.write_string(row, 0, label, bold)
        first.write_string(row, 1, value)
    for each in found:
        _worksheet(book, each, _sheet_name(translate(each.title), names), bold, translate)
    book.close()
    return out.getvalue()


def _overview(
    headlines: Sequence[Headline], front: Front, translate: Translate
) -> Iterator[tuple[str, str]]:
    yield translate("Site"), front.site
    yield translate("Period"), front.period
    yield translate("Drawn"), front.mark
    for each in headlines:
        yield translate(each.words), each.value


def _worksheet(book: Any, chart: Chart, name: str, bold: Any, translate: Translate) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(chart.series), 18)
    sheet.write_string(0, 0, translate(chart.labelled), bold)
    for row, label in enumerate(chart.labels, 1):
        sheet.write_string(row, 0, translate(label) if chart.words else label)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, translate(series.heading), bold)
        form = book.add_format({"num_format": "#,##0" + (".0" if series.digits else "")})
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, form)
    if chart.labels:
        sheet.autofilter(0, 0, len(chart.labels), len(chart.series))
        sheet.insert_chart(0, len(chart.series) + 2, _native(book, chart, name, translate))


def _native(book: Any, chart: Chart, name: str, translate: Translate) -> Any:
    kind = {"type": "bar" if chart.form is Form.LYING else "column"}
    if chart.form is Form.STACKED:
        kind["subtype"] = "stacked"
    made, last = book.add_chart(kind), len(chart.labels)
    for column, series in enumerate(chart.series, 1):
        if series.drawn:
            made.add_series(
                {
                    "name": [name, 0, column],
                    "categories": [name, 1, 0, last, 0],
                    "values": [name, 1, column, last, column],
                    "fill": {"color": charts.PAPER.series[(column - 1) % 3]},
                }
            )
    made.set_title({"name": translate(chart.title)})
    if chart.form is Form.LYING:
        made.set_y_axis({"reverse": True})
    made.set_size({"width": 640, "height": 380})
    return made


def _sheet_name(text: str, taken: set[str]) -> str:
    """A name that Excel allows, not given before."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", text).strip()[:_SHEET_NAME] or "1"
    name, number = plain, 2
    while name.lower() in taken:
        name = f"{plain[: _SHEET_NAME - 4]} {number}"
        number += 1
    taken.add(name.lower())
    return name


# ---- paper --------------------------------------------------------------------------------------


def pages(
    found: Sequence[Chart],
    headlines: Sequence[Headline],
    front: Front,
    translate: Translate,
    drawn_at: datetime,
    progress: Callable[[int, int], bool] = lambda done, of: True,
) -> bytes:
    """A PDF, A4 lying, a chart a page with its table beside it; empty ones are left out.

    `progress` is told the pages done and may stop by False: then nothing comes back (b"").
    """
    from matplotlib.backends.backend_pdf import PdfPages

    todo = [(each, part) for each in found if not each.empty for part in _parts(each)]
    out = io.BytesIO()
    info = {"Title": front.title, "CreationDate": drawn_at.replace(tzinfo=None)}
    with charts.styled(13.0, charts.PAPER), PdfPages(out, metadata=info) as book:
        for number, (each, part) in enumerate(todo or [(None, (0, 0))], 1):
            page = charts.blank(_A4)
            _heading(page, headlines, front, translate, number, max(len(todo), 1))
            if each is not None:
                _content(page, each, part, translate)
            else:
                page.text(0.5, 0.5, translate("Nothing was inspected in this period"), ha="center")
            book.savefig(page)
            if not progress(number, len(todo)):
                return b""
    return out.getvalue()


def _parts(chart: Chart) -> Iterator[tuple[int, int]]:
    """The rows of each page of a chart's table."""
    for start in range(0, max(len(chart.labels), 1), _ROWS):
        yield start, min(start + _ROWS, len(chart.labels))


def _heading(
    page: Any,
    headlines: Sequence[Headline],
    front: Front,
    translate: Translate,
    number: int,
    of: int,
) -> None:
    page.text(0.05, 0.935, front.title, fontsize=17, weight="bold")
    page.text(0.05, 0.9, f"{front.site}    {front.period}", color=charts.PAPER.soft)
    place = translate("Page {page} of {pages}", page=number, pages=of)
    page.text(0.95, 0.94, place, ha="right", color=charts.PAPER.soft)
    for place_at, each in enumerate(headlines):
        x = 0.05 + 0.18 * place_at
        page.text(x, 0.835, each.value, fontsize=15, weight="bold")
        page.text(x, 0.81, translate(each.words), color=charts.PAPER.soft, fontsize="small")
    page.text(0.05, 0.035, front.mark, color=charts.PAPER.soft, fontsize="small")


def _content(page: Any, chart: Chart, part: tuple[int, int], translate: Translate) -> None:
    start, end = part
    page.text(0.05, 0.745, translate(chart.title), fontsize=13, weight="bold")
    if start == 0:
        charts.draw(page.add_axes((0.11, 0.11, 0.5, 0.6)), chart, translate, charts.PAPER)
    columns = [0.67, *(0.80 + 0.075 * place for place in range(len(chart.series)))]
    top, step = 0.725, 0.02
    page.text(columns[0], top, translate(chart.labelled), weight="bold", fontsize=8)
    for x, series in zip(columns[1:], chart.series, strict=True):
        words = translate(series.heading).replace(" ", "\n", 1)
        page.text(x + 0.06, top, words, weight="bold", fontsize=7.5, ha="right", va="baseline")
    for line, row in enumerate(range(start, end), 1):
        y = top - 0.012 - line * step
        label = translate(chart.labels[row]) if chart.words else chart.labels[row]
        page.text(columns[0], y, charts.shortened(label, _LABEL), fontsize=8)
        for x, series in zip(columns[1:], chart.series, strict=True):
            page.text(x + 0.06, y, series.text(row), fontsize=8, ha="right")
