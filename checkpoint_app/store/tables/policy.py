"""The policies saved at this station, every version; derived from the ledger."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text, Uuid

from checkpoint_app.store.tables.core import META, STATION

policies = Table(
    "policies",
    META,
    Column("number", Integer, primary_key=True),
    Column("record_id", Uuid, nullable=False, unique=True),
    Column("kind", String(16), nullable=False, index=True),
    Column("saved_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("office", String(32), nullable=False),  # its version at the hub that handed it down
    Column("body", LargeBinary, nullable=False),  # JSON, as `domain.policy_data` writes it
    info=STATION,
)
