"""Signing in, finding, the register and its closing."""

from __future__ import annotations

from tests.ui.room import Room
from tools.screenshots_pages.scene import Act


def _first(room: Room) -> None:
    room.pages.lock()


def _sign_in(room: Room) -> None:
    room.people()
    room.pages.lock()
    for digit in "12":
        room.pages.sign_in.pad.press(digit)


def _wrong(room: Room) -> None:
    room.people()
    room.pages.lock()
    for _ in range(3):
        for digit in "9999":
            room.pages.sign_in.pad.press(digit)
        room.pages.sign_in.pad.submit()


def _find(room: Room, asked: str = "张") -> None:
    room.enter()
    room.travellers()
    room.window.show_page("find")
    room.pages.find.line.setText(asked)
    room.pages.find.search()


def _empty(room: Room) -> None:
    _find(room, "")


def _record(room: Room) -> None:
    _find(room, "王")
    find = room.pages.find
    find.open_record(find.model.line(0).id)


def _change(room: Room) -> None:
    _record(room)
    room.pages.find.panel.change.click()


def _register(room: Room) -> None:
    room.enter()
    room.travellers(60)
    room.window.show_page("register")


def _whole(room: Room) -> None:
    _register(room)
    choice = room.pages.register.choice
    choice.masking.segment.chosen.emit(1)


def _closing(room: Room) -> None:
    room.enter()
    room.travellers(12)
    room.window.command("close_day")


def _closed(room: Room) -> None:
    _closing(room)
    room.pages.register.closing.begin()


def _keys(room: Room) -> None:
    room.enter()
    room.window.show_page("help")


def _forms(room: Room) -> None:
    _find(room)
    room.pages.find.open_forms()


def _empty_register(room: Room) -> None:
    room.enter()
    room.window.show_page("register")


def _figures(room: Room) -> None:
    room.enter()
    room.travellers(150)
    room.window.show_page("figures")


def _figures_empty(room: Room) -> None:
    room.enter()
    room.window.show_page("figures")


SHOTS: dict[str, Act] = {
    "first": _first,
    "sign_in": _sign_in,
    "wrong_pin": _wrong,
    "find": _find,
    "find_empty": _empty,
    "record": _record,
    "change": _change,
    "forms": _forms,
    "register": _register,
    "register_whole": _whole,
    "register_empty": _empty_register,
    "closing": _closing,
    "closed": _closed,
    "figures": _figures,
    "figures_empty": _figures_empty,
    "help": _keys,
}
