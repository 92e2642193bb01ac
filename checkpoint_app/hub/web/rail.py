"""The rail of pages, and which roles see which."""

from __future__ import annotations

from checkpoint_app.store.hub.users import ROLES

EVERYONE = frozenset(ROLES)
OFFICE = frozenset({"office"})
WATCHING = EVERYONE - {"township"}

# key of the page, icon, message, roles
RAIL = (
    ("wall", "chart", "Wall", WATCHING),
    ("cases", "ledger", "Cases", EVERYONE),
    ("records", "search", "Station records", OFFICE | {"supervisor", "auditor"}),
    ("registers", "printer", "Registers", OFFICE),
    ("lists", "people", "Lists handed down", OFFICE),
    ("orders", "pencil", "Orders to stations", OFFICE),
    ("coverage", "tick", "Coverage", WATCHING),
    ("signals", "eye", "Signals", OFFICE | {"supervisor"}),
    ("map", "network", "Map", WATCHING),
    ("stations", "sync", "Stations", WATCHING),
    ("people", "lock", "Office people", OFFICE),
    ("book", "help", "Book of looks", OFFICE | {"auditor"}),
)
