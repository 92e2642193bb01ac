"""The lists' part of the desk: asks about whoever stands there, keeps back early keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from checkpoint_app.desk.hub.county import NOT_MEANT, ask_later
from checkpoint_app.desk.lists.looking import LookedUp, LookUps
from checkpoint_app.desk.saving import Saver
from checkpoint_app.desk.standing import OfficeAsked, Standing, Surface, verdict_of
from checkpoint_app.desk.view import Strip, Tone
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.domain.list_matching import OfficeTold, with_office
from checkpoint_app.domain.lists import ListsInForce
from checkpoint_app.domain.reasons import Code

OFFICE = "office_asked"


class Asking:
    """The lists' share of `session.Desk`."""

    _on: Surface
    _at: Standing
    _look_ups: LookUps
    _saver: Saver

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
        answer = self._with_office(answer)
        before, self._at.looked_up = self._at.looked_up, answer
        self._at.lists = answer.lists
        if answer != before:
            self._show()
        verdict = verdict_of(self._at, self._on)
        action = self._look_ups.released(verdict.outcome if verdict else None)
        if action is not None:
            action()

    # -- who is meant by a token of the county's list

    def _with_office(self, answer: LookedUp) -> LookedUp:
        """The answer with what the command office told; it is asked where it has not been."""
        at, hits = self._at, answer.hits
        if not hits.county:
            self._at.strips.pop(OFFICE, None)
            return answer
        if at.office.whose != answer.whose:
            at.office = OfficeAsked(answer.whose)
        fresh = frozenset(hits.county_tokens) - at.office.asked
        if fresh and self._on.ask_office is not None:
            at.office = replace(at.office, asked=at.office.asked | fresh)
            whose = answer.whose
            self._on.ask_office(fresh, lambda told: self._office_told(whose, told))
        hits = with_office(hits, answer.wanted, at.office.told)
        self._say_office(whether=hits.county)
        return replace(answer, hits=hits)

    def _office_told(self, whose: UUID, told: OfficeTold | None) -> None:
        """The office has answered, or (None) it cannot be reached: they are still held."""
        at = self._at
        if at.office.whose != whose or at.current is None or at.current.id != whose:
            return  # whoever was recorded meanwhile is asked about again at the next exchange
        known = {**at.office.told, **told} if told is not None else at.office.told
        at.office = replace(at.office, told=known, silent=told is None)
        if at.looked_up is not None:
            self._looked_up(at.looked_up)
        self._draw()

    def _say_office(self, *, whether: bool) -> None:
        at, settings, say = self._at, self._on.settings, self._on.translate
        if not whether:
            at.strips.pop(OFFICE, None)
        elif at.office.silent or self._on.ask_office is None:
            phone = f"{settings.receiver_name} {settings.receiver_phone}".strip()
            text = say("The command office does not answer: hold, phone {whom}", whom=phone or "—")
            at.strips[OFFICE] = Strip(OFFICE, text, tone=Tone.STOP)
        else:
            text = say("The command office is being asked who is meant: hold for a moment")
            at.strips[OFFICE] = Strip(OFFICE, text)

    def _forget_question(self) -> None:
        """The person has gone: what was asked about them is nobody's at the desk any more."""
        self._at.office = OfficeAsked()
        self._at.strips.pop(OFFICE, None)

    def _ask_later(self, recorded: RecordedInspection) -> None:
        """Somebody is recorded of whom only the office knows whether they are meant."""
        if Code.MAY_BE_LISTED in {each.code for each in recorded.verdict.reasons}:
            note, now = self._on.translate(NOT_MEANT), self._on.now()
            self._saver.write(lambda store: ask_later(store, recorded, note, now))

    def _too_early(self, action: Callable[[], object], whatever: bool = False) -> bool:
        """Whether the lists have not answered yet: the action is then done as soon as they have,
        unless they change the verdict (or `whatever` they say)."""
        if self._at.lists_known:
            return False
        verdict = verdict_of(self._at, self._on)
        self._look_ups.keep_back(action, None if whatever or not verdict else verdict.outcome)
        return True
