"""Tables of the pages: lines of the desk under columns, sorted, filtered, dragged and copied.

A page says what its columns are (`Column`); `LineModel` holds the lines and `LineTable` shows
them. What a line means stays in `desk`.
"""

from checkpoint_app.ui.tables.model import SORT, Column, LineModel
from checkpoint_app.ui.tables.table import ROW, LineTable

__all__ = ["ROW", "SORT", "Column", "LineModel", "LineTable"]
