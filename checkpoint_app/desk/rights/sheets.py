"""What is printed of an erasure, of the end, and for a person who asks for their own records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkpoint_app.desk.cases.telling import case_view
from checkpoint_app.desk.finding import record_view
from checkpoint_app.desk.rights import words
from checkpoint_app.domain.case import Deadlines
from checkpoint_app.domain.document import (
    Block,
    Document,
    Fact,
    Facts,
    Gap,
    Heading,
    Mark,
    Paragraph,
    Rows,
    Signatures,
)
from checkpoint_app.domain.fever import celsius_text
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.masking import Mask
from checkpoint_app.domain.register import Column
from checkpoint_app.domain.retention import Erasure
from checkpoint_app.domain.visiting import Absence, Visit
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import outcome_word
from checkpoint_app.store.cases.door import Story
from checkpoint_app.store.retention.ending import Held
from checkpoint_app.store.rights import Look, OwnRecords


@dataclass(frozen=True, slots=True)
class Printing:
    """What every sheet needs besides its content."""

    site: str
    operator: str
    now: datetime
    translate: Translate
    venue: bool = False

    def columns(self, *columns: Column) -> tuple[Column, ...]:
        """Columns with their headings in words."""
        say = self.translate
        return tuple(Column(c.key, say(c.heading), c.weight, c.align) for c in columns)

    def minute(self, at: datetime | None) -> str:
        """A moment in the local time of the printing."""
        return _minute(at.astimezone(self.now.tzinfo)) if at is not None else ""

    def mark(self, recipient: str = "") -> Mark:
        """The watermark; what goes to nobody else is for the site itself."""
        return Mark(recipient or self.site, self.operator, self.now)


def erasure_sheet(erasure: Erasure, printing: Printing) -> Document:
    """数据清除记录: what was erased, by whom and why; it names nobody."""
    say, took = printing.translate, erasure.took
    counts = [(word, str(count)) for word, count in words.kind_counts(took, say)]
    told = [*words.copies_told(erasure.copies, say), *words.kept_back(took, say)]
    blocks: list[Block] = [
        Facts(
            (
                Fact(say("Erased at"), _minute(erasure.at)),
                Fact(say("Started by"), erasure.by or say("The station itself")),
                Fact(say("Why"), say(words.WHY.get(erasure.why, erasure.why))),
                Fact(say("Records of"), words.days_of(took, say)),
                Fact(say("Kept for"), _terms(erasure, say), wide=True),
            )
        ),
        Gap(3),
        Rows(
            printing.columns(
                Column("what", "What was erased", 10), Column("count", "How many", 3, "right")
            ),
            (*counts, (say("Sum of all"), str(took.total))),
        ),
        *(Paragraph(f"· {each}") for each in told),
        Paragraph(
            say(
                "Erased are names, numbers, phones, addresses, itineraries and pictures, in the "
                "database, its search index, its log and what waited to be sent. Outcomes, times "
                "and counts stay, and the chain of records still verifies."
            )
        ),
        Paragraph(
            say(
                "Sheets on paper and files saved elsewhere are not reached: destroy those of these "
                "days too."
            ),
            bold=True,
        ),
        Signatures((say("Officer on duty"), say("Witness")), dated=True),
    ]
    return Document(
        title=say("Record of erasure"),
        subtitle=printing.site,
        number=erasure.id[-12:].upper(),
        blocks=tuple(blocks),
        mark=printing.mark(),
    )


def _terms(erasure: Erasure, say: Translate) -> str:
    return say(
        "passages {passages} days; cases {cases} days after closing; backups {copies} days",
        passages=erasure.terms.passages.days,
        cases=erasure.terms.cases.days,
        copies=erasure.terms.copies.days,
    )


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who destroyed everything, before whose eyes."""

    officer: str
    witness: str
    reason: str


def ending_sheet(held: Held, left: Sequence[Path], who: Witnesses, printing: Printing) -> Document:
    """销毁记录: the last that is said of a station's data."""
    say = printing.translate
    outcomes = tuple(
        (outcome_word(outcome, say, venue=printing.venue), str(count))
        for outcome, count in held.outcomes
        if count
    )
    facts = (
        Fact(say("Destroyed at"), _minute(printing.now)),
        Fact(say("This station"), held.device),
        Fact(say("Officer in charge"), who.officer),
        Fact(say("Witness"), who.witness),
        Fact(say("Why"), who.reason, wide=True),
        Fact(say("Records"), str(held.records)),
        Fact(say("Cases"), str(held.cases)),
        Fact(say("Since"), printing.minute(held.oldest)),
        Fact(say("Until"), printing.minute(held.newest)),
        Fact(say("Head of the chain"), held.head[:32], wide=True),
    )
    blocks: list[Block] = [
        Facts(facts),
        Gap(3),
        Rows(
            printing.columns(Column("what", "Outcome", 8), Column("count", "How many", 3, "right")),
            outcomes,
        ),
        Paragraph(
            say(
                "Destroyed are the key, the database and its logs, {count} backups and the sheets "
                "in the data folder. Nothing of it can be got back.",
                count=len(held.copies) - len(left),
            )
        ),
    ]
    if left:
        blocks += [
            Paragraph(say("Out of reach, to be destroyed by hand where their disk is:"), bold=True),
            *(Paragraph(f"· {each}") for each in left),
        ]
    blocks.append(
        Signatures((say("Officer in charge"), say("Witness"), say("Supervising unit")), dated=True)
    )
    return Document(
        title=say("Record of destruction"),
        subtitle=printing.site,
        blocks=tuple(blocks),
        mark=printing.mark(),
    )


@dataclass(frozen=True, slots=True)
class Whose:
    """Who asked for their own records, and by what they were identified."""

    name: str
    text: str  # name and numbers
    checked: str


_PASSAGES = (
    Column("time", "Time", 3.2, "centre"),
    Column("outcome", "Measure taken", 2.6, "centre"),
    Column("facts", "What was written down", 12),
)
_LOOKS = (
    Column("time", "Time", 3.2, "centre"),
    Column("operator", "Who", 3),
    Column("why", "Why", 8),
)


def own_records_sheet(found: OwnRecords, whose: Whose, printing: Printing) -> Document:
    """All of one person's records, whole, for that person."""
    say = printing.translate
    passages = tuple(_passage(each, printing) for each in found.passages)
    looks = tuple(_look(each, printing) for each in found.looks)
    blocks: list[Block] = [
        Facts((Fact(say("Asked for by"), whose.text), Fact(say("Identified by"), whose.checked))),
        Heading(say("Passages at this station")),
        Rows(printing.columns(*_PASSAGES), passages),
        *([] if passages else [Paragraph(say("None."))]),
        *(part for story in found.stories for part in _story(story, printing)),
        *_visits(found.visits, printing),
        *_absences(found.absences, printing),
        *([] if found.total else [Paragraph(say("Nothing is kept here under these numbers."))]),
        Heading(say("Who looked at these data whole")),
        Rows(printing.columns(*_LOOKS), looks),
        *([] if looks else [Paragraph(say("Nobody."))]),
        Paragraph(
            say(
                "Passages whose time is over have been erased and cannot be shown. Lists that an "
                "authority has sent are answered for by that authority. What is wrong is put right "
                "at the desk, at once."
            )
        ),
        Signatures((say("Registrar (signature):"), say("Received by (signature)")), dated=True),
    ]
    return Document(
        title=say("A person's own records"),
        subtitle=printing.site,
        blocks=tuple(blocks),
        mark=printing.mark(whose.name),
    )


_STEPS = (
    Column("time", "Time", 3.2, "centre"),
    Column("step", "Step", 2.6, "centre"),
    Column("what", "To whom, what", 9),
    Column("operator", "Entered by", 3),
)
_VISITS = (
    Column("time", "Time", 3.2, "centre"),
    Column("left", "Left the site at", 3.2, "centre"),
    Column("facts", "What was written down", 11.4),
)
_ABSENCES = (
    Column("leaves", "Leaves on", 3, "centre"),
    Column("returns", "Returns on", 3, "centre"),
    Column("facts", "What was written down", 11.8),
)


def _story(story: Story, printing: Printing) -> Iterator[Block]:
    """A case with each of its steps, whole."""
    say = printing.translate
    view = case_view(story, Deadlines(), printing.now, say, venue=printing.venue, mask=Mask.NONE)
    number = say("Case {number}, {stage}", number=view.line.label, stage=view.line.stage_word)
    yield Heading(number)
    rows = [
        (_minute(each.at), each.word, say("; ").join(each.lines), each.operator)
        for each in view.chapters
    ]
    yield Rows(printing.columns(*_STEPS), tuple(rows))


def _visits(visits: Sequence[Visit], printing: Printing) -> Iterator[Block]:
    """As a visitor; nothing where there was none."""
    if not visits:
        return
    say = printing.translate
    yield Heading(say("As a visitor"))
    rows = []
    for each in visits:
        facts = (
            ("Name", each.name),
            ("Document number", each.id_number),
            ("Phone", each.phone),
            ("Plate", each.plate),
            ("Unit", each.unit),
            ("Purpose", each.purpose),
            ("Host", each.host),
            ("With them", "、".join(each.companions)),
            ("Temperature", celsius_text(each.temperature_c) if each.temperature_c else ""),
            ("Not let in", each.refusal),
        )
        rows.append((printing.minute(each.arrived_at), printing.minute(each.left_at),
                     _told(facts, say)))  # fmt: skip
    yield Rows(printing.columns(*_VISITS), tuple(rows))


def _absences(absences: Sequence[Absence], printing: Printing) -> Iterator[Block]:
    """Notices of absence and return; nothing where there was none."""
    if not absences:
        return
    say = printing.translate
    yield Heading(say("Notices of absence"))
    rows = []
    for each in absences:
        facts = (
            ("Name", each.name),
            ("Document number", each.id_number),
            ("Phone", each.phone),
            ("Unit", each.unit),
            ("Places", "、".join(each.places)),
            ("With them", each.companions),
            ("Why", each.reason),
            ("Came back", printing.minute(each.returned_at)),
        )
        rows.append((f"{each.leaves_on:%Y-%m-%d}", f"{each.returns_on:%Y-%m-%d}",
                     _told(facts, say)))  # fmt: skip
    yield Rows(printing.columns(*_ABSENCES), tuple(rows))


def _told(facts: Sequence[tuple[str, str]], say: Translate) -> str:
    """Captions with what stands under them, without those that are empty."""
    return "；".join(f"{say(caption)} {value}" for caption, value in facts if value)


def _passage(recorded: RecordedInspection, printing: Printing) -> tuple[str, str, str]:
    view = record_view(recorded, printing.translate, printing.venue, Mask.NONE)
    facts = "；".join(f"{caption} {value}" for caption, value in view.fields)
    reasons = "；".join((*view.reasons, *view.notes))
    return _minute(view.at), view.word, f"{facts}\n{reasons}".strip()


def _look(look: Look, printing: Printing) -> tuple[str, str, str]:
    return _minute(look.at), look.operator, look_reason(look, printing.translate)


LOOK_REASONS = {
    "shown": "Shown on the page that finds records",
    "case": "Shown with a case",
    "check": "To check a listed person",
    "case_sheet": "Printed on a case sheet",
    "slip": "Printed on a transfer slip",
}


def look_reason(look: Look, translate: Translate) -> str:
    """Why somebody looked; a stable word or what they typed."""
    return translate(LOOK_REASONS[look.reason]) if look.reason in LOOK_REASONS else look.reason


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
