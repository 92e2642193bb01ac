"""A form on paper that is no list: hand-over, transfer slip, notice, case sheet, badge.

A `Document` is plain values, a block after another; `registers.render_document` draws it. Every
text stands in the reader's language already. What is empty is left for a pen.

    slip = Document(
        title=translate("Transfer slip"),
        number="20261123-007",
        blocks=(
            Facts((Fact(translate("Name"), name), Fact(translate("Phone"), phone))),
            Ticks((Tick(translate("Test certificate"), True),)),
            Signatures((translate("Receiver (signature)"),)),
            Cut(translate("Stub")),
        ),
        mark=Mark(recipient="县指挥部", operator="王芳", printed_at=now),
    )
    pdf = render_document(slip, translate)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.domain.paper import A4, A4_LANDSCAPE, BADGE, Column, Paper

__all__ = [
    "A4", "A4_LANDSCAPE", "BADGE", "Block", "Column", "Cut", "Document", "Fact", "Facts", "Gap",
    "Heading", "Lines", "Mark", "NewPage", "Paper", "Paragraph", "Rows", "Seal", "Signatures",
    "Square", "Tick", "Ticks", "Together",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands across the sheet, pale: for whom, by whom, when."""

    recipient: str = ""
    operator: str = ""
    printed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks stay. `size` in points."""

    text: str
    bold: bool = False
    align: str = "left"  # left, centre, right
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `wide` takes the whole row."""

    label: str
    value: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A ruled grid of labels and values, so many facts a row."""

    facts: tuple[Fact, ...]
    across: int = 2


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a tick list: True ☑, False ☒ (seen to be missing), None ☐ (for a pen)."""

    text: str
    ticked: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A list to tick, so many beside each other."""

    ticks: tuple[Tick, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. The heading is repeated on every page; empty rows are for a pen.

    `lowest_mm` is the least height of a row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    lowest_mm: float = 6.4


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruled lines to write on."""

    count: int = 3


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, beside each other; each with room for a date where `dated`."""

    labels: tuple[str, ...]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """The place of the unit's seal, with its name and a date to fill in."""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code with text beside it (each line its own)."""

    content: str
    lines: tuple[str, ...] = ()
    size_mm: float = 26.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A dashed line to cut or tear along, with the name of the part below it."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """White space."""

    mm: float = 4.0


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stand on one page where they fit on one."""

    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | Facts
    | Ticks
    | Rows
    | Lines
    | Signatures
    | Seal
    | Square
    | Cut
    | Gap
    | NewPage
    | Together
)


@dataclass(frozen=True, slots=True)
class Document:
    """One form. `one_page` lets it shrink a little rather than spill onto a second page.

    `check_code` with `check_text` (what its QR says) ties it to what is stored; `small_print`
    stands at the foot of every page.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    number: str = ""
    paper: Paper = A4
    one_page: bool = False
    check_code: str = ""
    check_text: str = ""
    version: int = 1
    mark: Mark = Mark()
    small_print: str = ""
