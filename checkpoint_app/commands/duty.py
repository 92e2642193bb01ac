"""`checkpoint shift show` and `supervise`: who is on duty, and what a day's records tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.desk.duty.oversight import findings
from checkpoint_app.desk.duty.roll import OnDuty, Roll, roll
from checkpoint_app.desk.duty.words import CHECKS, SHIFTS, clock, finding_sentence, span_text
from checkpoint_app.domain.supervision import Finding


def add(commands: Any) -> None:
    """Add the commands to the parser."""
    shift = commands.add_parser("shift", help="who is on duty, what is due, what is open")
    shifts = shift.add_subparsers(required=True, metavar="ACTION")
    show = shifts.add_parser("show", help="the post as it stands")
    show.set_defaults(run=run_show)
    supervise = commands.add_parser("supervise", help="signals of box-ticking in a day's records")
    supervise.add_argument("--date", required=True, type=date.fromisoformat, metavar="D")
    supervise.set_defaults(run=run_supervise)
    for parser in (show, supervise):
        add_common(parser)


def run_show(console: Console) -> int:
    """The post as it stands."""
    with console.open_kept() as station:
        post = roll(station, console.settings, console.now)
    console.tell(_post(post), _post_text(post, console))
    return 0


def run_supervise(console: Console) -> int:
    """A day's signals, one a line; none is a good day."""
    day = console.arguments.date
    with console.open_kept() as station:
        found = findings(station, console.settings, day, console.now)
    for each in found:
        console.tell(_finding(each, console), finding_sentence(each, console.translate))
    if not found and not console.arguments.json:
        console.tell({}, console.translate("Nothing conspicuous in this day's records"))
    return 0


def _post(post: Roll) -> dict[str, Any]:
    return {
        "shift": post.shift,
        "since": post.began_at.isoformat() if post.began_at else None,
        "on_duty": [_person(each) for each in post.people],
        "checks": {each.check: _check(each.last, each.is_due(post.now)) for each in post.checks},
        "outcomes": {str(outcome): count for outcome, count in post.outcomes.items()},
        "open_cases": post.open_cases,
        "held": post.held,
        "problems_overdue": len(post.overdue),
    }


def _person(person: OnDuty) -> dict[str, Any]:
    return {
        "operator": person.turn.operator,
        "shift": person.turn.shift,
        "since": person.turn.began_at.isoformat(),
        "hours": round(person.worked.total_seconds() / 3600, 2),
        "hours_in_24": round(person.within_day.total_seconds() / 3600, 2),
        "should_rest": person.should_rest,
        "fever": person.fever,
    }


def _check(last: Any, due: bool) -> dict[str, Any]:
    return {"last": last.at.isoformat() if last is not None else None, "due": due}


def _post_text(post: Roll, console: Console) -> str:
    say = console.translate
    lines = []
    for each in post.people:
        span = span_text(each.worked, say)
        since = say("since {time}, {span}", time=clock(each.turn.began_at), span=span)
        rest = " !" if each.should_rest else ""
        lines.append(f"{each.turn.operator}  {say(SHIFTS[each.turn.shift])}  {since}{rest}")
    due = [say(CHECKS[each.check]) for each in post.checks if each.is_due(post.now)]
    if due:
        lines.append(say("Due: {checks}", checks=say(", ").join(due)))
    lines.append(say("{count} inspected", count=sum(post.outcomes.values())))
    lines.append(say("{count} cases open", count=post.open_cases))
    return "\n".join(lines)


def _finding(finding: Finding, console: Console) -> dict[str, Any]:
    return {
        "signal": finding.signal,
        "operator": finding.operator,
        "start": finding.start.isoformat(),
        "end": finding.end.isoformat(),
        "count": finding.count,
        "records": [str(each) for each in finding.records],
        "sentence": finding_sentence(finding, console.translate),
    }
