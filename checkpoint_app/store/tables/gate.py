"""What belongs to the gate besides single people: vehicles, crowds, those who run."""

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

# --- derived from the ledger ---------------------------------------------------------------------

passages = Table(
    "passages",
    META,
    Column("id", Uuid, primary_key=True),  # VehiclePassage.id
    Column("record_id", Uuid, nullable=False),  # newest version
    Column("closed_us", BigInteger, nullable=False),  # the first version's
    Column("offset_s", Integer, nullable=False),
    Column("use", String(16), nullable=False),
    Column("end", String(16), nullable=False),
    Column("people", Integer, nullable=False),
    Column("turned_back", Integer, nullable=False),  # people who turned back with it
    Column("operator", Text, nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("void", Boolean, nullable=False),
    Column("plate", Text),
    Index(None, "closed_us"),
    info=STATION,
)

# One row for everyone who went in or out, and for every count without a record.
crowd_moves = Table(
    "crowd_moves",
    META,
    Column("id", Uuid, primary_key=True),  # the inspection's, else the record's
    Column("at_us", BigInteger, nullable=False),
    Column("change", Integer, nullable=False),
    Column("corrects", Boolean, nullable=False),
    Index(None, "at_us"),
    info=STATION,
)

runners = Table(
    "runners",
    META,
    Column("id", Uuid, primary_key=True),
    Column("record_id", Uuid, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("pictures", Integer, nullable=False),
    Column("case_id", Uuid),
    Column("void", Boolean, nullable=False),
    Column("plate", Text),
    Index(None, "at_us"),
    info=STATION,
)

# --- the station's own ---------------------------------------------------------------------------

# Vehicles that still stand at the gate; overwritten at each change, like the unfinished people.
open_passages = Table(
    "open_passages",
    META,
    Column("id", Uuid, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)

runner_pictures = Table(
    "runner_pictures",
    META,
    Column("runner_id", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("taken_us", BigInteger, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    info=STATION,
)
