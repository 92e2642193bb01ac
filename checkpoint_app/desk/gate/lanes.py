"""The lane's part of the desk: it looks at whoever is before it after every change."""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.desk.awaiting import asks_for_answer
from checkpoint_app.desk.changes import with_reading
from checkpoint_app.desk.face import WENT_FOR
from checkpoint_app.desk.gate.lane import Before, Lane, Step, step
from checkpoint_app.desk.gate.passing import Passing
from checkpoint_app.desk.standing import hits_of, lists_answered, verdict_of
from checkpoint_app.desk.tray import kind_of, title_of
from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.domain.crowd import CrowdLevel
from checkpoint_app.domain.inspection import Inspection, Outcome, TemperatureSource, Verdict
from checkpoint_app.domain.passage import STOPPING

LANE_STOP = "lane_stop"
REPEATED = timedelta(seconds=1.5)  # a thermometer whose key is held says the same again
STILL_THERE = timedelta(seconds=5)  # whoever was put aside may yet be measured


class Lanes(Passing):
    """A bus, or gate mode: people go on by themselves, exceptions go aside."""

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
        return self._at.lane

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
            asks_for_answer(self._at, self._on),
        )
        next_step = step(lane, before)
        if next_step is Step.GO:
            looked_up = self._at.looked_up
            self._at.lane_portrait = looked_up.portrait if looked_up is not None else None
            self._at.lane_last = self._record(Outcome.PASS, None, lane.value)
            self._draw()
        elif next_step is Step.ASIDE:
            self._put_by(current, verdict)

    def _heard_tone(self, tone: Tone) -> Tone:
        """The tone to sound: who went on is only shown, and a lane asks nobody for the next thing
        aloud, or it would never be quiet."""
        nobody = self._at.current is None and self._at.earlier is None
        return Tone.IDLE if nobody or (tone is Tone.ASK and self._lane is not None) else tone

    def _fade_lane(self) -> None:
        """Once a second: the green sign of whoever went on is taken away."""
        went = self._at.lane_last
        if went is not None and self._on.now() - went.confirmed_at >= WENT_FOR:
            self._at.lane_last = None
            self._draw()

    def _put_by(self, person: Inspection, verdict: Verdict) -> None:
        """An exception waits in the tray, and the lane goes on; a stop says so until it is seen."""
        if verdict.outcome in STOPPING:
            translate = self._on.translate
            who = " ".join(
                part
                for part in (
                    translate("No. {seat}", seat=person.seat) if person.seat else "",
                    title_of(person, translate),
                )
                if part
            )
            sentence = translate("{who} is stopped and waits in the tray", who=who)
            self._at.strips[LANE_STOP] = Strip(LANE_STOP, sentence, translate("Show"), Tone.STOP)
            self._at.lane_stopped = person.id
        self._at.put_by = (person.id, self._on.now())
        self._park(kind_of(verdict.outcome))

    def take_reading(self, celsius: float, source: TemperatureSource) -> None:
        """A reading; just after somebody was put aside, with nobody at the desk, it is theirs."""
        put_by, now = self._at.put_by, self._on.now()
        if self._lane is not None and self._is_repeated(celsius):
            return
        late = put_by is None or not timedelta(0) <= now - put_by[1] <= STILL_THERE
        if put_by is None or late or self._lane is None or self._at.current is not None:
            super().take_reading(celsius, source)
            return
        self._at.tray.edit(
            put_by[0],
            lambda person: with_reading(person, celsius, source, self._on.policy, now),
        )
        self._changed()

    def _is_repeated(self, celsius: float) -> bool:
        """Whether this is the reading of whoever went on a moment ago, sent once more."""
        went = self._at.lane_last
        if went is None or self._at.current is not None or not went.inspection.temperatures:
            return False
        again = went.inspection.temperatures[-1].celsius == celsius
        return again and timedelta(0) <= self._on.now() - went.confirmed_at < REPEATED
