"""The gate's half of `session.Desk`: one vehicle as one passage, lanes, crowds, gate-runners.

People are inspected one by one as everywhere; here they are joined to the vehicle that is open,
and what one of them comes to is carried over to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from checkpoint_app.desk.editing import Editing
from checkpoint_app.desk.gate.lane import Before, Lane, Step, step
from checkpoint_app.desk.gate.vehicles import boarded, held_too, put_right
from checkpoint_app.desk.saving import Saver
from checkpoint_app.desk.standing import hits_of, lists_answered, verdict_of
from checkpoint_app.desk.tray import kind_of, title_of
from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.crowd import CrowdLevel
from checkpoint_app.domain.inspection import (
    Direction,
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
from checkpoint_app.domain.plate import plate_text, tidy_plate
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.station import Station

LACKS, WAITS, LANE_STOP = "vehicle_lacks", "vehicle_waits", "lane_stop"
# Nobody whose health is in question is sent on to the next county with the others.
_KEPT = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.RETEST})
_TEXTS = frozenset({"plate", "origin", "destination", "receiver", "escort", "note"})
Refused = Callable[[str], None]


def _silent(sentence: str) -> None:
    return None


class Passing(Editing):
    """What a gate does beyond one person. `_record`, `_park` and `_changed` are the desk's."""

    operator: str
    _saver: Saver

    def _changed(self) -> None:
        raise NotImplementedError

    def _park(self, kind: Outcome) -> None:
        raise NotImplementedError

    def _record(
        self, outcome: Outcome, change: OutcomeChange | None, lane: str | None = None
    ) -> RecordedInspection | None:
        raise NotImplementedError

    def _strip(self, code: str, sentence: str, action: str | None = None) -> None:
        raise NotImplementedError

    # -- the vehicle as a whole

    def open_vehicle(self, plate: str, use: VehicleUse | None = None) -> None:
        """A vehicle has come, or its plate is put right; whoever is scanned now is one of its."""
        vehicles, now = self._at.vehicles, self._on.now()
        if vehicles.open is None:
            vehicles.open = VehiclePassage(uuid7(now), now, direction=self._at.direction)
            vehicles.closed = None
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
        plate = plate_text(passage.plate)
        if passage.waiting:
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

    def turn_back_vehicle(self, reason: str, refused: Refused = _silent) -> None:
        """劝返整车: everyone of the open vehicle turns back with it, in one action."""
        passage, translate = self._at.vehicles.open, self._on.translate
        lacks = None if passage is None else self._not_turned_back(passage, reason)
        if passage is None or lacks is not None:
            refused(translate(lacks or "No vehicle is open"))
            return
        self._record_waiting(passage, reason)
        self._turn_recorded(passage, reason)
        latest = self._at.vehicles.of(passage.party)
        self._close(latest or passage, PassageEnd.TURNED_BACK, reason=reason.strip())

    def _not_turned_back(self, passage: VehiclePassage, reason: str) -> str | None:
        """Why the vehicle may not be turned back, as a message; None where it may."""
        if not self._on.policy.turns_back:
            return "A hospital turns nobody away"
        if passage.use is VehicleUse.FREIGHT:
            return "Freight is not turned back: test on the spot, then point to point"
        recorded = {each.outcome for each in self._at.vehicles.records(passage)}
        waiting = {self._verdict_on(each).outcome for each in self._waiting_of(passage)}
        if (recorded & STOPPING) or (waiting & _KEPT):
            return "Somebody in this vehicle is held or must be measured again: it stays"
        return None if reason.strip() else "Say why the vehicle is turned back"

    def _waiting_of(self, passage: VehiclePassage) -> list[Inspection]:
        people = [each.inspection for each in self._at.tray.people]
        people += [self._at.current] if self._at.current is not None else []
        return [each for each in people if each.party == passage.party]

    def _verdict_on(self, inspection: Inspection) -> Verdict:
        verdict = verdict_of(replace(self._at, current=inspection), self._on)
        assert verdict is not None
        return verdict

    def _record_waiting(self, passage: VehiclePassage, reason: str) -> None:
        """Whoever of it is in the tray or at the desk is recorded as turned back."""
        for inspection in self._waiting_of(passage):
            parked = self._at.tray.take(inspection.id)
            if parked is not None and self._at.current is not None:
                self._park(kind_of(self._verdict_on(self._at.current).outcome))
            self._at.current = inspection
            self._at.parked_since = parked.parked_at if parked is not None else None
            verdict = self._verdict_on(inspection)
            own = verdict.outcome is Outcome.TURN_BACK
            self._record(Outcome.TURN_BACK, None if own else self._change(reason))

    def _turn_recorded(self, passage: VehiclePassage, reason: str) -> None:
        """Whoever of it was let go already is corrected."""
        now, vehicles = self._on.now(), self._at.vehicles
        vehicles.changed = {}
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
        vehicles.closed = recorded
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
        vehicles.changed = {}
        self._recount()
        self._changed()

    # -- its people

    def _boarded(self, inspection: Inspection) -> Inspection:
        return boarded(inspection, self._at.vehicles.open)

    def _board(self) -> None:
        """The person at the desk has their place in the vehicle."""
        current, vehicles = self._at.current, self._at.vehicles
        passage = vehicles.of(current.party) if current is not None else None
        if current is not None and passage is not None:
            vehicles.put(passage.with_person(current.id))

    def _step_out(self, inspection: Inspection | None) -> None:
        """Somebody was sent away unrecorded."""
        passage = self._at.vehicles.of(inspection.party) if inspection is not None else None
        if inspection is not None and passage is not None:
            self._at.vehicles.put(passage.without(inspection.id))

    def _went(self, recorded: RecordedInspection) -> None:
        """Somebody was recorded: their vehicle, its other people and the crowd follow."""
        vehicles, whose = self._at.vehicles, recorded.inspection
        vehicles.closed = None
        passage = vehicles.of(whose.party)
        if passage is not None:
            passage = passage.with_person(whose.id).with_outcome(whose.id, recorded.outcome)
            vehicles.put(passage)
            vehicles.decided[whose.id] = recorded
            self._hold_companions(passage)
        self._recount()

    def _close_if_complete(self, party: str | None) -> None:
        """A bus goes on by itself when everyone counted has been recorded."""
        passage = self._at.vehicles.of(party)
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

    # -- lanes

    def set_gate_mode(self, on: bool) -> None:
        """快速通行: people with a pass or a green code go on by themselves; where policy allows."""
        self._at.gate_mode = on and self._on.policy.gate_mode
        self._at.strips.pop(LANE_STOP, None)
        self._at.lane_last = None
        self._changed()

    def toggle_gate_mode(self) -> None:
        """G: on, or off again."""
        self.set_gate_mode(not self._at.gate_mode)

    @property
    def _lane(self) -> Lane | None:
        passage = self._at.vehicles.open
        if passage is not None:
            return Lane.BUS if passage.use is VehicleUse.BUS and passage.head_count else None
        return Lane.GATE if self._at.gate_mode else None

    def _run_lane(self) -> None:
        """The person before the lane goes on, goes aside, or is waited for."""
        lane, current = self._lane, self._at.current
        verdict = verdict_of(self._at, self._on)
        if lane is None or current is None or verdict is None or self._at.asking is not None:
            return
        if current.id == self._at.by_hand:  # called up again: the officer decides this time
            return
        full = self._at.crowd.level(self._on.settings.capacity) is CrowdLevel.FULL
        before = Before(
            current,
            verdict,
            self._on.policy,
            hits_of(self._at, self._on),
            lists_answered(self._at, self._on),
            full,
        )
        next_step = step(lane, before)
        if next_step is Step.GO:
            self._at.lane_last = self._record(Outcome.PASS, None, lane.value)
        elif next_step is Step.ASIDE:
            self._put_by(current, verdict)

    def _put_by(self, person: Inspection, verdict: Verdict) -> None:
        """An exception waits in the tray, and the lane goes on; a stop says so until it is seen."""
        if verdict.outcome in STOPPING:
            translate = self._on.translate
            who = " ".join(
                part
                for part in (
                    title_of(person, translate),
                    translate("No. {seat}", seat=person.seat) if person.seat else "",
                )
                if part
            )
            sentence = translate("{who} is stopped and waits in the tray", who=who)
            self._at.strips[LANE_STOP] = Strip(LANE_STOP, sentence, translate("Show"), Tone.STOP)
            self._at.lane_stopped = person.id
        self._park(kind_of(verdict.outcome))

    # -- crowds

    def count_one(self, change: int | None = None) -> None:
        """C: one more went through and was only counted, the way the desk is set."""
        if change is None:
            change = 1 if self._at.direction is Direction.IN else -1
        operator, now, step_by = self.operator, self._on.now(), change
        self._saver.write(lambda store: store.crowd.count(step_by, operator, now))
        self._recount()
        self._draw()

    def correct_crowd(self, inside: int, reason: str, refused: Refused = _silent) -> None:
        """So many are inside, counted by eye: the difference is recorded, with its reason."""
        change = inside - self._at.crowd.inside
        if not reason.strip():
            refused(self._on.translate("Say why the count is corrected"))
        elif inside < 0 or not change:
            refused(self._on.translate("The count is already {count}", count=max(0, inside)))
        else:
            operator, now = self.operator, self._on.now()
            self._saver.write(lambda store: store.crowd.correct(change, reason, operator, now))
            self._recount()
            self._draw()

    def _recount(self) -> None:
        """Ask the store again who is inside; after what is being saved."""
        if self._on.settings.capacity <= 0:
            return
        start, end = self._on.counted_since, datetime.max.replace(tzinfo=self._on.now().tzinfo)
        self._at.counted_since = start

        def counted(store: Station) -> Any:
            return store.crowd.since(start, end)

        self._on.database.run(counted, self._counted)

    def _counted(self, crowd: Any) -> None:
        capacity, translate = self._on.settings.capacity, self._on.translate
        before, self._at.crowd = self._at.crowd.level(capacity), crowd
        level = crowd.level(capacity)
        for code in ("crowd_near", "crowd_full"):
            self._at.strips.pop(code, None)
        if level is CrowdLevel.FULL:
            sentence = translate(
                "{count} of {all} inside: full, let nobody in", count=crowd.inside, all=capacity
            )
            self._at.strips["crowd_full"] = Strip("crowd_full", sentence, tone=Tone.STOP)
        elif level is CrowdLevel.NEAR:
            sentence = translate(
                "{count} of {all} inside: slow down", count=crowd.inside, all=capacity
            )
            self._at.strips["crowd_near"] = Strip("crowd_near", sentence)
        rises = list(CrowdLevel).index(level) > list(CrowdLevel).index(before)
        if rises and self._on.speaker is not None:
            self._on.speaker.play(Sound.STOP if level is CrowdLevel.FULL else Sound.ATTENTION)
        self._draw()


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
