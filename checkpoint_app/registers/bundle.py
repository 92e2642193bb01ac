"""A covering sheet and all sheets of a period in one PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from checkpoint_app.domain.document import Document
from checkpoint_app.domain.sheet import Table
from checkpoint_app.i18n import Translate
from checkpoint_app.registers.canvas import SheetCanvas
from checkpoint_app.registers.document import draw_documents
from checkpoint_app.registers.pdf import Progress, draw_table_pages
from checkpoint_app.registers.typeface import Fonts


def render_bundle(
    cover: Document,
    tables: Sequence[Table],
    translate: Translate,
    *,
    archival: bool,
    progress: Progress,
    fonts: Fonts | None = None,
) -> bytes:
    """The PDF; each sheet counts its own pages. `progress` may raise to stop."""
    file = io.BytesIO()
    canvas = SheetCanvas(file, cover.title, archival=archival)
    pen = canvas.pen(fonts)
    draw_documents(pen, (cover,), translate)
    for number, table in enumerate(tables):
        draw_table_pages(pen, table, translate, f"-{number}", progress)
    canvas.save()
    return file.getvalue()
