"""The tables, an area a file; whoever needs one asks here.

`core` holds the ledger, what is derived from it and the station's small state.
"""

from __future__ import annotations

from checkpoint_app.store.tables.cases import attachments, case_events, cases
from checkpoint_app.store.tables.core import (
    META,
    SHARED,
    STATION,
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
from checkpoint_app.store.tables.gate import (
    crowd_moves,
    open_passages,
    passages,
    runner_pictures,
    runners,
)
from checkpoint_app.store.tables.lists import (
    list_entries,
    list_keys,
    list_layouts,
    list_work,
    lists,
)
from checkpoint_app.store.tables.policy import policies
from checkpoint_app.store.tables.rights import absences, copies, erasures, passes, visits

__all__ = [
    "META",
    "SHARED",
    "STATION",
    "absences",
    "attachments",
    "case_events",
    "cases",
    "copies",
    "crowd_moves",
    "erasures",
    "heads",
    "inspections",
    "list_entries",
    "list_keys",
    "list_layouts",
    "list_work",
    "lists",
    "open_passages",
    "operators",
    "outbox",
    "passages",
    "passes",
    "personal",
    "policies",
    "records",
    "revoked_passes",
    "runner_pictures",
    "runners",
    "seals",
    "secrets",
    "state",
    "trust_lists",
    "unfinished",
    "versions",
    "visits",
]
