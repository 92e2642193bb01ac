"""Whether somebody who lives with a person of the roster is on a watch list or under a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from checkpoint_app.domain.household import Kin, kin_of, live_together
from checkpoint_app.domain.list_entries import RosterEntry, WatchEntry
from checkpoint_app.domain.lists import ListKind, match_keys
from checkpoint_app.domain.masking import mask_name, mask_phone
from checkpoint_app.store.lists import looking
from checkpoint_app.store.lists.rows import HOUSEHOLD, decoded

_NAMESAKES = 50  # looked at; of more of one name nobody can be told
_OPEN = (
    "SELECT i.id_number, i.phone FROM cases c JOIN inspections i ON i.id = c.inspection_id "
    "WHERE c.stage IN ('found', 'reported', 'handed_over', 'received', 'under_measure') "
    "AND NOT c.void AND c.outcome IN ('hand_over', 'hold')"
)


def listed(connection: Connection, member: RosterEntry, lists: Sequence[Row[Any]]) -> str | None:
    """Who of the household it is, masked, as the officer is told; None where there is nobody."""
    named = kin_of(member.household)
    if not named:
        return None
    people = [*named, *_of_roster(connection, member, named, lists)]
    keys = frozenset().union(*(each.keys() for each in people))
    known = keys and {*_watched(connection, keys, lists), *_under_measure(connection)}
    for each in people:
        if known and each.keys() & known:
            return mask_name(each.name) if each.name else mask_phone(each.phone or "")
    return None


def _of_roster(
    connection: Connection, member: RosterEntry, named: Iterable[Kin], lists: Sequence[Row[Any]]
) -> Iterator[Kin]:
    """Those of the household who stand on the roster themselves, with their own numbers."""
    texts = [HOUSEHOLD + each.name for each in named if each.name]
    numbers = [row.number for row in lists if row.kind == ListKind.ROSTER]
    for row in looking.entries_under(connection, texts, numbers, _NAMESAKES):
        entry = decoded(row.body, RosterEntry)
        if live_together(member, entry):
            yield Kin(entry.name, entry.id_number, entry.phone)


def _watched(
    connection: Connection, keys: Iterable[str], lists: Sequence[Row[Any]]
) -> Iterator[str]:
    numbers = [row.number for row in lists if row.kind == ListKind.WATCH]
    for row in looking.entries_under(connection, keys, numbers):
        entry = decoded(row.body, WatchEntry)
        yield from match_keys(entry.id_number, entry.phone, None)


def _under_measure(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql(_OPEN):
        yield from match_keys(row.id_number, row.phone, None)
