"""Lists of persons and risk areas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "station_0003"
down_revision = "station_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lists",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("dated_us", sa.BigInteger(), nullable=False),
        sa.Column("imported_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lists")),
    )
    op.create_table(
        "list_entries",
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("due_us", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("list", "number", name=op.f("pk_list_entries")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_list_entries_list_due_us"), "list_entries", ["list", "due_us"])
    op.create_table(
        "list_keys",
        sa.Column("list", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list", "key", "number", name=op.f("pk_list_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_work",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("found_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("source", "mark", name=op.f("pk_list_work")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_layouts",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "layout", name=op.f("pk_list_layouts")),
    )
