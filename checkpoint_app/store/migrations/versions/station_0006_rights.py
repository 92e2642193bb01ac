"""Retention, notices and visitors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "station_0006"
down_revision = "station_0005"
branch_labels = None
depends_on = None

# A personal part goes only after the erasure that takes it has been put on record.
GUARD = (
    "DROP TRIGGER personal_no_delete",
    "CREATE TRIGGER personal_no_delete BEFORE DELETE ON personal "
    "WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE record_id = OLD.record_id) "
    "BEGIN SELECT RAISE(ABORT, 'personal is only ever added to'); END",
    "CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures "
    "BEGIN SELECT RAISE(ABORT, 'erasures is only ever added to'); END",
    "CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures "
    "BEGIN SELECT RAISE(ABORT, 'erasures is only ever added to'); END",
)


def upgrade() -> None:
    """Make the tables."""
    _retention()
    _visits()
    _absences()
    op.create_table(
        "passes",
        sa.Column("pass_id", sa.String(length=32), nullable=False),
        sa.Column("roster_id", sa.Text(), nullable=False),
        sa.Column("issued_us", sa.BigInteger(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pass_id", name=op.f("pk_passes")),
    )
    op.create_index(op.f("ix_passes_roster_id"), "passes", ["roster_id"])
    op.create_table(
        "portraits",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("kept_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_portraits")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in GUARD:
            op.execute(statement)


def _retention() -> None:
    op.create_table(
        "erasures",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_erasures")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_erasures_erasure_id"), "erasures", ["erasure_id"])
    op.create_table(
        "copies",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("written_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_copies")),
    )


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("arrived_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("left_us", sa.BigInteger(), nullable=True),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("pass_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("host", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("record_id", name=op.f("uq_visits_record_id")),
    )
    op.create_index(op.f("ix_visits_arrived_us"), "visits", ["arrived_us"])
    op.create_index(op.f("ix_visits_id_number"), "visits", ["id_number"])


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("leaves_us", sa.BigInteger(), nullable=False),
        sa.Column("returns_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("record_id", name=op.f("uq_absences_record_id")),
    )
    op.create_index(op.f("ix_absences_returns_us"), "absences", ["returns_us"])
    op.create_index(op.f("ix_absences_id_number"), "absences", ["id_number"])
