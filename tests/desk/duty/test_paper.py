"""Duty on paper: every sheet says for whom, by whom and when."""

from __future__ import annotations

from uuid import uuid4

from checkpoint_app.desk.duty.paper import (
    Letterhead,
    checks_document,
    hand_over_document,
    problems_document,
)
from checkpoint_app.desk.rights.sheets import Printing
from checkpoint_app.domain.document import Mark
from checkpoint_app.domain.duty.handing import Counted, HandOver
from checkpoint_app.domain.duty.turns import ShiftName
from checkpoint_app.domain.register import Period
from checkpoint_app.i18n import translator
from tests.desk.conftest import START

HEAD = Letterhead("城北卡点", "王芳", START, translator("zh_CN"))


def test_the_watermark_is_whole_on_every_sheet_of_duty() -> None:
    handed = HandOver(
        id=uuid4(), at=START, shift=ShiftName.DAY, shift_to=ShiftName.NIGHT, began_at=START,
        leaving="王芳", coming="李强", outcomes={}, open_cases=0, tray=Counted(0, 0),
        held=Counted(0, 0), stock={},
    )  # fmt: skip
    site = Mark("城北卡点", "王芳", START)
    assert hand_over_document(handed, HEAD).mark == Mark("李强", "王芳", START)
    assert checks_document((), Period(START, START), HEAD).mark == site
    assert problems_document((), START.date(), HEAD).mark == site
    assert Printing("城北卡点", "王芳", START, translator("zh_CN")).mark() == site
