"""规则: every figure and switch of a kind of site's policy, with travellers who show what it does.

Nothing holds before it is saved; a saved policy is a new version, and every version can be fetched
back. Edits are taken back one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office, Versions
from checkpoint_app.desk.rules.draft import Draft, cadence_text, read_cadence
from checkpoint_app.desk.rules.examples import examples
from checkpoint_app.desk.rules.in_force import policy_of
from checkpoint_app.domain.inspection import CodeStatus, Requirement
from checkpoint_app.domain.policy_data import ACCEPTABLE, FIGURES, PolicyFault, as_data
from checkpoint_app.domain.site import SiteKind, SitePolicy
from checkpoint_app.i18n.reasons import REQUIREMENTS, STATUSES
from checkpoint_app.i18n.sentences import FAULTS
from checkpoint_app.settings import Settings
from checkpoint_app.shipped_rules import read_policy, shipped
from checkpoint_app.store.station import SavedPolicy
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.first_steps import fill_kinds
from checkpoint_app.ui.pages.settings.rows import Change, Group, TextRow, buttons, left, tell
from checkpoint_app.ui.pages.settings.rule_examples import ExamplePanel
from checkpoint_app.ui.pages.settings.rule_outcomes import OutcomeBoxes, PurposeRows
from checkpoint_app.ui.pages.stepper import Stepper
from checkpoint_app.ui.pages.switches import Switch
from checkpoint_app.ui.widgets.choices import choice
from checkpoint_app.ui.widgets.drop_down import DropDown

_PANEL = 330
CELSIUS = "{value} ℃"
_FIGURES = {  # name in the file -> caption, how it is shown, hint
    "fever_threshold_c": ("Fever from", CELSIUS, "This temperature and above: measure again."),
    "retest_after_minutes": (
        "Measure again after",
        "{value} min",
        "The person rests in the tray until then.",
    ),
    "plausible_from_c": ("Cannot be right below", CELSIUS, ""),
    "plausible_to_c": ("Cannot be right above", CELSIUS, ""),
    "test_valid_hours": ("A test counts for", "{value} h", "Exactly so old still counts."),
    "child_under_years": ("Children under", "{value} years", "They follow their guardian."),
}
_SWITCHES = {
    "roster_only": ("Only the roster is admitted", ""),
    "turns_back": ("People are turned back", "A hospital never does: they go to the buffer."),
    "gate_mode": (
        "People may pass by themselves",
        "At the fast gate, with a pass or a green code.",
    ),
    "online_first": (
        "Codes are looked up first",
        "A green seen on a screen lets nobody through before the province has answered.",
    ),
    "list_unvaccinated": ("List the unvaccinated", "Never a reason to refuse anyone."),
    "whole_place_counts": (
        "A whole city counts",
        "With a risk area in it, until they have said where they were.",
    ),
}


class RulesGroup(Group):
    """The editor. `saved` fires when other rules hold."""

    saved = Signal()
    widest = 1480  # the persons they are tried on stand beside the rules

    def __init__(
        self, look: Look, office: Office, change: Change, now: Callable[[], datetime]
    ) -> None:
        super().__init__(look, office, change)
        self._now = now
        self.draft = Draft(policy_of(office.settings))
        self._versions: list[SavedPolicy] = []
        self._in_force: SavedPolicy | None = None
        self.steppers: dict[str, Stepper] = {}
        self.switches: dict[str, Switch] = {}
        self.asked: dict[Requirement, QPushButton] = {}
        self.counting: dict[CodeStatus, QPushButton] = {}
        self.outcomes = OutcomeBoxes(look, self._words, self._put)
        self.purposes = PurposeRows(self._words, self._put, lambda: self.site_kind)
        self.panel = ExamplePanel(look, self._words)
        self._beside()
        self._head()
        self._figures()
        self._lists()
        self._switched()
        self._settled()
        self.end()
        self._words.follow(self._draw)

    def _beside(self) -> None:
        """The rules scroll at the left; the travellers stay in sight at the right."""
        rules, scroll, row = QWidget(), QScrollArea(), QHBoxLayout()
        row.setSpacing(12)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(rules)
        self.panel.setFixedWidth(_PANEL)
        row.addWidget(scroll, 1)
        row.addWidget(self.panel)
        self._column.addLayout(row, 1)
        self._column = QVBoxLayout(rules)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)

    # -- the cards

    def _head(self) -> None:
        card = self.card("Rules of a kind of site")
        self.kind = DropDown(self._look)
        self._words.name(self.kind, "Kind of site")
        fill_kinds(self._words, self.kind)
        self.kind.activated.connect(lambda _: self._fetch())
        self.row(card, "Kind of site", self.kind)
        self.version = DropDown(self._look)
        self._words.name(self.version, "Policy version")
        self.version.activated.connect(self._take_version)
        self.row(card, "Policy version", self.version)
        self.save_button = self._words.button("Save the rules", self.save, "main")
        self.undo_button = self._words.button("Undo", self.undo)
        self.shipped_button = self._words.button("As shipped", self.go_back)
        self.wide(card, buttons(self.save_button, self.undo_button, self.shipped_button))
        self.answer = self.result()
        self.wide(card, self.answer)

    def _figures(self) -> None:
        card = self.card("Numbers")
        for name, (caption, shown, hint) in _FIGURES.items():
            figure = FIGURES[name]
            made = Stepper(
                self._words, caption, (figure.low, figure.high, figure.step), self._shown(shown)
            )
            made.moved.connect(lambda value, name=name: self._put({name: round(value, 1)}))
            self.steppers[name] = made
            self.row(card, caption, made, hint)
        self.cadence = TextRow(self._words, "A test every so many hours", _check, self._put_cadence)
        self.row(
            card,
            "A test every so many hours",
            self.cadence,
            "By role of the roster, for example: cook 72, teacher 168",
        )

    def _shown(self, message: str) -> Callable[[float], str]:
        form = ".1f" if message == CELSIUS else "g"
        return lambda value: self._words.say(message, value=format(value, form))

    def _lists(self) -> None:
        card = self.card("Asked of everyone")
        self.row(card, "Must be there", self._members(self.asked, REQUIREMENTS, "required"))
        counting = {each: STATUSES[each] for each in ACCEPTABLE}
        self.row(card, "Codes that count", self._members(self.counting, counting, "accepted_codes"))

    def _members(self, made: dict, words: dict, name: str) -> QWidget:  # type: ignore[type-arg]
        """A button each, down while it belongs."""
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)

        def pressed() -> None:
            self._put({name: [each.value for each, button in made.items() if button.isChecked()]})

        for place, (each, message) in enumerate(words.items()):
            button = choice("", pressed, checked=False)
            self._words.put(button.setText, message)
            self._words.name(button, message)
            made[each] = button
            grid.addWidget(button, place // 2, place % 2)
        return whole

    def _switched(self) -> None:
        card = self.card("Switches")
        for name, (caption, hint) in _SWITCHES.items():
            made = Switch(self._look)
            self._words.put(made.name, caption)
            made.switched.connect(lambda on, name=name: self._put({name: on}))
            self.switches[name] = made
            self.row(card, caption, left(made), hint)

    def _settled(self) -> None:
        """What a county may settle; the rest of the rules cannot be changed."""
        card = self.card("What is done", "Red codes, positive tests and fever are handed over.")
        self.outcomes.add_rows(self, card)
        self.purposes.add_rows(self, self.card("Through at once", "Words may be added only."))

    # -- what holds

    def opened(self) -> None:
        """Fetch what holds; an edit that was begun stays."""
        if not self.draft.steps:
            at = self.kind.findData(self._office.settings.site_kind)
            self.kind.setCurrentIndex(max(0, at))
            self._fetch()

    def show_settings(self, settings: Settings) -> None:
        """The rules are no settings; what is being edited stays as it is."""

    @property
    def site_kind(self) -> str:
        """Whose rules are shown."""
        return str(self.kind.currentData() or SiteKind.ROAD)

    def _fetch(self) -> None:
        self._office.policies(self.site_kind, self._show_versions, self._refuse)

    def _show_versions(self, found: Versions) -> None:
        """The version that counts stands first."""
        held = found.in_force
        others = (each for each in found.saved if held is None or each.version != held.version)
        self._versions = [*([held] if held is not None else []), *others]
        self._in_force = held
        self.draft = Draft(held.policy if held is not None else self._unsaved())
        if held is not None and held.office:
            tell(self.answer, self._words.say(FAULTS["policy_office"]), Tone.ATTENTION)
        self._draw()

    def _unsaved(self) -> SitePolicy:
        """What the desk goes by where nothing was saved for a kind of site."""
        settings = self._office.settings
        if settings.site_kind == self.site_kind:
            return policy_of(settings)
        return shipped(self.site_kind)

    # -- editing

    def _put(self, fields: dict[str, object]) -> None:
        data = as_data(self.draft.policy)
        if isinstance(settled := fields.get("outcomes"), dict):
            fields = {"outcomes": {**data["outcomes"], **settled}}
        found = read_policy({**data, **fields})
        if isinstance(found, PolicyFault):
            self._refuse(self._words.say(_REFUSED.get(found.code, "This cannot be set so")))
        else:
            tell(self.answer, "", Tone.IDLE)
            self.draft = self.draft.edited(found, next(iter(fields)))
        self._draw()

    def _put_cadence(self, text: str) -> None:
        self._put({"test_every_hours": read_cadence(text) or {}})

    def undo(self) -> None:
        """Take the last edit back."""
        self.draft = self.draft.undone()
        self._draw()

    def go_back(self) -> None:
        """The rules as they came with the program; an edit like any other."""
        self.draft = self.draft.shipped()
        self._draw()

    def _take_version(self, at: int) -> None:
        """An earlier version, as an edit: it holds again once it is saved."""
        at -= self._in_force is None  # above them all: as shipped
        if 0 <= at < len(self._versions):
            self.draft = self.draft.edited(self._versions[at].policy)
        self._draw()

    def save(self) -> None:
        """Put the rules in force, as a new version."""
        self._office.save_policy(self.draft.policy, self._saved, self._refuse)

    def _saved(self, policy: SitePolicy) -> None:
        tell(
            self.answer,
            self._words.say("Rules {version} are in force", version=policy.version),
            Tone.PASS,
        )
        self.draft = Draft(policy)
        self._fetch()
        self.saved.emit()

    def _refuse(self, sentence: str) -> None:
        tell(self.answer, sentence, Tone.STOP)

    # -- drawing

    def _draw(self) -> None:
        policy, data = self.draft.policy, as_data(self.draft.policy)
        for name, stepper in self.steppers.items():
            stepper.show_value(float(data[name]))
        for name, switch in self.switches.items():
            switch.setChecked(bool(data[name]))
        for requirement, button in self.asked.items():
            button.setChecked(requirement in policy.required)
        for status, button in self.counting.items():
            button.setChecked(status in policy.accepted_codes)
        self.cadence.show_value(cadence_text(policy))
        self.outcomes.show_policy(policy)
        self.purposes.show_policy(policy)
        self.switches["turns_back"].setEnabled(policy.site_kind != SiteKind.HOSPITAL)
        offices = self._in_force is not None and bool(self._in_force.office)
        self.save_button.setEnabled(self.draft.is_changed and not offices)
        self.undo_button.setEnabled(bool(self.draft.steps))
        self.shipped_button.setEnabled(not self.draft.is_shipped)
        self._draw_versions()
        lines = examples(policy, self.draft.in_force, self._look.translate, self._now())
        self.panel.show_lines(lines)

    def _draw_versions(self) -> None:
        self.version.blockSignals(True)
        self.version.clear()
        for each in self._versions:
            officer = each.officer or "—"
            if each.office:
                officer = self._words.say("County's rules, version {version}", version=each.office)
            self.version.addItem(f"{each.version}  {each.saved_at:%m-%d %H:%M}  {officer}")
        if self._in_force is None:
            self.version.insertItem(0, self._words.say("As shipped"))
            self.version.setCurrentIndex(0)
        self.version.setEnabled(self.version.count() > 1)
        self.version.blockSignals(False)


_REFUSED = {
    "policy_value": "At least one kind of code must count",
    "policy_hospital": "A hospital turns nobody back",
}


def _check(text: str) -> str | None:
    found = read_cadence(text)
    read = read_policy({"test_every_hours": found}, SiteKind.ROAD) if found is not None else None
    if isinstance(read, SitePolicy):
        return None
    return "A role and hours each, for example: cook 72, teacher 168"
