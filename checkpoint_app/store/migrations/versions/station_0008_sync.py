"""The hub that the station is enrolled at: the lists it hands down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "station_0008"
down_revision = "station_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hub_list_states",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("hub_epoch", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("dated_us", sa.BigInteger(), nullable=False),
        sa.Column("applied_us", sa.BigInteger(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hub_list_states")),
    )
    op.create_table(
        "hub_list_entries",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_hub_list_entries")),
    )
    op.create_table(
        "handed_lists",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("hub_epoch", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("dated_us", sa.BigInteger(), nullable=False),
        sa.Column("put_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_handed_lists")),
    )
    op.create_table(
        "handed_rows",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_handed_rows")),
    )
