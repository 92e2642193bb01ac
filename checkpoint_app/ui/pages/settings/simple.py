"""The groups that only set values: station, screening, display."""

from __future__ import annotations

from checkpoint_app.desk import entries
from checkpoint_app.desk.office import Office
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.first_steps import fill_kinds
from checkpoint_app.ui.pages.settings.rows import Change, Group, TextRow
from checkpoint_app.ui.pages.switches import LANGUAGES, THEMES
from checkpoint_app.ui.widgets.drop_down import DropDown


class StationGroup(Group):
    """Where this is, and whom to call."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        site = self.card("The site")
        self.name = self.text(site, "Name of the site", "site_name", entries.site_name)
        self.kind = DropDown(look)
        self._words.name(self.kind, "Kind of site")
        fill_kinds(self._words, self.kind)
        self.kind.activated.connect(lambda at: change(site_kind=self.kind.itemData(at)))
        self._shows.append(
            lambda now: self.kind.setCurrentIndex(max(0, self.kind.findData(now.site_kind)))
        )
        self.row(site, "Kind of site", self.kind, "Rules and words follow the kind of site.")
        self.county = self.text(
            site,
            "County code",
            "county_code",
            entries.county_code,
            "Who lives in this county counts as local.",
        )
        receiver = self.card("Whom to call on a stop", "Shown on every red verdict.")
        self.text(receiver, "Office or person", "receiver_name")
        self.text(receiver, "Phone", "receiver_phone")
        self.text(
            receiver,
            "Police phone",
            "police_phone",
            hint="Shown when somebody runs the gate (key R).",
        )
        crowd = self.card("Crowd", "A gauge on the desk, a warning at 80 %, a stop when full.")
        self.capacity = TextRow(
            self._words,
            "People at once",
            entries.capacity,
            lambda text: change(capacity=int(text or 0)),
        )
        self._shows.append(lambda now: self.capacity.show_value(str(now.capacity or "")))
        self.row(crowd, "People at once", self.capacity, "Empty: no limit.")
        self.end()


class ScreeningGroup(Group):
    """Codes shown again, and how long trust lists hold; the rules have a group of their own."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        codes = self.card("Codes")
        self.number(
            codes,
            "Same code again within",
            "duplicate_within",
            (1, 120, 1),
            self.minutes,
            60.0,
            "The desk then says what was decided before.",
        )
        self.number(
            codes,
            "Trust lists hold for",
            "trust_valid_days",
            (1, 60, 1),
            lambda value: self._words.say("{days} days", days=f"{value:g}"),
            hint="With older lists no signature counts as valid.",
        )
        self._add_ages()
        self._add_steps()
        self.end()

    def _add_ages(self) -> None:
        """From when a list is told as old; that is a note and stops nobody."""
        card = self.card("Lists", "An old list is a note on the record and stops nobody.")
        hours = (0.0, 336.0, 12.0)
        self.number(card, "Risk areas are old after", "risk_list_hours", hours, self._or_never)
        self.number(card, "Pushed lists are old after", "watch_list_hours", hours, self._or_never)
        self.number(
            card,
            "Check pushed persons within",
            "check_within_hours",
            (1.0, 168.0, 1.0),
            self._hours,
            hint="Where their list names no deadline itself.",
        )

    def _or_never(self, value: float) -> str:
        return self._hours(value) if value else self._words.say("never")

    def _add_steps(self) -> None:
        """How long each step of a case may take before it is told as late."""
        card = self.card("Ledger", "A step that takes longer is told as late.")
        for caption, field in (
            ("Report within", "case_report_within"),
            ("Hand over within", "case_hand_over_within"),
            ("Receipt within", "case_receive_within"),
        ):
            self.number(card, caption, field, (5, 1440, 5), self.minutes, 60.0)
        hours = (1.0, 168.0, 1.0)
        self.number(card, "Measure within", "case_measure_within", hours, self._hours, 3600.0)

    def _hours(self, value: float) -> str:
        return self._words.say("{hours} h", hours=f"{value:g}")


class DisplayGroup(Group):
    """Language, light and dark, the lock."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        card = self.card("Display")
        self.language = self.choice(card, "Language", "language", LANGUAGES)
        self.theme = self.choice(card, "Theme", "theme", THEMES)
        lock = self.card("Lock")
        self.lock = self.number(
            lock,
            "Lock after",
            "lock_after",
            (1, 60, 1),
            self.minutes,
            60.0,
            "Without a key, a press or a touch. F12 locks at once.",
        )
        self.end()
