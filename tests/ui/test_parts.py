"""The parts of the desk by themselves: clocks, the day's model, outlines, words of the camera."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.desk import Outline, Tone
from checkpoint_app.devices.ports import Condition, DeviceState
from checkpoint_app.domain.person import Person
from checkpoint_app.i18n import translator
from checkpoint_app.resources import resource
from checkpoint_app.ui.desk_page import faces
from checkpoint_app.ui.desk_page.day_list import DayModel
from checkpoint_app.ui.desk_page.live_picture import LivePicture, follow
from checkpoint_app.ui.desk_page.picture_place import PicturePlace, camera_words
from checkpoint_app.ui.desk_page.source_chooser import SourceChooser
from checkpoint_app.ui.desk_page.tray import clock, waiting
from checkpoint_app.ui.icons import icon
from checkpoint_app.ui.look import Look
from checkpoint_app.ui.paint import width_of
from checkpoint_app.ui.theme import DARK
from tests.ui.scenes import NOW, Night

NIGHT = Night()
CHINESE = translator("zh_CN")
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


# ---- clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (35, "0:35"), (760.9, "12:40"), (3725, "1:02:05"), (-30, "0:30")],
)
def test_a_clock_reads_as_on_a_wall(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_a_retest_counts_down_then_is_due() -> None:
    item = replace(NIGHT.tray()[0], due_at=NOW + timedelta(seconds=130))
    assert waiting(item, NOW, CHINESE) == ("还有 2:10", False)
    assert waiting(item, NOW + timedelta(seconds=160), CHINESE) == ("已到时 +0:30", True)


def test_a_hold_counts_up_and_never_below_nought() -> None:
    item = replace(NIGHT.tray()[1], parked_at=NOW)
    assert waiting(item, NOW + timedelta(seconds=65), CHINESE) == ("已等 1:05", False)
    assert waiting(item, NOW - timedelta(hours=1), CHINESE, short=True) == ("0:00", False)


def test_figures_have_one_width(qtbot: QtBot) -> None:
    widths = {width_of(digit * 8, 14) for digit in "0123456789"}
    assert len(widths) == 1


# ---- the day ------------------------------------------------------------------------------------


def test_the_days_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = DayModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    lines = NIGHT.lines()
    for shown in (lines[1:], lines, lines[:1], (), lines, (replace(lines[0], saving=True),)):
        model.show_lines(shown)
        assert model.rowCount() == len(shown)


def test_one_more_line_is_told_as_one_more_line(qtbot: QtBot) -> None:
    model = DayModel()
    lines = NIGHT.lines()
    model.show_lines(lines[1:])
    with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.show_lines(lines)
    with qtbot.assertNotEmitted(model.dataChanged):
        model.show_lines(lines)


# ---- the picture --------------------------------------------------------------------------------


def test_an_outline_moves_smoothly_to_where_its_code_is_now() -> None:
    moved = tuple((x + 4, y) for x, y in SQUARE)
    far = tuple((x + 400, y) for x, y in SQUARE)
    first = follow((), (Outline(SQUARE, Tone.PASS),), 0.0)
    same, new = follow(first, (Outline(moved, Tone.PASS), Outline(far, Tone.STOP)), 0.1)
    assert (same.shown, new.shown) == (SQUARE, far)
    assert 0 < same.step().shown[0][0] < 4


def test_outlines_fade_when_the_code_is_gone(qtbot: QtBot) -> None:
    at = [0.0]
    picture = LivePicture(Look(), now=lambda: at[0])
    qtbot.addWidget(picture)
    image = QImage(470, 264, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    picture.resize(470, 264)
    picture.show_outlines((Outline(((80, 60), (380, 60), (380, 200), (80, 200)), Tone.PASS),))
    picture.show_image(image, QSize(470, 264))
    with_outline = picture.grab().toImage()
    at[0] = 5.0
    picture.show_image(image, QSize(470, 264))
    assert picture.grab().toImage() != with_outline


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeviceState(Condition.READY, label="摄像头 1"), "摄像头 1 · 30 帧/秒"),
        (DeviceState(Condition.LOST, tries=3), "摄像头断开，正在重连（第 3 次）"),
        (DeviceState(Condition.STARTING, label="摄像头 1"), "摄像头 1 正在启动…"),
        (DeviceState(Condition.OFF), ""),
        (DeviceState(Condition.ENDED, label="a.mp4"), "a.mp4：已放完"),
        (DeviceState(Condition.ENDED, fault="source_gone", label="a.mp4"), "画面来源打不开"),
        (DeviceState(Condition.LOST, 2, "no_camera", "0"), "没有找到摄像头"),
        (DeviceState(Condition.READY, label="0"), "摄像头 1 · 30 帧/秒"),
        (DeviceState(Condition.READY, label="demo"), "演示画面 · 30 帧/秒"),
    ],
)
def test_the_camera_says_what_it_does(state: DeviceState, words: str) -> None:
    assert camera_words(state, 29.7, CHINESE) == words


def test_a_source_that_was_never_there_says_so_and_offers_others_until_it_comes(
    qtbot: QtBot,
) -> None:
    place = PicturePlace(Look())
    qtbot.addWidget(place)
    for tries in (1, 2):
        place.show_camera(DeviceState(Condition.LOST, tries, "no_camera", "0"), 0.0)
        assert place.chooser.isVisibleTo(place)
        assert place.chooser.problem == "没有找到摄像头"
    place.show_camera(DeviceState(Condition.READY, label="0"), 30.0)
    assert place.live.isVisibleTo(place)
    place.show_camera(DeviceState(Condition.LOST, 1, "camera_gone", "0"), 0.0)
    assert place.live.isVisibleTo(place)
    place.show_camera(DeviceState(Condition.ENDED, fault="source_gone", label="a.mp4"), 0.0)
    assert place.chooser.problem == camera_words(
        DeviceState(Condition.ENDED, fault="source_gone", label="a.mp4"), 0.0, CHINESE
    )
    assert place.chooser.isVisibleTo(place)


@pytest.mark.parametrize("size", [(470, 262), (463, 264), (480, 200)])
def test_no_column_beside_the_picture_is_left_unpainted(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    picture = LivePicture(Look(DARK))
    qtbot.addWidget(picture)
    picture.resize(470, 264)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    picture.show_image(image, QSize(*size))
    taken = QImage(470, 264, QImage.Format.Format_RGB32)
    taken.fill(Qt.GlobalColor.white)
    picture.render(taken, QPoint(), QRegion(), QWidget.RenderFlag(0))
    edges = [(x, y) for x in (0, 1, 468, 469) for y in range(264)]
    edges += [(x, y) for x in range(470) for y in (0, 1, 262, 263)]
    assert max(taken.pixelColor(x, y).lightness() for x, y in edges) < 100


def test_without_a_camera_the_sources_are_offered_in_the_pictures_place(qtbot: QtBot) -> None:
    place = PicturePlace(Look())
    qtbot.addWidget(place)
    assert place.chooser.isVisibleTo(place)
    place.show_camera(DeviceState(Condition.READY), 30.0)
    assert place.live.isVisibleTo(place)
    place.choose_again()
    assert place.chooser.isVisibleTo(place)
    with qtbot.waitSignal(place.chosen) as chosen:
        place.chooser.buttons["demo"].click()
    assert chosen.args == ["demo"]
    assert place.live.isVisibleTo(place)


def test_an_address_is_a_source(qtbot: QtBot) -> None:
    chooser = SourceChooser(Look())
    qtbot.addWidget(chooser)
    with qtbot.assertNotEmitted(chooser.chosen):
        QTest.keyClick(chooser.address, Qt.Key.Key_Return)
    chooser.address.setText(" rtsp://10.0.0.7/1 ")
    with qtbot.waitSignal(chooser.chosen) as chosen:
        QTest.keyClick(chooser.address, Qt.Key.Key_Return)
    assert chosen.args == ["rtsp://10.0.0.7/1"]


# ---- faces --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "tag", "tone"),
    [
        ("410103197611238839", "✓ 校验位", Tone.PASS),
        ("410103197611238836", "校验位不符", Tone.ATTENTION),
        ("4101031976112388", "位数不对", Tone.ATTENTION),
        ("410103197613458839", "出生日期不对", Tone.ATTENTION),
    ],
)
def test_a_number_tells_whether_it_holds_together(number: str, tag: str, tone: Tone) -> None:
    inspection = NIGHT.person()
    state = replace(NIGHT.star(), inspection=replace(inspection, person=Person(id_number=number)))
    view = faces.field_views(state, NOW.date(), CHINESE)["id_number"]
    assert (view.text, view.tag, view.tone) == (number, tag, tone)


def test_after_a_retest_the_first_reading_stays_in_sight() -> None:
    assert faces.figure(NIGHT.stop()) == "37.6"
    assert faces.figure_tone(NIGHT.stop()) is Tone.ATTENTION
    assert faces.earlier_readings(NIGHT.stop()) == "37.8 ℃ 03:12"
    assert faces.figure(NIGHT.star()) == "36."
    assert faces.figure(NIGHT.idle()) == ""


def test_every_icon_can_be_drawn(qtbot: QtBot) -> None:
    for file in sorted(Path(resource("icons")).glob("*.svg")):
        assert not icon(file.stem, 24, "#15242B", 2.0).isNull()
    with pytest.raises(FileNotFoundError):
        icon("nothing", 24, "#15242B")
