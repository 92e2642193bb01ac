"""Cases: stages and steps, the records of each, pictures attached.

The table of cases is made anew, since a case may now stand without an inspection; what stood there
is carried over, and the records of each case are found again in the ledger.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "base_0002"
down_revision = "base_0001"
branch_labels = None
depends_on = None

_OLD = sa.table(
    "cases",
    sa.column("id", sa.Uuid()),
    sa.column("inspection_id", sa.Uuid()),
    sa.column("opened_us", sa.BigInteger()),
    sa.column("offset_s", sa.Integer()),
    sa.column("outcome", sa.String()),
    sa.column("last_event", sa.String()),
)
_RECORDS = sa.table(
    "records",
    sa.column("id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("device", sa.String()),
    sa.column("epoch", sa.Integer()),
    sa.column("seq", sa.BigInteger()),
    sa.column("plain", sa.LargeBinary()),
)


def upgrade() -> None:
    """Make the tables and carry over what stood there."""
    connection = op.get_bind()
    old = [row._asdict() for row in connection.execute(sa.select(_OLD))]
    events = connection.execute(
        sa.select(_RECORDS)
        .where(_RECORDS.c.kind == "case_event")
        .order_by(_RECORDS.c.device, _RECORDS.c.epoch, _RECORDS.c.seq)
    ).all()
    op.drop_table("cases")
    cases, case_events = _made()
    said = [(row, json.loads(row.plain)) for row in events]
    if said:
        told = [{"record_id": row.id, "case_id": UUID(event["case"])} for row, event in said]
        connection.execute(sa.insert(case_events), told)
    if old:
        connection.execute(sa.insert(cases), _carried(old, said))


def _carried(old: list[dict[str, Any]], said: list[Any]) -> list[dict[str, Any]]:
    device: dict[UUID, str] = {}
    void: dict[UUID, bool] = {}
    for row, event in said:
        device.setdefault(UUID(event["case"]), row.device)
        void[UUID(event["case"])] = event["void"]
    order = {each: place for place, each in enumerate(device)}  # as the ledger numbers them
    old.sort(key=lambda case: order.get(case["id"], len(order)))
    more = {"recall": False, "stage": "found"}
    return [
        {
            **case,
            **more,
            "device": device.get(case["id"], ""),
            "number": number,
            "void": void.get(case["id"], False),
            "since_us": case["opened_us"],
        }
        for number, case in enumerate(old, 1)
    ]


def _made() -> tuple[sa.Table, sa.Table]:
    cases = op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=True),
        sa.Column("opened_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("why", sa.String(length=48), nullable=True),
        sa.Column("recall", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("since_us", sa.BigInteger(), nullable=False),
        sa.Column("last_event", sa.String(length=24), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=True),
        sa.Column("until_us", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(length=24), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("supervisor", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_cases_inspection_id")),
        sa.UniqueConstraint("device", "number", name=op.f("uq_cases_device_number")),
    )
    op.create_index(op.f("ix_cases_stage"), "cases", ["stage"])
    case_events = op.create_table(
        "case_events",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_case_events")),
    )
    op.create_index(op.f("ix_case_events_case_id"), "case_events", ["case_id"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"])
    return cases, case_events
