"""The editor of the rules: edits are tried at once, hold when saved, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.inspection import CodeStatus, Outcome, Requirement
from checkpoint_app.domain.policy_data import OUTCOMES
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.hub import handing
from checkpoint_app.shipped_rules import shipped
from checkpoint_app.store.hub_lists import HeldList
from checkpoint_app.ui.pages.settings.rules import RulesGroup
from tests.ui.room import NAMES, Room


@pytest.fixture
def room(room: Room) -> Room:
    room.window.show_page("settings")
    return room


@pytest.fixture
def rules(room: Room) -> RulesGroup:
    room.pages.settings.open("rules")
    found = room.pages.settings.groups["rules"]
    assert isinstance(found, RulesGroup)
    return found


def becomes(rules: RulesGroup, title: str) -> Outcome:
    return next(each.outcome for each in rules.panel.lines if each.title == title)


def changed(rules: RulesGroup) -> list[str]:
    return [each.title for each in rules.panel.lines if each.before is not None]


def test_an_edit_is_tried_at_once_and_holds_when_saved(room: Room, rules: RulesGroup) -> None:
    assert becomes(rules, "37.3 ℃ at the first reading") is Outcome.RETEST
    assert not rules.save_button.isEnabled()
    rules.steppers["fever_threshold_c"].more.click()
    assert becomes(rules, "37.3 ℃ at the first reading") is Outcome.PASS
    assert changed(rules) == ["37.3 ℃ at the first reading"]
    assert room.station.policies.current("road") is None
    spy = QSignalSpy(room.pages.settings.trust_changed)
    rules.save_button.click()
    assert spy.count() == 1
    saved = room.station.policies.current("road")
    assert saved is not None
    assert (saved.version, saved.fever_threshold_c) == ("road-1", 37.4)
    assert room.station.policies.history("road")[0].officer == NAMES[0]
    assert changed(rules) == []
    assert not rules.save_button.isEnabled()


def test_every_figure_and_switch_reaches_the_policy(room: Room, rules: RulesGroup) -> None:
    before = rules.draft.policy
    for stepper in rules.steppers.values():
        stepper.less.click() if stepper.less.isEnabled() else stepper.more.click()
    for switch in rules.switches.values():
        switch.click()
    rules.asked[Requirement.MASK].click()
    rules.counting[CodeStatus.SITE_PASS].click()
    rules.cadence.edit.setText("食堂 72，教职工 168")
    rules.cadence.commit()
    for code, box in rules.outcomes.boxes.items():
        box.activated.emit(int(rules.draft.policy.outcome_of(code) is OUTCOMES[code][0]))
    for row in rules.purposes.rows.values():
        row.edit.setText("产检，接种")
        row.commit()
    rules.save()
    saved = room.station.policies.current("road")
    assert saved is not None
    assert all(saved.outcome_of(code) is not before.outcome_of(code) for code in OUTCOMES)
    for name in SitePolicy.__dataclass_fields__:
        if name not in ("site_kind", "county_code"):
            assert getattr(saved, name) != getattr(before, name), name


def test_edits_are_taken_back_one_by_one(rules: RulesGroup) -> None:
    before = rules.draft.policy
    for _ in range(3):
        rules.steppers["test_valid_hours"].less.click()
    rules.switches["roster_only"].click()
    rules.undo_button.click()
    assert not rules.switches["roster_only"].isChecked()
    assert rules.steppers["test_valid_hours"].value == 45
    rules.undo_button.click()
    assert rules.draft.policy == before
    assert not rules.undo_button.isEnabled()


def test_the_shipped_rules_and_earlier_versions_come_back(room: Room, rules: RulesGroup) -> None:
    for _ in range(2):
        rules.steppers["test_valid_hours"].less.click()
        rules.save()
    assert rules.version.count() == 2
    rules.shipped_button.click()
    assert rules.steppers["test_valid_hours"].value == 48
    rules.save()
    rules.version.activated.emit(1)
    assert rules.steppers["test_valid_hours"].value == 46
    rules.save()
    assert [each.version for each in room.station.policies.history("road")] == [
        "road-4",
        "road-3",
        "road-2",
        "road-1",
    ]


def test_each_kind_of_site_has_rules_of_its_own(room: Room, rules: RulesGroup) -> None:
    rules.kind.setCurrentIndex(rules.kind.findData("school"))
    rules.kind.activated.emit(rules.kind.currentIndex())
    assert becomes(rules, "Not on the roster") is Outcome.TURN_BACK
    rules.switches["roster_only"].click()
    assert becomes(rules, "Not on the roster") is Outcome.PASS
    rules.save()
    assert room.station.policies.current("road") is None
    school = room.station.policies.current("school")
    assert school is not None
    assert not school.roster_only


def test_a_hospital_cannot_be_made_to_turn_people_back(rules: RulesGroup) -> None:
    rules.kind.setCurrentIndex(rules.kind.findData("hospital"))
    rules.kind.activated.emit(rules.kind.currentIndex())
    assert not rules.switches["turns_back"].isEnabled()
    assert becomes(rules, "From a risk area, tested 50 hours ago") is Outcome.HOLD


def test_what_cannot_be_is_said_in_its_place(rules: RulesGroup) -> None:
    for button in rules.counting.values():
        if button.isChecked():
            button.click()
    assert rules.answer.text() == "At least one kind of code must count"
    assert rules.draft.policy.accepted_codes
    rules.cadence.edit.setText("everyone")
    rules.cadence.commit()
    assert rules.cadence.note.text()
    assert rules.draft.policy.test_every == ()


def test_the_officer_in_charge_alone_changes_the_rules(room: Room, rules: RulesGroup) -> None:
    guard = room.station.add_operator("赵", "2468", "operator")
    room.pages.sign_in.signed_in.emit(guard)
    rules.switches["roster_only"].click()
    rules.save()
    assert rules.answer.text() == "This is for the officer in charge"
    assert room.station.policies.current("road") is None


def test_the_keyboard_alone_will_do(qtbot: QtBot, rules: RulesGroup) -> None:
    rules.steppers["test_valid_hours"].less.setFocus()
    qtbot.keyClick(rules.steppers["test_valid_hours"].less, Qt.Key.Key_Space)
    assert rules.draft.policy.test_valid_for.total_seconds() == 47 * 3600
    qtbot.keyClick(rules.undo_button, Qt.Key.Key_Space)
    assert not rules.draft.is_changed
    qtbot.keyClick(rules.switches["list_unvaccinated"], Qt.Key.Key_Space)
    assert rules.draft.policy.list_unvaccinated


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_follows_the_language(rules: RulesGroup, room: Room, language: str) -> None:
    room.look.use(language=language)
    titles = {each.title for each in rules.panel.lines}
    assert ("No itinerary card" in titles) == (language == "en")
    assert rules.undo_button.text() == ("Undo" if language == "en" else "撤销")


def test_the_countys_rules_are_shown_and_only_the_office_changes_them(
    room: Room, rules: RulesGroup
) -> None:
    strict = replace(shipped("road"), fever_threshold_c=37.0)
    held = HeldList("policy", "rows", 1, 4, 1, room.now(), None)
    rows = handing.policy_rows(strict)
    room.station.handed_down.put_policies(held, rows, [strict], room.now())
    rules.opened()
    assert "County's rules, version 1.4" in rules.version.itemText(0)
    assert "the office alone" in rules.answer.text()
    assert becomes(rules, "37.3 ℃ at the first reading") is Outcome.RETEST
    rules.steppers["fever_threshold_c"].more.click()
    assert not rules.save_button.isEnabled()


def test_once_the_office_takes_them_back_the_own_ones_hold(room: Room, rules: RulesGroup) -> None:
    held = HeldList("policy", "rows", 1, 4, 1, room.now(), None)
    strict = replace(shipped("road"), fever_threshold_c=37.0)
    room.station.handed_down.put_policies(held, handing.policy_rows(strict), [strict], room.now())
    room.station.handed_down.put_policies(held, {}, [], room.now())
    rules.opened()
    assert rules.version.itemText(0) == "As shipped"
    assert "road-1" in rules.version.itemText(1)
    rules.steppers["fever_threshold_c"].more.click()
    assert rules.save_button.isEnabled()
