"""Shifts and checks; and, for the supervisor, what the signals look for."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout

from checkpoint_app.desk import entries
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.opening import CLOSED, spans_of
from checkpoint_app.settings import Settings
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, TextRow, left

_HOUR = 3600.0
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DutyGroup(Group):
    """When shifts begin, when somebody should rest, how often each check is asked for."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        shifts = self.card("Shifts")
        time = entries.time_of_day
        self.text(shifts, "Day shift from", "day_shift_from", time)
        self.text(shifts, "Night shift from", "night_shift_from", time)
        self.rest = self.number(
            shifts,
            "Time to rest after",
            "rest_after",
            (2, 24, 1),
            self._hours,
            _HOUR,
            "Hours on duty within the last 24, all turns together.",
        )
        checks = self.card("Checks of the site", "A quiet sign reminds when one is due.")
        for caption, field in (
            ("Disinfect every", "check_disinfect_every"),
            ("Air every", "check_ventilate_every"),
            ("One metre apart every", "check_distance_every"),
        ):
            self.number(checks, caption, field, (0, 24, 1), self._interval, _HOUR)
        self._opening()
        self.end()

    def _opening(self) -> None:
        """A row a weekday; nothing set is what is usual for the kind of site."""
        card = self.card(
            "Opening hours",
            "Nobody inspected for long is told only within them. Leave a closed day empty.",
        )
        self.days = [self._all_days(card)]
        for number, caption in enumerate(WEEKDAYS):
            row = TextRow(self._words, caption, entries.day_hours, partial(self._take_day, number))
            self._shows.append(partial(self._show_day, row, number))
            self.row(card, caption, row)
            self.days.append(row)
        spans = "A span of days with ~ between, several with commas."
        self.text(card, "Closed on (holidays)", "closed_dates", entries.dates, spans)
        self.text(card, "Open all the same on", "worked_dates", entries.dates)
        usual = self._words.button("As usual for this kind of site", self._as_usual)
        self.wide(card, left(usual))

    def _all_days(self, card: QGridLayout) -> TextRow:
        """Sets all seven at once; empty where they differ."""

        def take(text: str) -> None:
            if text:
                self._change(opening_hours=entries.hours_typed(text))

        def show(settings: Settings) -> None:
            alike = set(spans_of(settings.opening_hours, settings.site_kind))
            row.show_value(alike.pop() if len(alike) == 1 else "")

        row = TextRow(self._words, "All days", entries.day_hours, take)
        self._shows.append(show)
        self.row(card, "All days", row)
        return row

    def _show_day(self, row: TextRow, number: int, settings: Settings) -> None:
        shown = spans_of(settings.opening_hours, settings.site_kind)[number]
        row.show_value(self._words.say("closed") if shown == CLOSED else shown)

    def _take_day(self, number: int, text: str) -> None:
        settings = self._office.settings
        week = list(spans_of(settings.opening_hours, settings.site_kind))
        typed = text if text != self._words.say("closed") else CLOSED
        week[number] = entries.hours_typed(typed)
        self._change(opening_hours=",".join(week))

    def _as_usual(self) -> None:
        self._change(opening_hours="")

    def _hours(self, value: float) -> str:
        return self._words.say("{hours} h", hours=f"{value:g}")

    def _interval(self, value: float) -> str:
        return self._hours(value) if value else self._words.say("Not asked for")


class SignalsGroup(Group):
    """From where on something is told to the supervisor."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        card = self.card(
            "Signals",
            "A signal is a reason to look at the records behind it, not a verdict on a person.",
        )
        self.run = self.number(
            card,
            "Same temperature in a row",
            "signal_same_run",
            (4, 30, 1),
            self._people,
            hint="Longer where a thermometer shows nearly everybody the same.",
        )
        self.number(
            card,
            "Two temperatures make up",
            "signal_same_share",
            (0.5, 1.0, 0.05),
            lambda value: f"{value * 100:.0f} %",
        )
        self.number(card, "By hand within one minute", "signal_pace", (6, 60, 1), self._people)
        self.number(card, "Let through, code not seen", "signal_missing", (1, 50, 1), self._people)
        self.number(
            card,
            "Nobody inspected for",
            "signal_silence",
            (15, 480, 15),
            self.minutes,
            60.0,
            "Only while somebody is on duty and people usually come.",
        )
        self.end()

    def _people(self, value: float) -> str:
        return self._words.say("{count} people", count=f"{value:g}")
