"""The ledger of abnormal persons: derived from its records, except for the attached pictures."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from checkpoint_app.store.tables.core import META, SHARED

cases = Table(
    "cases",
    META,
    Column("id", Uuid, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("inspection_id", Uuid, unique=True),
    Column("opened_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("outcome", String(16)),
    Column("why", String(48)),
    Column("recall", Boolean, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since_us", BigInteger, nullable=False),
    Column("last_event", String(24), nullable=False),
    Column("measure", String(24)),
    Column("until_us", BigInteger),
    Column("result", String(24)),
    # personal: gone when a retention rule has erased the records that they came from
    Column("unit", Text),
    Column("supervisor", Text),
    Column("name", Text),
    Column("phone", Text),
    Column("plate", Text),
    UniqueConstraint("device", "number"),
    Index(None, "stage"),
    info=SHARED,
)

# Which records tell a case's story.
case_events = Table(
    "case_events",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Index(None, "case_id"),
    info=SHARED,
)

# Pictures of certificates. Not derived: the record has their digest, the bytes stand only here.
attachments = Table(
    "attachments",
    META,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Column("record_id", Uuid, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "case_id"),
    info=SHARED,
)
