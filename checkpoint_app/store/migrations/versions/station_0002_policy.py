"""The site's policy and its versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "station_0002"
down_revision = "station_0001"
branch_labels = None
depends_on = "base_0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "policies",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("saved_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_policies")),
        sa.UniqueConstraint("record_id", name=op.f("uq_policies_record_id")),
    )
    op.create_index(op.f("ix_policies_kind"), "policies", ["kind"])
