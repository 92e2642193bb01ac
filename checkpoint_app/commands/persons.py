"""`checkpoint screen --person FILE`: typed persons decided, one JSON line in, one out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO

from checkpoint_app.commands.console import Console, Refused
from checkpoint_app.desk.rules import policy_in_force, policy_of
from checkpoint_app.desk.typed import Answer, LineFault
from checkpoint_app.desk.typed.person_line import LONGEST_LINE
from checkpoint_app.desk.typed.screening import ground_of, keeping, screened
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n.reasons import fault_text, outcome_word, reason_text
from checkpoint_app.store.station import Station, Use

COUNTY = re.compile(r"[1-9]\d{5}(\d{3}|\d{6})?", re.ASCII)


def run_persons(console: Console) -> int:
    """One answer a line; a line that is no person is answered with what is wrong with it.

    The others go on, and the command is refused in the end, so that no script takes it for done.
    """
    wanted = console.arguments
    settings = replace(
        console.settings,
        site_kind=wanted.kind or "road",
        county_code=wanted.county or console.settings.county_code,
    )
    if settings.county_code and not COUNTY.fullmatch(settings.county_code):
        raise console.refuse("county_code")
    with _source(wanted.person) as source, _station(console) as station:
        found = policy_in_force(station, settings) if station is not None else None
        ground = ground_of(station, found or policy_of(settings), settings, console.now)
        if wanted.record and station is not None:
            ground = keeping(ground, station)
        refused = 0
        for answer in screened(_lines(source), ground):
            console.tell(as_object(answer, console), _sentence(answer, console))
            refused += answer.fault is not None
    if refused:
        raise Refused(console.translate("{count} lines could not be taken", count=refused))
    return 0


@contextmanager
def _source(file: str) -> Iterator[BinaryIO]:
    with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as source:
        yield source


@contextmanager
def _station(console: Console) -> Iterator[Station | None]:
    """The station's lists and rules; where there is none yet, nothing is made to look at it."""
    if not console.arguments.record and not console.has_store:
        yield None
        return
    with console.open(Use.COMMAND if console.arguments.record else Use.READ) as station:
        yield station


def _lines(source: BinaryIO) -> Iterable[bytes]:
    """The lines; of one that is too long a piece that is too long, and the rest thrown away."""
    while line := source.readline(LONGEST_LINE + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST_LINE)
        yield line


def as_object(answer: Answer, console: Console) -> dict[str, Any]:
    """The answer as a JSON object."""
    if answer.fault is not None or answer.verdict is None or answer.typed is None:
        fault = answer.fault or LineFault("unforeseen")
        told = {"error": fault.code, "line": answer.line, "field": fault.field}
        return {**told, "sentence": _fault_text(fault, console)}
    verdict = answer.verdict
    told_more = {"ignored": list(answer.typed.ignored)} if answer.typed.ignored else {}
    return {
        "outcome": verdict.outcome.value,
        "reasons": list(dict.fromkeys(each.code.value for each in verdict.reasons)),
        "sentences": [reason_text(each, console.translate) for each in verdict.reasons],
        "missing": [each.value for each in verdict.missing],
        "versions": asdict(verdict.versions),
        "case": str(answer.case) if answer.case is not None else None,
        **told_more,
    }


def _fault_text(fault: LineFault, console: Console) -> str:
    if fault.field is None:
        return fault_text(fault.code, console.translate)
    return console.translate("The field {field} cannot be taken as it stands", field=fault.field)


def _sentence(answer: Answer, console: Console) -> str:
    translate = console.translate
    if answer.verdict is None or answer.typed is None:
        said = _fault_text(answer.fault or LineFault("unforeseen"), console)
        return translate("Line {line}: {problem}", line=answer.line, problem=said)
    venue = (console.arguments.kind or "road") != "road"
    name = answer.typed.inspection.person.name
    words = [
        mask_name(name) if name else translate("No name"),
        outcome_word(answer.verdict.outcome, translate, venue=venue),
        *(reason_text(each, translate) for each in answer.verdict.reasons),
    ]
    return "  ".join(words)
