"""The ledger, its projections and the search index, shared with the hub."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "base_0001"
down_revision = None
branch_labels = ("base",)
depends_on = None

# Written out here and never imported from the program: a step must stay what it was.
SQLITE_ONLY = (
    "CREATE VIRTUAL TABLE inspection_terms USING fts5("
    "terms, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    "INSERT INTO inspection_terms(inspection_terms, rank) VALUES('automerge', 0)",
    "INSERT INTO inspection_terms(inspection_terms, rank) VALUES('crisismerge', 1999)",
    "CREATE TRIGGER records_no_update BEFORE UPDATE ON records "
    "BEGIN SELECT RAISE(ABORT, 'records is only ever added to'); END",
    "CREATE TRIGGER records_no_delete BEFORE DELETE ON records "
    "BEGIN SELECT RAISE(ABORT, 'records is only ever added to'); END",
    "CREATE TRIGGER personal_no_update BEFORE UPDATE ON personal "
    "BEGIN SELECT RAISE(ABORT, 'personal is only ever added to'); END",
    "CREATE TRIGGER personal_no_delete BEFORE DELETE ON personal "
    "BEGIN SELECT RAISE(ABORT, 'personal is only ever added to'); END",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("belongs_us", sa.BigInteger(), nullable=False),
        sa.Column("supersedes", sa.Uuid(), nullable=True),
        sa.Column("plain", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=True),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("device", "epoch", "seq", name=op.f("uq_records_device_epoch_seq")),
    )
    op.create_index(op.f("ix_records_kind_belongs_us"), "records", ["kind", "belongs_us"])
    op.create_table(
        "personal",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_personal")),
    )
    op.create_table(
        "heads",
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("device", "epoch", name=op.f("pk_heads")),
    )
    op.create_table(
        "inspections",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("temperatures", sa.Text(), nullable=False),
        sa.Column("first_reason", sa.String(length=48), nullable=True),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_inspections")),
        sa.UniqueConstraint("id", name=op.f("uq_inspections_id")),
    )
    op.create_index(op.f("ix_inspections_confirmed_us"), "inspections", ["confirmed_us"])
    op.create_index(op.f("ix_inspections_fingerprint"), "inspections", ["fingerprint"])
    op.create_table(
        "versions",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_versions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("opened_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("last_event", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_cases_inspection_id")),
    )
    op.create_table(
        "seals",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.String(length=24), nullable=False),
        sa.Column("start_us", sa.BigInteger(), nullable=False),
        sa.Column("end_us", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(length=32), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_seals")),
        sa.UniqueConstraint(
            "sheet",
            "start_us",
            "end_us",
            "version",
            name=op.f("uq_seals_sheet_start_us_end_us_version"),
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_ONLY:
            op.execute(statement)
