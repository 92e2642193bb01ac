"""A case on paper: its whole story on one page, and the transfer slip in three parts."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.desk.cases.telling import CaseView, Chapter
from checkpoint_app.domain.case import Event
from checkpoint_app.domain.document import (
    Block,
    Cut,
    Document,
    Fact,
    Facts,
    Heading,
    Mark,
    Rows,
    Signatures,
    Tick,
    Ticks,
)
from checkpoint_app.domain.register import Column
from checkpoint_app.domain.returnee import Certificate
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.cases import RECALL
from checkpoint_app.i18n.reasons import CERTIFICATES

_STORY = (
    Column("time", "Time", 3.0, "centre"),
    Column("step", "Step", 2.6, "centre"),
    Column("what", "To whom, what", 10.0),
    Column("operator", "Entered by", 2.4, "centre"),
)
_PARTS = ("Stub", "For the unit handing over", "For the receiving unit")
_MOST_STEPS = 60  # lines of one story on paper; the newest ones


def case_sheet(
    view: CaseView, site: str, operator: str, now: datetime, translate: Translate
) -> Document:
    """The whole story, on one page."""
    recall = translate(RECALL) if view.case.recall else ""
    stage = "  ".join(filter(None, (view.line.stage_word, view.line.late_text, recall)))
    facts = [Fact(translate("Stage"), stage), Fact(translate("Found at"), _moment(view))]
    facts += [Fact(caption, value, wide=len(value) > 24) for caption, value in view.fields]
    blocks: tuple[Block, ...] = (
        Facts(tuple(facts)),
        Heading(translate("What was done")),
        Rows(
            tuple(_worded(column, translate) for column in _STORY),
            tuple(_row(each, translate) for each in view.chapters[-_MOST_STEPS:]),
        ),
        Signatures((translate("Registered by"), translate("Officer on duty"))),
    )
    return Document(
        title=translate("Case sheet"),
        subtitle=site,
        number=view.line.label,
        blocks=blocks,
        one_page=True,
        mark=Mark(view.line.unit, operator, now),
    )


def transfer_slip(
    view: CaseView, site: str, operator: str, now: datetime, translate: Translate
) -> Document:
    """One person, one number: stub, the unit that hands over, the unit that receives."""
    slip = _Slip(view, site, now, translate)
    blocks: list[Block] = [Heading(translate(_PARTS[0])), *slip.blocks(stub=True)]
    for part in _PARTS[1:]:
        named = translate("{slip}, {part}", slip=translate("Transfer slip"), part=translate(part))
        blocks += [Cut(), Heading(named), *slip.blocks(stub=False)]
    return Document(
        title=translate("Transfer slip"),
        subtitle=site,
        number=view.line.label,
        blocks=tuple(blocks),
        one_page=True,
        mark=Mark(slip.receiver, operator, now),
    )


class _Slip:
    """What stands on each part."""

    def __init__(self, view: CaseView, site: str, now: datetime, translate: Translate) -> None:
        self._view, self._site, self._now, self._say = view, site, now, translate
        self._handed = _last(view, Event.HANDED_OVER)
        self.receiver = (self._handed.step.unit or "") if self._handed else ""

    def blocks(self, *, stub: bool) -> list[Block]:
        say, fields = self._say, dict(self._view.fields)
        person = ("Name", "Document number", "Phone", "Plate")
        facts = [Fact(say("Slip number"), self._view.line.label)]
        facts += [Fact(say(each), fields.get(say(each), "")) for each in person]
        facts += self._way(fields)
        blocks: list[Block] = [Facts(tuple(facts))]
        if not stub:
            blocks += [self._papers(), self._signatures()]
        return blocks

    def _way(self, fields: dict[str, str]) -> list[Fact]:
        say, handed = self._say, self._handed
        at = f"{handed.at:%m-%d %H:%M}" if handed else ""
        step = handed.step if handed else None
        contact = " ".join(filter(None, (step.person, step.phone))) if step else ""
        return [
            Fact(say("Handed over at"), at),
            Fact(say("Why"), fields.get(say("Why"), ""), wide=True),
            Fact(say("Handed over by"), self._site),
            Fact(say("Receiving unit"), self.receiver),
            Fact(say("Transfer vehicle"), (step.vehicle or "") if step else ""),
            Fact(say("Contact person"), contact),
            Fact(say("Receipt number"), self._receipt(), wide=True),
        ]

    def _receipt(self) -> str:
        received = _last(self._view, Event.RECEIVED)
        return (received.step.receipt or "") if received else ""

    def _papers(self) -> Ticks:
        seen, known = self._view.papers, self._view.papers is not None
        ticks = (
            Tick(self._say(CERTIFICATES[each]), each in (seen or ()) if known else None)
            for each in Certificate
        )
        return Ticks(tuple(ticks), across=3)

    def _signatures(self) -> Signatures:
        say = self._say
        return Signatures(
            (say("Handed over by (signature)"), say("Driver (signature)"),
             say("Receiver (signature)")),
            dated=True,
        )  # fmt: skip


def _last(view: CaseView, event: Event) -> Chapter | None:
    standing = (each for each in reversed(view.chapters) if not each.taken_back)
    return next((each for each in standing if each.event is event), None)


def _worded(column: Column, translate: Translate) -> Column:
    return Column(column.key, translate(column.heading), column.weight, column.align)


def _row(chapter: Chapter, translate: Translate) -> tuple[str, ...]:
    late = ""
    if chapter.written_at is not None and chapter.written_at != chapter.at:
        late = translate("written down {time}", time=f"{chapter.written_at:%m-%d %H:%M}")
    what = translate("; ").join(filter(None, (*chapter.lines, late)))
    return (f"{chapter.at:%m-%d %H:%M}", chapter.word, what, chapter.operator)


def _moment(view: CaseView) -> str:
    return f"{view.line.opened_at:%Y-%m-%d %H:%M}"
