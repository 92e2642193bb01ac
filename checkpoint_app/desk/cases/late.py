"""News after the fact at the desk: what arrives for somebody who has gone is not dropped.

It becomes a case (已放行须追回) at once and a quiet strip with one action; the ledger's alarms are
looked at again every few seconds, so that news from elsewhere (a new list) is told here too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from checkpoint_app.desk.awaiting import waited_too_long
from checkpoint_app.desk.cases.alarms import RECALL, Alarms, alarms_of, recall_strip
from checkpoint_app.desk.cases.lines import deadlines_of
from checkpoint_app.desk.cases.news import Change, Recent, news_about, told_by_page, told_online
from checkpoint_app.desk.cases.noticing import NOTICE, notice_strip, sounds
from checkpoint_app.desk.editing import Editing
from checkpoint_app.desk.online import answered
from checkpoint_app.desk.pagebook import PageBook
from checkpoint_app.desk.saving import Saver
from checkpoint_app.desk.standing import Shown
from checkpoint_app.devices.ports import OnlineAnswer, Sound
from checkpoint_app.domain.inspection import CodeStatus, Inspection, RecordedInspection
from checkpoint_app.domain.notice import Notice
from checkpoint_app.domain.page import Page
from checkpoint_app.store.station import Parked, Station

LOOK_EVERY = timedelta(seconds=15)


class LateNews(Editing):
    """The ledger's share of `session.Desk`. `_changed` is the desk's."""

    operator: str
    _saver: Saver
    _book: PageBook
    _recent: Recent

    def _changed(self) -> None:
        raise NotImplementedError

    def _load_day(self) -> None:
        raise NotImplementedError

    def entered_later(self) -> None:
        """A paper form was entered: the day's figures and the ledger are not what they were."""
        self._load_day()
        self.see_ledger()

    # -- what arrives, for whoever it is

    def _look_up(self, shown: Shown) -> None:
        """Ask the province's service, if there is one; asked for and not there, it has failed."""
        if self._on.look_up is not None:
            self._on.look_up(shown.text, lambda answer: self._online(shown.fingerprint, answer))
        elif self._on.policy.online_first:
            self._online(shown.fingerprint, OnlineAnswer(CodeStatus.FAILED.value))

    def _give_up_waiting(self) -> None:
        """Once a second: an answer that has not come is a state of its own. It may come yet."""
        current = self._at.current
        if waited_too_long(self._at, self._on) and current is not None and current.health_code:
            timed_out = OnlineAnswer(CodeStatus.TIMED_OUT.value)
            self._edit(replace(current, health_code=answered(current.health_code, timed_out)))

    def _online(self, fingerprint: str, answer: OnlineAnswer) -> None:
        """The province's service answered, late or soon, for whoever shows that code."""
        self._tell_next(fingerprint, answer)
        current = self._at.current
        code = current.health_code if current is not None else None
        gone = self._recent.showing({fingerprint})
        if current is not None and code is not None and code.fingerprint == fingerprint:
            self._edit(replace(current, health_code=answered(code, answer)))
        elif self._at.tray.holding(fingerprint) is not None:
            self._tell_parked(fingerprint, answer)
        elif gone is not None:
            self._came_late(gone, told_online(answer))

    def _tell_next(self, fingerprint: str, answer: OnlineAnswer) -> None:
        """Whoever held their code up too early keeps the answer until they are taken in."""
        shown = self._at.waiting
        if shown is not None and shown.fingerprint == fingerprint:
            self._at.waiting = replace(shown, code=answered(shown.code, answer))

    def _tell_parked(self, fingerprint: str, answer: OnlineAnswer) -> None:
        def told(parked: Parked) -> Parked:
            code = parked.inspection.health_code
            if code is None or code.fingerprint != fingerprint:
                return parked
            known = replace(parked.inspection, health_code=answered(code, answer))
            return replace(parked, inspection=known)

        self._at.tray.people = [told(each) for each in self._at.tray.people]
        self._changed()

    def see_page(self, page: Page, seen_at: datetime, texts: tuple[str, ...] = ()) -> None:
        """A phone's page was read; `texts` are the codes in the same picture."""
        current, fingerprint_of = self._at.current, self._on.database.station.fingerprint
        gone = self._whose(seen_at, {fingerprint_of(text) for text in texts})
        if gone is not None:
            self._came_late(gone, told_by_page(page, seen_at))
        elif current is not None:
            filled = self._book.see(current, page, seen_at, texts, fingerprint_of)
            if filled != current:
                self._edit(filled)

    def _whose(self, seen_at: datetime, shown: set[str]) -> RecordedInspection | None:
        """The person who has gone and whose page it is; None: it is for whoever is here."""
        current = self._at.current
        code = current.health_code if current is not None else None
        if code is not None and code.fingerprint in shown:
            return None
        by_code = self._recent.showing(shown)
        if by_code is not None:
            return by_code
        if shown or (current is not None and _came_before(current, seen_at)):
            return None
        return self._recent.at(seen_at)

    def _came_late(self, gone: RecordedInspection, change: Change) -> None:
        on, operator, now = self._on, self.operator, self._on.now()

        def job(store: Station) -> None:
            news = news_about(store, gone, change, on.policy, on.settings, now)
            if news is not None:
                whose = gone.inspection.id
                store.cases.raise_case(whose, news.code, news.detail, operator, now)

        self._saver.write(job, self.see_ledger)

    # -- the ledger's alarms

    def _watch_ledger(self) -> None:
        """Look at the ledger again where the last look is some time ago."""
        now, at = self._on.now(), self._at.ledger_seen_at
        if at is None or not timedelta(0) <= now - at < LOOK_EVERY:
            self.see_ledger()

    def see_ledger(self) -> None:
        """Look at the ledger now: something was done there."""
        self._at.ledger_seen_at = now = self._on.now()
        deadlines, translate = deadlines_of(self._on.settings), self._on.translate
        self._on.database.run(
            lambda store: alarms_of(store, deadlines, now, translate), self._ledger_seen
        )

    def _ledger_seen(self, alarms: Alarms) -> None:
        before, self._at.alarms = self._at.alarms, alarms
        strip = recall_strip(alarms, self._at.recalls_seen, self._on.translate)
        if strip is not None:
            self._at.strips[RECALL] = strip
        else:
            self._at.strips.pop(RECALL, None)
        self._hear_notices(alarms.notices)
        if alarms != before:
            self._draw()

    def _hear_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show what other checkpoints tell of, and sound once for what is new."""
        at, on = self._at, self._on
        if sounds(notices, at.notices_heard, on.now()) and on.speaker is not None:
            on.speaker.play(Sound.ATTENTION)
        at.notices_heard |= {each.id for each in notices}
        strip = notice_strip(notices, at.notices_seen, on.translate)
        if strip is not None:
            at.strips[NOTICE] = strip
        else:
            at.strips.pop(NOTICE, None)

    def _put_notices_away(self) -> None:
        """The strip's action was pressed; at the gate they still count."""
        self._at.notices_seen |= {each.id for each in self._at.alarms.notices}

    def _put_recalls_away(self) -> None:
        """The strip's action was pressed: these are known now; the cases stay."""
        self._at.recalls_seen |= {each.id for each in self._at.alarms.recalls}

    @property
    def recalled(self) -> UUID | None:
        """The newest case of somebody who is to be called back."""
        recalls = self._at.alarms.recalls
        return recalls[0].id if recalls else None


def _came_before(current: Inspection, seen_at: datetime) -> bool:
    return current.opened_at <= seen_at
