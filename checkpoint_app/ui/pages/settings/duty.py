"""Shifts and checks; and, for the supervisor, what the signals look for."""

from __future__ import annotations

from checkpoint_app.desk import entries
from checkpoint_app.desk.office import Office
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group

_HOUR = 3600.0


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
            "Counted without a rest of 4 hours, over several turns too.",
        )
        checks = self.card("Checks of the site", "A quiet sign reminds when one is due.")
        for caption, field in (
            ("Disinfect every", "check_disinfect_every"),
            ("Air every", "check_ventilate_every"),
            ("One metre apart every", "check_distance_every"),
        ):
            self.number(checks, caption, field, (0, 24, 1), self._interval, _HOUR)
        opening = self.card("Opening hours", "Nobody inspected for long is told only within them.")
        self.text(opening, "Opens at", "opens_at", time)
        self.text(opening, "Closes at", "closes_at", time, "The same time twice: day and night.")
        self.end()

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
