"""`checkpoint case list|show`: the ledger of abnormal persons on the command line."""

from __future__ import annotations

from typing import Any

from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.desk.cases.lines import CaseLine, case_line, deadlines_of, in_order
from checkpoint_app.desk.cases.telling import CaseView, case_view
from checkpoint_app.desk.standing import policy_of
from checkpoint_app.domain.case import Case, Stage
from checkpoint_app.domain.masking import Mask, mask_name, mask_number, mask_phone, mask_plate
from checkpoint_app.store.cases.door import OPEN
from checkpoint_app.store.station import Station

OPERATOR = "console"


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    group = commands.add_parser("case", help="the ledger of abnormal persons")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="cases, the most urgent first")
    listing.add_argument("--open", action="store_true", help="only those not closed")
    listing.add_argument("--overdue", action="store_true", help="only those with a late step")
    listing.add_argument("--stage", choices=[each.value for each in Stage])
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one case with every step")
    show.add_argument("id", metavar="ID", help="its number, label or id")
    show.set_defaults(run=run_show)
    for parser in (listing, show):
        parser.add_argument("--mask", choices=[each.value for each in Mask], default="partial")
        add_common(parser)


def run_list(console: Console) -> int:
    """A line a case."""
    wanted = console.arguments
    stages = OPEN if wanted.open or wanted.overdue else None
    with console.open_kept() as station:
        cases = {case.id: case for case in station.cases.cases(stages)}
        if Mask(wanted.mask) is Mask.NONE:
            for case in cases.values():
                _log(station, case, console)
    for line in _lines(console, list(cases.values())):
        if wanted.stage not in (None, line.stage.value) or (wanted.overdue and not line.late):
            continue
        console.tell(_object(cases[line.id], line, Mask(wanted.mask)), _sentence(line))
    return 0


def run_show(console: Console) -> int:
    """One case, step by step."""
    mask, settings = Mask(console.arguments.mask), console.settings
    with console.open_kept() as station:
        case = station.cases.named(console.arguments.id)
        story = station.cases.story(case.id) if case is not None else None
        if case is None or story is None:
            raise console.refuse("not_found")
        if mask is Mask.NONE:
            _log(station, case, console)
    view = case_view(
        story,
        deadlines_of(settings),
        console.now,
        console.translate,
        venue=policy_of(settings).is_venue,
        mask=mask,
    )
    told = [_told(view, place) for place in range(len(view.chapters))]
    answer = {**_object(case, view.line, mask), "story": told}
    console.tell(answer, "\n".join(_text(view)))
    return 0


def _log(station: Station, case: Case, console: Console) -> None:
    """A look at whole names is on record, on the command line too."""
    station.log_look(case.inspection_id or case.id, OPERATOR, "case", console.now)


def _lines(console: Console, cases: list[Case]) -> list[CaseLine]:
    deadlines, mask = deadlines_of(console.settings), Mask(console.arguments.mask)
    return in_order(
        case_line(each, deadlines, console.now, console.translate, mask) for each in cases
    )


def _object(case: Case, line: CaseLine, mask: Mask) -> dict[str, Any]:
    due = {"step": line.due, "at": line.due_at.isoformat()} if line.due_at else None
    return {
        "id": str(case.id),
        "number": case.label,
        "stage": case.stage,
        "opened_at": case.opened_at.isoformat(),
        "outcome": case.outcome,
        "reason": case.why,
        "recall": case.recall,
        "withdrawn": case.withdrawn,
        "name": mask_name(case.name, mask) or None,
        "id_number": mask_number(case.id_number, mask) or None,
        "phone": mask_phone(case.phone, mask) or None,
        "plate": mask_plate(case.plate, mask) or None,
        "unit": case.unit,
        "measure": case.measure,
        "supervisor": case.supervisor if mask is Mask.NONE else mask_name(case.supervisor) or None,
        "until": case.until.isoformat() if case.until else None,
        "result": case.result,
        "due": due,
        "late_minutes": int(line.late.total_seconds() // 60) if line.late else 0,
    }


def _sentence(line: CaseLine) -> str:
    words = (
        line.label,
        f"{line.opened_at:%m-%d %H:%M}",
        line.stage_word,
        line.title,
        line.why,
        line.unit,
        line.awaits,
        line.late_text,
    )
    return "  ".join(filter(None, words))


def _told(view: CaseView, place: int) -> dict[str, Any]:
    chapter = view.chapters[place]
    return {
        "event": chapter.event,
        "at": chapter.at.isoformat(),
        "operator": chapter.operator,
        "text": list(chapter.lines),
        "taken_back": chapter.taken_back,
        "attachment": str(chapter.attachment) if chapter.attachment else None,
    }


def _text(view: CaseView) -> list[str]:
    facts = [f"  {caption}: {value}" for caption, value in view.fields]
    steps = [
        "  ".join(filter(None, (f"  {c.at:%m-%d %H:%M}", c.word, *c.lines, c.operator)))
        for c in view.chapters
    ]
    return [_sentence(view.line), *facts, *steps]
