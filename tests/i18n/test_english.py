"""One of a thing is said as one in English; Chinese needs nothing of it."""

from __future__ import annotations

import pytest

from checkpoint_app.i18n import translator


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("{count} cases", {"count": 1}, "1 case"),
        ("{count} cases", {"count": 2}, "2 cases"),
        ("{count} cases", {"count": "1"}, "1 case"),
        ("{count} people", {"count": 0}, "0 people"),
        (
            "{count} people are still unfinished in the tray",
            {"count": 1},
            "1 person is still unfinished in the tray",
        ),
        (
            "{count} persons still wait in the tray",
            {"count": 1},
            "1 person still waits in the tray",
        ),
        ("{taken} rows will be taken, {refused} refused", {"taken": 1, "refused": 1},
         "1 row will be taken, 1 refused"),
        ("{count} cases of this period have not been reported", {"count": 1},
         "1 case of this period has not been reported"),
        ("{pushed} pushed, {late} late", {"pushed": 1, "late": 1}, "1 pushed, 1 late"),
    ],
)  # fmt: skip
def test_counts_of_one(message: str, values: dict[str, object], said: str) -> None:
    assert translator("en")(message, **values) == said


def test_chinese_is_as_it_was() -> None:
    assert translator("zh_CN")("{count} cases", count=1) == "1 件"
