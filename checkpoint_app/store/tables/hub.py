"""The hub's own: enrolled stations, what could not be read, lists it hands down, users, looks.

The ledger of all stations stands in the shared tables; `heads` is the cursor of every chain.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from checkpoint_app.store.tables.core import META

HUB = {"branch": "hub"}

hub_devices = Table(
    "hub_devices",
    META,
    Column("device", String(32), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("status", String(16), nullable=False),  # active, frozen, revoked
    Column("public_key", LargeBinary(32), nullable=False),
    Column("recipient", Text, nullable=False),  # whom files for it are encrypted to
    Column("open_epoch", Integer, nullable=False),  # its chains before this one are closed
    Column("request_epoch", Integer, nullable=False),
    Column("request_number", BigInteger, nullable=False),
    Column("enrolled_us", BigInteger, nullable=False),
    Column("seen_us", BigInteger, nullable=False),
    Column("clock_off_s", Float, nullable=False),
    Column("waiting", BigInteger, nullable=False),
    Column("program", Text, nullable=False),
    Column("site_name", Text, nullable=False),
    Column("site_kind", String(24), nullable=False),
    Column("county", String(12), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("lists", Text, nullable=False),  # JSON: versions that it has
    Column("state", Text, nullable=False),  # JSON: what it tells about itself
    info=HUB,
)

hub_codes = Table(
    "hub_codes",
    META,
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("device", String(32)),  # who has used it
    info=HUB,
)

# What was sent and could not be taken into the ledger, byte for byte.
hub_quarantine = Table(
    "hub_quarantine",
    META,
    Column("id", Uuid, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("records", Integer, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("received_us", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "device", "epoch", "seq"),
    info=HUB,
)

# How far each chain is shown in the projections.
hub_projected = Table(
    "hub_projected",
    META,
    Column("device", String(32), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    info=HUB,
)

# Whose each shown inspection is, by the row number of `inspections`.
hub_origins = Table(
    "hub_origins",
    META,
    Column("number", Integer, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("confirmed_us", BigInteger, nullable=False),
    Index(None, "device", "confirmed_us"),
    info=HUB,
)

# The seals of all stations: what their printed sheets are checked against.
hub_seals = Table(
    "hub_seals",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("sheet", String(24), nullable=False),
    Column("start_us", BigInteger, nullable=False),
    Column("end_us", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("records", Integer, nullable=False),
    Column("code", String(16), nullable=False),
    Index(None, "device", "start_us"),
    info=HUB,
)

hub_lists = Table(
    "hub_lists",
    META,
    Column("name", String(48), primary_key=True),
    Column("kind", String(8), nullable=False),  # rows, tokens
    Column("hub_epoch", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("dated_us", BigInteger, nullable=False),
    # Rows that left up to this version are erased: whoever has an older one takes the list whole.
    Column("floor", BigInteger, nullable=False, server_default="0"),
    info=HUB,
)

# A row is in a list from version `added` until before version `removed`.
hub_list_rows = Table(
    "hub_list_rows",
    META,
    Column("id", Uuid, primary_key=True),
    Column("name", String(48), nullable=False),
    Column("key", String(64), nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("removed", BigInteger),
    Column("body", LargeBinary, nullable=False),
    Index(None, "name", "key"),
    Index(None, "name", "added"),
    Index(None, "name", "removed"),
    info=HUB,
)

hub_users = Table(
    "hub_users",
    META,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),  # office, township, supervisor, auditor
    Column("scope", Text, nullable=False),  # a township's name; "" where the role has none
    Column("active", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("wait_until_us", BigInteger, nullable=False),
    info=HUB,
)

# Who looked at what, and why. Only added to.
hub_looks = Table(
    "hub_looks",
    META,
    Column("id", Uuid, primary_key=True),
    Column("at_us", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "at_us"),
    info=HUB,
)

hub_state = Table(
    "hub_state",
    META,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    info=HUB,
)
