"""`Desk`: one person at the desk, the tray and the day, driven by codes and keys.

It knows no widget and no SQL. Every method returns at once; storing runs on the database thread
and comes back, and nothing leaves this object before it is safe there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

from checkpoint_app.desk.card import SOUNDS
from checkpoint_app.desk.cases.alarms import RECALL
from checkpoint_app.desk.cases.late import LateNews
from checkpoint_app.desk.cases.news import Recent
from checkpoint_app.desk.cases.noticing import NOTICE
from checkpoint_app.desk.day import LINES, period_at
from checkpoint_app.desk.deciding import Deciding
from checkpoint_app.desk.face import can_confirm, card_of, state_of, undo_until
from checkpoint_app.desk.gate.lanes import LANE_STOP
from checkpoint_app.desk.gate.passing import LACKS
from checkpoint_app.desk.gate.vehicles import AtGate, vehicles_at_gate
from checkpoint_app.desk.intake import Intake
from checkpoint_app.desk.lists.looking import LookUps
from checkpoint_app.desk.pagebook import PageBook
from checkpoint_app.desk.recording import affirmed, parked_seconds, row_of
from checkpoint_app.desk.saving import Saver
from checkpoint_app.desk.scanning import Scanning
from checkpoint_app.desk.standing import Standing, Surface, verdict_of
from checkpoint_app.desk.tray import kind_of
from checkpoint_app.desk.view import DeskState, Strip, Tone
from checkpoint_app.domain.inspection import (
    Direction,
    Inspection,
    Outcome,
    OutcomeChange,
    RecordedInspection,
)
from checkpoint_app.domain.register import Period
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.station import DayRow, Parked, StoreFault

STOPPED = frozenset({Outcome.HAND_OVER, Outcome.HOLD, Outcome.RETEST})


class Desk(Deciding, LateNews, Scanning):
    """One desk. Not thread-safe: every method is called on the desk's own thread."""

    def __init__(self, surface: Surface, operator: str, on_change: Callable[[], None]) -> None:
        self._on = surface
        self._on_change = on_change
        self._at = Standing()
        self._intake = Intake(timedelta(seconds=surface.settings.duplicate_within))
        self._saver = Saver(surface.database, self._saved, self._store_fault)
        self._look_ups = LookUps(self._looked_up, self._store_fault)
        self._tone = Tone.IDLE
        self._book, self._recent = PageBook(), Recent()
        self._period = self.period
        self.operator = operator

    def _draw(self) -> None:
        self._on_change()

    @property
    def state(self) -> DeskState:
        """All that the page draws, as of now."""
        return state_of(self._at, self._on)

    @property
    def period(self) -> Period:
        """The statistics period that is running."""
        return period_at(self._on.now(), time.fromisoformat(self._on.settings.period_starts_at))

    # -- starting, and what may change while the desk runs

    def load(self) -> None:
        """Fetch the day, the tray and the person that a power cut left unfinished."""
        now = self._on.now()
        recent = Period(now - self._showings.within, now + timedelta(seconds=1))
        self._on.database.run(
            lambda store: (
                store.unfinished(),
                list(store.recorded(recent)),
                vehicles_at_gate(store),
            ),
            self._loaded,
            self._store_fault,
        )
        self._see_lists()
        self.see_ledger()
        self._load_day()

    def _load_day(self) -> None:
        """Fetch the running period's figures; the people at the desk and in the tray stay."""
        self._period = period = self.period
        self._on.database.run(
            lambda store: (store.day_rows(period, LINES), store.day_counts(period)),
            self._day_loaded,
            self._store_fault,
        )

    def _day_loaded(self, found: tuple[list[DayRow], dict[Outcome, int]]) -> None:
        rows, self._at.day.counts = found
        self._at.day.rows = [row for row in rows if not row.void]
        self._draw()

    def _loaded(self, found: tuple[list[Parked], list[RecordedInspection], AtGate]) -> None:
        people, recent, at_gate = found
        self._at.vehicles.load(*at_gate)
        self._recount()
        self._at.tray.people = [each for each in people if each.parked_at is not None]
        at_desk = [each.inspection for each in people if each.parked_at is None]
        if self._at.current is None and at_desk:
            self._at.current = at_desk[0]
        self._at.vehicles.bring(self._at.current.party if self._at.current else None)
        for recorded in recent:
            self._remember(recorded)
        self._ask_lists()
        self._draw()

    def join(self, surface: Surface) -> None:
        """Join the desk to something else: another language, policy, trust, settings."""
        self._on = surface
        self._showings.within = timedelta(seconds=self._on.settings.duplicate_within)
        self._at.gate_mode = self._at.gate_mode and surface.policy.gate_mode
        self._recount()
        self._draw()

    def set_direction(self, direction: Direction) -> None:
        """进入 or 离开; the unfinished person goes the same way."""
        self._at.direction = direction
        if self._at.current is not None:
            self._edit(replace(self._at.current, direction=direction))
        else:
            self._draw()

    def tick(self) -> None:
        """Once a second: a new period begins by itself, unsaved records are tried again."""
        if self.period != self._period:
            self._load_day()
        if self._at.counted_since != self._on.counted_since:
            self._recount()
        self._saver.again()
        self._see_lists()
        self._watch_ledger()
        self._fade_lane()
        self._give_up_waiting()

    # -- what becomes of the person

    def confirm(self) -> None:
        """Enter: affirm and record; on a code decided earlier, inspect the person again."""
        verdict = verdict_of(self._at, self._on)
        if not can_confirm(self._at, self._on, verdict) or self._too_early(self.confirm):
            return
        if self._at.earlier is not None and self._at.waiting is not None:
            again, self._at.waiting = self._at.waiting, None
            self._absorb(self._opened(), again)
        elif verdict is not None:
            self._record(verdict.outcome, None)

    def let_emergency_through(self) -> None:
        """E: ambulance, fire, childbirth, dialysis pass at once and are completed later."""
        self._at.earlier = None
        self._at.current = replace(self._opened(), emergency=True)
        self._ask_lists()
        if not self._too_early(self.record_as_seen, whatever=True):
            self.record_as_seen()

    def record_as_seen(self) -> RecordedInspection | None:
        """Record the person with the verdict as it stands: nobody is there to complete it."""
        self._at.earlier = None
        verdict = verdict_of(self._at, self._on)
        if verdict is None:
            return None
        return self._record(verdict.outcome, None)

    @property
    def last_recorded(self) -> RecordedInspection | None:
        """The newest record of this desk since it was opened, unless it was undone."""
        return self._at.last

    def count_of(self, outcomes: Collection[Outcome]) -> int:
        """People of the running period with one of these outcomes."""
        return sum(self._at.day.counts.get(each, 0) for each in outcomes)

    @property
    def is_idle(self) -> bool:
        """Whether nobody is at the desk."""
        return self._at.current is None

    @property
    def somebody_waits(self) -> bool:
        """Whether a code of someone else was read while a person is at the desk."""
        return self._at.waiting is not None and self._at.current is not None

    def park(self) -> None:
        """Put the person aside with a running clock."""
        verdict = verdict_of(self._at, self._on)
        if verdict is not None:
            self._park(kind_of(verdict.outcome))

    def retest(self) -> None:
        """Put the person aside until the second reading is due."""
        if self._at.current is not None:
            self._park(Outcome.RETEST)

    def undo(self) -> None:
        """Take the last confirmation back, as a correction; the person is at the desk again."""
        last, now = self._at.last, self._on.now()
        if undo_until(self._at, now) is None:
            return
        if self._at.vehicles.closed is not None:
            self._reopen_vehicle(self._at.vehicles.closed)
            return
        if last is None:
            return
        self._at.last = None
        again = self._void(last)
        self._at.by_hand = again.id
        if self._at.current is None:
            self._edit(again)
        else:
            self._at.tray.park(again, kind_of(last.outcome), now)
            self._changed()

    def _void(self, recorded: RecordedInspection) -> Inspection:
        """Take a record back; the same person, to be inspected again."""
        whose, now = recorded.inspection.id, self._on.now()
        self._at.day.take_back(whose)
        self._showings.undo(whose)
        self._recent.forget(whose)
        self._saver.save(replace(recorded, void=True, supersedes=whose, confirmed_at=now))
        self._taken_back(recorded)
        return replace(recorded.inspection, id=uuid7(now))

    def clear(self) -> None:
        """Esc: close what is open, else send the unfinished person away unrecorded."""
        at = self._at
        if at.asking is not None:
            at.asking = None
        elif at.earlier is not None or at.notice is not None or "another_code" in at.strips:
            at.earlier = at.waiting = at.notice = None
            at.strips.pop("another_code", None)
        else:
            self._send_away()
        self._changed()

    def _send_away(self) -> None:
        """A slip on Esc must not lose a person who was stopped: they wait in the tray."""
        verdict = verdict_of(self._at, self._on)
        if self._at.current is not None and verdict is not None and verdict.outcome in STOPPED:
            self._at.tray.park(self._at.current, kind_of(verdict.outcome), self._on.now())
        else:
            self._step_out(self._at.current)
        self._leave()

    def reopen(self, inspection_id: UUID) -> None:
        """Fetch a person back from the tray; whoever is at the desk is parked instead."""
        verdict = verdict_of(self._at, self._on)
        if verdict is not None:
            self._park(kind_of(verdict.outcome))
        parked = self._at.tray.take(inspection_id)
        if parked is not None:
            self._at.parked_since = parked.parked_at
            self._at.by_hand = inspection_id
            self._at.vehicles.bring(parked.inspection.party)
            self._edit(parked.inspection)

    def acknowledge(self) -> None:
        """The officer has heard: stop the sound that repeats."""
        if self._on.speaker is not None:
            self._on.speaker.stop()

    def strip_action(self, code: str) -> None:
        """The one action of a strip was pressed."""
        self._at.strips.pop(code, None)
        if code == "another_code":
            self.park()
            self._take_waiting()
        elif code == LACKS:
            self.close_vehicle(anyway=True)
        elif code == LANE_STOP and self._at.lane_stopped is not None:
            self.acknowledge()
            self.reopen(self._at.lane_stopped)
        elif code == RECALL:
            self._put_recalls_away()
        elif code == NOTICE:
            self._put_notices_away()
        elif code.startswith("store_"):
            self.tick()
        self._draw()

    # -- the way into the store

    def _edit(self, inspection: Inspection) -> None:
        self._at.current = inspection
        self._at.notice = self._at.earlier = None
        self._changed()

    def _leave(self) -> None:
        at = self._at
        self._book.close(at.current)
        self._look_ups.forget()
        self._forget_question()
        at.current = at.looked_up = at.credential = at.asking = at.parked_since = at.notice = None
        at.entry = ""

    def _park(self, kind: Outcome) -> None:
        if self._at.current is not None:
            self._at.tray.park(self._at.current, kind, self._on.now())
            self._leave()
            self._changed()

    def _record(
        self, outcome: Outcome, change: OutcomeChange | None, lane: str | None = None
    ) -> RecordedInspection | None:
        verdict = verdict_of(self._at, self._on)
        if self._at.current is None or verdict is None:
            return None
        now = self._on.now()
        recorded = RecordedInspection(
            inspection=affirmed(self._at.current, self._on.policy, self._on.offline),
            verdict=verdict,
            outcome=outcome,
            operator=self.operator,
            confirmed_at=now,
            change=change,
            parked_for=parked_seconds(self._at.parked_since, now),
            lane=lane,
        )
        self._at.last = recorded
        self._at.day.add(row_of(recorded))
        self._remember(recorded)
        self._leave()
        self._saver.save(recorded)
        self._ask_later(recorded)
        self._went(recorded)
        self._close_if_complete(recorded.inspection.party)
        self._next()
        return recorded

    def _next(self) -> None:
        """After a person: the code that waited is taken now, else the desk is free."""
        self._at.strips.pop("another_code", None)
        self._at.earlier = None
        self._changed()
        self._take_waiting()

    def _saved(self, inspection_id: UUID) -> None:
        self._at.day.saved(inspection_id)
        for code in [code for code in self._at.strips if code.startswith("store_")]:
            del self._at.strips[code]
        self._draw()

    def _store_fault(self, fault: StoreFault) -> None:
        translate = self._on.translate
        self._strip(
            f"store_{fault.code}", fault_text(fault.code, translate), translate("Try again")
        )
        self._draw()

    def tell(self, code: str, sentence: str) -> None:
        """Say something over the desk, until it is cleared."""
        self._strip(code, sentence, self._on.translate("Close"))
        self._draw()

    def _strip(self, code: str, sentence: str, action: str | None = None) -> None:
        self._at.strips[code] = Strip(code, sentence, action)

    def _unfinished(self) -> list[Parked]:
        people = [*self._at.tray.people]
        if self._at.current is not None:
            people.append(Parked(self._at.current, None, None))
        return people

    def _changed(self) -> None:
        """Keep the unfinished people safe, ask the lists, sound the verdict, draw."""
        self._board()
        self._saver.keep(self._unfinished(), self._at.vehicles.all())
        self._ask_lists()
        self._show()

    def _show(self) -> None:
        """Sound the verdict, draw; before the lists have answered nothing is sounded."""
        if not self._at.lists_known:
            self._draw()
            return
        tone = self._heard_tone(card_of(self._at, self._on, verdict_of(self._at, self._on)).tone)
        if tone is not self._tone and self._on.speaker is not None:
            if tone in SOUNDS:
                self._on.speaker.play(SOUNDS[tone])
            elif self._lane is None:
                self._on.speaker.stop()  # the stopped person is gone, and so is the reason to sound
        self._tone = tone
        self._draw()
        self._run_lane()
