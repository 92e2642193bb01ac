"""What a province's verification service changes about a shown code. Pure."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.desk.evidence import STICKY
from checkpoint_app.devices.ports import OnlineAnswer
from checkpoint_app.domain.credential import Basis
from checkpoint_app.domain.inspection import CodeStatus, HealthCode

_STATUSES = {
    status.value: status
    for status in (
        CodeStatus.GREEN,
        CodeStatus.YELLOW,
        CodeStatus.RED,
        CodeStatus.EXPIRED,
        CodeStatus.NOT_FOUND,
        CodeStatus.FAILED,
        CodeStatus.TIMED_OUT,
    )
}
_NO_ANSWER = frozenset({CodeStatus.FAILED, CodeStatus.TIMED_OUT})


def answered(code: HealthCode, answer: OnlineAnswer) -> HealthCode:
    """The code with the service's answer. A bad colour seen is never talked away by no answer,
    and what was seen stays beside it."""
    status = _STATUSES.get(answer.status, CodeStatus.FAILED)
    if status in _NO_ANSWER:
        if code.status in STICKY:
            return code
        return replace(code, status=status, seen=code.seen or code.status)
    return replace(code, status=status, basis=Basis.ONLINE)
