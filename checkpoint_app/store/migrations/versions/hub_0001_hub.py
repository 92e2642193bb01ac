"""The hub's own tables, and the guards that keep its ledger append-only on PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hub_0001"
down_revision = None
branch_labels = ("hub",)
depends_on = "station_0006"

# As at a station: a record is never changed, its personal part goes only with an erasure on record.
POSTGRESQL_ONLY = (
    "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$",
    "CREATE FUNCTION only_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NOT EXISTS (SELECT 1 FROM erasures WHERE record_id = OLD.record_id) THEN "
    "RAISE EXCEPTION 'personal is only ever added to'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER records_only_added_to BEFORE UPDATE OR DELETE ON records "
    "FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER personal_only_added_to BEFORE UPDATE ON personal "
    "FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER personal_only_erased BEFORE DELETE ON personal "
    "FOR EACH ROW EXECUTE FUNCTION only_erased()",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hub_devices",
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("open_epoch", sa.Integer(), nullable=False),
        sa.Column("request_epoch", sa.Integer(), nullable=False),
        sa.Column("request_number", sa.BigInteger(), nullable=False),
        sa.Column("enrolled_us", sa.BigInteger(), nullable=False),
        sa.Column("seen_us", sa.BigInteger(), nullable=False),
        sa.Column("clock_off_s", sa.Float(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("site_name", sa.Text(), nullable=False),
        sa.Column("site_kind", sa.String(length=24), nullable=False),
        sa.Column("county", sa.String(length=12), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("lists", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_hub_devices")),
        sa.UniqueConstraint("name", name=op.f("uq_hub_devices_name")),
    )
    op.create_table(
        "hub_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until_us", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_hub_codes")),
    )
    op.create_table(
        "hub_quarantine",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_quarantine")),
    )
    op.create_index(
        op.f("ix_hub_quarantine_device_epoch_seq"), "hub_quarantine", ["device", "epoch", "seq"]
    )
    op.create_table(
        "hub_projected",
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", "epoch", name=op.f("pk_hub_projected")),
    )
    op.create_table(
        "hub_origins",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("confirmed_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_hub_origins")),
    )
    op.create_index(
        op.f("ix_hub_origins_device_confirmed_us"), "hub_origins", ["device", "confirmed_us"]
    )
    op.create_table(
        "hub_seals",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("sheet", sa.String(length=24), nullable=False),
        sa.Column("start_us", sa.BigInteger(), nullable=False),
        sa.Column("end_us", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_hub_seals")),
    )
    op.create_index(op.f("ix_hub_seals_device_start_us"), "hub_seals", ["device", "start_us"])
    op.create_table(
        "hub_lists",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("hub_epoch", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("dated_us", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hub_lists")),
    )
    op.create_table(
        "hub_list_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_list_rows")),
    )
    op.create_index(op.f("ix_hub_list_rows_name_added"), "hub_list_rows", ["name", "added"])
    op.create_index(op.f("ix_hub_list_rows_name_key"), "hub_list_rows", ["name", "key"])
    op.create_index(op.f("ix_hub_list_rows_name_removed"), "hub_list_rows", ["name", "removed"])
    op.create_table(
        "hub_users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_users")),
        sa.UniqueConstraint("name", name=op.f("uq_hub_users_name")),
    )
    op.create_table(
        "hub_looks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_looks")),
    )
    op.create_index(op.f("ix_hub_looks_at_us"), "hub_looks", ["at_us"])
    op.create_table(
        "hub_state",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hub_state")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL_ONLY:
            op.execute(statement)
