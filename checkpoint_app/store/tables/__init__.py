"""The tables, an area a file; whoever needs one asks here.

`core` holds the ledger, what is derived from it and the station's small state; `hub` what only a
hub has; `sync` what a station has from its hub.
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
from checkpoint_app.store.tables.hub import (
    HUB,
    hub_codes,
    hub_devices,
    hub_list_rows,
    hub_lists,
    hub_looks,
    hub_origins,
    hub_projected,
    hub_quarantine,
    hub_seals,
    hub_state,
    hub_users,
)
from checkpoint_app.store.tables.lists import (
    list_entries,
    list_keys,
    list_layouts,
    list_work,
    lists,
)
from checkpoint_app.store.tables.policy import policies
from checkpoint_app.store.tables.rights import absences, copies, erasures, passes, portraits, visits
from checkpoint_app.store.tables.sync import (
    handed_lists,
    handed_rows,
    hub_list_entries,
    hub_list_states,
)

__all__ = [
    "HUB",
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
    "handed_lists",
    "handed_rows",
    "heads",
    "hub_codes",
    "hub_devices",
    "hub_list_entries",
    "hub_list_rows",
    "hub_list_states",
    "hub_lists",
    "hub_looks",
    "hub_origins",
    "hub_projected",
    "hub_quarantine",
    "hub_seals",
    "hub_state",
    "hub_users",
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
    "portraits",
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
