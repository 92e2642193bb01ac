"""`checkpoint register`, `close`, `report`: sheets as files, a period closed, several days."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.desk.closing import ClosingRun, Progress, close_period
from checkpoint_app.desk.comparing import Comparison, compare
from checkpoint_app.desk.exporting import (
    ENDINGS,
    FORMS,
    NAMES,
    as_file,
    is_typed,
    sheet_file,
)
from checkpoint_app.desk.files import sentence_for, write_whole
from checkpoint_app.desk.open_points import OPEN_POINTS, missing
from checkpoint_app.desk.reporting import MOST_DAYS, days_between, figures_by_day, report_table
from checkpoint_app.desk.sheets import SheetOrder, period_of, template_in_force
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.sheet import Period, Sheet
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.sealing import CLOSING


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    register = commands.add_parser("register", help="write a sheet of a day")
    register.add_argument("--date", required=True, type=date.fromisoformat, metavar="D")
    register.add_argument("--kind", required=True, choices=[each.value for each in Sheet])
    register.add_argument("--format", choices=FORMS, help="pdf unless FILE says otherwise")
    register.add_argument("--out", required=True, type=Path, metavar="FILE")
    register.add_argument("--mask", choices=[each.value for each in Mask])
    register.add_argument("--encoding", choices=("utf-8", "gbk"), help="of CSV")
    register.add_argument("--archival", action="store_true", help="PDF/A-2b")
    register.set_defaults(run=run_register)
    close = commands.add_parser("close", help="close a day: all its sheets in one folder")
    close.add_argument("--date", required=True, type=date.fromisoformat, metavar="D")
    close.add_argument("--out", type=Path, metavar="DIR")
    close.add_argument("--mask", choices=[each.value for each in Mask])
    close.set_defaults(run=run_close)
    report = commands.add_parser("report", help="the figures of several days")
    report.add_argument("--from", required=True, type=date.fromisoformat, dest="first", metavar="A")
    report.add_argument("--to", required=True, type=date.fromisoformat, dest="last", metavar="B")
    report.add_argument("--out", required=True, type=Path, metavar="FILE")
    report.set_defaults(run=run_report)
    for parser in (register, close, report):
        add_common(parser)


def form_of(out: Path, wanted: str | None) -> str:
    """The form that is asked for, else the one that the file's ending names, else PDF."""
    endings = {ending: form for form, ending in ENDINGS.items()} | {".json": "json"}
    return wanted or endings.get(out.suffix.lower(), "pdf")


def run_register(console: Console) -> int:
    """Seal the day and write its sheet."""
    wanted, settings, translate = console.arguments, console.settings, console.translate
    settings = replace(
        settings,
        csv_encoding=wanted.encoding or settings.csv_encoding,
        archival_pdf=wanted.archival or settings.archival_pdf,
    )
    order = SheetOrder(
        Sheet(wanted.kind),
        _period(console, wanted.date),
        Mask(wanted.mask or settings.sheet_mask),
        operator=translate("Command line"),
        recipient=settings.report_to,
        folder=console.folder,
    )
    _tell_template(console, order)
    form = form_of(wanted.out, wanted.format)
    with console.open_kept() as station:
        done = sheet_file(station, order, form, settings, translate, console.now)
    _write(console, wanted.out, done.body)
    answer = {
        "file": str(wanted.out),
        "rows": done.rows,
        "check_code": done.seal.code,
        "version": done.seal.version,
    }
    console.tell(answer, translate("{rows} rows: {file}", rows=done.rows, file=wanted.out))
    return 0


def run_close(console: Console) -> int:
    """Close the day that is named."""
    wanted, settings, translate = console.arguments, console.settings, console.translate
    out = wanted.out or Path(settings.closing_folder or console.folder / "closings")
    period = _period(console, wanted.date)
    run = ClosingRun(
        period,
        settings,
        translate,
        lambda: console.now,
        translate("Command line"),
        out,
        console.folder,
        Mask(wanted.mask) if wanted.mask else None,
    )
    with console.open_kept() as station:
        points = missing(station, period, settings, console.now)
        try:
            closed = close_period(station, run, lambda step: _tell_progress(console, step))
        except OSError as error:
            raise Refused(sentence_for(error, translate)) from error
    for point in points:
        print(translate(OPEN_POINTS[point.code], count=point.count), file=sys.stderr)
    answer = {
        "folder": str(closed.bound.folder),
        "file": str(closed.bound.whole),
        "check_code": closed.closing.code,
        "version": closed.closing.version,
        "records": closed.closing.records,
        "sheets": dict(closed.closing.figures),
        "open_points": {each.code: each.count for each in points},
    }
    said = translate(
        "Closed, version {version}, check code {code}: {folder}",
        version=closed.closing.version,
        code=closed.closing.code,
        folder=closed.bound.folder,
    )
    console.tell(answer, said)
    return 0


def run_report(console: Console) -> int:
    """Write the figures of several days."""
    wanted, settings, translate = console.arguments, console.settings, console.translate
    if wanted.last < wanted.first:
        raise Refused(translate("The last day is before the first"))
    if (wanted.last - wanted.first).days >= MOST_DAYS:
        raise Refused(translate("A report holds at most {days} days", days=MOST_DAYS))
    form = form_of(wanted.out, None)
    with console.open_kept() as station:
        days = figures_by_day(
            station, days_between(wanted.first, wanted.last), settings, translate, console.now
        )
    table = report_table(days, settings, translate, console.now, typed=is_typed(form))
    _write(console, wanted.out, as_file(table, form, settings, translate))
    answer = {"file": str(wanted.out), "days": len(days)}
    said = translate("{days} days: {file}", days=len(days), file=wanted.out)
    console.tell(answer, said)
    return 0


def run_verify_sheet(console: Console) -> int:
    """Hold a printed sheet against what is stored."""
    with console.open_kept() as station:
        found = compare(
            station,
            console.arguments.sheet,
            console.settings,
            console.translate,
            console.folder,
        )
    if found is None:
        raise Refused(console.translate("No sheet with this check code was made here"))
    console.tell(_as_object(found), "\n".join(_sentences(found, console)))
    return 0


def _as_object(found: Comparison) -> dict[str, Any]:
    return {
        "sheet": found.sheet,
        "from": found.period.start.isoformat(),
        "to": found.period.end.isoformat(),
        "version": found.version,
        "newest_version": found.newest,
        "records": found.records,
        "sealed_at": found.sealed_at.isoformat(),
        "unchanged": found.same,
        "differences": [
            {
                "sheet": each.sheet.value,
                "kind": each.kind,
                "row": each.row,
                "fields": [
                    {"field": change.heading, "before": change.before, "after": change.after}
                    for change in each.changes
                ],
            }
            for each in found.differences
        ],
    }


def _sentences(found: Comparison, console: Console) -> list[str]:
    say = console.translate
    if found.same:
        said = say(
            "Genuine: version {version}, {records} records, nothing changed since",
            version=found.version,
            records=found.records,
        )
        return [said]
    lines = [
        say(
            "Genuine, but of an earlier state: version {version}, now {newest}",
            version=found.version,
            newest=found.newest,
        )
    ]
    words = {"added": "Row {row} was added", "removed": "Row {row} was taken back"}
    told: Sheet | None = None
    for each in found.differences:
        if found.sheet == CLOSING and each.sheet is not told:
            told = each.sheet
            lines.append(say(NAMES[told]) + say(": "))
        message = words.get(each.kind)
        if message:
            lines.append(say(message, row=each.row))
        for change in each.changes:
            lines.append(
                say(
                    "Row {row}, {field}: {before} → {after}",
                    row=each.row,
                    field=change.heading,
                    before=change.before or "—",
                    after=change.after or "—",
                )
            )
    return lines


def _period(console: Console, day: date) -> Period:
    return period_of(day, time.fromisoformat(console.settings.period_starts_at), console.now)


def _write(console: Console, target: Path, body: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, body)
    except OSError as error:
        raise Refused(sentence_for(error, console.translate)) from error


def _tell_template(console: Console, order: SheetOrder) -> None:
    """What is wrong with the station's own template, on standard error; the shipped one is used."""
    _, fault = template_in_force(None, order, console.settings)
    if fault is not None:
        said = fault_text(fault.code, console.translate)
        name = order.sheet.value
        words = "Template {name}: {problem} ({detail}). The shipped one is used"
        print(
            console.translate(words, name=name, problem=said, detail=fault.detail or "-"),
            file=sys.stderr,
        )


def _tell_progress(console: Console, step: Progress) -> None:
    if console.arguments.json:
        return
    print(f"{step.done}/{step.of}", file=sys.stderr)
