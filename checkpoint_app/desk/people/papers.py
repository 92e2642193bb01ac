"""来访人员登记表: the visitors of a day with the time that each left."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.desk.rights.sheets import Printing
from checkpoint_app.domain.document import (
    A4_LANDSCAPE,
    Block,
    Document,
    Paragraph,
    Rows,
    Signatures,
)
from checkpoint_app.domain.masking import Mask, mask_name, mask_number, mask_phone, mask_plate
from checkpoint_app.domain.register import Column
from checkpoint_app.domain.visiting import Visit

_COLUMNS = (
    Column("number", "No.", 1.4, "right"),
    Column("time", "Time", 3.0, "centre"),
    Column("name", "Name", 3.2),
    Column("unit", "Unit of the visitor", 4.0),
    Column("purpose", "Comes for", 4.2),
    Column("id_number", "Document number", 5.4),
    Column("phone", "Phone", 3.8),
    Column("temperature", "Temperature", 2.4, "centre"),
    Column("plate", "Plate", 3.2),
    Column("host", "Visits", 3.2),
    Column("persons", "Persons", 1.8, "right"),
    Column("left", "Left at", 2.6, "centre"),
    Column("remark", "Remarks", 3.4),
)


def visitors_register(visits: Sequence[Visit], mask: Mask, printing: Printing) -> Document:
    """The visits by their time; a day with none says so."""
    say = printing.translate
    ordered = sorted(visits, key=lambda each: each.arrived_at)
    rows = tuple(_row(number, each, mask, printing) for number, each in enumerate(ordered, 1))
    total = say(
        "Admitted: {admitted}. Not admitted: {refused}. Still inside: {inside}.",
        admitted=sum(each.persons for each in visits if each.admitted),
        refused=sum(each.persons for each in visits if not each.admitted),
        inside=sum(each.persons for each in visits if each.inside),
    )
    none: list[Block] = [] if rows else [Paragraph(say("No visitor in this period. Zero report."))]
    return Document(
        title=say("Register of visitors"),
        subtitle=printing.site,
        blocks=(
            Rows(printing.columns(*_COLUMNS), rows),
            *none,
            Paragraph(total, bold=True),
            Signatures((say("Registrar (signature):"), say("Officer on duty (signature):"))),
        ),
        paper=A4_LANDSCAPE,
        mark=printing.mark(),
    )


def _row(number: int, visit: Visit, mask: Mask, printing: Printing) -> tuple[str, ...]:
    say = printing.translate
    remark = "" if visit.admitted else say("Not admitted: {why}", why=visit.refusal)
    return (
        str(number),
        f"{visit.arrived_at:%m-%d %H:%M}",
        mask_name(visit.name, mask),
        visit.unit,
        visit.purpose,
        mask_number(visit.id_number, mask),
        mask_phone(visit.phone, mask),
        f"{visit.temperature_c:.1f}" if visit.temperature_c is not None else "",
        mask_plate(visit.plate, mask),
        visit.host,
        str(visit.persons),
        f"{visit.left_at:%H:%M}" if visit.left_at else "",
        remark,
    )
