"""`checkpoint screen SOURCE`: the desk without a window over a film, a folder or a camera."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from checkpoint_app.codes import load_issuers
from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.commands.persons import run_persons
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.headless import FilmClock, screen
from checkpoint_app.desk.rehearsal import read_story, rehearse
from checkpoint_app.desk.rules import policy_in_force, policy_of
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.sheets import SheetOrder, sheet
from checkpoint_app.desk.standing import Surface
from checkpoint_app.desk.trusting import current_trust, demo_trust
from checkpoint_app.devices.camera import DEMO, read_all
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.register import Mask, Sheet
from checkpoint_app.domain.site import SiteKind
from checkpoint_app.i18n.reasons import outcome_word, reason_text
from checkpoint_app.resources import resource
from checkpoint_app.store.station import Station, Use

OPERATOR = "headless"
KINDS = [each.value for each in SiteKind]


def add(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "screen", help="inspect over a film, a folder or a camera, or typed persons"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "source", metavar="SOURCE", nargs="?", help="demo, a path, a number or an address"
    )
    what.add_argument(
        "--person", metavar="FILE", help="typed persons, a JSON line each; - reads on"
    )
    parser.add_argument(
        "--kind", choices=[*SiteKind], help="typed persons: kind of site, else road"
    )
    parser.add_argument("--county", metavar="CODE", help="typed persons: the site's county")
    parser.add_argument("--record", action="store_true", help="typed persons: store them too")
    add_common(parser)
    parser.set_defaults(run=run)


def run(console: Console) -> int:
    """One object an inspection, stored; then the register of the day. Or typed persons."""
    if console.arguments.person is not None:
        return run_persons(console)
    return run_over(console, console.arguments.source)


def run_over(console: Console, source: str) -> int:
    """Screen a source and write the day's register."""
    with console.open(Use.DESK) as station:
        for recorded in inspections(console, station, source):
            console.tell(as_object(recorded), _sentence(console, recorded))
        _write_register(console, station)
    return 0


def inspections(console: Console, station: Station, source: str) -> Iterator[RecordedInspection]:
    """Every inspection that a source gives, recorded."""
    from checkpoint_app.vision import FrameReader

    demo = resource("demo")
    clock = FilmClock(console.now)
    surface = Surface(
        Database(station),
        clock,
        console.translate,
        console.settings,
        policy_in_force(station, console.settings),
        current_trust(station, console.settings, console.now).merged(
            *(demo_trust(demo, console.now) if source == DEMO else ())
        ),
        practice=source == DEMO,
        issuers=load_issuers(console.folder),
    )
    desk = Desk(surface, OPERATOR, lambda: None)
    pictures = read_all(source, demo)
    read = FrameReader().read
    if source == DEMO:
        return rehearse(pictures, read, desk, clock, read_story(demo))
    return screen(pictures, read, desk, clock)


def as_object(recorded: RecordedInspection) -> dict[str, Any]:
    """A recorded inspection as the command line answers it."""
    inspection, verdict = recorded.inspection, recorded.verdict
    code = inspection.health_code
    return {
        "id": str(inspection.id),
        "at": recorded.confirmed_at.isoformat(),
        "outcome": recorded.outcome,
        "verdict": verdict.outcome,
        "reasons": [reason.code for reason in verdict.reasons],
        "missing": list(verdict.missing),
        "health_code": code.status if code is not None else None,
        "format": code.format if code is not None else None,
        "issuer": code.issuer if code is not None else None,
        "basis": code.basis if code is not None else None,
        "name": inspection.person.name,
        "temperature_c": [reading.celsius for reading in inspection.temperatures],
    }


def _sentence(console: Console, recorded: RecordedInspection) -> str:
    translate = console.translate
    name = recorded.inspection.person.name
    venue = policy_of(console.settings).is_venue
    words = [
        f"{recorded.confirmed_at:%H:%M}",
        mask_name(name) if name else translate("No name"),
        outcome_word(recorded.outcome, translate, venue=venue),
        *(reason_text(reason, translate) for reason in recorded.verdict.reasons),
    ]
    return "  ".join(words)


def _write_register(console: Console, station: Station) -> None:
    day = console.now.date()
    starts_at = time.fromisoformat(console.settings.period_starts_at)
    from checkpoint_app.desk.day import period_at

    order = SheetOrder(
        Sheet.DAILY, period_at(console.now, starts_at), Mask.PARTIAL, operator=OPERATOR
    )
    done = sheet(station, order, console.settings, console.translate, console.now)
    file = console.folder / "registers" / f"{day:%Y-%m-%d}-daily.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(done.pdf)
    console.tell(
        {"register": str(file), "rows": done.rows},
        console.translate("Register with {rows} rows: {file}", rows=done.rows, file=file),
    )
