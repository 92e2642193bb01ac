"""Who may sign in: added, given a new PIN, retired and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.desk import Tone
from checkpoint_app.desk.office import Office
from checkpoint_app.i18n.sites import ROLES
from checkpoint_app.store.station import Operator
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, buttons, left, tell
from checkpoint_app.ui.pages.switches import Choice
from checkpoint_app.ui.widgets.drop_down import DropDown
from checkpoint_app.ui.widgets.labels import ElidedLabel, label


class OperatorsGroup(Group):
    """A line a person, and one to add somebody."""

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        self._renewing: Operator | None = None
        card = self.card("Operators")
        self._list, self._lines = QWidget(), QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._list.setLayout(self._lines)
        self.answer = self.result()
        self.wide(card, self._list)
        self.wide(card, self.answer)
        self._renewal()
        self._adding()
        self.end()
        look.changed.connect(self.opened)

    def _pin(self, message: str) -> QLineEdit:
        made = self._words.line(message, 12)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        return made

    def _renewal(self) -> None:
        self.renewal = QWidget()
        row = QHBoxLayout(self.renewal)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.renewed, self.new_pin = label("strong"), self._pin("New PIN, at least 4 digits")
        self.new_pin.returnPressed.connect(self.renew)
        row.addWidget(self.renewed)
        row.addWidget(self.new_pin, 1)
        row.addWidget(self._words.button("Set the PIN", self.renew, "main"))
        row.addWidget(self._words.button("Cancel", self._cancel))
        self._column.itemAt(0).widget().layout().addWidget(self.renewal)  # type: ignore[union-attr]
        self.renewal.hide()

    def _adding(self) -> None:
        card = self.card("Add somebody")
        self.name, self.pin = self._words.line("Name", 40), self._pin("PIN, at least 4 digits")
        self.pin.returnPressed.connect(self.add)
        self.name.returnPressed.connect(self.pin.setFocus)
        self.role = Choice(self._look, self._words, "Role", ROLES, lambda role: None)
        self.row(card, "Name", self.name)
        self.row(card, "PIN", self.pin)
        self.row(card, "Role", left(self.role))
        self.add_button = self._words.button("Add", self.add, "main")
        self.added = self.result()
        self.wide(card, buttons(self.add_button))
        self.wide(card, self.added)

    # -- the list

    def opened(self) -> None:
        """Fetch who there is."""
        self._office.operators(self._show, self._refuse)

    def closed(self) -> None:
        """Typed PINs do not stay."""
        self._cancel()
        self.pin.clear()
        for line in (self.answer, self.added):
            tell(line, "", Tone.IDLE)

    def _show(self, people: list[Operator]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in sorted(people, key=lambda one: (not one.active, one.name)):
            self._lines.addWidget(self._line(each))

    def _line(self, operator: Operator) -> QWidget:
        made, say = QWidget(), self._words.say
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = ElidedLabel("strong" if operator.active else "soft")
        name.setText(operator.name)
        row.addWidget(name, 1)
        if operator.active:
            row.addWidget(self._role(operator))
        else:
            row.addWidget(label("tag", say("Retired")), 0, Qt.AlignmentFlag.AlignVCenter)
        pin = self._words_button("New PIN", lambda: self._begin(operator), operator)
        pin.setEnabled(operator.active)
        caption = "Retire" if operator.active else "Take back"
        retire = self._words_button(caption, lambda: self._retire(operator), operator)
        row.addWidget(pin)
        row.addWidget(retire)
        return made

    def _role(self, operator: Operator) -> DropDown:
        made = DropDown(self._look)
        made.setAccessibleName(f"{self._words.say('Role')}: {operator.name}")
        for role, message in ROLES.items():
            made.addItem(self._words.say(message), role)
        made.setCurrentIndex(max(0, made.findData(operator.role)))
        made.activated.connect(lambda at: self._give_role(operator, made.itemData(at)))
        return made

    def _give_role(self, operator: Operator, role: str) -> None:
        self._office.change_role(operator, role, lambda _: self._retired(), self._not_given)

    def _not_given(self, sentence: str) -> None:
        self.opened()
        self._refuse(sentence)

    def _words_button(self, message: str, act: object, operator: Operator) -> QWidget:
        """A button of a line that is made anew with every language."""
        from checkpoint_app.ui.widgets.choices import choice

        text = self._words.say(message)
        made = choice(text, act)  # type: ignore[arg-type]
        made.setAccessibleName(f"{text}: {operator.name}")
        return made

    # -- doing

    def _begin(self, operator: Operator) -> None:
        self._renewing = operator
        self.renewed.setText(operator.name)
        self.renewal.show()
        self.new_pin.clear()
        self.new_pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        self._renewing = None
        self.new_pin.clear()
        self.renewal.hide()

    def renew(self) -> None:
        """Set the PIN typed for the person chosen."""
        who = self._renewing
        if who is not None:
            said = self._words.say("{name} has a new PIN", name=who.name)
            self._office.change_pin(
                who, self.new_pin.text(), lambda _: self._renewed(said), self._refuse
            )

    def _renewed(self, sentence: str) -> None:
        self._cancel()
        tell(self.answer, sentence, Tone.PASS)

    def _retire(self, operator: Operator) -> None:
        self._office.retire(operator, not operator.active, lambda _: self._retired(), self._refuse)

    def _retired(self) -> None:
        tell(self.answer, "", Tone.IDLE)
        self.opened()

    def _refuse(self, sentence: str) -> None:
        tell(self.answer, sentence, Tone.STOP)

    def add(self) -> None:
        """Add the person typed."""
        self._office.add_operator(
            self.name.text(),
            self.pin.text(),
            self.role.value,
            self._added,
            lambda said: tell(self.added, said, Tone.STOP),
        )

    def _added(self, operator: Operator) -> None:
        self.name.clear()
        self.pin.clear()
        sentence = self._words.say("{name} can sign in now", name=operator.name)
        tell(self.added, sentence, Tone.PASS)
        self.opened()
