"""Duty on paper, as plain values: hand-over sheet 交接班记录, checklist 消毒通风记录, problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from checkpoint_app.desk.duty.words import (
    CHECKS,
    PEOPLE,
    SHIFTS,
    SIGNALS,
    STATES,
    SUPPLIES,
    fitness_text,
)
from checkpoint_app.domain.document import (
    A4_LANDSCAPE,
    Block,
    Document,
    Fact,
    Facts,
    Gap,
    Heading,
    Lines,
    Mark,
    Paragraph,
    Rows,
    Signatures,
)
from checkpoint_app.domain.duty.checks import Check, Tick
from checkpoint_app.domain.duty.handing import Counted, HandOver, Stock, Supply
from checkpoint_app.domain.inspection import STRENGTH, Outcome
from checkpoint_app.domain.register import Column, Period
from checkpoint_app.domain.supervision import Signal
from checkpoint_app.domain.supervision.problems import Problem
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import outcome_word

_EMPTY_ROWS = 6  # for a pen, where the screen is dark


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every sheet carries: the site, who printed it and when."""

    site: str
    operator: str
    at: datetime
    translate: Translate
    venue: bool = False

    @property
    def mark(self) -> Mark:
        """The pale line across the sheet; what goes to nobody else is for the site itself."""
        return Mark(self.site, self.operator, self.at)


def drawn(document: Document, translate: Translate) -> bytes:
    """The PDF of a document."""
    from checkpoint_app.registers import render_document  # slow to load; first needed on paper

    return render_document(document, translate)


# -- 交接班记录


def hand_over_document(handed: HandOver, head: Letterhead, code: str = "") -> Document:
    """The hand-over sheet; `code` ties it to its record."""
    say = head.translate
    return Document(
        title=say("Shift hand-over"),
        subtitle=head.site,
        one_page=True,
        check_code=code,
        mark=replace(head.mark, recipient=handed.coming),
        blocks=(
            _handed(handed, head),
            Heading(say("People")),
            _people(handed, head),
            Heading(say("Supplies")),
            _supplies(handed, say),
            Heading(say("To be known")),
            Paragraph(handed.notes) if handed.notes else Lines(3),
            Paragraph(
                say("Both signed with their PIN at {time}.", time=_moment(handed.at)), size=9.0
            ),
            Signatures((say("Hands over"), say("Takes over")), dated=True),
        ),
    )


def _handed(handed: HandOver, head: Letterhead) -> Block:
    say, at = head.translate, _moment
    return Facts(
        (
            Fact(say("Shift"), say(SHIFTS[handed.shift])),
            Fact(say("Time"), f"{at(handed.began_at)} – {at(handed.at)}"),
            Fact(say("Hands over"), handed.leaving),
            Fact(say("Takes over"), handed.coming),
            Fact(say("On duty"), _team(handed, say), wide=True),
            Fact(say("Open cases"), str(handed.open_cases)),
            Fact(say("Checks done"), str(handed.checks)),
        )
    )


def _team(handed: HandOver, say: Translate) -> str:
    """Who was on duty, each with their own temperature and test."""
    said = {each.operator: fitness_text(each, say) for each in handed.fitness}
    return say("; ").join(
        f"{name} {said[name]}" if said.get(name) else name for name in handed.team
    )


def _people(handed: HandOver, head: Letterhead) -> Block:
    say = head.translate
    outcomes = [
        Fact(outcome_word(each, say, venue=head.venue), str(handed.outcomes.get(each, 0)))
        for each in reversed(STRENGTH)
        if each is not Outcome.INCOMPLETE or handed.outcomes.get(each, 0)
    ]
    counted = (("tray", handed.tray), ("held", handed.held))
    seen = [Fact(say(PEOPLE[name]), _counted_text(each, say)) for name, each in counted]
    total = Fact(say("All inspected"), str(sum(handed.outcomes.values())))
    return Facts((total, *outcomes, *seen), across=3)


def _counted_text(counted: Counted, say: Translate) -> str:
    if counted.seen is None:
        return ""
    if not counted.difference:
        return say("{count} seen", count=counted.seen)
    return say("{count} seen, {known} recorded", count=counted.seen, known=counted.known)


def _supplies(handed: HandOver, say: Translate) -> Block:
    columns = (
        Column("supply", say("Supply"), 4.0),
        Column("before", say("Before"), 2.0, "right"),
        Column("received", say("Taken in"), 2.0, "right"),
        Column("used", say("Used"), 2.0, "right"),
        Column("left", say("Left"), 2.0, "right"),
        Column("difference", say("Difference"), 2.0, "right"),
    )
    return Rows(
        columns, tuple(_stock_row(each, handed.stock.get(each, Stock()), say) for each in Supply)
    )


def _stock_row(supply: Supply, stock: Stock, say: Translate) -> tuple[str, ...]:
    return (
        say(SUPPLIES[supply]),
        _number(stock.before),
        str(stock.received),
        str(stock.used),
        _number(stock.left),
        difference_text(stock.difference),
    )


def difference_text(difference: int | None) -> str:
    """+3, −2, 0; nothing where it is not known."""
    if difference is None:
        return ""
    return f"{difference:+d}".replace("-", "−") if difference else "0"


# -- 消毒通风记录


def checks_document(ticks: Iterable[Tick], period: Period, head: Letterhead) -> Document:
    """The site's checks of a period, with room to write where there were none."""
    say = head.translate
    columns = (
        Column("number", say("No."), 1.2, "right"),
        Column("time", say("Time"), 2.6, "centre"),
        *(Column(check, say(CHECKS[check]), 2.4, "centre") for check in Check),
        Column("operator", say("Done by"), 2.6),
        Column("remark", say("Remarks"), 4.0),
    )
    rows = [_tick_row(number, tick) for number, tick in enumerate(ticks, 1)]
    empty = [("",) * len(columns)] * max(0, _EMPTY_ROWS - len(rows))
    return Document(
        title=say("Disinfecting and airing"),
        subtitle=f"{head.site}  {_moment(period.start)} – {_moment(period.end)}",
        mark=head.mark,
        blocks=(
            Rows(columns, (*rows, *empty)),
            Signatures((say("Officer in charge"),), dated=True),
        ),
    )


def _tick_row(number: int, tick: Tick) -> tuple[str, ...]:
    marks = ("✓" if check is tick.check else "" for check in Check)
    return (str(number), _moment(tick.at), *marks, tick.operator, "")


# -- 问题整改台账


def problems_document(problems: Sequence[Problem], today: date, head: Letterhead) -> Document:
    """The rectification ledger as a list."""
    say = head.translate
    rows = tuple(_problem_row(each, today, say) for each in problems)
    closed = sum(each.closed_at is not None for each in problems)
    overdue = sum(each.is_overdue(today) for each in problems)
    figures = (
        (say("Problems"), len(problems)),
        (say("Closed off"), closed),
        (say("Overdue"), overdue),
    )
    return Document(
        title=say("Problems found and mended"),
        subtitle=head.site,
        paper=A4_LANDSCAPE,
        mark=head.mark,
        blocks=(
            Facts(tuple(Fact(name, str(count)) for name, count in figures), across=3),
            Gap(),
            Rows(_problem_columns(say), rows),
            Signatures((say("Supervisor"), say("Officer in charge")), dated=True),
        ),
    )


def _problem_columns(say: Translate) -> tuple[Column, ...]:
    return (
        Column("number", say("No."), 1.2, "right"),
        Column("found", say("Found on"), 3.0),
        Column("problem", say("Problem"), 8.0),
        Column("responsible", say("Responsible"), 3.0),
        Column("due", say("Due"), 2.2, "centre"),
        Column("done", say("How it was mended"), 6.5),
        Column("state", say("State"), 2.4, "centre"),
        Column("closed", say("Closed by"), 3.0),
    )


def _problem_row(problem: Problem, today: date, say: Translate) -> tuple[str, ...]:
    return (
        str(problem.number),
        f"{_moment(problem.found_at)} {problem.found_by}",
        problem_text(problem, say),
        problem.responsible,
        f"{problem.due:%m-%d}" if problem.due else "",
        problem.done,
        say("Overdue") if problem.is_overdue(today) else say(STATES[problem.state]),
        f"{_moment(problem.closed_at)} {problem.closed_by}" if problem.closed_at else "",
    )


def problem_text(problem: Problem, say: Translate) -> str:
    """What a problem is about, with the signal that found it."""
    signal = next((each for each in Signal if each == problem.signal), None)
    if problem.what or signal is None:
        return problem.what
    return say(SIGNALS[signal])


def _moment(moment: datetime | None) -> str:
    return f"{moment:%m-%d %H:%M}" if moment else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
