"""更改结果: another outcome than the rules', by the officer, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from checkpoint_app.desk.gate.lanes import Lanes
from checkpoint_app.desk.leaving import (
    NOT_SECOND,
    Wish,
    change_of,
    lacking,
    second_officer,
)
from checkpoint_app.desk.lists.asking import Asking
from checkpoint_app.desk.standing import verdict_of
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.store.station import StoreFault


class Deciding(Asking, Lanes):
    """The officer's share of `session.Desk`: a hold, a turn-back, a hand-over, a change."""

    def _store_fault(self, fault: StoreFault) -> None:
        raise NotImplementedError

    def hold(self) -> None:
        """Record a hold that the rules ask for, else ask for the officer's reason."""
        self._stronger(Outcome.HOLD)

    def turn_back(self) -> None:
        """Record a turn-back that the rules ask for, else ask for the officer's reason."""
        self._stronger(Outcome.TURN_BACK)

    def hand_over(self) -> None:
        """Record a hand-over that the rules ask for, else ask for the officer's reason."""
        self._stronger(Outcome.HAND_OVER)

    def ask_change(self) -> None:
        """F8: open the panel for another outcome."""
        verdict = verdict_of(self._at, self._on)
        if verdict is not None:
            self._at.asking = verdict.outcome
            self._draw()

    def _stronger(self, outcome: Outcome) -> None:
        verdict = verdict_of(self._at, self._on)
        if verdict is None or self._too_early(lambda: self._stronger(outcome)):
            return
        if verdict.outcome is outcome:
            self._record(outcome, None)
        else:
            self._at.asking = outcome
            self._draw()

    def change_outcome(
        self,
        outcome: Outcome,
        reason: str,
        *,
        second: tuple[UUID, str] | None = None,
        call_back: str = "",
        refused: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        """更改结果: record another outcome, with its reason.

        Leaving a hold or a hand-over takes a second officer (id and PIN) or a recorded call-back;
        what is missing is told to `refused` as a sentence.
        """
        verdict = verdict_of(self._at, self._on)
        if verdict is None:
            return
        if not self._at.lists_known:
            refused(self._on.translate("The lists are being searched: try again in a moment"))
            return
        wish = Wish(verdict.outcome, outcome, reason, self.operator, second, call_back)
        lacks = lacking(wish)
        if lacks is not None:
            refused(self._on.translate(lacks))
        elif wish.asks_second:
            self._with_second(wish, refused)
        else:
            self._record(outcome, change_of(wish, None))

    def _with_second(self, wish: Wish, refused: Callable[[str], None]) -> None:
        now = self._on.now()

        def checked(name: str | None) -> None:
            if name is None:
                refused(self._on.translate(NOT_SECOND))
            elif self._at.current is not None:
                self._record(wish.outcome, change_of(wish, name))

        self._on.database.run(
            lambda store: second_officer(store, wish, now), checked, self._store_fault
        )

    def note_change(self, inspection_id: UUID, outcome: Outcome) -> None:
        """An earlier record was changed away from the desk: the day's list and counts follow."""
        self._at.day.change(inspection_id, outcome)
        self._changed_later(inspection_id, outcome)
        self._draw()

    def cancel_change(self) -> None:
        """Close the panel, change nothing."""
        self._at.asking = None
        self._draw()
