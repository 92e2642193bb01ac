"""An officer on duty: follows the story of the footage with keys, pointer and input method."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from checkpoint_app.desk import Card
from checkpoint_app.desk.rehearsal import Action, Traveller
from checkpoint_app.devices.ports import Frame
from checkpoint_app.domain.inspection import Outcome, Requirement
from tests.shift.gate import Gate

CARDS_READ = {"t05"}  # the recogniser makes out this itinerary card; the others are seen by eye
PAGES_AWAITED = {"t01", "t05", "t20"}  # green; with others the page is read in time, or not
DEAD = 450  # milliseconds; a little longer than Enter is dead after a change of the verdict


class Officer:
    """Meets one traveller after another, does what the story says, and looks at the clock."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.hand = gate, gate.hand
        self.confirmed: dict[str, tuple[datetime, datetime]] = {}  # last looks before and after
        self._frames: list[Frame] = []
        self._does: dict[str, Callable[[Traveller, Action], None]] = {
            "no_phone": self._no_phone,
            "identity": self._identity,
            "itinerary": self._itinerary,
            "temperature": self._temperature,
            "park": lambda traveller, action: self.park(),
            "wait": lambda traveller, action: self.gate.clock.wait(action["seconds"]),
            "reopen": self._reopen,
            "change": self._change,
            "confirm": lambda traveller, action: self.confirm(traveller),
            "clear": lambda traveller, action: self.hand.key(Qt.Key.Key_Escape),
        }

    # -- in front of the camera

    def meet(self, traveller: Traveller) -> None:
        """The traveller comes, and holds up each thing until it is read."""
        self._frames = self.gate.footage.of(traveller)
        before = self.gate.app.desk.state.card
        self.gate.camera.show(self._frames)
        for shown in traveller["shown"]:
            self.hand.until(partial(self._is_read, traveller, shown, before))
        self.gate.camera.clear()
        self.hand.rest()

    def _is_read(self, traveller: Traveller, shown: dict[str, Any], before: Card) -> bool:
        state = self.gate.app.desk.state
        person = state.inspection
        if shown["format"] == "unknown" or traveller["duplicate_of"]:
            return state.card != before
        if shown["format"] == "itinerary_card" and traveller["id"] in CARDS_READ:
            return person is not None and person.itinerary is not None
        if shown["text"] is None:
            return self.gate.camera.rounds > 0
        if traveller["id"] in PAGES_AWAITED and self.gate.app.settings.read_pages:
            return person is not None and person.test is not None
        return person is not None

    def press_too_early(self) -> None:
        """Enter while the main key is dead: nothing may happen."""
        self.hand.rest(DEAD)
        before = self.gate.lines, self.gate.headline
        assert not self.gate.can_confirm
        self.hand.key(Qt.Key.Key_Return)
        assert (self.gate.lines, self.gate.headline) == before

    # -- one action of the story

    def act(self, traveller: Traveller, action: Action) -> None:
        """Do one action by hand."""
        self._does[action["do"]](traveller, action)

    def park(self) -> None:
        """Put the person aside; the tray must grow by one."""
        waiting = len(self.gate.tray)
        self.hand.key("-")
        self.hand.until(lambda: len(self.gate.tray) == waiting + 1)

    def confirm(self, traveller: Traveller) -> None:
        """Enter, when it is no longer dead; the day's list must grow by one."""
        recorded = len(self.gate.lines)
        self.hand.rest(DEAD)
        before = self.gate.clock()
        self.hand.key(Qt.Key.Key_Return)
        self.hand.until(lambda: len(self.gate.lines) == recorded + 1)
        self.confirmed[traveller["id"]] = before, self.gate.clock()

    def _no_phone(self, traveller: Traveller, action: Action) -> None:
        self._open(Requirement.HEALTH_CODE)
        self.hand.choose(self.gate.page.popover, "无手机")

    def _identity(self, traveller: Traveller, action: Action) -> None:
        person, hand = traveller["person"], self.hand
        hand.key(Qt.Key.Key_F3)
        hand.write(person["name"])
        hand.key(Qt.Key.Key_Return)
        hand.type(person["id_number"])
        if "phone" in person:
            hand.key(Qt.Key.Key_Tab)
            hand.type(person["phone"])
        hand.key(Qt.Key.Key_Return)
        assert self.gate.page.hasFocus()
        for name, value in person.items():
            assert self.gate.page.form.fields[name].edit.text() == value

    def _itinerary(self, traveller: Traveller, action: Action) -> None:
        person = self.gate.app.desk.state.inspection
        if person is not None and person.itinerary is not None:
            assert [each.name for each in person.itinerary.cities] == action["cities"]
            return  # read from the card
        popover = self.gate.page.popover
        self._open(Requirement.ITINERARY)
        for city in action["cities"]:
            self.hand.click(_line(popover, "途经城市"))
            self.hand.write(city)
            self.hand.choose(popover, "加入")
        self.hand.choose(popover, "完成" if action["shown"] else "无行程卡，口头申报")
        assert not popover.isVisible()

    def _temperature(self, traveller: Traveller, action: Action) -> None:
        self.hand.type(f"{action['celsius']:.1f}".replace(".", ""))

    def _reopen(self, traveller: Traveller, action: Action) -> None:
        """The last one put aside: called up by hand, or, where it is known, by the code again."""
        desk = self.gate.app.desk
        if traveller["id"] == "t04":
            self.hand.click(self.gate.page.tray.cells[len(self.gate.tray) - 1])
            return
        self.gate.camera.show(self._frames)
        self.hand.until(lambda: desk.state.inspection is not None)
        self.gate.camera.clear()
        self.hand.rest()

    def _change(self, traveller: Traveller, action: Action) -> None:
        panel = self.gate.page.change
        self.hand.key(Qt.Key.Key_F8)
        assert panel.isVisible()
        self.hand.click(panel.outcomes[Outcome(action["outcome"])])
        self.hand.key(Qt.Key.Key_Return)
        assert panel.isVisible()  # no change without a reason
        self.hand.click(panel.reason)
        self.hand.write(action["reason"])

    def _open(self, requirement: Requirement) -> None:
        self.hand.click(self.gate.page.lamps.lamps[requirement])
        assert self.gate.page.popover.isVisible()


def _line(panel: QWidget, name: str) -> QLineEdit:
    found = [each for each in panel.findChildren(QLineEdit) if each.accessibleName() == name]
    assert len(found) == 1, name
    return found[0]
