"""The gate's half of `session.Desk`: one vehicle as one passage, lanes, crowds, gate-runners.

People are inspected one by one as everywhere; here they are joined to the vehicle that is open,
and what one of them comes to is carried over to the others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from checkpoint_app.desk.gate.door import Refused, silent
from checkpoint_app.desk.gate.running import Running
from checkpoint_app.desk.gate.vehicles import boarded, held_too, put_right
from checkpoint_app.desk.gate.view import called
from checkpoint_app.desk.standing import verdict_of
from checkpoint_app.desk.tray import kind_of, title_of
from checkpoint_app.domain.inspection import (
    Inspection,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    Verdict,
)
from checkpoint_app.domain.passage import (
    MOST_PEOPLE,
    STOPPING,
    PassageEnd,
    RecordedPassage,
    VehiclePassage,
    VehicleUse,
)
from checkpoint_app.domain.person import plain_text
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.store.identity import uuid7

LACKS, WAITS = "vehicle_lacks", "vehicle_waits"
# Nobody whose health is in question is sent on to the next county with the others.
_KEPT = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.RETEST})
_TEXTS = frozenset({"plate", "origin", "destination", "receiver", "escort", "note"})


class Passing(Running):
    """What a gate does beyond one person. `_record`, `_park` and `_changed` are the desk's."""

    def _changed(self) -> None:
        raise NotImplementedError

    def _park(self, kind: Outcome) -> None:
        raise NotImplementedError

    def _record(
        self, outcome: Outcome, change: OutcomeChange | None, lane: str | None = None
    ) -> RecordedInspection | None:
        raise NotImplementedError

    def _void(self, recorded: RecordedInspection) -> Inspection:
        raise NotImplementedError

    def _strip(self, code: str, sentence: str, action: str | None = None) -> None:
        raise NotImplementedError

    @property
    def vehicles_aside(self) -> tuple[VehiclePassage, ...]:
        """The vehicles that wait for their people in the tray."""
        return tuple(self._at.vehicles.aside)

    @property
    def vehicle_state(self) -> object:
        """Changes whenever a vehicle came, went on or was put aside."""
        vehicles = self._at.vehicles
        return vehicles.closed, tuple(each.id for each in vehicles.all())

    # -- the vehicle as a whole

    def open_vehicle(self, plate: str, use: VehicleUse | None = None) -> None:
        """A vehicle has come, or its plate is put right; whoever is scanned now is one of its."""
        vehicles, now = self._at.vehicles, self._on.now()
        if vehicles.open is None:
            vehicles.open = VehiclePassage(uuid7(now), now, direction=self._at.direction)
            vehicles.let_go()
        fields: dict[str, Any] = {"plate": plate}
        self.set_vehicle(**fields, **({"use": use} if use is not None else {}))

    def set_vehicle(self, **fields: Any) -> None:
        """Change what is known of the open vehicle: plate, use, origin, destination, receiver,
        head_count, goods, escort, note. The person at the desk gets what is new."""
        passage = self._at.vehicles.open
        if passage is None:
            return
        for name, value in fields.items():
            passage = replace(passage, **{name: _tidy(name, value)})
        self._at.vehicles.put(passage)
        current = self._at.current
        if current is not None and current.party in (None, passage.party):
            self._edit(_with_journey(boarded(current, passage), passage))
        else:
            self._changed()

    def drop_vehicle(self) -> None:
        """A plate typed in vain: the vehicle is forgotten, unless somebody was scanned for it."""
        passage = self._at.vehicles.open
        if passage is not None and not passage.occupants:
            self._at.vehicles.open = None
            self._changed()

    def close_vehicle(self, *, anyway: bool = False) -> None:
        """The vehicle goes on. Whoever of it waits in the tray makes it wait as well.

        Fewer people than were counted are told first; `anyway` releases it all the same.
        """
        at, translate = self._at, self._on.translate
        passage = at.vehicles.open
        if passage is None:
            return
        plate = called(passage, translate)
        if at.current is not None and at.current.party == passage.party:
            at.notice = translate("Confirm or park this person first")
            self._draw()
        elif passage.waiting:
            sentence = translate(
                "{plate}: {count} still waiting, put aside", plate=plate, count=passage.waiting
            )
            at.vehicles.put_aside()
            self._strip(WAITS, sentence, translate("Close"))
            self._changed()
        elif not anyway and passage.occupants and passage.decided < (passage.head_count or 0):
            lacking = passage.people - passage.decided
            sentence = translate(
                "{plate}: {count} of {all} people not checked",
                plate=plate,
                count=lacking,
                all=passage.people,
            )
            self._strip(LACKS, sentence, translate("Release all the same"))
            self._changed()
        elif passage.occupants:
            self._close(passage, passage.end)
        else:
            self.drop_vehicle()

    def bring_vehicle(self, passage_id: UUID) -> None:
        """Open a vehicle again that was put aside."""
        self._at.vehicles.bring(str(passage_id))
        self._changed()

    def turn_back_vehicle(self, reason: str, refused: Refused = silent) -> None:
        """劝返整车: everyone of the open vehicle turns back with it, in one action."""
        passage, translate = self._at.vehicles.open, self._on.translate
        lacks = None if passage is None else self._not_turned_back(passage, reason)
        if passage is None or lacks is not None:
            refused(translate(lacks or "No vehicle is open"))
            return
        vehicles = self._at.vehicles
        vehicles.let_go()
        vehicles.turning = True  # a bus that becomes complete by this does not go on by itself
        try:
            self._turn_recorded(passage, reason)
            self._record_waiting(passage, reason)
        finally:
            vehicles.turning = False
        latest = vehicles.of(passage.party)
        self._close(latest or passage, PassageEnd.TURNED_BACK, reason=reason.strip())

    def _not_turned_back(self, passage: VehiclePassage, reason: str) -> str | None:
        """Why the vehicle may not be turned back, as a message; None where it may."""
        if not self._on.policy.turns_back:
            return "A hospital turns nobody away"
        if passage.use is VehicleUse.FREIGHT:
            return "Freight is not turned back: test on the spot, then point to point"
        outcomes = {each.outcome for each in self._at.vehicles.records(passage)}
        waiting = {self._verdict_on(each).outcome for each in self._waiting_of(passage)}
        parked = {
            each.kind for each in self._at.tray.people if each.inspection.party == passage.party
        }
        if (outcomes & STOPPING) or (waiting & _KEPT) or (parked & _KEPT):
            return "Somebody in this vehicle is held or must be measured again: it stays"
        return None if reason.strip() else "Say why the vehicle is turned back"

    def _unrecorded(self) -> list[Inspection]:
        people = [each.inspection for each in self._at.tray.people]
        return [*people, *([self._at.current] if self._at.current is not None else [])]

    def _waiting_of(self, passage: VehiclePassage) -> list[Inspection]:
        return [each for each in self._unrecorded() if each.party == passage.party]

    def _verdict_on(self, inspection: Inspection) -> Verdict:
        verdict = verdict_of(replace(self._at, current=inspection), self._on)
        assert verdict is not None
        return verdict

    def _record_waiting(self, passage: VehiclePassage, reason: str) -> None:
        """Whoever of it is in the tray or at the desk is recorded as turned back."""
        self._at.waiting = None  # whoever is held up behind them shows the code again
        self._at.strips.pop("another_code", None)
        for inspection in self._waiting_of(passage):
            parked = self._at.tray.take(inspection.id)
            if parked is not None and self._at.current is not None:
                self._park(kind_of(self._verdict_on(self._at.current).outcome))
            self._at.current = inspection
            self._at.parked_since = parked.parked_at if parked is not None else None
            verdict = self._verdict_on(inspection)
            own = verdict.outcome is Outcome.TURN_BACK
            recorded = self._record(Outcome.TURN_BACK, None if own else self._change(reason))
            if recorded is not None:
                self._at.vehicles.fresh.append(recorded)

    def _turn_recorded(self, passage: VehiclePassage, reason: str) -> None:
        """Whoever of it was let go already is corrected."""
        now, vehicles = self._on.now(), self._at.vehicles
        for recorded in list(vehicles.records(passage)):
            if recorded.outcome is not Outcome.TURN_BACK:
                vehicles.changed[recorded.inspection.id] = recorded
                corrected = replace(
                    recorded,
                    outcome=Outcome.TURN_BACK,
                    change=self._change(reason),
                    operator=self.operator,
                    confirmed_at=now,
                    supersedes=recorded.inspection.id,
                )
                self._correct(corrected)

    def _change(self, reason: str) -> OutcomeChange:
        return OutcomeChange(Outcome.TURN_BACK, reason.strip(), self.operator)

    def _correct(self, corrected: RecordedInspection) -> None:
        """A correction that follows from what happened to the whole vehicle."""
        inspection_id, vehicles = corrected.inspection.id, self._at.vehicles
        vehicles.decided[inspection_id] = corrected
        passage = vehicles.of(corrected.inspection.party)
        if passage is not None:
            vehicles.put(passage.with_outcome(inspection_id, corrected.outcome))
        self._at.day.change(inspection_id, corrected.outcome)
        self._saver.save(corrected)

    def _close(
        self,
        passage: VehiclePassage,
        end: PassageEnd,
        *,
        reason: str | None = None,
        by_itself: bool = False,
    ) -> None:
        vehicles = self._at.vehicles
        recorded = RecordedPassage(
            passage, end, self.operator, self._on.now(), reason, by_itself=by_itself
        )
        changed, fresh = vehicles.changed, vehicles.fresh
        if vehicles.closed is not None:
            vehicles.let_go()
        vehicles.closed, vehicles.changed, vehicles.fresh = recorded, changed, fresh
        vehicles.remove(passage)
        for code in (LACKS, WAITS):
            self._at.strips.pop(code, None)
        self._saver.write(lambda store: store.passages.record(recorded))
        self._recount()
        self._changed()

    def _reopen_vehicle(self, closed: RecordedPassage) -> None:
        """Take the closing of a vehicle back: it stands at the gate again, as before."""
        vehicles, now = self._at.vehicles, self._on.now()
        void = replace(closed, void=True, supersedes=closed.passage.id, closed_at=now)
        self._saver.write(lambda store: store.passages.record(void))
        vehicles.put_aside()
        vehicles.open, vehicles.closed = closed.passage, None
        for recorded in vehicles.changed.values():
            self._correct(put_right(recorded, self.operator, now))
        for recorded in vehicles.fresh:
            self._at.tray.park(self._void(recorded), Outcome.INCOMPLETE, now)
        self._at.last = None if vehicles.fresh else self._at.last
        vehicles.changed, vehicles.fresh = {}, []
        self._recount()
        self._changed()

    def take_vehicle_back(
        self, recorded: RecordedPassage, reason: str, refused: Refused = silent
    ) -> None:
        """A vehicle that never was, or stands there twice: its record stays and says so. What its
        people came to is theirs and is changed at each of them."""
        if not reason.strip():
            refused(self._on.translate("Say why it is taken back"))
            return
        void = replace(
            recorded, void=True, reason=plain_text(reason), operator=self.operator,
            closed_at=self._on.now(), supersedes=recorded.passage.id,
        )  # fmt: skip
        closed = self._at.vehicles.closed
        if closed is not None and closed.passage.id == recorded.passage.id:
            self._at.vehicles.let_go()
        self._saver.write(lambda store: store.passages.record(void))
        self._changed()

    # -- its people

    def _boarded(self, inspection: Inspection) -> Inspection:
        return boarded(inspection, self._at.vehicles.open)

    def _board(self) -> None:
        """Whoever is at the desk or in the tray has their place in their vehicle."""
        vehicles = self._at.vehicles
        for person in self._unrecorded():
            passage = vehicles.of(person.party) if person.party is not None else None
            if passage is not None:
                vehicles.put(passage.with_person(person.id, person.seat))

    def _step_out(self, inspection: Inspection | None) -> None:
        """Somebody was sent away unrecorded."""
        passage = self._at.vehicles.of(inspection.party) if inspection is not None else None
        if inspection is not None and passage is not None:
            self._at.vehicles.put(passage.without(inspection.id))

    def _went(self, recorded: RecordedInspection) -> None:
        """Somebody was recorded: their vehicle, its other people and the crowd follow."""
        vehicles, whose = self._at.vehicles, recorded.inspection
        if vehicles.closed is not None:
            vehicles.let_go()
        passage = vehicles.of(whose.party)
        if passage is not None:
            passage = passage.with_person(whose.id, whose.seat).with_outcome(
                whose.id, recorded.outcome
            )
            vehicles.put(passage)
            vehicles.decided[whose.id] = recorded
            self._hold_companions(passage)
        self._recount()

    def _close_if_complete(self, party: str | None) -> None:
        """A bus goes on by itself when everyone counted has been recorded."""
        passage = self._at.vehicles.of(party)
        if self._at.vehicles.turning:
            return
        if passage is not None and passage.complete and not passage.waiting:
            self._close(passage, passage.end, by_itself=True)

    def _hold_companions(self, passage: VehiclePassage) -> None:
        """Somebody stopped holds whoever of the vehicle was let go before."""
        vehicles, now = self._at.vehicles, self._on.now()
        for recorded in list(vehicles.records(passage)):
            stopped = vehicles.stopped_companion(recorded.inspection)
            if stopped is None:
                continue
            who = title_of(stopped.inspection, self._on.translate)
            corrected = held_too(recorded, who, self.operator, now)
            if corrected is not None:
                vehicles.before[recorded.inspection.id] = recorded
                self._correct(corrected)

    def _taken_back(self, recorded: RecordedInspection) -> None:
        """A person's record was undone: who was held for their sake alone is let go again."""
        vehicles, whose, now = self._at.vehicles, recorded.inspection, self._on.now()
        passage = vehicles.of(whose.party)
        self._recount()
        if passage is None:
            return
        vehicles.decided.pop(whose.id, None)
        vehicles.put(passage.without(whose.id))
        for inspection_id, first in list(vehicles.before.items()):
            if vehicles.stopped_companion(first.inspection) is None:
                del vehicles.before[inspection_id]
                self._correct(put_right(first, self.operator, now))

    def _changed_later(self, inspection_id: UUID, outcome: Outcome) -> None:
        """An officer changed somebody's outcome away from the desk."""
        for passage in self._at.vehicles.all():
            if any(each.inspection_id == inspection_id for each in passage.occupants):
                self._at.vehicles.put(passage.with_outcome(inspection_id, outcome))
        self._recount()


def _tidy(name: str, value: Any) -> Any:
    if name == "plate":
        return tidy_plate(value) or None
    if name == "head_count":
        return min(max(0, int(value or 0)), MOST_PEOPLE) or None
    return (plain_text(value or "") or None) if name in _TEXTS else value


def _with_journey(inspection: Inspection, passage: VehiclePassage) -> Inspection:
    """What was typed of the vehicle after its first person came."""
    journey = inspection.journey
    return replace(
        inspection,
        journey=replace(
            journey,
            plate=passage.plate,
            origin=passage.origin or journey.origin,
            destination=passage.destination or journey.destination,
            receiver=passage.receiver or journey.receiver,
        ),
    )
