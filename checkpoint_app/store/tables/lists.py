"""Lists of persons and risk areas as imported, how they are looked up, and how they are worked.

An entry's keys are 64 bits of a hash of what it is found by (`domain.lists.match_keys`); `mark` is
the one that tells it from the others of its list. Only what an entry says is believed; a key only
leads to it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from checkpoint_app.store.tables.core import META, STATION

lists = Table(
    "lists",
    META,
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("state", String(16), nullable=False),  # staged, in_force, retired
    Column("dated_us", BigInteger, nullable=False),
    Column("imported_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the file
    Column("operator", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # changes made by hand since
    info=STATION,
)

list_entries = Table(
    "list_entries",
    META,
    Column("list", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("mark", BigInteger, nullable=False),
    Column("due_us", BigInteger),  # to be checked by, where the list itself says
    Column("body", LargeBinary, nullable=False),  # JSON
    Index(None, "list", "due_us"),
    sqlite_with_rowid=False,
    info=STATION,
)

list_keys = Table(
    "list_keys",
    META,
    Column("list", Integer, primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
    info=STATION,
)

# What became of an entry; an entry without a row here has not been checked yet.
list_work = Table(
    "list_work",
    META,
    Column("source", Text, primary_key=True),
    Column("mark", BigInteger, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("offset_s", Integer, nullable=False),
    Column("operator", Text, nullable=False),
    Column("note", Text),
    Column("found_us", BigInteger),  # when the person was met at this gate
    sqlite_with_rowid=False,
    info=STATION,
)

# How the columns of a file's layout were read the last time.
list_layouts = Table(
    "list_layouts",
    META,
    Column("kind", String(16), primary_key=True),
    Column("layout", String(64), primary_key=True),  # SHA-256 of the headings
    Column("mapping", Text, nullable=False),  # JSON: field -> heading
    info=STATION,
)
