"""The lists' part of the desk: asks about whoever stands there, keeps back early keys."""

from __future__ import annotations

from collections.abc import Callable

from checkpoint_app.desk.lists.looking import LookedUp, LookUps
from checkpoint_app.desk.standing import Standing, Surface, verdict_of
from checkpoint_app.domain.lists import ListsInForce


class Asking:
    """The lists' share of `session.Desk`."""

    _on: Surface
    _at: Standing
    _look_ups: LookUps

    def _draw(self) -> None:
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError

    @property
    def is_asking(self) -> bool:
        """Whether an answer of the lists about the person at the desk is on its way."""
        return not self._at.lists_known

    def _see_lists(self) -> None:
        """A list may have come in, here or by the command line: ask again."""
        if self._at.current is not None:
            self._ask_lists(again=True)
        else:
            self._on.database.run(lambda store: store.lists.versions(), self._lists_seen)

    def _lists_seen(self, lists: ListsInForce) -> None:
        if lists != self._at.lists:
            self._at.lists = lists
            self._draw()

    def _ask_lists(self, again: bool = False) -> None:
        """Look up the person as known now; the answer comes to `_looked_up`."""
        at, on = self._at, self._on
        if at.current is not None and (again or not at.lists_known):
            self._look_ups.ask(at.current, on.database, on.settings, on.now())

    def _looked_up(self, answer: LookedUp) -> None:
        """The lists have answered: sound and draw what is new, do what was kept back."""
        before, self._at.looked_up = self._at.looked_up, answer
        self._at.lists = answer.lists
        if answer != before:
            self._show()
        verdict = verdict_of(self._at, self._on)
        action = self._look_ups.released(verdict.outcome if verdict else None)
        if action is not None:
            action()

    def _too_early(self, action: Callable[[], object], whatever: bool = False) -> bool:
        """Whether the lists have not answered yet: the action is then done as soon as they have,
        unless they change the verdict (or `whatever` they say)."""
        if self._at.lists_known:
            return False
        verdict = verdict_of(self._at, self._on)
        self._look_ups.keep_back(action, None if whatever or not verdict else verdict.outcome)
        return True
