"""Whether the province's answer about a shown code is still awaited. Pure.

Where the rules ask for the look-up, nobody goes on by the colour of a screen alone; a lane, where
no hand judges, waits wherever there is a service to ask. Both for a bounded time: then the look-up
has timed out, which is a state of its own and never green.
"""

from __future__ import annotations

from datetime import timedelta

from checkpoint_app.desk.standing import Standing, Surface
from checkpoint_app.domain.credential import Basis
from checkpoint_app.domain.inspection import CodeStatus, HealthCode

BESIDE = timedelta(seconds=1)  # for the way to the service's thread and back


def seen_only(code: HealthCode | None) -> bool:
    """Whether a code is green by its colour and by nothing else."""
    return code is not None and code.status is CodeStatus.GREEN and code.basis is Basis.OBSERVED


def asks_for_answer(standing: Standing, on: Surface) -> bool:
    """Whether a green that was only seen is not enough here."""
    return on.policy.online_first or (on.look_up is not None and standing.lane is not None)


def awaits_answer(standing: Standing, on: Surface) -> bool:
    """Whether an answer about the person at the desk may still come and decides."""
    code = standing.current.health_code if standing.current is not None else None
    asked = code is not None and code.fingerprint is not None
    return asked and seen_only(code) and asks_for_answer(standing, on)


def waited_too_long(standing: Standing, on: Surface) -> bool:
    """Whether the answer is not worth waiting for any longer."""
    code = standing.current.health_code if standing.current is not None else None
    if code is None or code.seen_at is None or not awaits_answer(standing, on):
        return False
    bound = timedelta(seconds=on.settings.online_timeout) + BESIDE
    return not timedelta(0) <= on.now() - code.seen_at < bound
