"""`checkpoint list import|show|withdraw`: lists of persons and risk areas from files."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.i18n.lists import refusal_text
from checkpoint_app.i18n.reasons import LISTS
from checkpoint_app.store.lists import TYPED, ListInfo
from checkpoint_app.store.station import Station, Use

_BETWEEN = re.compile(r"[,，;；](?=[^,，;；=]+=)")  # headings may have commas of their own
KINDS = [kind.value for kind in ListKind]


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    lists = commands.add_parser("list", help="lists of persons and risk areas")
    group = lists.add_subparsers(required=True)
    bring = group.add_parser("import", help="take a list from XLSX, CSV or JSON")
    bring.add_argument("file", metavar="FILE", type=Path)
    bring.add_argument("--kind", required=True, choices=KINDS)
    bring.add_argument(
        "--map", action="append", default=[], metavar="FIELD=HEADING",
        help="which column is which field; may be given several times",
    )  # fmt: skip
    bring.add_argument("--source", help="the list's name; a newer one of that name replaces it")
    bring.add_argument("--dated", type=datetime.fromisoformat, metavar="TIME", help="its day")
    bring.add_argument("--refused", type=Path, metavar="FILE.csv", help="write refused rows here")
    bring.add_argument(
        "--photos", type=Path, metavar="DIR|ZIP",
        help="photos of a roster; without it those beside the file, if any",
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, take nothing")
    bring.set_defaults(run=run_import)
    show = group.add_parser("show", help="the lists in force, with their age")
    show.add_argument("--kind", choices=KINDS)
    show.set_defaults(run=run_show)
    away = group.add_parser("withdraw", help="a list that counts no longer")
    away.add_argument("number", type=int, metavar="NUMBER", help="as `list show` tells it")
    away.set_defaults(run=run_withdraw)
    for parser in (bring, show, away):
        add_common(parser)


def run_import(console: Console) -> int:
    """One object; exit code 1 where the file as a whole is refused."""
    from checkpoint_app.desk.lists.importing import knows, remembered, with_mapping
    from checkpoint_app.imports import FileFault, examine, plan_of

    wanted = console.arguments
    try:
        plan = plan_of(wanted.file, ListKind(wanted.kind))
        with console.open(Use.COMMAND) as station:
            plan = remembered(plan, station)
            plan = with_mapping(plan, plan.mapping.with_said(_said(console)))
            if wanted.dry_run:
                return _tell_preview(console, examine(plan, knows(console.now)))
            return _import(console, station, plan)
    except FileFault as fault:
        raise Refused(file_sentence(console, fault)) from None


def file_sentence(console: Console, fault: Any) -> str:
    """Why a file was refused as a whole."""
    if fault.code == "list_columns_missing":
        column = console.translate(fault.detail)
        return console.translate(
            'No column "{column}": say which one it is, with --map', column=column
        )
    return str(console.refuse(fault.code))


def _said(console: Console) -> dict[str, str]:
    """Field -> heading. A field goes by its name or by any heading that is known for it; several
    stand in one `--map`, with commas between."""
    from checkpoint_app.imports import field_names
    from checkpoint_app.imports.fields import bare, known

    kind, said = ListKind(console.arguments.kind), {}
    names = {**known(kind), **{each: each for each in field_names(kind)}}
    for each in console.arguments.map:
        for part in _BETWEEN.split(each):
            field, mark, heading = part.partition("=")
            name = names.get(field) or names.get(bare(field))
            if name is None or not mark:
                raise Refused(
                    console.translate(
                        "--map takes FIELD=HEADING, with one of the fields {fields}",
                        fields=", ".join(field_names(kind)),
                    )
                )
            said[name] = heading.strip()
    return said


def _import(console: Console, station: Station, plan: Any) -> int:
    from checkpoint_app.desk.lists.importing import Import, Order, dated_by_name
    from checkpoint_app.imports import FileFault

    wanted = console.arguments
    dated = wanted.dated or dated_by_name(wanted.file, console.now)
    dated = dated if dated.tzinfo else dated.replace(tzinfo=console.now.tzinfo)
    source = wanted.source or wanted.file.stem
    order = Order(plan, source, dated, "", console.settings.county_code)
    shown = sys.stderr.isatty()

    def told(step: Any) -> bool:
        if shown:
            print(f"\r{step.part:4.0%} {step.taken}", end="", file=sys.stderr, flush=True)
        return True

    running = Import(lambda job: job(station), order, lambda: console.now, told)
    _save_refused(console, plan, ())  # a place that cannot be written is refused at once
    try:
        with _uncollected():
            taken = running.run()
    except FileFault as fault:
        if fault.code == "list_nothing_taken" and running.refusals.rows:
            _save_refused(console, plan, running.refusals.rows)
            raise Refused(_nothing_taken(console, running.refusals.rows[0])) from None
        raise
    finally:
        if shown:
            print("\r", end="", file=sys.stderr)
    _save_refused(console, plan, taken.refusals.rows)
    info = next(each for each in station.lists.shown() if each.number == taken.number)
    answer = {
        **as_object(info),
        "file": str(wanted.file),
        "reasons": taken.reasons,
        "raised": taken.raised,
        "version": _version(station, info.kind),
        "refused_rows": _as_objects(taken.refusals.rows),
        **_photos(console, station, info.kind),
    }
    console.tell(answer, _imported(console, taken, source))
    running.sweep()
    return 0


def _photos(console: Console, station: Station, kind: ListKind) -> dict[str, Any]:
    """Keep a roster's photos: those named, or those that lie beside the file."""
    from checkpoint_app.desk.people.portraits import take_photos
    from checkpoint_app.imports.photos import beside

    wanted = console.arguments
    source = wanted.photos or beside(wanted.file)
    if kind is not ListKind.ROSTER or source is None:
        return {}
    taken = take_photos(lambda job: job(station), source, console.now)
    refused = [{"file": name, "reason": why.value} for name, why in taken.refused]
    return {"photos": taken.kept, "refused_photos": refused}


def _save_refused(console: Console, plan: Any, rows: Iterable[Any]) -> None:
    from checkpoint_app.imports.refusals import write

    file = console.arguments.refused
    if file is not None:
        write(file, plan.mapping.headings, rows, console.translate)


def _as_objects(refusals: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"row": each.row, "reason": each.fault.value, "field": each.field or None}
        for each in refusals[:100]
    ]


def _nothing_taken(console: Console, first: Any) -> str:
    """One line that tells the first row's reason: where all are refused it is nearly always one."""
    return console.translate(
        "{sentence} (row {row}: {reason})",
        sentence=str(console.refuse("list_nothing_taken")),
        row=first.row,
        reason=refusal_text(first.fault.value, first.field, console.translate),
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """A million rows make no circles; looking for them would take a tenth of the time."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _imported(console: Console, taken: Any, source: str) -> str:
    translate = console.translate
    lines = [
        translate(
            "{source}: {entries} entries in force, {refused} rows refused",
            source=source,
            entries=taken.entries,
            refused=taken.refused,
        )
    ]
    for each in taken.refusals.rows[:10]:
        reason = refusal_text(each.fault.value, each.field, translate)
        lines.append(translate("  row {row}: {reason}", row=each.row, reason=reason))
    if taken.refused > 10 and console.arguments.refused is None:
        lines.append(translate("  … all of them with --refused FILE.csv"))
    if taken.raised:
        said = "{number} people of the last 14 days are in the ledger now"
        lines.append(translate(said, number=taken.raised))
    return "\n".join(lines)


def _tell_preview(console: Console, preview: Any) -> int:
    translate = console.translate
    refused = len(preview.refusals)
    if preview.lacking:
        raise Refused(
            translate(
                'No column "{column}": say which one it is, with --map',
                column=translate(preview.lacking[0]),
            )
        )
    _save_refused(console, preview.plan, preview.refusals)
    answer = {
        "would_take": preview.taken,
        "would_refuse": refused,
        "whole_file": preview.whole,
        "mapping": preview.plan.mapping.by_heading,
        "refused_rows": _as_objects(preview.refusals),
    }
    said = {"taken": preview.taken, "refused": refused}
    sentence = "Would take {taken} rows and refuse {refused}"
    if not preview.whole:
        said["rows"] = preview.taken + refused
        sentence = "Of the first {rows} rows would take {taken} and refuse {refused}"
    console.tell(answer, translate(sentence, **said))
    return 0


def run_show(console: Console) -> int:
    """One object a list in force, newest first."""
    with console.open_kept() as station:
        shown = [
            each for each in station.lists.shown() if console.arguments.kind in (None, each.kind)
        ]
        versions = {kind: _version(station, kind) for kind in {each.kind for each in shown}}
    for info in shown:
        console.tell({**as_object(info), "version": versions[info.kind]}, _line(console, info))
    if not shown and not console.arguments.json:
        console.tell({}, console.translate("No list has been imported"))
    return 0


def run_withdraw(console: Console) -> int:
    """From now on the list does not count."""
    number = console.arguments.number
    with console.open_kept() as station:
        station.lists.withdraw(number, "", console.now)
    console.tell({"withdrawn": number}, console.translate("List {number} withdrawn", number=number))
    return 0


def _version(station: Station, kind: ListKind) -> str | None:
    found = getattr(station.lists.versions(), kind.value)
    return found.text if found is not None else None


def as_object(info: ListInfo) -> dict[str, Any]:
    """A list as the command line answers it."""
    return {
        "list": info.number,
        "kind": info.kind,
        "source": info.source,
        "dated": info.dated.isoformat(),
        "imported_at": info.imported_at.isoformat(),
        "entries": info.entries,
        "refused": info.refused,
        "digest": info.digest,
    }


def _line(console: Console, info: ListInfo) -> str:
    translate = console.translate
    age = max((console.now - info.dated).days, 0)
    return translate(
        "{number}  {kind}  {source}: {entries} entries, {days} days old",
        number=info.number,
        kind=translate(LISTS[info.kind]),
        source=translate("typed by hand") if info.source == TYPED else info.source,
        entries=info.entries,
        days=age,
    )
