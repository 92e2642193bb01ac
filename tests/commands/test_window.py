"""Whether there is a display to open a window on."""

from __future__ import annotations

import pytest

from checkpoint_app.commands.window import answers, has_display


@pytest.mark.parametrize("display", ["", ":981", ":981.0", "unix:981"])
def test_a_display_that_is_gone_is_none(display: str) -> None:
    assert not answers(display)


def test_a_display_of_another_machine_is_believed() -> None:
    assert answers("desk.example:0")


def test_the_variable_alone_opens_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":981")
    monkeypatch.setattr("sys.platform", "linux")
    assert not has_display()
