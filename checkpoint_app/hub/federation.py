"""A county's hub at the province's, enrolled as if it were a station.

The county's hub has a station's store of its own (`hub/up`): a ledger into which it writes what is
to go up, so that the same exchange, signatures, chain and quarantine serve both levels. Up go the
day's summary and the records that are chosen, with what became of them; down come lists, handed on
to the stations. Who is meant by a token of the province's list only the province knows: a station
asks here, and is asked for there.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from checkpoint_app.desk.hub.handing import KINDS
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.register import Period
from checkpoint_app.store import county
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import going_up, wall
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.station import Station, Use
from checkpoint_app.sync import wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.exchange import Exchange, Summary, link_of, with_retries
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.speaking import Voice

UP = "up"
CHOSEN = (Outcome.HAND_OVER,)
PATIENCE_S = 3.0  # of every step of a question on its way up: somebody stands at a gate
MOST_LEVELS = 4
_STEP = 500
_FORWARDED, _CORRECTED = "up.forwarded", "up.corrected"


@contextmanager
def upward(store: HubStore, now: datetime) -> Iterator[Station]:
    """The county's store for what goes up; begun when first asked for.

    It opens with the hub: where that has a passphrase, with one made of the hub's own key.
    """
    folder: Path = store.folder / UP
    own = hmac.digest(store.secrets.signing, b"store for what goes up", sha256).hex()
    passphrase = own if store.protected else None
    with Station.open(folder, passphrase=passphrase, now=now, use=Use.COMMAND) as station:
        if passphrase is not None and not station.protected:
            station.set_passphrase(passphrase)
        yield station


def exchange_up(
    store: HubStore, clock: Callable[[], datetime], wait: Callable[[float], Any]
) -> Summary:
    """Report, forward, exchange, hand lists on. Raises `SyncFault`, `StoreFault`."""
    now = clock()
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with upward(store, now) as up:
        report(store, up, Period(start, start + timedelta(days=1)), now)
        forward(store, up, now)
        try:
            with link_of(up.sync) as link:
                done = Exchange(up.sync, with_retries(link, wait), clock, wait).run()
        finally:
            relay(store, up, clock())  # the lease too: what was wiped here goes from stations
    return done


# --- up -------------------------------------------------------------------------------------------


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
    """Write the chosen records that are new, and later versions of inspections that were chosen or
    are now, into the ledger that goes up; how many."""
    last, count = int(up.remembered(_FORWARDED) or 0), 0
    with store.read() as connection:
        chosen = going_up.chosen_after(connection, CHOSEN, last, _STEP)
    for each in chosen:
        _write(up, each, now)
        up.remember(_FORWARDED, str(each.number))
        count += 1
    return count + _correct(store, up, last, now)


def _correct(store: HubStore, up: Station, upto: int, now: datetime) -> int:
    """What became of inspections with row numbers up to `upto`, chain by chain."""
    marks = msgspec.json.decode(up.remembered(_CORRECTED) or "{}", type=dict[str, int])
    with store.read() as connection:
        found, reached = going_up.corrections_after(connection, CHOSEN, marks, upto, _STEP)
    for each in found:
        _write(up, each, now)
    if reached != marks:
        up.remember(_CORRECTED, msgspec.json.encode(reached).decode())
    return len(found)


def _write(up: Station, each: going_up.Chosen, now: datetime) -> None:
    about: dict[str, Any] = {
        "device": each.device,
        "station": each.station,
        "kind": Kind.INSPECTION.value,
        "hash": each.hash.hex(),
        "plain": each.plain.decode(),
    }
    if each.supersedes is not None:
        about["supersedes"] = each.supersedes.hex()  # the hash of the version before
    up.sync.record(Kind.FORWARDED, about, each.personal, now)


# --- down -----------------------------------------------------------------------------------------


def relay(store: HubStore, up: Station, now: datetime) -> int:
    """Hand the province's lists on to the county's stations; how many were newer."""
    up.sync.keep_lease(now)
    held_now = up.sync.lists.held()
    done = 0
    for held in held_now:
        if held.kind == "rows" and held.applied_at is None and _pass_on(store, up, held):
            up.sync.lists.handed_on(held.name, now)
            done += 1
    return done + _relay_tokens(store, up, [each for each in held_now if each.kind == "tokens"])


def _pass_on(store: HubStore, up: Station, held: HeldList) -> bool:
    """Lists of areas whole; of what the province orders its own rows, beside the county's."""
    rows = up.sync.lists.rows(held.name)
    if held.name == ListKind.RISK.value:
        store.publish(held.name, rows, held.dated)
    elif held.name in KINDS:
        mark = f"up.rows.{held.name}"
        before = msgspec.json.decode(up.remembered(mark) or "[]", type=list[str])
        gone = tuple(set(before) - rows.keys())
        store.amend(held.name, rows, gone, held.dated, lambda rows: None)
        up.remember(mark, msgspec.json.encode(sorted(rows)).decode())
    else:
        return False  # what is the county's own (notices), or one station's
    return True


def _relay_tokens(store: HubStore, up: Station, held: list[HeldList]) -> int:
    """The province's tokens as they are, and what a station needs to compare somebody with them.

    The province's own list is "above-1" here, what was passed on to it is one level further up.
    A list that is gone, or was wiped because the province was not heard of, goes from stations too.
    """
    keys = _keys(up)
    wanted = {_further(each.name): each for each in held if _further(each.name) in keys}
    known = {each.name: each for each in store.lists() if each.kind == "tokens"}
    done = 0
    for name, each in wanted.items():
        if up.remembered(f"up.{name}") != each.version or name not in known:
            store.publish(name, _token_rows(up, each.name), each.dated, kind="tokens")
            up.remember(f"up.{name}", each.version)
            done += 1
    for name, state in known.items():
        if name.startswith(county.ABOVE) and name not in wanted and state.rows:
            store.publish(name, {}, state.dated_at, kind="tokens")
            up.remember(f"up.{name}", "")
            done += 1
    if wanted and store.list_rows(county.KEYS) != keys:
        store.publish(county.KEYS, keys, max(each.dated for each in wanted.values()))
        done += 1
    return done


def _keys(up: Station) -> dict[str, bytes]:
    """With what each of the lists above is keyed, by its name here."""
    hub = up.sync.hub()
    own = {_further(county.NAME): hub.token_key} if hub is not None else {}
    passed = up.sync.lists.rows(county.KEYS)
    found = {**{_further(name): key for name, key in passed.items()}, **own}
    return {name: key for name, key in found.items() if name}


def _further(name: str) -> str:
    """What a list of the hub above is called here; "" beyond any sound number of levels."""
    level = 0 if name == county.NAME else _level(name)
    return f"{county.ABOVE}{level + 1}" if level < MOST_LEVELS else ""


def _level(name: str) -> int:
    """How far up a list lies; beyond all levels where the name is none of ours."""
    number = name.removeprefix(county.ABOVE)
    known = name.startswith(county.ABOVE) and number.isascii() and number.isdigit()
    return int(number) if known and len(number) < 3 else MOST_LEVELS


def _token_rows(up: Station, name: str) -> dict[str, bytes]:
    import numpy as np

    tokens = np.frombuffer(up.sync.lists.tokens(name), np.uint64)
    return {f"{each >> 8:010x}": bytes([each & 255]) for each in tokens.tolist()}


# --- who is meant ---------------------------------------------------------------------------------


def ask_above(store: HubStore, name: str, token: int, now: datetime) -> tuple[str, ...]:
    """What the hub above says about a token of a list of it. Raises `SyncFault`."""
    level = _level(name)
    if not 1 <= level <= MOST_LEVELS or not (store.folder / UP).is_dir():
        raise SyncFault("hub_unreachable", "above")
    try:
        with upward(store, now) as up, link_of(up.sync, PATIENCE_S) as post:
            hub = up.sync.hub()
            assert hub is not None  # else `link_of` has refused
            voice = Voice(up.sync, identity_of(hub.identity), post)
            if level == 1:
                return voice.ask("ask", wire.Ask(token), wire.Told).entries
            further = f"{county.ABOVE}{level - 1}"
            return voice.ask("ask_above", wire.AskAbove(further, token), wire.Told).entries
    except StoreFault as fault:
        raise SyncFault("hub_busy", fault.code) from None
