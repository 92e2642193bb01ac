"""Who stands on which of the day's lists."""

from __future__ import annotations

from collections.abc import Callable

from checkpoint_app.domain.inspection import Outcome, RecordedInspection
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.sheet import Order, Sheet

_THROUGH = frozenset({Outcome.PASS, Outcome.REGISTER})
_STILL_ABNORMAL = frozenset(
    {
        Code.RED_CODE,
        Code.YELLOW_CODE,
        Code.POSITIVE_TEST,
        Code.ON_WATCH_LIST,
        Code.MAY_BE_LISTED,
        Code.NOTICED_ELSEWHERE,
        Code.RETURNEE_FROM_ABROAD,
        Code.FEVER_RULED_OUT,
        Code.FEVER_CONFIRMED,
        Code.RISK_AREA_TESTED,
        Code.RISK_AREA_ACCEPTED,
        Code.SYMPTOMS,
        Code.CONTACT_DECLARED,
        Code.FORGED_CODE,
        Code.CODE_OF_ANOTHER,
        Code.COMPANION_STOPPED,
    }
)


def is_abnormal(record: RecordedInspection) -> bool:
    """Whether a record belongs on the abnormal persons' list (异常人员登记表).

    Whoever was stopped, sent back, still to be measured or checked; whoever would have been, had
    no officer changed it; and of those let through, whoever came from a risk area, had a fever that
    the retest ruled out, or passed as an emergency with something grave. Not those written down
    for no phone, an overdue test or a missing vaccination: they have lists of their own.
    """
    if record.outcome not in _THROUGH or record.verdict.outcome not in _THROUGH:
        return True
    return any(reason.code in _STILL_ABNORMAL for reason in record.verdict.reasons)


_FEVERISH = frozenset(
    {
        Code.FEVER_CONFIRMED,
        Code.FEVER_UNCONFIRMED,
        Code.FEVER_RULED_OUT,
        Code.TEMPERATURE_OUT_OF_RANGE,
    }
)
_FROM_RISK_AREAS = frozenset(
    {
        Code.RISK_AREA_TESTED,
        Code.RISK_AREA_ACCEPTED,
        Code.RISK_AREA_NOT_LOCAL,
        Code.RISK_AREA_LOCAL_NOT_ACCEPTED,
    }
)


def _gave(record: RecordedInspection, codes: frozenset[Code]) -> bool:
    return any(reason.code in codes for reason in record.verdict.reasons)


def _feverish(record: RecordedInspection, order: Order) -> bool:
    readings = record.inspection.temperatures
    return _gave(record, _FEVERISH) or any(e.celsius >= order.fever_from for e in readings)


def _unvaccinated(record: RecordedInspection, order: Order) -> bool:
    given, why = record.inspection.vaccination, record.inspection.unvaccinated
    told = why is not None if given is None else given.doses == 0
    return told or _gave(record, frozenset({Code.UNVACCINATED}))


def _visiting(record: RecordedInspection, order: Order) -> bool:
    """Who said what they come for or to whom, or does not stand on the roster."""
    journey = record.inspection.journey
    stranger = _gave(record, frozenset({Code.NOT_ON_ROSTER}))
    return stranger or bool(journey.purpose or journey.receiver)


_STANDS_ON: dict[Sheet, Callable[[RecordedInspection, Order], bool]] = {
    Sheet.DAILY: lambda record, order: True,
    Sheet.ABNORMAL: lambda record, order: is_abnormal(record),
    Sheet.TEMPERATURES: _feverish,
    Sheet.UNVACCINATED: _unvaccinated,
    Sheet.TURNED_BACK: lambda record, order: record.outcome is Outcome.TURN_BACK,
    Sheet.VISITORS: _visiting,
    Sheet.RISK_CONTACTS: lambda record, order: _gave(record, _FROM_RISK_AREAS),
    Sheet.OVERDUE_TESTS: lambda record, order: _gave(record, frozenset({Code.TEST_OVERDUE})),
}


def stands_on(sheet: Sheet, record: RecordedInspection, order: Order) -> bool:
    """Whether a record belongs on a list of inspections."""
    return _STANDS_ON[sheet](record, order)
