"""From a list as read to what is handed down: entries for one station, tokens for the county."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from checkpoint_app.domain.list_entries import Entry, RiskEntry
from checkpoint_app.domain.lists import ListKind, match_keys
from checkpoint_app.hub.answering import DETAILS
from checkpoint_app.store.county import NAME, token_of
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import ListState
from checkpoint_app.store.lists.rows import encoded

HOLD = 1  # the action code of a watched person


def publish_entries(
    store: HubStore, kind: ListKind, entries: Iterable[Entry], dated: datetime, device: str = ""
) -> ListState:
    """Hand a list down, whole: to one station (`device`), or to all (risk areas)."""
    rows = {}
    for entry in entries:
        body = encoded(kind, entry)
        rows[sha256(body).hexdigest()[:32]] = body
    name = f"{kind.value}@{device}" if device else kind.value
    return store.publish(name, rows, dated)


def publish_county(store: HubStore, entries: Iterable[Entry], dated: datetime) -> ListState:
    """Hand the county-wide watch list down as tokens of ID numbers and phones.

    What stands behind each stays here and is told, entry by entry, to a station that has a hit.
    """
    tokens: dict[str, bytes] = {}
    details: dict[str, bytes] = {}
    for entry in entries:
        if isinstance(entry, RiskEntry):
            continue
        body = encoded(ListKind.WATCH, entry)
        for text in match_keys(entry.id_number, entry.phone, None):
            key = f"{token_of(store.secrets.token_key, text):010x}"
            tokens[key] = bytes([HOLD])
            details[key] = body
    store.publish(DETAILS, details, dated)
    return store.publish(NAME, tokens, dated, kind="tokens")
