"""Settings: kept, merged over the defaults, and never a reason for a desk that does not open."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.settings import Settings, load, save


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    changed = Settings(site_name="城北卡点", fever_threshold_c=37.5, sound=False)
    save(tmp_path, changed)
    assert load(tmp_path) == (changed, None)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path) == (Settings(), None)


@pytest.mark.parametrize(
    "line",
    [
        "not toml at all",
        "sound = 3",
        'period_starts_at = "25:99"',
        "duplicate_within = nan",
        "retest_after = -5.0",
        "lock_after = inf",
        'sheet_mask = "some"',
        'language = "xx"',
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_the_default_holds(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "settings.toml").write_text(line, "utf-8")
    assert load(tmp_path) == (Settings(), "settings_broken")
