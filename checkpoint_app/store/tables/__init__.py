"""The tables, an area a file; whoever needs one asks here.

`core` holds the ledger, what is derived from it and the station's small state.
"""

from __future__ import annotations

from checkpoint_app.store.tables.core import (
    META,
    SHARED,
    STATION,
    cases,
    heads,
    inspections,
    operators,
    outbox,
    personal,
    records,
    revoked_passes,
    seals,
    secrets,
    state,
    trust_lists,
    unfinished,
    versions,
)

__all__ = [
    "META",
    "SHARED",
    "STATION",
    "cases",
    "heads",
    "inspections",
    "operators",
    "outbox",
    "personal",
    "records",
    "revoked_passes",
    "seals",
    "secrets",
    "state",
    "trust_lists",
    "unfinished",
    "versions",
]
