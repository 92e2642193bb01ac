"""Every text colour on every ground that it stands on reads at 4.5:1, in both themes."""

from __future__ import annotations

import pytest

from checkpoint_app.desk import Tone
from checkpoint_app.ui.theme import (
    COMPACT,
    DARK,
    LIGHT,
    ROOMY,
    TARGET,
    Theme,
    contrast,
    metrics_for,
)

READABLE = 4.5
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
@pytest.mark.parametrize("ground", ["card", "background"])
def test_words_read_on_cards_and_background(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= READABLE


@THEMES
@pytest.mark.parametrize("tone", [Tone.PASS, Tone.ATTENTION, Tone.STOP, Tone.ASK])
def test_status_words_read_on_their_own_ground_and_on_cards(theme: Theme, tone: Tone) -> None:
    sign = theme.sign(tone)
    for ground in (sign.ground, theme.card, theme.background):
        assert contrast(sign.colour, ground) >= READABLE
    assert contrast(theme.ink, sign.ground) >= READABLE


@THEMES
def test_words_read_on_the_accent_and_on_the_bar_of_leaving(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= READABLE
    assert contrast(theme.on_leaving, theme.leaving) >= READABLE
    assert contrast(theme.accent, theme.accent_soft) >= READABLE
    assert contrast(theme.card, theme.ink) >= READABLE  # tool tips


@THEMES
def test_the_ring_of_the_focus_stands_out(theme: Theme) -> None:
    assert contrast(theme.accent, theme.card) >= 3
    assert contrast(theme.accent, theme.background) >= 3


def test_contrast_follows_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_a_large_window_gets_larger_sizes() -> None:
    assert metrics_for(1366, 768) is COMPACT
    assert metrics_for(1920, 1080) is ROOMY
    assert metrics_for(1920, 700) is COMPACT
    assert TARGET >= 44
