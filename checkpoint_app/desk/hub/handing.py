"""What the command office hands down is checked before it counts: rules, trust lists, operators,
forms. The hub checks by the same functions before it hands anything down.

What does not check is refused whole and by name; what was in force stays in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from checkpoint_app.codes import TrustFile, parse_trust_file
from checkpoint_app.domain.policy_data import PolicyFault
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.sheet import Sheet
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.domain.template import TemplateFault
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.i18n.rules import policy_fault_text
from checkpoint_app.i18n.sites import SITE_KINDS
from checkpoint_app.shipped_rules import read_policy
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.handed_down import NewTrust, OfficeOperator, read_operator
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.store.station import Station

POLICY, TRUST, OPERATORS, FORMS = "policy", "trust", "operators", "templates"
KINDS = (POLICY, TRUST, OPERATORS, FORMS)
VENUE_DAILY = "daily_venue"
Rows = Mapping[str, bytes]


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something is not put in force: a stable code, in which row, what about it."""

    code: str
    row: str = ""
    detail: str = ""
    wanted: str = ""


class TrustRow(msgspec.Struct, frozen=True, array_like=True):
    """A trust file as it is handed down, and the day that counts where it names none itself."""

    dated_us: int
    body: bytes


@dataclass(frozen=True, slots=True)
class _Wrong(Exception):
    refused: Refused


def policies_in(rows: Rows) -> tuple[SitePolicy, ...] | Refused:
    """The rules of each kind of site."""
    found = []
    for kind, body in rows.items():
        try:
            data = msgspec.json.decode(body)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            data = None
        if not isinstance(data, dict):
            return Refused("policy_text", kind)
        policy = read_policy(data, kind)
        if isinstance(policy, PolicyFault):
            return Refused(policy.code, kind, policy.field, policy.wanted)
        found.append(policy)
    return tuple(found)


def trust_in(rows: Rows, now: datetime) -> tuple[NewTrust, ...] | Refused:
    """The trust files; a date that lies ahead is taken as `now`."""
    found = []
    for name, body in rows.items():
        try:
            row = msgspec.msgpack.decode(body, type=TrustRow)
            dated = datetime.fromtimestamp(row.dated_us / 1e6, now.tzinfo)
        except (msgspec.MsgspecError, ValueError, OverflowError, OSError):
            return Refused("malformed", name)
        parsed = parse_trust_file(name, row.body, min(dated, now))
        if not isinstance(parsed, TrustFile):
            return Refused(str(parsed.code), name)
        listed = NewTrust(name, parsed.kind, parsed.dated, len(parsed.entries), row.body)
        found.append(listed)
    return tuple(found)


def operators_in(rows: Rows) -> tuple[OfficeOperator, ...] | Refused:
    """Who may sign in."""
    found = []
    for key, body in rows.items():
        operator = read_operator(body)
        if operator is None or operator.role not in {each.value for each in Role}:
            return Refused("operator_wrong", key[:8])
        if not operator.pin_hash.startswith("$argon2id$"):
            return Refused("operator_wrong", operator.name)
        found.append(operator)
    return tuple(found)


def forms_in(rows: Rows) -> dict[str, str] | Refused:
    """The sheets' forms by the name of their file."""
    from checkpoint_app.registers.templates import read_template

    found = {}
    for name, body in rows.items():
        sheet = sheet_of(name)
        if sheet is None:
            return Refused("template_sheet", name)
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Refused("template_unreadable", name)
        read = read_template(text, sheet)
        if isinstance(read, TemplateFault):
            return Refused(read.code, name, read.detail)
        found[name] = text
    return found


def sheet_of(name: str) -> Sheet | None:
    """The sheet that a form's file is for."""
    word = Sheet.DAILY.value if name == VENUE_DAILY else name
    return next((each for each in Sheet if each == word), None)


def read_rows(kind: str, rows: Rows, now: datetime) -> object:
    """Whatever rows of this kind say; `Refused` where they do not check."""
    if kind == TRUST:
        return trust_in(rows, now)
    reads: dict[str, Callable[[Rows], object]] = {
        POLICY: policies_in,
        OPERATORS: operators_in,
        FORMS: forms_in,
    }
    return reads[kind](rows)


# --- putting in force -----------------------------------------------------------------------------


def put_in_force(station: Station, held: HeldList, now: datetime) -> Refused | None:
    """Put what was taken from the hub in force, whole; or what is wrong with it."""
    rows, kind = station.sync.lists.rows(held.name), held.name.partition("@")[0]
    put = {POLICY: _policies, TRUST: _trust, OPERATORS: _operators, FORMS: _forms}[kind]
    try:
        put(station, held, rows, now)
    except _Wrong as wrong:
        refused = wrong.refused
    except StoreFault as fault:
        if fault.code not in ("operators_nobody", "not_storable"):
            raise
        refused = Refused(fault.code)
    else:
        return None
    station.sync.lists.refuse(held.name, msgspec.json.encode(refused).decode())
    return refused


def _policies(station: Station, held: HeldList, rows: Rows, now: datetime) -> None:
    new = policies_in(rows)
    if isinstance(new, Refused):
        raise _Wrong(new)
    station.handed_down.put_policies(held, rows, new, now)


def _trust(station: Station, held: HeldList, rows: Rows, now: datetime) -> None:
    new = trust_in(rows, now)
    if isinstance(new, Refused):
        raise _Wrong(new)
    station.handed_down.put_trust(held, rows, new, now)


def _operators(station: Station, held: HeldList, rows: Rows, now: datetime) -> None:
    new = operators_in(rows)
    if isinstance(new, Refused):
        raise _Wrong(new)
    before = _people(station.handed_down.rows(held.name))
    people = tuple(
        replace(each, pin_before=before[each.name].pin_hash) if each.name in before else each
        for each in new
    )
    other = {
        name
        for each in station.handed_down.in_force()
        if each.name.partition("@")[0] == OPERATORS and each.name != held.name
        for name in _people(station.handed_down.rows(each.name))
    }
    gone = before.keys() - {each.name for each in people} - other
    station.handed_down.put_operators(held, rows, people, sorted(gone), now)


def _people(rows: Rows) -> dict[str, OfficeOperator]:
    read = map(read_operator, rows.values())
    return {each.name: each for each in read if each is not None}


def _forms(station: Station, held: HeldList, rows: Rows, now: datetime) -> None:
    new = forms_in(rows)
    if isinstance(new, Refused):
        raise _Wrong(new)
    station.handed_down.put_forms(held, rows, now)


# --- telling --------------------------------------------------------------------------------------


def read_refused(text: str) -> Refused | None:
    """What the store, or a station, kept of a refusal."""
    try:
        return msgspec.json.decode(text, type=Refused) if text else None
    except (msgspec.MsgspecError, UnicodeError):
        return Refused("malformed")


def refused_text(refused: Refused, translate: Translate) -> str:
    """What is wrong, in one sentence."""
    if refused.code.startswith("policy_"):
        fault = PolicyFault(refused.code, refused.detail, refused.wanted)
        said = policy_fault_text(fault, translate)
    else:
        said = fault_text(refused.code, translate)
    row = translate(SITE_KINDS[refused.row]) if refused.row in SITE_KINDS else refused.row
    where = " · ".join(part for part in (row, _template_word(refused)) if part)
    return translate("{where}: {problem}", where=where, problem=said) if where else said


def _template_word(refused: Refused) -> str:
    return refused.detail if refused.code.startswith("template_") else ""
