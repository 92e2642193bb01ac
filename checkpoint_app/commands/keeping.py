"""`checkpoint verify`, `backup`, `restore`: what is stored and kept."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, Refused, add_common
from checkpoint_app.commands.paper import run_verify_sheet
from checkpoint_app.desk.rights.erasing import terms_of
from checkpoint_app.i18n.verified import problem_text
from checkpoint_app.store.station import Station


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    verify = commands.add_parser("verify", help="find any edited, removed or reordered record")
    verify.add_argument("--sheet", metavar="CODE", help="hold a printed sheet against the day")
    verify.set_defaults(run=run_verify)
    backup = commands.add_parser("backup", help="write an encrypted copy of the station's data")
    backup.add_argument("file", metavar="FILE", nargs="?", help="where to (a file or a folder)")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup in place; opens a new epoch")
    restore.add_argument("file", metavar="FILE")
    restore.set_defaults(run=run_restore)
    for parser in (verify, backup, restore):
        add_common(parser)


def run_verify(console: Console) -> int:
    """Walk the whole chain, or look for one sheet."""
    if console.arguments.sheet:
        return run_verify_sheet(console)
    with console.open_kept() as station:
        found = station.verify()
    answer = {key: value for key, value in asdict(found).items() if value is not None}
    translate = console.translate
    good = translate("{records} records, nothing changed", records=found.records)
    if found.ok:
        console.tell(answer, good)
        return 0
    if console.arguments.json:
        console.tell(answer, "")
    raise Refused(problem_text(found.problem or "", translate))


def run_backup(console: Console) -> int:
    """Copy the store, encrypted as it is, and check the copy."""
    with console.open_kept() as station:
        target = Path(console.arguments.file or console.folder / "backups")
        written = station.backup(target, console.now)
        station.retention.note_copy(written, console.now)
    console.tell({"file": str(written)}, console.translate("Written: {file}", file=written))
    return 0


def run_restore(console: Console) -> int:
    """Put a backup in place of the store; the records go on in a new epoch."""
    source = Path(console.arguments.file)
    console.with_passphrase(
        lambda given: Station.restore(source, console.folder, passphrase=given, now=console.now)
    )
    with console.open_kept() as station:
        due = station.retention.reckon(terms_of(console.settings), console.now).total
    told = [console.translate("Restored: {file}", file=source)]
    if due:
        told.append(
            console.translate(
                "{count} records in it are past their time: they are erased as soon as the desk "
                "opens, or now by: checkpoint purge",
                count=due,
            )
        )
    console.tell({"restored": str(source), "due": due}, "\n".join(told))
    return 0
