"""A part of a night at the desk, and a picture of everything that the manual tells."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt

from checkpoint_app.domain.inspection import CodeStatus, Requirement, TemperatureSource
from checkpoint_app.domain.passage import VehicleUse
from checkpoint_app.store.station import Operator
from tools.screenshots_docs.stage import PIN, Stage

SMALL, LARGE = (1366, 768), (1920, 1080)
PUSHED = (
    "姓名,证件号,电话,来源\n王强,410102199003078432,13800138000,市疾控\n"
    "李梅,410102196003078435,13900139000,市疾控\n赵一鸣,4.10102E+17,,省大数据局\n"
)
VISITOR = {
    "name": "孙立军",
    "phone": "13912345678",
    "unit": "县水务局",
    "host": "教务处 陈主任",
    "purpose": "家长会",
}
JOURNEY = {
    "plate": "豫A12345",
    "origin": "湖北省武汉市",
    "destination": "郑州市金水区",
    "residence": "郑州市金水区文化路 1 号",
    "receiver": "刘建 13800000021",
}


def play(stage: Stage) -> None:
    """The whole of it."""
    beginning(stage)
    story(stage)
    busy(stage)
    duty(stage)
    pages(stage)
    areas(stage)


def beginning(stage: Stage) -> None:
    """First steps, signing in, no camera."""
    words, first = stage.words, stage.app.pages.sign_in.first
    stage.app.start(None)
    stage.size(SMALL)
    stage.until(first.isVisible, "the first steps")
    for edit, text in (
        (first.site, words.site),
        (first.name, words.people[0]),
        (first.pin, PIN),
        (first.again, PIN),
    ):
        stage.write(edit, text)
    stage.keep("first-steps")
    stage.press(first.begin)
    stage.until(lambda: not stage.window.covered, "the desk")
    stage.take_lists()
    stage.use(receiver_name=words.receiver, receiver_phone="0000-1234567")
    stage.app.page.picture.choose_again()
    stage.keep("no-camera")
    added: list[Operator] = []
    for name in words.people[1:]:
        stage.app.office.add_operator(name, PIN, "operator", added.append, print)
    stage.until(lambda: len(added) == len(words.people) - 1, "more operators")
    stage.key(Qt.Key.Key_F12)
    stage.keep("sign-in")
    stage.sign_in()
    stage.press(stage.app.page.picture.chooser.buttons["camera"])
    stage.rest(1500)


def story(stage: Stage) -> None:
    """One after another, as the manual tells them."""
    stage.meet("t01")
    stage.identity("t01")
    stage.itinerary()
    stage.keep("missing")
    stage.meet("t05")
    stage.keep("two-people")
    stage.type("364")
    stage.leave()
    stage.confirm()
    stage.key(Qt.Key.Key_Escape)
    stage.meet("t01")
    stage.keep("duplicate")
    stage.key(Qt.Key.Key_Escape)
    stage.leave()
    for traveller in ("t02", "t08"):
        stage.inspect(traveller, "366", seen=False)
    fever(stage)
    stage.meet("t07")
    stage.identity("t07")
    stage.keep("stop")
    stage.key(Qt.Key.Key_Enter)
    stage.leave()
    no_phone(stage)
    change(stage)


def fever(stage: Stage) -> None:
    """Too warm: to the tray."""
    stage.meet("t15")
    stage.identity("t15")
    stage.itinerary()
    stage.type("379")
    stage.keep("fever")
    stage.type("+")
    stage.leave()


def no_phone(stage: Stage) -> None:
    """A document and a declaration instead."""
    stage.meet("t09")
    stage.press(stage.app.page.lamps.lamps[Requirement.HEALTH_CODE])
    for _ in range(4):  # "no phone" is the fifth
        stage.key(Qt.Key.Key_Right)
    stage.key(Qt.Key.Key_Enter)
    stage.identity("t09")
    stage.itinerary(seen=False)
    stage.type("362")
    stage.keep("no-phone")
    stage.confirm()
    stage.leave()


def change(stage: Stage) -> None:
    """An issuer that nobody knows, let through with a reason."""
    stage.meet("t18")
    stage.itinerary()
    stage.type("365")
    stage.key(Qt.Key.Key_F8)
    panel = stage.app.page.change
    stage.press(list(panel.outcomes.values())[1])
    stage.write(panel.reason, stage.words.reason)
    stage.keep("change")
    stage.press(panel.submit)
    stage.leave()


def busy(stage: Stage) -> None:
    """The desk in the middle of a night, in both sizes and both themes."""
    stage.clock.wait(minutes=1)
    for traveller, digits, seen in (
        ("t11", "364", False),
        ("t17", "366", False),
    ):
        stage.inspect(traveller, digits, seen)
    stage.meet("t19")
    stage.type("-")
    stage.leave()
    stage.meet("t03")
    stage.identity("t03")
    stage.type("*")
    stage.leave()
    stage.clock.wait(seconds=95)
    stage.meet("t20")
    stage.identity("t20")
    for name, text in JOURNEY.items():
        stage.write(stage.app.page.form.fields[name].edit, text)
    stage.app.page.form.commit()
    stage.app.page.go_home()
    stage.itinerary()
    stage.type("365")
    for theme in ("light", "dark"):
        for size in (SMALL, LARGE):
            stage.use(theme=theme)
            stage.size(size)
            stage.keep(f"desk-{theme}-{size[0]}")
    stage.use(theme="light")
    stage.size(SMALL)
    stage.confirm()
    stage.leave()


def duty(stage: Stage) -> None:
    """The shift's own page with some things counted; a problem found."""
    stage.key(Qt.Key.Key_F11)
    page = stage.app.pages.shift
    stage.until(lambda: page.people.own.celsius.hasFocus(), "the own temperature")
    stage.type("364")
    stage.key(Qt.Key.Key_Return)
    stage.type("1122")
    stage.key(Qt.Key.Key_Return)
    stage.until(page.people.own.isHidden, "the own temperature kept")
    for check in (1, 2):
        page.checks.tick(check)
    for field in page.counting.people.values():
        stage.write(field, "1")
    stage.rest(1500)
    stage.keep("shift")
    stage.window.show_page("supervision")
    supervision = stage.app.pages.supervision
    stage.press(supervision.new)
    stage.write(supervision.form.what, stage.words.problem)
    stage.write(supervision.form.responsible, stage.words.people[1])
    stage.press(supervision.form.add)
    stage.until(lambda: supervision.stack.currentIndex() == 0, "the list of problems")
    stage.keep("supervision")


def pages(stage: Stage) -> None:
    """Find, registers, settings, help."""
    stage.key(Qt.Key.Key_F2)
    find = stage.app.pages.find
    stage.write(find.line, stage.words.found)
    find.search()
    stage.until(lambda: find.model.rowCount() > 0, "somebody found")
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_Return)
    stage.keep("find")
    stage.key(Qt.Key.Key_F9)
    register = stage.app.pages.register
    stage.until(lambda: register.pictures.count > 0, "the sheet")
    stage.rest(2500)
    stage.keep("registers")
    stage.key(Qt.Key.Key_F1)
    stage.keep("help")
    stage.use(read_pages=True)
    stage.window.show_page("settings")
    for name in ("devices", "trust"):
        stage.press(stage.app.pages.settings.buttons[name])
        stage.keep(f"settings-{name}")


def areas(stage: Stage) -> None:
    """A picture for each of the later chapters: vehicles, lists, ledger, figures, the office."""
    bus(stage)
    lists(stage)
    app, window = stage.app, stage.window
    window.show_page("ledger")
    stage.until(lambda: bool(app.pages.ledger.shown), "cases")
    stage.key(Qt.Key.Key_Return)
    stage.keep("ledger")
    window.show_page("figures")
    stage.until(lambda: app.pages.figures.picture.drawn, "the chart")
    stage.keep("figures")
    window.show_page("sync")
    stage.keep("sync")
    window.show_page("settings")
    for name in ("rules", "rights"):
        stage.press(app.pages.settings.buttons[name])
        stage.keep(f"settings-{name}")
    visitors(stage)


def bus(stage: Stage) -> None:
    """A bus with three people who go on, and a lorry that is still there."""
    stage.key(Qt.Key.Key_Escape)
    stage.window.show_page("desk")
    desk = stage.desk
    for plate, use, people in (("豫C20260", VehicleUse.BUS, 3), ("豫A12345", VehicleUse.CAR, 1)):
        desk.open_vehicle(plate, use)
        for _ in range(people):
            stage.clock.wait(seconds=4)
            desk.set_health_code(CodeStatus.GREEN)
            desk.pass_itinerary()
            desk.take_reading(36.4, TemperatureSource.SERIAL)
            desk.record_as_seen()
        desk.close_vehicle(anyway=True)
    desk.open_vehicle("沪D5F678", VehicleUse.FREIGHT)
    stage.window.show_page("vehicles")
    stage.rest(800)
    stage.keep("vehicles")
    desk.drop_vehicle()


def lists(stage: Stage) -> None:
    """A pushed list is taken and worked."""
    stage.window.show_page("lists")
    page = stage.app.pages.lists
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "0323.csv")
        file.write_text(PUSHED, "utf-8")
        page.look_at(file)
        stage.until(page.importing.isVisible, "what the file holds")
        stage.rest(800)
        stage.keep("import")
        stage.press(page.importing.take)
        stage.rest(1500)
        stage.key(Qt.Key.Key_Escape)
    stage.until(page.table.isVisible, "the pushed persons")
    page.table.begin()
    stage.key(Qt.Key.Key_2)
    stage.key(Qt.Key.Key_Return)
    stage.rest(800)
    stage.keep("lists")


def visitors(stage: Stage) -> None:
    """The same desk at a school."""
    stage.use(site_kind="school")
    stage.window.show_page("people")
    tab = stage.app.pages.people.visitors
    stage.rest(500)
    for field, text in VISITOR.items():
        stage.write(tab.form.lines[field], text)
    stage.press(tab.register_button)
    stage.rest(2500)
    tab.answer.hide()  # nothing is printed here
    stage.keep("visitors")
