"""One exchange with the hub: say where we stand, send what it has not got, take its lists.

It may be cut at any moment, an answer may be lost after the hub has committed: the next exchange
begins with asking the hub what it has, and goes on from there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import msgspec

from checkpoint_app.store.chain import Sent
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.store.moments import micros
from checkpoint_app.store.syncing import Chained, Stored, Sync
from checkpoint_app.sync import lists, records, wire
from checkpoint_app.sync.enrolling import identity_of
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.link import LONGEST_WAIT_S, PATIENCE_S, Post, http_link
from checkpoint_app.sync.packing import Unreadable
from checkpoint_app.sync.speaking import Voice

BATCH = 500
_LARGEST_BATCH = 2 << 20  # bytes of parts; a batch of usual records has a tenth
_TRIES = 4
_CHECK_US = 86400 * 1_000_000
_STANDSTILLS = 8  # answers that move nothing before we give up for now


@dataclass(slots=True)
class Summary:
    """What one exchange came to."""

    sent: int = 0
    accepted: int = 0
    duplicates: int = 0
    refused: int = 0
    pending: int = 0
    lists: int = 0
    frozen: bool = False


def together(first: Summary, then: Summary) -> Summary:
    """Two exchanges, one after the other, as one."""
    return Summary(
        first.sent + then.sent,
        first.accepted + then.accepted,
        first.duplicates + then.duplicates,
        first.refused + then.refused,
        then.pending,
        first.lists + then.lists,
        then.frozen,
    )


def link_of(sync: Sync, patience_s: float = PATIENCE_S) -> AbstractContextManager[Post]:
    """The link to the hub that this station is enrolled at. Raises `SyncFault`: not_enrolled."""
    hub = sync.hub()
    if hub is None:
        raise SyncFault("not_enrolled")
    return http_link(hub.url, identity_of(hub.identity).authority, patience_s)


def with_retries(post: Post, wait: Callable[[float], None]) -> Post:
    """The same link, patient: a cut or a busy hub is tried again, later each time, with jitter."""

    def patient(path: str, body: bytes) -> bytes:
        for attempt in range(_TRIES - 1):
            try:
                return post(path, body)
            except SyncFault as fault:
                if fault.code not in ("hub_unreachable", "hub_busy") or path == "/v1/hello":
                    raise
                wanted = fault.wait_s
            wait(random.uniform(0.5, 1.5) * max(wanted, 0.5 * 2**attempt))
        return post(path, body)

    return patient


class Exchange:
    """Exchanges of one station with its hub."""

    def __init__(
        self, sync: Sync, post: Post, clock: Callable[[], datetime], wait: Callable[[float], None]
    ) -> None:
        hub = sync.hub()
        if hub is None:
            raise SyncFault("not_enrolled")
        self._sync = sync
        self._voice = Voice(sync, identity_of(hub.identity), post)
        self._clock = clock
        self._wait = wait

    def run(self, told: wire.Hello | None = None) -> Summary:
        """Everything there is to exchange. Raises `SyncFault`; what was done stays done."""
        self._sync.keep_lease(self._clock())
        self._sync.note(last_try_us=micros(self._clock()))
        try:
            summary = self._exchanged(told or hello(self._sync, self._clock()))
        except SyncFault as fault:
            self._sync.note(last_fault=fault.code)
            raise
        summary.pending = self._sync.waiting().pending
        return summary

    def _exchanged(self, said: wire.Hello) -> Summary:
        welcome = self._voice.ask("hello", said, wire.Welcome)
        self._heard(welcome)
        summary = Summary(frozen=welcome.frozen)
        if not welcome.frozen:
            if welcome.open_epoch:
                self._sync.open_epoch(welcome.open_epoch, self._clock())
            self._push_all(welcome, summary)
            self._sync.forget_old(self._clock())
        summary.lists = self._take_lists(welcome)
        return summary

    def _take_lists(self, welcome: wire.Welcome) -> int:
        """Take what is newer; how many lists changed. One that does not fit is taken whole."""
        held = {each.name: each for each in self._sync.lists.held()}
        for name in held.keys() - {each.name for each in welcome.lists}:
            self._sync.lists.wipe(name)
        taken = self._look_over(held.values())
        for each in welcome.lists:
            have = held.get(each.name)
            if have is not None and (each.epoch, each.number) <= (have.hub_epoch, have.number):
                continue
            base = (have.hub_epoch, have.number) if have is not None else (0, 0)
            tokens = have is not None and have.kind == "tokens"
            taken += (
                self._take(each.name, base)
                or (tokens and self._mend(each.name))
                or self._take(each.name, (0, 0))
            )
        return taken

    def _look_over(self, held: Iterable[HeldList]) -> int:
        """Once a day: a list of tokens that is not what it was when it came is mended."""
        now_us = micros(self._clock())
        if abs(now_us - self._sync.status().checked_us) < _CHECK_US:
            return 0
        self._sync.note(checked_us=now_us)
        spoilt = [
            each.name
            for each in held
            if each.kind == "tokens" and not lists.is_whole(self._sync.lists, each.name)
        ]
        return sum(self._mend(name) or self._take(name, (0, 0)) for name in spoilt)

    def _take(self, name: str, base: tuple[int, int]) -> bool:
        change = self._voice.ask("lists", wire.Want(name, *base), wire.ListChange)
        if change.name != name:
            raise SyncFault("hub_answer_wrong", "list")
        try:
            return lists.take(self._sync.lists, change, self._clock())
        except Unreadable as wrong:
            if base == (0, 0):
                raise SyncFault("hub_answer_wrong", str(wrong)) from None
            return False

    def _mend(self, name: str) -> bool:
        """A token list that does not come to what it should: fetch only the parts that differ."""
        asked = wire.Mend(name, lists.parts_of(self._sync.lists, name))
        try:
            told = self._voice.ask("repair", asked, wire.Mended)
            lists.mend(self._sync.lists, told, self._clock())
        except (Unreadable, SyncFault):
            return False  # an older hub, or more is wrong than that: it is taken whole
        return True

    def _heard(self, welcome: wire.Welcome) -> None:
        self._sync.heard(
            self._clock(),
            last_fault="",
            hub_epoch=welcome.hub_epoch,
            interval_s=welcome.interval_s,
            lease_s=welcome.lease_s,
            frozen=welcome.frozen,
        )

    def _push_all(self, welcome: wire.Welcome, summary: Summary) -> None:
        there = {place.epoch: place for place in welcome.places}
        for epoch, _newest, _head in self._sync.places():
            place = there.get(epoch, wire.Place(epoch, 0))
            seq = place.seq
            if seq == 0 or self._sync.hash_at(epoch, seq) == place.head:
                self._sync.has(epoch, seq, self._clock())
            elif self._sync.waiting(epoch).pending:
                seq = max(0, seq - welcome.batch)  # ours is another chain: let the hub see where
            else:
                continue
            if not self._push_chain(epoch, seq, welcome, summary):
                return

    def _push_chain(self, epoch: int, seq: int, welcome: wire.Welcome, summary: Summary) -> bool:
        """Send one chain from a number on; False where the hub has frozen us."""
        batch, standstills = max(1, min(welcome.batch, records.MOST)), 0
        limit, pause_ms = batch, welcome.pause_ms
        while stretch := self._sync.stretch(epoch, seq, limit):
            self._pause(pause_ms / 1000)
            told = self._push(stretch, summary)
            pause_ms = told.pause_ms
            standstills = standstills + 1 if told.seq <= seq else 0
            if told.result == "frozen":
                self._sync.note(frozen=True)
                summary.frozen = True
                return False
            if standstills > _STANDSTILLS + batch.bit_length():
                raise SyncFault("hub_answer_wrong", "standstill")
            split = told.result == "split"
            limit = max(1, len(stretch.rows) // 2) if split else min(batch, limit * 2)
            seq = told.seq
            self._sync.has(epoch, seq, self._clock())
        return True

    def _pause(self, seconds: float) -> None:
        """As long as the hub wants, within reason; never all stations in step."""
        if seconds > 0:
            self._wait(random.uniform(0.5, 1.5) * min(seconds, LONGEST_WAIT_S))

    def _push(self, stretch: Chained, summary: Summary) -> wire.Pushed:
        push, rows = push_of(stretch)
        told = self._voice.ask("push", push, wire.Pushed)
        summary.sent += len(rows)
        summary.accepted += told.accepted
        summary.duplicates += told.duplicates
        summary.refused += told.refused
        for row in rows if told.refused else ():
            self._sync.refuse(stretch.epoch, row.seq, told.reason)
        return told


def hello(sync: Sync, now: datetime, program: str = "", state: str = "") -> wire.Hello:
    """Where this station stands."""
    status, held = sync.status(), sync.lists.held()
    return wire.Hello(
        places=tuple(wire.Place(*place) for place in sync.places()),
        lists=tuple(wire.Version(e.name, e.hub_epoch, e.number) for e in held),
        waiting=sync.waiting().pending,
        program=program,
        clock_us=micros(now),
        hub_epoch=status.hub_epoch,
        state=state or _state_of(held),
    )


def _state_of(held: Sequence[HeldList]) -> str:
    """What the office should know: what it handed down and is not in force here, and why."""
    refused = {each.name: each.refused for each in held if each.refused}
    return msgspec.json.encode({"refused": refused}).decode() if refused else ""


def push_of(stretch: Chained) -> tuple[wire.Push, tuple[Stored, ...]]:
    """A stretch as a message, as much of it as fits; and the records that are in it."""
    rows = _that_fit(stretch.rows)
    body = records.encode([sent_of(row) for row in rows])
    last = rows[-1].hash
    push = wire.Push(stretch.epoch, stretch.first, len(rows), stretch.previous, last, body)
    return push, rows


def sent_of(row: Stored) -> Sent:
    """A stored record as it travels."""
    return Sent(
        row.id,
        row.kind,
        row.at_us,
        row.offset_s,
        row.belongs_us,
        row.supersedes,
        row.plain,
        row.personal,
        row.salt,
        row.commitment if row.personal is None else None,
    )


def _that_fit(rows: tuple[Stored, ...]) -> tuple[Stored, ...]:
    """As many of the rows as make a message of a sound size; at least one."""
    size = 0
    for count, row in enumerate(rows):
        size += len(row.plain) + len(row.personal or b"")
        if size > _LARGEST_BATCH and count:
            return rows[:count]
    return rows
