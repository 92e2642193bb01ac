"""Saved rules and 断网模式 reach the desk of the running program, at once and after a new start."""

from __future__ import annotations

from checkpoint_app.ui.pages.settings.online import OnlineGroup
from checkpoint_app.ui.pages.settings.rules import RulesGroup
from tests.shift.conftest import OpenGate
from tests.shift.gate import Gate


def chips_of(gate: Gate) -> list[str]:
    return [each.code for each in gate.app.desk.state.chips]


def test_saved_rules_hold_at_once_and_after_a_start(open_gate: OpenGate) -> None:
    gate = open_gate()
    gate.set_up()
    settings = gate.app.pages.settings
    settings.open("rules")
    rules = settings.groups["rules"]
    assert isinstance(rules, RulesGroup)
    gate.app.settle()
    rules.steppers["test_valid_hours"].less.click()
    rules.save_button.click()
    gate.hand.until(lambda: gate.app.policy.version == "road-1")
    assert gate.app.policy.test_valid_for.total_seconds() == 47 * 3600
    gate.close()
    again = open_gate()
    again.hand.until(lambda: again.app.policy.version == "road-1")


def test_the_desk_says_that_the_line_is_declared_down(open_gate: OpenGate) -> None:
    gate = open_gate()
    gate.set_up()
    assert "offline" not in chips_of(gate)
    gate.app.pages.settings.open("online")
    online = gate.app.pages.settings.groups["online"]
    assert isinstance(online, OnlineGroup)
    online.down.click()
    gate.hand.until(lambda: "offline" in chips_of(gate))
    gate.close()
    again = open_gate()
    again.hand.until(lambda: "offline" in chips_of(again))
