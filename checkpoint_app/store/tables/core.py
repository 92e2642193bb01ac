"""The tables. `SHARED` ones mean the same at a station and at a hub; `STATION` ones only here.

Times are microseconds of UTC (`*_us`) with the local offset in seconds beside them. What is
special to SQLite (the full-text index `inspection_terms`, the triggers that keep the ledger
append-only) stands in the migrations.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

META = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
SHARED = {"branch": "base"}
STATION = {"branch": "station"}

# --- the ledger: only ever added to -------------------------------------------------------------

records = Table(
    "records",
    META,
    Column("id", Uuid, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("belongs_us", BigInteger, nullable=False),  # whose period: the first version's time
    Column("supersedes", Uuid),
    Column("plain", LargeBinary, nullable=False),  # JSON that names nobody
    Column("commitment", LargeBinary(32)),  # SHA-256 of salt and personal part; None without one
    Column("previous", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    UniqueConstraint("device", "epoch", "seq"),
    Index(None, "kind", "belongs_us"),
    info=SHARED,
)

# The part that a retention rule may erase, together with its salt.
personal = Table(
    "personal",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("salt", LargeBinary(16), nullable=False),
    Column("body", LargeBinary, nullable=False),
    info=SHARED,
)

# Where each chain stands; catches a tail that was cut off.
heads = Table(
    "heads",
    META,
    Column("device", String(32), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    info=SHARED,
)

# --- projections: derived from the ledger, made again by `projection.rebuild` -------------------

inspections = Table(
    "inspections",
    META,
    Column("number", Integer, primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),  # Inspection.id
    Column("record_id", Uuid, nullable=False),  # newest version
    Column("confirmed_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("temperatures", Text, nullable=False),  # JSON list
    Column("first_reason", String(48)),
    Column("operator", Text, nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("name", Text),
    Column("id_number", Text),
    Column("phone", Text),
    Column("plate", Text),
    Column("fingerprint", String(64)),
    Index(None, "confirmed_us"),
    Index(None, "fingerprint"),
    info=SHARED,
)

# Every record of an inspection, so that any version finds its inspection.
versions = Table(
    "versions",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
    info=SHARED,
)

seals = Table(
    "seals",
    META,
    Column("record_id", Uuid, primary_key=True),
    Column("sheet", String(24), nullable=False),
    Column("start_us", BigInteger, nullable=False),
    Column("end_us", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary(32), nullable=False),
    Column("head", LargeBinary(32), nullable=False),
    Column("records", Integer, nullable=False),
    Column("code", String(16), nullable=False),
    UniqueConstraint("sheet", "start_us", "end_us", "version"),
    info=SHARED,
)

# --- the station's own ---------------------------------------------------------------------------

outbox = Table(
    "outbox",
    META,
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("record_id", Uuid, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the bytes that will be sent, never remade
    Column("acknowledged_us", BigInteger),
    Column("refused", Text),
    info=STATION,
)

unfinished = Table(
    "unfinished",
    META,
    Column("inspection_id", Uuid, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)

operators = Table(
    "operators",
    META,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("wait_until_us", BigInteger, nullable=False),
    info=STATION,
)

trust_lists = Table(
    "trust_lists",
    META,
    Column("version", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("source", Text, nullable=False),
    Column("imported_us", BigInteger, nullable=False),
    Column("dated_us", BigInteger, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)

revoked_passes = Table(
    "revoked_passes",
    META,
    Column("pass_id", Text, primary_key=True),
    Column("revoked_us", BigInteger, nullable=False),
    info=STATION,
)

secrets = Table(
    "secrets",
    META,
    Column("name", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)

state = Table(
    "state",
    META,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    info=STATION,
)
