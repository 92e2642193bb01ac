"""The province's verification service; and 断网模式 while it cannot be reached."""

from __future__ import annotations

from PySide6.QtCore import Signal

from checkpoint_app.desk import Tone, entries
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.owed import Debt, Owed
from checkpoint_app.store.station import Declared
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.pages.settings.rows import Change, Group, left, tell
from checkpoint_app.ui.pages.switches import Switch
from checkpoint_app.ui.widgets.labels import label

MOST_NAMED = 12


class OnlineGroup(Group):
    """`declared` fires when the line was declared down, or up again."""

    declared = Signal()

    def __init__(self, look: Look, office: Office, change: Change) -> None:
        super().__init__(look, office, change)
        card = self.card(
            "Online service",
            "Looks health codes up while the desk goes on. Empty: codes are only seen.",
        )
        self.address = self.text(
            card, "Address", "online_service", entries.http_address, "https://…"
        )
        self.number(
            card,
            "Give up after",
            "online_timeout",
            (1, 10, 0.5),
            lambda value: self._words.say("{seconds} s", seconds=f"{value:g}"),
        )
        self._line_down()
        self._still_owed()
        self.end()
        look.changed.connect(self.opened)

    def _line_down(self) -> None:
        card = self.card(
            "The line is down",
            "Declared by the officer in charge: a look-up without an answer, with a green code "
            "seen and name and document written down, is registered and let through.",
        )
        self.down = Switch(self._look)
        self._words.put(self.down.name, "Line declared down")
        self.down.switched.connect(self._declare)
        self.row(card, "Line declared down", left(self.down))
        self.answer = self.result()
        self.wide(card, self.answer)

    def _still_owed(self) -> None:
        card = self.card(
            "Let through first, still owed",
            "Emergencies are completed within 24 hours, look-ups made again once the line is back. "
            "Find the record and change its outcome with a reason: then it is settled.",
        )
        self.owed = label()
        self.owed.setWordWrap(True)
        self.wide(card, self.owed)

    def opened(self) -> None:
        """Fetch what is declared and what is owed."""
        self._office.offline(self._show_declared, self._refuse)
        self._office.owed(self._show_owed, self._refuse)

    def _declare(self, on: bool) -> None:
        self._office.declare_offline(on, self._changed, self._refused)

    def _changed(self, declared: Declared | None) -> None:
        self._show_declared(declared)
        self.declared.emit()

    def _refused(self, sentence: str) -> None:
        self.down.setChecked(not self.down.isChecked())
        self._refuse(sentence)

    def _refuse(self, sentence: str) -> None:
        tell(self.answer, sentence, Tone.STOP)

    def _show_declared(self, declared: Declared | None) -> None:
        self.down.setChecked(declared is not None)
        said = ""
        if declared is not None:
            since = f"{declared.since:%m-%d %H:%M}"
            said = self._words.say(
                "Declared at {time} by {officer}", time=since, officer=declared.officer or "—"
            )
        tell(self.answer, said, Tone.ATTENTION)

    def _show_owed(self, found: list[Owed]) -> None:
        lines = [self._line(each) for each in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            lines.append(self._words.say("and {count} more", count=len(found) - MOST_NAMED))
        self.owed.setText("\n".join(lines) or self._words.say("Nothing is owed"))

    def _line(self, owed: Owed) -> str:
        at = f"{owed.since:%m-%d %H:%M}"
        plate = owed.recorded.inspection.journey.plate or ""
        if owed.debt is Debt.LOOK_UP:
            return self._words.say("{time}  {plate}  look the code up again", time=at, plate=plate)
        due = f"{owed.due:%m-%d %H:%M}" if owed.due is not None else ""
        return self._words.say(
            "{time}  {plate}  emergency, to be completed by {due}", time=at, plate=plate, due=due
        )
