"""What a station has from its hub: the lists, whole or as tokens. Never a fact of the gate."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from checkpoint_app.store.tables.core import META, STATION

hub_list_states = Table(
    "hub_list_states",
    META,
    Column("name", String(48), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("hub_epoch", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("dated_us", BigInteger, nullable=False),
    Column("applied_us", BigInteger, nullable=False),
    Column("tokens", LargeBinary),  # of kind tokens: the sorted array
    Column("refused", Text, nullable=False),  # JSON: why this state was not put in force
    info=STATION,
)

hub_list_entries = Table(
    "hub_list_entries",
    META,
    Column("name", String(48), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)

# Rules, trust lists, operators and forms as they are in force: what was refused never stands here.
handed_lists = Table(
    "handed_lists",
    META,
    Column("name", String(48), primary_key=True),
    Column("hub_epoch", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("dated_us", BigInteger, nullable=False),
    Column("put_us", BigInteger, nullable=False),
    info=STATION,
)

handed_rows = Table(
    "handed_rows",
    META,
    Column("name", String(48), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    info=STATION,
)
