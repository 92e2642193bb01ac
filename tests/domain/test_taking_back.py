"""Which step of a case may be taken back, by whom, until when, with what reason."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from checkpoint_app.domain.case import Event, Refusal
from checkpoint_app.domain.taking_back import (
    TAKEN_BACK,
    Done,
    TakingBack,
    needs_reason,
    refusal,
)

AT = datetime(2022, 3, 14, 3, 8, tzinfo=timezone(timedelta(hours=8)))


def done(event=Event.REPORTED, *, is_last=True):
    return Done(event, "王芳", AT, is_last)


@pytest.mark.parametrize("event", Event)
def test_what_was_done_by_hand_may_be_taken_back(event):
    refused = refusal(done(event), TakingBack("王芳"), AT)
    assert refused is (None if event in TAKEN_BACK else Refusal.NOT_LAST)


def test_a_verdict_news_and_a_printed_slip_may_not():
    never = {Event.FOUND, Event.CORRECTED, Event.NEWS, Event.SLIP, Event.TAKEN_BACK}
    assert set(Event) - TAKEN_BACK == never


@pytest.mark.parametrize(
    ("taking", "minutes", "refused"),
    [
        (TakingBack("王芳"), 0, None),
        (TakingBack("王芳"), 10, None),
        (TakingBack("王芳"), 11, Refusal.REASON_NEEDED),
        (TakingBack("王芳", reason="  "), 11, Refusal.REASON_NEEDED),
        (TakingBack("王芳", reason="报错单位"), 3000, None),
        (TakingBack("张伟"), 1, Refusal.NOT_YOURS),
        (TakingBack("张伟", reason="报错单位"), 1, Refusal.NOT_YOURS),
        (TakingBack("张伟", officer=True), 1, Refusal.REASON_NEEDED),
        (TakingBack("张伟", officer=True, reason="报错单位"), 3000, None),
    ],
)
def test_by_whom_and_until_when(taking, minutes, refused):
    now = AT + timedelta(minutes=minutes)
    assert refusal(done(), taking, now) is refused
    asked = needs_reason(done(), taking.operator, now)
    assert asked is (taking.operator != "王芳" or minutes > 10)


def test_only_the_last_step():
    assert refusal(done(is_last=False), TakingBack("王芳"), AT) is Refusal.NOT_LAST
