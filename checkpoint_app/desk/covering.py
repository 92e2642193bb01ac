"""The covering sheet (报送单): what is sent up, by whom, to which unit, with which check codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.desk.exporting import NAMES
from checkpoint_app.domain.document import (
    Document,
    Fact,
    Facts,
    Gap,
    Mark,
    Paragraph,
    Rows,
    Seal,
    Signatures,
    Together,
)
from checkpoint_app.domain.paper import Column
from checkpoint_app.domain.sheet import Period, Sheet, Table
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes up in one bundle."""

    period: Period
    tables: Sequence[Table]
    code: str
    version: int
    operator: str
    at: datetime


def covering_sheet(sent: Sent, settings: Settings, translate: Translate) -> Document:
    """The sheet that lies on top, addressed to the unit that the site is assigned to."""
    say = translate
    facts = (
        Fact(say("Addressed to"), settings.report_to, wide=True),
        Fact(say("Handed in by"), settings.site_name, wide=True),
        Fact(say("Period"), _span(sent.period), wide=True),
        Fact(say("Sheets"), str(len(sent.tables))),
        Fact(say("Edition"), str(sent.version)),
    )
    columns = (
        Column("number", say("No."), 1.2, "right"),
        Column("sheet", say("Sheet"), 6.0),
        Column("rows", say("Rows"), 1.8, "right"),
        Column("code", say("Check code"), 3.4, "centre"),
        Column("note", say("Remarks"), 3.6),
    )
    rows = tuple(
        (str(number), say(NAMES[table.sheet]), _rows(table), table.check_code or "", "")
        for number, table in enumerate(sent.tables, 1)
    )
    end = Together(
        (
            Gap(6),
            Signatures((say("Sent by (signature):"), say("Received by (signature):")), dated=True),
            Gap(4),
            Seal(settings.site_name),
        )
    )
    return Document(
        say("Covering sheet of the daily report"),
        (
            Facts(facts),
            Gap(4),
            Paragraph(say("The following sheets of the period are handed in:")),
            Gap(2),
            Rows(columns, rows),
            end,
        ),
        number=f"{sent.period.end - timedelta(microseconds=1):%Y%m%d}-{sent.version}",
        check_code=sent.code,
        check_text=f"CD:closing:{sent.period.start.isoformat()}:{sent.version}:{sent.code}",
        version=sent.version,
        mark=Mark(settings.report_to, sent.operator, sent.at),
        small_print=say("Contains personal data: keep it safe, do not pass it on."),
    )


def _rows(table: Table) -> str:
    """Figures and blank forms have lines, not entries."""
    return "" if table.sheet in (Sheet.SUMMARY, Sheet.ZERO, Sheet.BLANK) else str(len(table.rows))


def _span(period: Period) -> str:
    return f"{period.start:%Y-%m-%d %H:%M} — {period.end:%Y-%m-%d %H:%M}"
