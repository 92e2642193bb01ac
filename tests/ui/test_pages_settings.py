"""Settings: every change holds at once, what is wrong is said in its place."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import entries
from checkpoint_app.store.station import Station, StoreFault
from checkpoint_app.ui.pages.settings.devices import DevicesGroup
from checkpoint_app.ui.pages.settings.duty import DutyGroup
from checkpoint_app.ui.pages.settings.keeping import KeepingGroup
from checkpoint_app.ui.pages.settings.online import OnlineGroup
from checkpoint_app.ui.pages.settings.operators import OperatorsGroup
from checkpoint_app.ui.pages.settings.page import NAMES
from checkpoint_app.ui.pages.settings.protection import ProtectionGroup
from checkpoint_app.ui.pages.settings.simple import StationGroup
from checkpoint_app.ui.pages.settings.trust import TrustGroup
from tests.ui.room import NAMES as PEOPLE
from tests.ui.room import PIN, Room

G = TypeVar("G")


@pytest.fixture
def room(room: Room) -> Room:
    room.window.show_page("settings")
    return room


def group(room: Room, name: str, kind: type[G]) -> G:
    room.pages.settings.open(name)
    found = room.pages.settings.groups[name]
    assert isinstance(found, kind)
    return found


def test_no_group_is_wider_than_the_window(qtbot: QtBot, room: Room) -> None:
    for name in NAMES:
        room.pages.settings.open(name)
        inside = room.pages.settings.groups[name]
        assert inside.width() <= room.window.pages.width() - 200, name
        assert inside.minimumSizeHint().width() <= inside.width(), name


def test_the_arrows_walk_through_the_groups(qtbot: QtBot, room: Room) -> None:
    page = room.pages.settings
    page.setFocus()
    qtbot.keyClick(page.buttons["station"], Qt.Key.Key_Down)
    assert page.current == "sheets"


def test_a_typed_name_holds_when_the_fingers_rest(qtbot: QtBot, room: Room) -> None:
    station = group(room, "station", StationGroup)
    station.name.edit.selectAll()
    station.name.edit.insert("South gate")
    qtbot.waitUntil(lambda: room.settings.site_name == "South gate", timeout=3000)


def test_opening_hours_of_each_weekday_and_of_all(room: Room) -> None:
    duty = group(room, "duty", DutyGroup)
    every, monday, saturday = duty.days[0], duty.days[1], duty.days[6]
    assert [each.edit.text() for each in duty.days] == ["00:00-24:00"] * 8
    for row, text in ((every, "7:00-18:30"), (saturday, ""), (monday, "25:00")):
        row.edit.setText(text)
        row.commit()
    assert room.settings.opening_hours == ",".join(["07:00-18:30"] * 5 + ["closed", "07:00-18:30"])
    assert monday.note.isVisible()
    assert (every.edit.text(), saturday.edit.text()) == ("", "closed")


def test_what_is_wrong_is_said_in_its_place_and_does_not_hold(room: Room) -> None:
    station = group(room, "station", StationGroup)
    station.county.edit.setText("9")
    station.county.commit()
    assert station.county.note.text() == "A county code has 6 digits, for example 410326"
    assert station.county.note.isVisible()
    assert room.settings.county_code == "410326"
    station.county.edit.setText("410122")
    station.county.commit()
    assert not station.county.note.isVisible()
    assert room.settings.county_code == "410122"


def test_language_changes_every_word_at_once(room: Room) -> None:
    room.pages.settings.change(language="zh_CN")
    assert room.pages.settings.buttons["trust"].text() == "信任名单"
    room.pages.settings.change(language="en")
    assert room.pages.settings.buttons["trust"].text() == "Trust lists"


# -- devices


def test_a_thermometer_is_tried_where_it_is_set(qtbot: QtBot, room: Room) -> None:
    devices = group(room, "devices", DevicesGroup)
    with socket.create_server(("127.0.0.1", 0)) as server:
        room.pages.settings.change(thermometer_port=f"socket://127.0.0.1:{server.getsockname()[1]}")
        with qtbot.waitSignal(room.pages.testing):
            devices.try_button.click()
        line, _ = server.accept()
        with line:

            def tells(sent: bytes, said: str) -> bool:
                line.sendall(sent)  # again and again: what comes while a port opens is dropped
                return said in devices.heard.text()

            qtbot.waitUntil(lambda: tells(b"T=36.7 C\r\n", "36.7 ℃"), timeout=5000)
            qtbot.waitUntil(lambda: tells(b"battery low\r\n", "no temperature"), timeout=5000)
            with qtbot.waitSignal(room.pages.testing):
                room.pages.settings.open("display")
    assert not devices.try_button.isChecked()


def test_trying_needs_a_port(room: Room) -> None:
    devices = group(room, "devices", DevicesGroup)
    devices.try_button.click()
    assert devices.heard.text() == "Type the port first"
    assert not devices.try_button.isChecked()


def test_the_source_of_the_picture_is_chosen(room: Room) -> None:
    devices = group(room, "devices", DevicesGroup)
    devices.source.activated.emit(1)
    assert room.settings.camera == "demo"
    devices.address.edit.setText("rtsp://10.0.0.7/live")
    devices.address.commit()
    assert room.settings.camera == "rtsp://10.0.0.7/live"
    assert devices.source.currentData() == "address"


# -- trust lists


def test_trust_files_are_taken_and_refused_by_name(room: Room, tmp_path: Path) -> None:
    trust = group(room, "trust", TrustGroup)
    assert "Nothing imported yet" in trust.answer.text()
    good = sorted(Path("resources/demo/trust").iterdir())[0]
    bad = tmp_path / "photo.jpg"
    bad.write_bytes(b"\xff\xd8")
    told: list[bool] = []
    room.pages.trust_changed.connect(lambda: told.append(True))
    trust.import_files([good, bad, tmp_path / "gone.json"])
    assert trust.model.rowCount() == 1
    assert "1 file taken, 1 entry" in trust.answer.text()
    assert "Refused: photo.jpg. " in trust.answer.text()
    assert "Refused: gone.json. The file cannot be read" in trust.answer.text()
    assert told


# -- protection


def test_a_passphrase_guards_and_the_recovery_key_is_seen_once(
    qtbot: QtBot, room: Room, tmp_path: Path
) -> None:
    guard = group(room, "protection", ProtectionGroup)
    assert "not yet protected" in guard.state.text()
    guard.passphrase.setText("short")
    assert guard.hint.text() == "At least 8 characters"
    guard.passphrase.setText("north gate 2026")
    guard.again.setText("north gate 2027")
    guard.protect()
    assert guard.answer.text() == "The two passphrases are not the same"
    guard.again.setText("north gate 2026")
    with qtbot.waitSignal(room.pages.trust_changed):
        guard.protect()
    recovery = guard.key.text()
    assert guard.key.isVisible()
    assert guard.key.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    guard.print_key()
    qtbot.waitUntil(lambda: bool(room.printer.jobs))
    assert room.printer.jobs[0].pdf.startswith(b"%PDF")
    room.pages.settings.open("display")
    assert guard.key.text() == ""
    room.station.close()
    with pytest.raises(StoreFault, match="passphrase_needed"):
        Station.open(tmp_path / "station", now=room.now())
    Station.open(tmp_path / "station", passphrase=recovery, now=room.now()).close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", entries.Strength.TOO_SHORT),
        ("aaaaaaaaaaaa", entries.Strength.WEAK),
        ("12121212", entries.Strength.WEAK),
        ("northgate", entries.Strength.WEAK),
        ("northgate2026", entries.Strength.FAIR),
        ("North gate, 2026!", entries.Strength.STRONG),
        ("卡点二十四小时值班记录口令", entries.Strength.FAIR),
    ],
)
def test_strength(text: str, expected: entries.Strength) -> None:
    assert entries.strength(text) is expected


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (
            entries.county_code,
            ("", "410326"),
            ("41032", "4103260", "000000", "４１０３２６", "990000"),
        ),
        (entries.time_of_day, ("00:00", "17:00"), ("", "24:00", "7:00", "17", "17:00:00")),
        (
            entries.http_address,
            ("", "https://code.example/api"),
            ("example", "ftp://x", "http://", "http://["),
        ),
        (entries.pattern, (r"(?P<celsius>\d\d\.\d)",), ("(", r"\d\d", "")),
        (entries.site_name, ("Gate",), ("", " ")),
    ],
)
def test_entries(
    check: Callable[[str], str | None], good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    assert [check(text) for text in good] == [None] * len(good)
    assert all(check(text) for text in bad)


# -- operators


def press(qtbot: QtBot, room: Room, name: str) -> None:
    def found() -> list[QPushButton]:
        every = room.pages.settings.findChildren(QPushButton)
        return [each for each in every if each.accessibleName() == name and each.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def test_somebody_is_added_and_can_sign_in(room: Room) -> None:
    people = group(room, "operators", OperatorsGroup)
    people.name.setText("Sun Li")
    people.pin.setText("12")
    people.add()
    assert people.added.text() == "A PIN has at least 4 digits"
    people.pin.setText("2580")
    people.add()
    assert people.added.text() == "Sun Li can sign in now"
    names = [each.name for each in room.station.operators()]
    assert "Sun Li" in names
    people.name.setText("Sun Li")
    people.pin.setText("2580")
    people.add()
    assert people.added.text() == "This name is already taken"


def test_a_new_pin_and_retiring(qtbot: QtBot, room: Room) -> None:
    people = group(room, "operators", OperatorsGroup)
    press(qtbot, room, f"New PIN: {PEOPLE[1]}")
    people.new_pin.setText("8642")
    people.renew()
    assert people.answer.text() == f"{PEOPLE[1]} has a new PIN"
    who = next(each for each in room.station.operators() if each.name == PEOPLE[1])
    assert room.station.check_pin(who.id, "8642", room.now())
    press(qtbot, room, f"Retire: {PEOPLE[1]}")
    press(qtbot, room, f"Retire: {PEOPLE[2]}")
    press(qtbot, room, f"Retire: {PEOPLE[0]}")
    assert people.answer.text() == "The last person who can sign in stays"
    room.pages.lock()
    assert [each.caption for each in room.pages.sign_in.buttons] == [PEOPLE[0]]


def test_typed_pins_do_not_stay(room: Room) -> None:
    people = group(room, "operators", OperatorsGroup)
    people.pin.setText(PIN)
    room.pages.settings.open("station")
    assert people.pin.text() == ""


# -- keeping


def test_a_backup_is_written_and_remembered(room: Room, tmp_path: Path) -> None:
    keeping = group(room, "keeping", KeepingGroup)
    assert keeping.last.text() == "No backup was written from here yet"
    keeping.back_up(tmp_path / "usb")
    assert keeping.written.text().startswith("Written: ")
    assert keeping.last.text().startswith("Last backup: 03:12, ")
    assert len(list((tmp_path / "usb").iterdir())) == 1


def test_a_backup_that_fails_is_told(room: Room, tmp_path: Path) -> None:
    keeping = group(room, "keeping", KeepingGroup)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    keeping.back_up(blocked)
    assert keeping.written.text()
    assert not keeping.written.text().startswith("Written")
    assert keeping.backup_button.isEnabled()


def test_the_records_are_checked(room: Room) -> None:
    room.travellers()
    keeping = group(room, "keeping", KeepingGroup)
    keeping.check()
    assert "nothing changed" in keeping.checked.text()
    assert keeping.check_button.isEnabled()
    assert not keeping.checking.isVisible()


def test_nothing_is_said_in_markup(room: Room) -> None:
    for each in room.pages.settings.findChildren(QLabel):
        assert each.textFormat() == Qt.TextFormat.PlainText or not each.text(), each.text()


def test_the_officer_in_charge_declares_the_line_down(qtbot: QtBot, room: Room) -> None:
    online = group(room, "online", OnlineGroup)
    assert online.owed.text() == "Nothing is owed"
    with qtbot.waitSignal(online.declared):
        online.down.click()
    declared = room.station.offline.declared()
    assert declared is not None
    assert declared.officer in online.answer.text()
    guard = room.station.add_operator("赵", "2468", "operator")
    room.pages.sign_in.signed_in.emit(guard)
    online.down.click()
    assert online.answer.text() == "This is for the officer in charge"
    assert online.down.isChecked()
    assert room.station.offline.declared() == declared


def test_what_is_still_owed_is_listed(room: Room) -> None:
    room.desk.set_field("plate", "豫A88888")
    room.desk.let_emergency_through()
    online = group(room, "online", OnlineGroup)
    assert "豫A88888" in online.owed.text()
    assert "11-24 03:12" in online.owed.text()
