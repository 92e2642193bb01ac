"""Lists from files: XLSX, XLS, CSV, JSON in; entries and a refusal for every other row out.

Station and hub share this room. It writes nothing: `examine` shows what would happen, `read` yields
entries piece by piece, and whoever calls puts them into a store. Files come from strangers: sizes
have limits, and nothing that stands in a file raises beyond `FileFault`.
"""

from __future__ import annotations

from checkpoint_app.imports.faults import FileFault, Refusal
from checkpoint_app.imports.fields import FIELDS, Field, field_names
from checkpoint_app.imports.mapping import Mapping
from checkpoint_app.imports.reading import Batch, Plan, Preview, examine, plan_of, read
from checkpoint_app.imports.refusals import Refusals

__all__ = [
    "FIELDS",
    "Batch",
    "Field",
    "FileFault",
    "Mapping",
    "Plan",
    "Preview",
    "Refusal",
    "Refusals",
    "examine",
    "field_names",
    "plan_of",
    "read",
]
