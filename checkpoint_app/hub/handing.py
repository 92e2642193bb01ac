"""What the office orders at its stations: rules, trust lists, operators, forms.

Checked here by the very functions by which a station checks before it puts them in force; what does
not check is not handed down. A change keeps all rows that it does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from checkpoint_app.desk.hub import handing
from checkpoint_app.desk.hub.handing import OPERATORS, POLICY, TRUST, Refused, TrustRow
from checkpoint_app.domain.policy_data import as_data
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.handed_down import OfficeOperator, operator_row
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import ListState
from checkpoint_app.store.moments import micros
from checkpoint_app.store.people import hashed

LONGEST_KEY = 64
MOST_TRUST = 24 << 20  # bytes of all trust files together: an answer has its border too


@dataclass(frozen=True, slots=True)
class Amendment:
    """Rows to put and keys to take out of one list; `device`: for that station alone."""

    kind: str
    put: Mapping[str, bytes]
    drop: Iterable[str] = ()
    device: str = ""

    @property
    def name(self) -> str:
        """As the hub calls the list."""
        return f"{self.kind}@{self.device}" if self.device else self.kind


class _No(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


def policy_rows(policy: SitePolicy) -> dict[str, bytes]:
    """The rules of one kind of site."""
    return {str(policy.site_kind): msgspec.json.encode(as_data(policy))}


def trust_rows(name: str, body: bytes, now: datetime) -> dict[str, bytes]:
    """A trust file under its name."""
    row = TrustRow(micros(now), body)
    return {name[-LONGEST_KEY:]: msgspec.msgpack.encode(row)}


def operator_rows(name: str, role: str, pin: str) -> dict[str, bytes]:
    """Somebody who may sign in, with their first PIN. Raises `StoreFault`: not_storable."""
    key, body = operator_row(OfficeOperator(name.strip(), role, True, hashed(pin)))
    return {key: body}


def shut_out_rows(operator: OfficeOperator) -> dict[str, bytes]:
    """Somebody who signs in no longer, at any station that has the list."""
    key, body = operator_row(OfficeOperator(operator.name, operator.role, False, operator.pin_hash))
    return {key: body}


def form_rows(name: str, text: str) -> dict[str, bytes]:
    """The form of one sheet."""
    return {name: text.encode("utf-8")}


def amend(store: HubStore, wanted: Amendment, now: datetime) -> ListState | Refused:
    """Hand the changed list down; or what is wrong with it, and nothing has changed."""

    def check(rows: Mapping[str, bytes]) -> None:
        refused = checked(wanted.kind, rows, now)
        if refused is not None:
            raise _No(refused)

    try:
        return store.amend(wanted.name, wanted.put, tuple(wanted.drop), now, check)
    except _No as no:
        return no.refused


def checked(kind: str, rows: Mapping[str, bytes], now: datetime) -> Refused | None:
    """What is wrong with all rows of a list; None where nothing is."""
    if any(not 0 < len(key) <= LONGEST_KEY for key in rows):
        return Refused("malformed")
    if kind == TRUST and sum(map(len, rows.values())) > MOST_TRUST:
        return Refused("too_large")
    found = handing.read_rows(kind, rows, now)
    return found if isinstance(found, Refused) else None


def operators(store: HubStore, device: str = "") -> dict[str, OfficeOperator]:
    """Whom the office lets sign in, by key; everywhere, or at one station."""
    rows = store.list_rows(Amendment(OPERATORS, {}, device=device).name)
    found = handing.operators_in(rows)
    known = found if not isinstance(found, Refused) else ()
    return {operator_row(each)[0]: each for each in known}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that rows would change at the stations; texts as they are written."""

    field: str
    before: str
    after: str


def changes(store: HubStore, kind: str, rows: Mapping[str, bytes]) -> list[Changed]:
    """What these rows, put beside the others, would change: field by field of rules, else by name.

    Rules are compared with what stations go by now: the office's, or the shipped ones.
    """
    known = store.list_rows(kind)
    found: list[Changed] = []
    for key, body in rows.items():
        if kind == POLICY:
            found += _rule_changes(key, known.get(key), body)
        elif known.get(key) != body:
            was = f"{len(known[key]):,}" if key in known else ""
            found.append(Changed(key, was, f"{len(body):,}"))
    return found


def _rule_changes(kind: str, before: bytes | None, after: bytes) -> list[Changed]:
    shipped_data = as_data(shipped(kind))
    old = {**shipped_data, **(msgspec.json.decode(before) if before is not None else {})}
    new = {**shipped_data, **msgspec.json.decode(after)}
    return [
        Changed(name, _written(old.get(name)), _written(value))
        for name, value in new.items()
        if old.get(name) != value
    ]


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


def refusals(store: HubStore) -> dict[str, dict[str, Refused]]:
    """Which stations have not put the newest version of a list in force, and why: by list, then by
    the station's name."""
    found: dict[str, dict[str, Refused]] = {}
    for device in store.devices():
        for name, text in _told_refused(device.state).items():
            refused = handing.read_refused(text)
            if refused is not None and device.status != "revoked":
                found.setdefault(name, {})[device.name] = refused
    return found


def _told_refused(state: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(state or "{}", type=_State).refused
    except (msgspec.MsgspecError, UnicodeError):
        return {}


class _State(msgspec.Struct, frozen=True):
    refused: dict[str, str] = {}
