"""The crowd's part of the desk: who is inside, warned of in time, corrected with a reason."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.desk.editing import Editing
from checkpoint_app.desk.gate.door import Refused, silent
from checkpoint_app.desk.saving import Saver
from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.crowd import Crowd, CrowdLevel
from checkpoint_app.domain.inspection import Direction

_LEVELS = tuple(CrowdLevel)


class Counting(Editing):
    """Counts beside the records; asks the store again whenever somebody was recorded."""

    operator: str
    _saver: Saver

    def count_one(self, change: int | None = None) -> None:
        """C: one more went through and was only counted, the way the desk is set.

        A site without a limit counts nobody, so that a slip of the finger leaves nothing behind.
        """
        if self._on.settings.capacity <= 0:
            return
        if change is None:
            change = 1 if self._at.direction is Direction.IN else -1
        operator, now, step_by = self.operator, self._on.now(), change
        self._saver.write(lambda store: store.crowd.count(step_by, operator, now))
        self._recount()
        self._draw()

    def correct_crowd(self, inside: int, reason: str, refused: Refused = silent) -> None:
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

        self._on.database.run(lambda store: store.crowd.since(start, end), self._counted)

    def _counted(self, crowd: Crowd) -> None:
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
        rises = _LEVELS.index(level) > _LEVELS.index(before)
        if rises and self._on.speaker is not None:
            self._on.speaker.play(Sound.STOP if level is CrowdLevel.FULL else Sound.ATTENTION)
        self._draw()
