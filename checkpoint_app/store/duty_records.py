"""Duty's records as bytes and back: a plain part that tells of nobody's health and of no traveller,
and a personal one. After a retention rule has erased the personal part, the rest still reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from checkpoint_app.domain.duty.checks import Check, Tick
from checkpoint_app.domain.duty.handing import Draft, HandOver
from checkpoint_app.domain.duty.turns import Ending, Fitness, ShiftName, Skip, Turn
from checkpoint_app.domain.supervision.problems import ProblemEvent, Step
from checkpoint_app.store import ledger
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.identity import spelled
from checkpoint_app.store.ledger import Kind
from checkpoint_app.store.moments import moment
from checkpoint_app.store.values import Operator

LONGEST = 1 << 16  # bytes of one part; a hand-over has about 700

Said = dict[str, Any]


def staff(operator: Operator, what: str, by: str, now: datetime) -> ledger.Draft:
    """Who may sign in was changed: whose, what, by whom."""
    said = {
        "operator": str(operator.id),
        "name": operator.name,
        "role": operator.role,
        "active": operator.active,
        "event": what,
        "by": by,
    }
    return ledger.Draft(Kind.STAFF, now, _encoded(said))


# -- turns


def began(turn: Turn) -> ledger.Draft:
    """Somebody came on duty."""
    said = {"turn": str(turn.id), "event": "began", "operator": turn.operator, "shift": turn.shift}
    return ledger.Draft(Kind.TURN, turn.began_at, _encoded(said))


def ended(turn: Turn, ending: Ending, now: datetime) -> ledger.Draft:
    """Somebody went off duty."""
    said = {"turn": str(turn.id), "event": "ended", "operator": turn.operator, "ending": ending}
    return ledger.Draft(Kind.TURN, now, _encoded(said))


def turns(rows: Iterable[Row[Any]]) -> list[Turn]:
    """Turns from their records, in the order in which they began."""
    found: dict[UUID, Turn] = {}
    for row in rows:
        said = _plain(row)
        turn_id = UUID(said["turn"])
        if said["event"] == "began":
            found[turn_id] = Turn(turn_id, said["operator"], ShiftName(said["shift"]), _at(row))
        elif turn_id in found:
            ending = Ending(said["ending"])
            found[turn_id] = replace(found[turn_id], ended_at=_at(row), ending=ending)
    return sorted(found.values(), key=lambda turn: turn.began_at)


def fitness(said: Fitness) -> ledger.Draft:
    """What somebody said of themselves."""
    plain = {"operator": said.operator, "skipped": said.skipped}
    tested_on = said.tested_on.isoformat() if said.tested_on else None
    own = {"celsius": said.celsius, "tested_on": tested_on}
    return ledger.Draft(Kind.FITNESS, said.at, _encoded(plain), _encoded(own))


def fitness_of(row: Row[Any]) -> Fitness:
    """The same from its record."""
    plain, own = _plain(row), _personal(row)
    skipped = Skip(plain["skipped"]) if plain["skipped"] else None
    tested_on = date.fromisoformat(own["tested_on"]) if own.get("tested_on") else None
    return Fitness(plain["operator"], _at(row), own.get("celsius"), tested_on, skipped)


# -- checks


def ticked(tick: Tick) -> ledger.Draft:
    """A check was done."""
    said = {"tick": str(tick.id), "event": "done", "check": tick.check, "operator": tick.operator}
    return ledger.Draft(Kind.CHECK, tick.at, _encoded(said))


def taken_back(tick: Tick, operator: str, now: datetime) -> ledger.Draft:
    """A check was ticked by mistake."""
    said = {"tick": str(tick.id), "event": "taken_back", "check": tick.check, "operator": operator}
    return ledger.Draft(Kind.CHECK, now, _encoded(said))


def ticks(rows: Iterable[Row[Any]]) -> list[Tick]:
    """Checks from their records, by time, without those taken back."""
    found: dict[UUID, Tick] = {}
    for row in rows:
        said = _plain(row)
        tick_id = UUID(said["tick"])
        if said["event"] == "done":
            found[tick_id] = Tick(tick_id, Check(said["check"]), _at(row), said["operator"])
        else:
            found.pop(tick_id, None)
    return sorted(found.values(), key=lambda tick: tick.at)


# -- handing over


def handed_over(done: HandOver) -> ledger.Draft:
    """The whole sheet; a note may name anybody, and one's health is one's own."""
    said = msgspec.to_builtins(done)
    own = {name: said.pop(name) for name in ("notes", "fitness")}
    return ledger.Draft(Kind.HAND_OVER, done.at, _encoded(said), _encoded(own))


def hand_over_of(row: Row[Any]) -> HandOver:
    """The sheet from its record."""
    return msgspec.convert({**_plain(row), **_personal(row)}, HandOver)


def code_of(record_hash: bytes) -> str:
    """A record's hash as a short code for paper, nine letters: "7K3MA-9QXP"."""
    letters = spelled(int.from_bytes(record_hash[:8], "big"), 9)
    return f"{letters[:5]}-{letters[5:]}"


def draft_text(draft: Draft) -> str:
    """The counts so far, for the station's small state."""
    return msgspec.json.encode(draft).decode()


def draft_of(text: str | None) -> Draft | None:
    """The counts again; a text of another version is nobody's loss."""
    try:
        return msgspec.json.decode(text, type=Draft) if text else None
    except msgspec.MsgspecError:
        return None


# -- problems


def problem_step(event: ProblemEvent) -> ledger.Draft:
    """One step of a problem; what it is about and who shall mend it are personal."""
    tree = msgspec.to_builtins(event)
    own = {name: tree.pop(name) for name in ("what", "responsible")}
    return ledger.Draft(Kind.PROBLEM, event.at, _encoded(tree), _encoded(own))


def problem_event(row: Row[Any]) -> ProblemEvent:
    """The step from its record."""
    plain = _plain(row)
    if "step" in plain and plain["step"] not in set(Step):
        raise StoreFault("corrupt", "problem")
    return msgspec.convert({**plain, **_personal(row)}, ProblemEvent)


# -- bytes


def _encoded(said: Mapping[str, object]) -> bytes:
    body = ledger.encoded(said)
    if len(body) > LONGEST:
        raise StoreFault("not_storable")
    return body


def _plain(row: Row[Any]) -> Said:
    said: Said = msgspec.json.decode(row.plain)
    return said


def _personal(row: Row[Any]) -> Said:
    """The personal part, empty after a retention rule has erased it."""
    said: Said = msgspec.json.decode(row.body) if row.body is not None else {}
    return said


def _at(row: Row[Any]) -> datetime:
    return moment(row.at_us, row.offset_s)
