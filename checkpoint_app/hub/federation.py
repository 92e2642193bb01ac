"""A county's hub at the province's, enrolled as if it were a station.

The county's hub has a station's store of its own (`hub/up`): a ledger into which it writes what is
to go up, so that the same exchange, signatures, chain and quarantine serve both levels. Up go the
day's summary and the records that are chosen; down come lists, handed on to the stations.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Period
from checkpoint_app.store.hub import wall
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.station import Station, Use

UP = "up"
CHOSEN = (Outcome.HAND_OVER,)
_STEP = 500


@contextmanager
def upward(store: HubStore, passphrase: str | None, now: datetime) -> Iterator[Station]:
    """The county's store for what goes up; begun when first asked for."""
    folder: Path = store.folder / UP
    with Station.open(folder, passphrase=passphrase, now=now, use=Use.COMMAND) as station:
        yield station


def report(store: HubStore, up: Station, period: Period, now: datetime) -> bool:
    """Write the period's summary into the ledger that goes up; False where nothing changed."""
    with store.read() as connection:
        states = wall.states(connection, period)
    outcomes = {each.value: 0 for each in Outcome}
    for state in states:
        for outcome, count in state.outcomes.items():
            outcomes[outcome.value] += count
    said = {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "stations": len(states),
        "people": sum(each.people for each in states),
        "open_cases": sum(each.open_cases for each in states),
        "outcomes": outcomes,
    }
    text = msgspec.json.encode(said).decode()
    if up.remembered("up.summary") == text:
        return False
    up.sync.record(Kind.SUMMARY, said, None, now)
    up.remember("up.summary", text)
    return True


def forward(store: HubStore, up: Station, now: datetime) -> int:
    """Write the chosen records that are new into the ledger that goes up; how many."""
    last, count = int(up.remembered("up.forwarded") or 0), 0
    with store.read() as connection:
        chosen = wall.chosen_after(connection, CHOSEN, last, _STEP)
    for each in chosen:
        about: dict[str, Any] = {
            "device": each.device,
            "station": each.station,
            "kind": Kind.INSPECTION.value,
            "hash": each.hash.hex(),
            "plain": each.plain.decode(),
        }
        up.sync.record(Kind.FORWARDED, about, each.personal, now)
        up.remember("up.forwarded", str(each.number))
        count += 1
    return count


def relay(store: HubStore, up: Station, now: datetime) -> int:
    """Hand the province's lists on to the county's stations; how many were newer."""
    done = 0
    for held in up.sync.lists.held():
        if held.kind != "rows" or "@" in held.name or held.applied_at is not None:
            continue  # tokens are keyed by each hub for its own stations
        store.publish(held.name, up.sync.lists.rows(held.name), held.dated)
        up.sync.lists.handed_on(held.name, now)
        done += 1
    return done
