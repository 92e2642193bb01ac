"""`checkpoint purge [--dry-run]`: erasing what has been kept long enough; it runs in no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.desk.rights import words
from checkpoint_app.desk.rights.door import drawn
from checkpoint_app.desk.rights.erasing import COMMAND, erase_now, terms_of
from checkpoint_app.desk.rights.sheets import Printing, erasure_sheet
from checkpoint_app.domain.retention import Erasure, Reckoning


def add(commands: Any) -> None:
    """Add the command to the parser."""
    purge = commands.add_parser("purge", help="erase for good what has been kept long enough")
    purge.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    purge.add_argument("--by", default="", metavar="NAME", help="who does it, for the record")
    purge.add_argument("--out", type=Path, metavar="FILE", help="the record of it, as PDF")
    purge.set_defaults(run=run_purge)
    add_common(purge)


def run_purge(console: Console) -> int:
    """Erase, or say what would be."""
    wanted, settings, translate = console.arguments, console.settings, console.translate
    if wanted.dry_run:
        with console.open_kept() as station:
            took = station.retention.reckon(terms_of(settings), console.now)
        sentences = (words.reckoned(took, translate), *words.kept_back(took, translate))
        console.tell({"dry_run": True, **_counts(took)}, "\n".join(sentences))
        return 0
    with console.open_kept() as station:
        done = erase_now(station, settings, wanted.by, COMMAND, console.now)
    file = _written(console, done)
    copies = done.copies
    answer = {
        **_counts(done.took),
        "copies": {
            "deleted": copies.deleted,
            "renewed": copies.renewed,
            "left": copies.unreachable,
        },
        "list_rows": copies.list_rows,
        "clean": done.clean,
        "file": str(file) if file else None,
    }
    told = [words.erased(done, translate), *words.kept_back(done.took, translate)]
    console.tell(answer, "\n".join(told))
    return 0


def _counts(took: Reckoning) -> dict[str, Any]:
    return {
        "erased": took.total,
        "records": dict(took.records),
        "from": took.oldest.date().isoformat() if took.oldest else None,
        "to": took.newest.date().isoformat() if took.newest else None,
        "waiting": took.waiting,
        "unfinished": took.unfinished,
    }


def _written(console: Console, done: Erasure) -> Path | None:
    """The printed record, where a file was asked for."""
    target: Path | None = console.arguments.out
    if target is None:
        return None
    printing = Printing(console.settings.site_name, done.by, console.now, console.translate)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(drawn(erasure_sheet(done, printing), console.translate))
    return target
