"""Of whom the hub tells all stations: open cases of the last day that began with somebody who ran
the gate or would not be checked, or who went through and must be called back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from checkpoint_app.domain.case import Stage
from checkpoint_app.domain.masking import Mask, mask_name
from checkpoint_app.domain.notice import KIND_OF, LASTS, NoticeKind
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.store import county, notices, tables
from checkpoint_app.store.moments import micros

_cases, _runners, _shown = tables.cases, tables.runners, tables.inspections
_LASTS_US = int(LASTS.total_seconds() * 1_000_000)


def rows(connection: Connection, token_key: bytes, now: datetime) -> dict[str, bytes]:
    """The notices of now, by case."""
    found = (_row(each, token_key) for each in _open(connection, now))
    return {key: notices.encoded(row) for key, row in found if row is not None}


def _open(connection: Connection, now: datetime) -> Iterator[Any]:
    names = tables.hub_devices
    asked = (
        select(
            _cases,
            names.c.name.label("station"),
            _runners.c.plate.label("ran_with"),
            _runners.c.void.label("pressed_wrong"),
            _shown.c.id_number,
            _shown.c.phone.label("shown_phone"),
            _shown.c.plate.label("shown_plate"),
        )
        .join(names, names.c.device == _cases.c.device)
        .outerjoin(_runners, _runners.c.case_id == _cases.c.id)
        .outerjoin(_shown, _shown.c.id == _cases.c.inspection_id)
        .where(_cases.c.since_us > micros(now) - _LASTS_US, _cases.c.void.is_(False))
        .where(_cases.c.stage != Stage.CLOSED.value)
        .where(or_(_cases.c.recall, _cases.c.why.in_([each.value for each in KIND_OF])))
    )
    yield from connection.execute(asked)


def _row(case: Any, token_key: bytes) -> tuple[str, notices.Row | None]:
    texts = notices.texts_of(case.id_number, case.phone or case.shown_phone)
    plate = tidy_plate(case.ran_with or case.plate or case.shown_plate) or ""
    if case.pressed_wrong or not (plate or texts):
        return str(case.id), None
    kinds = {code.value: kind for code, kind in KIND_OF.items()}
    return str(case.id), notices.Row(
        kind=kinds.get(case.why, NoticeKind.RECALL).value,
        at_us=case.opened_us,
        until_us=case.since_us + _LASTS_US,
        device=case.device,
        station=case.station,
        plate=plate,
        name=mask_name(case.name, Mask.PARTIAL) if case.name else "",
        why=case.why or "",
        tokens=tuple(sorted(county.token_of(token_key, text) for text in texts)),
    )
