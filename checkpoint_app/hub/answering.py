"""What the hub answers to an envelope, whichever way it came: by network or by file.

Nothing in an envelope is believed before its signature fits the key that the station enrolled
with. Every answer is signed for exactly the envelope it answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import json

from checkpoint_app.hub import authority
from checkpoint_app.hub.pressure import INTERVAL_S, Pressure
from checkpoint_app.store import county
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub import publishing
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import (
    Batch,
    Device,
    ListDifference,
    ListState,
    NewDevice,
    Received,
)
from checkpoint_app.store.moments import micros
from checkpoint_app.sync import lists, records, tokens, wire
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import Unreadable

M = TypeVar("M", bound=wire.Message)
DETAILS = "county-details"  # what stands behind the tokens; never handed down
_KEPT_CHANGES = 64
_LARGEST_STATE = 4000  # characters
Above = Callable[[str, int], tuple[str, ...]]
_CLOSED = ("code_wrong", "revoked", "name_taken", "not_storable")


class Refused(Exception):
    """The envelope gets no more than this."""

    def __init__(self, code: str, number: int = 0) -> None:
        super().__init__(code)
        self.refusal = wire.Refusal(code, number)


class Answering:
    """The hub's voice. Any thread."""

    def __init__(
        self,
        store: HubStore,
        clock: Callable[[], datetime],
        pressure: Pressure | None = None,
    ) -> None:
        self._store = store
        self.pressure = pressure or Pressure()
        self._clock = clock
        self._hub = store.state.hub
        self._key = Ed25519PrivateKey.from_private_bytes(store.secrets.signing)
        self.identity = authority.identity(self._hub, store.secrets)
        self._answers: dict[str, Callable[[wire.Envelope], wire.Message]] = {
            "enrol": self._enrol,
            "hello": self._hello,
            "push": self._push,
            "lists": self._list,
            "ask": self._ask,
            "ask_above": self._ask_above,
            "repair": self._repair,
        }
        self.above: Above | None = None  # who asks the hub above, where there is one
        self._changes: dict[tuple[str, int, int, int], wire.ListChange] = {}

    def answer(self, purpose: str, body: bytes) -> bytes:
        """The signed answer to a signed question; also where it is no. Raises `Unreadable`."""
        envelope = wire.opened(body)
        try:
            told = self._told(purpose, envelope)
        except Refused as refused:
            return self._signed("refusal", refused.refusal, envelope)
        except StoreFault as fault:
            if fault.code == "refused" or fault.code not in ("locked", *_CLOSED):
                raise
            code = "busy" if fault.code == "locked" else fault.code
            return self._signed("refusal", wire.Refusal(code), envelope)
        return self._signed(purpose, told, envelope)

    def _told(self, purpose: str, envelope: wire.Envelope) -> wire.Message:
        if envelope.purpose != purpose or purpose not in self._answers:
            raise Refused("malformed")
        if envelope.receiver != self._hub:
            raise Refused("other_hub")
        return self._answers[purpose](envelope)

    def _signed(self, purpose: str, message: wire.Message, to: wire.Envelope) -> bytes:
        told = wire.Envelope(
            wire.VERSION,
            purpose,
            self._hub,
            to.sender,
            to.epoch,
            to.number,
            wire.encode(message),
        )
        return wire.signed(told, self._key)

    # --- stations

    def _enrol(self, envelope: wire.Envelope) -> wire.Message:
        asked = _read(envelope.body, wire.Enrol)
        if not wire.is_by(envelope, asked.key):
            raise Refused("bad_signature")
        if not (0 < len(envelope.sender) <= 32 and envelope.sender.isalnum()):
            raise Refused("malformed")
        new = NewDevice(
            envelope.sender,
            asked.key,
            asked.recipient[:100],
            asked.site_name[:80],
            asked.site_kind[:24],
            asked.county[:12],
            asked.program[:40],
        )
        device = self._store.enrol(asked.code, new, self._clock())
        secrets = self._store.secrets
        return wire.Enrolled(
            device.device, device.name, self.identity, secrets.token_key, INTERVAL_S
        )

    def _known(self, envelope: wire.Envelope, *, counted: bool = True) -> Device:
        """The station that signed this, if it may speak."""
        device = self._store.device(envelope.sender)
        if device is None:
            raise Refused("unknown_device")
        if not wire.is_by(envelope, device.public_key):
            raise Refused("bad_signature")
        if device.status == "revoked":
            raise Refused("revoked")
        if counted and not self._store.count_request(
            device.device, envelope.epoch, envelope.number
        ):
            # Somebody's replay, or a station put back to an earlier state: it may count on.
            raise Refused("stale_number", device.request_number)
        return device

    def _hello(self, envelope: wire.Envelope) -> wire.Message:
        began, device = time.thread_time(), self._known(envelope)
        said, now = _read(envelope.body, wire.Hello), self._clock()
        stand = self._store.compare(
            device.device, [(each.epoch, each.seq, each.head) for each in said.places]
        )
        self.note(device.device, said, clock_off_s=(said.clock_us - micros(now)) / 1e6)
        if said.hub_epoch > self._store.state.epoch:
            self._store.raise_epoch(said.hub_epoch + 1)  # this hub was once further than it knows
        self.pressure.said_hello(device.device, time.thread_time() - began)
        batch = self.pressure.batch
        return wire.Welcome(
            hub_epoch=self._store.state.epoch,
            places=tuple(wire.Place(each.epoch, each.seq, each.head) for each in stand.chains),
            lists=tuple(
                wire.Version(each.name, each.hub_epoch, each.number)
                for each in self._store.lists(device.device)
            ),
            interval_s=self.pressure.interval_s,
            batch=batch,
            pause_ms=self.pressure.pause_ms if said.waiting > batch else 0,
            frozen=stand.frozen,
            open_epoch=stand.open_epoch,
        )

    def note(self, device: str, said: wire.Hello, **more: float) -> None:
        """Note what a station says of itself."""
        versions = [[each.name, each.epoch, each.number] for each in said.lists]
        self._store.note(
            device,
            self._clock(),
            waiting=max(0, said.waiting),
            program=said.program[:40],
            lists=json.encode(versions).decode(),
            state=said.state if len(said.state) <= _LARGEST_STATE else "",
            **more,
        )

    # --- records

    def _push(self, envelope: wire.Envelope) -> wire.Message:
        # A batch that comes again changes nothing, so it needs no counting.
        device = self._known(envelope, counted=False)
        push = _read(envelope.body, wire.Push)
        if not (0 < push.count <= records.MOST and 0 < push.first < 1 << 60 and push.epoch > 0):
            raise Refused("malformed")
        if len(push.previous) != 32 or len(push.last) != 32 or push.epoch >= 1 << 31:
            raise Refused("malformed")
        done = self._store.receive(batch_of(device.device, push), self._clock())
        self.pressure.sent(device.device, push.count)
        return pushed(push.epoch, done, self.pressure.pause_ms)

    # --- lists

    def _list(self, envelope: wire.Envelope) -> wire.Message:
        device = self._known(envelope)
        want = _read(envelope.body, wire.Want)
        change = self.change_for(device.device, want)
        if change is None:
            raise Refused("malformed")
        return change

    def change_for(self, device: str, want: wire.Want) -> wire.ListChange | None:
        """The change that a station wants; None where the list is not its own or not there."""
        if not publishing.is_for(want.name, device):
            return None
        states = {each.name: each for each in self._store.lists(device)}
        if want.name not in states:
            return None
        state = states[want.name]
        key = (want.name, state.hub_epoch, state.number, self._base(want, state))
        if key not in self._changes:
            found = self._store.list_difference(want.name, want.have_epoch, want.have_number)
            if found is None:
                return None
            if len(self._changes) >= _KEPT_CHANGES:
                self._changes.pop(next(iter(self._changes)), None)
            self._changes[key] = change_of(found)
        return self._changes.get(key)

    def list_envelopes(self, device: str, said: wire.Hello | None) -> list[bytes]:
        """All lists that are newer than what a station said it has, each signed for it."""
        have = {each.name: each for each in (said.lists if said is not None else ())}
        told = []
        for state in self._store.lists(device):
            mine = have.get(state.name, wire.Version(state.name, 0, 0))
            change = self.change_for(device, wire.Want(state.name, mine.epoch, mine.number))
            if change is not None and (mine.epoch, mine.number) < (state.hub_epoch, state.number):
                to = wire.Envelope(wire.VERSION, "lists", device, self._hub, 0, 0, b"")
                told.append(self._signed("lists", change, to))
        return told

    @staticmethod
    def _base(want: wire.Want, state: ListState) -> int:
        return state.base(want.have_epoch, want.have_number)

    def _repair(self, envelope: wire.Envelope) -> wire.Message:
        """The parts of a token list that a station has otherwise."""
        device = self._known(envelope)
        asked = _read(envelope.body, wire.Mend)
        states = {each.name: each for each in self._store.lists(device.device)}
        state = states.get(asked.name)
        if state is None or state.kind != "tokens" or len(asked.parts) != 256 * 8:
            raise Refused("malformed")
        listed = lists.array_of(self._store.list_rows(asked.name))
        parts = tokens.differing(listed, asked.parts)
        return wire.Mended(
            state.name,
            state.hub_epoch,
            state.number,
            parts,
            tokens.encode(tokens.only(listed, parts)),
            state.digest,
            state.rows,
            micros(state.dated_at),
        )

    def _ask_above(self, envelope: wire.Envelope) -> wire.Message:
        """What a hub above says about a token of its list, which was only passed on here."""
        device = self._known(envelope)
        asked = _read(envelope.body, wire.AskAbove)
        if not 0 <= asked.token < 1 << county.BITS or not asked.list.startswith(county.ABOVE):
            raise Refused("malformed")
        subject = f"{device.name}: {asked.list} {asked.token:010x}"
        self._store.users.note(device.name, "county_hit", subject, "asked above", self._clock())
        if self.above is None:
            raise Refused("busy")
        try:
            return wire.Told(self.above(asked.list, asked.token))
        except SyncFault:
            raise Refused("busy") from None

    def _ask(self, envelope: wire.Envelope) -> wire.Message:
        device = self._known(envelope)
        asked = _read(envelope.body, wire.Ask)
        if not 0 <= asked.token < 1 << county.BITS:
            raise Refused("malformed")
        key = f"{asked.token:010x}"
        bodies = self._store.entries_under(DETAILS, key)
        subject = f"{device.name}: {key}"
        what = "hit" if bodies else "nobody"
        self._store.users.note(device.name, "county_hit", subject, what, self._clock())
        return wire.Told(tuple(body.decode() for body in bodies))


def change_of(found: ListDifference) -> wire.ListChange:
    """A difference as it travels."""
    state, removed = found.state, {} if not found.base else found.removed
    if state.kind == "tokens":
        added_bytes, removed_bytes = map(lists.packed_tokens, (found.added, removed))
    else:
        gone = [key for key in removed if key not in found.added]
        added_bytes, removed_bytes = lists.packed_rows(found.added), lists.packed_keys(gone)
    return wire.ListChange(
        state.name,
        state.kind,
        state.hub_epoch,
        state.number,
        found.base_epoch,
        found.base,
        added_bytes,
        removed_bytes,
        state.digest,
        state.rows,
        micros(state.dated_at),
    )


def batch_of(device: str, push: wire.Push) -> Batch:
    """A push as the store takes it; what cannot be read stays bytes."""
    try:
        sent = tuple(records.decode(push.records))
    except Unreadable:
        sent = None
    return Batch(
        device, push.epoch, push.first, push.count, push.previous, push.last, sent, push.records
    )


def pushed(epoch: int, done: Received, pause_ms: int = 0) -> wire.Pushed:
    """The answer to a push."""
    return wire.Pushed(
        done.result,
        epoch,
        done.seq,
        done.accepted,
        done.duplicates,
        done.refused,
        done.reason,
        pause_ms,
    )


def _read(body: bytes, kind: type[M]) -> M:
    try:
        return wire.decode(body, kind)
    except Unreadable:
        raise Refused("malformed") from None
