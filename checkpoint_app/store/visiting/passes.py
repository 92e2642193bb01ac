"""Which passes were handed out to whom of the roster; a revoked one is told apart elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from checkpoint_app.store import ledger, tables
from checkpoint_app.store.engine import reading, writing
from checkpoint_app.store.ledger import Draft, Kind
from checkpoint_app.store.moments import micros, moment

_passes = tables.passes


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One pass: its number, whose it is in the roster, how long it counts."""

    pass_id: str
    roster_id: str
    issued_at: datetime
    until: datetime
    operator: str
    revoked: bool = False


class Passes:
    """The passes that this station signed."""

    def __init__(self, engine: Engine, device: str) -> None:
        self._engine, self._device = engine, device

    def hand_out(self, passes: Sequence[HandedOut], now: datetime) -> None:
        """Keep passes just signed, with one record for all of them."""
        said = {
            "passes": [each.pass_id for each in passes],
            "operator": passes[0].operator if passes else "",
        }
        with writing(self._engine) as connection:
            for each in passes:
                row = {
                    "pass_id": each.pass_id,
                    "roster_id": each.roster_id,
                    "issued_us": micros(each.issued_at),
                    "until_us": micros(each.until),
                    "operator": each.operator,
                }
                connection.execute(insert(_passes), row)
            draft = Draft(Kind.PASS_ISSUED, now, ledger.encoded(said))
            ledger.place(connection, self._device, draft)

    def of(self, roster_ids: Iterable[str], now: datetime) -> list[HandedOut]:
        """The passes of these people that have not run out, newest first."""
        wanted = list(roster_ids)
        revoked = tables.revoked_passes
        chosen = (
            select(_passes, revoked.c.pass_id.label("gone"))
            .outerjoin(revoked, revoked.c.pass_id == _passes.c.pass_id)
            .where(_passes.c.roster_id.in_(wanted), _passes.c.until_us > micros(now))
            .order_by(_passes.c.issued_us.desc())
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        return [
            HandedOut(
                row.pass_id,
                row.roster_id,
                moment(row.issued_us).astimezone(now.tzinfo),
                moment(row.until_us).astimezone(now.tzinfo),
                row.operator,
                row.gone is not None,
            )
            for row in rows
        ]

    def drop_expired(self, before: datetime) -> int:
        """Forget passes that ran out long ago; how many there were."""
        with writing(self._engine) as connection:
            gone = delete(_passes).where(_passes.c.until_us < micros(before))
            return connection.execute(gone).rowcount
