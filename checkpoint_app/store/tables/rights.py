"""Retention, visitors, notices of absence, passes issued."""

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
    Uuid,
)

from checkpoint_app.store.tables.core import META, STATION

# Which erasure took a record's personal part. The guard of `personal` lets nothing else go.
erasures = Table(
    "erasures",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("erasure_id", Uuid, nullable=False),
    Index(None, "erasure_id"),
    sqlite_with_rowid=False,
    info=STATION,
)

# Copies of the station that were written from here, so that none outlives its term unseen.
copies = Table(
    "copies",
    META,
    Column("path", Text, primary_key=True),
    Column("written_us", BigInteger, nullable=False),
    info=STATION,
)

# --- projections ---------------------------------------------------------------------------------

visits = Table(
    "visits",
    META,
    Column("id", Uuid, primary_key=True),
    Column("record_id", Uuid, nullable=False, unique=True),  # newest version
    Column("arrived_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("left_us", BigInteger),
    Column("admitted", Boolean, nullable=False),
    Column("persons", Integer, nullable=False),
    Column("operator", Text, nullable=False),
    Column("pass_id", String(32)),
    Column("name", Text),
    Column("id_number", Text),
    Column("phone", Text),
    Column("plate", Text),
    Column("host", Text),
    Index(None, "arrived_us"),
    Index(None, "id_number"),
    info=STATION,
)

absences = Table(
    "absences",
    META,
    Column("id", Uuid, primary_key=True),
    Column("record_id", Uuid, nullable=False, unique=True),  # newest version
    Column("leaves_us", BigInteger, nullable=False),
    Column("returns_us", BigInteger, nullable=False),  # as said; as it was, once returned
    Column("offset_s", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("operator", Text, nullable=False),
    Column("name", Text),
    Column("id_number", Text),
    Index(None, "returns_us"),
    Index(None, "id_number"),
    info=STATION,
)

# --- passes: what was handed out, and to which entry of the roster ------------------------------

passes = Table(
    "passes",
    META,
    Column("pass_id", String(32), primary_key=True),
    Column("roster_id", Text, nullable=False),
    Column("issued_us", BigInteger, nullable=False),
    Column("until_us", BigInteger, nullable=False),
    Column("operator", Text, nullable=False),
    Index(None, "roster_id"),
    info=STATION,
)

# Photos of the roster, by the key on a person's pass. Not derived, and no records: replaced freely.
portraits = Table(
    "portraits",
    META,
    Column("person", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("kept_us", BigInteger, nullable=False),
    info=STATION,
)
