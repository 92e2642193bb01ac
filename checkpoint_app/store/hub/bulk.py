"""Putting many rows in at once: a binary COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

_Packer = Callable[[Any], bytes]
_HEAD, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_AT_ONCE = 500  # rows of one piece of a COPY
_A_STATEMENT = 100  # rows of one INSERT


def put(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows whose values stand in the order of `columns`. Raises `IntegrityError`."""
    named = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
        return
    ids = [place for place, name in enumerate(columns) if isinstance(table.c[name].type, Uuid)]
    marks, left = f"({', '.join('?' * len(columns))})", iter(rows)
    # Several rows a statement: the driver lets other threads in at every one, and waits for them.
    while several := list(islice(left, _A_STATEMENT)):
        values = tuple(chain.from_iterable(_with_hex(row, ids) for row in several))
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({named}) VALUES " + ", ".join([marks] * len(several)),  # noqa: S608
            values,
        )


def _with_hex(row: tuple[Any, ...], ids: list[int]) -> list[Any]:
    """The row with its keys as SQLite keeps them."""
    values = list(row)
    for place in ids:
        if values[place] is not None:
            values[place] = values[place].hex
    return values


def _copy(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    import psycopg

    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("no connection")
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    packers = [_packer(table.c[name].type) for name in columns]
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(_HEAD)
            for body in _packed(packers, rows):
                copy.write(body)
            copy.write(_END)
    except psycopg.errors.IntegrityError as error:
        raise IntegrityError(statement, None, error) from None
    except psycopg.Error as error:
        raise DBAPIError(statement, None, error) from None


# --- rows as PostgreSQL's binary COPY has them: a length before every value -----------------------


def _packed(packers: list[_Packer], rows: Iterable[tuple[Any, ...]]) -> Iterable[bytes]:
    parts: list[bytes] = []
    begin, full = struct.pack(">h", len(packers)), _AT_ONCE * (len(packers) + 1)
    for row in rows:
        parts.append(begin)
        parts += [
            _NULL if value is None else pack(value)
            for pack, value in zip(packers, row, strict=True)
        ]
        if len(parts) >= full:
            yield b"".join(parts)
            parts.clear()
    yield b"".join(parts)


def _packer(kind: Any) -> _Packer:
    """How a value of this type is written; `Text` is a `String`, `BigInteger` an `Integer`."""
    for each, packer in _PACKERS.items():
        if isinstance(kind, each):
            return packer
    raise TypeError(repr(kind))


_int4, _int8, _float8 = (struct.Struct(form).pack for form in (">ii", ">iq", ">id"))
_size = struct.Struct(">i").pack


def _bytes(value: bytes) -> bytes:
    return _size(len(value)) + value


_PACKERS: dict[type[Any], _Packer] = {
    Uuid: lambda value: b"\0\0\0\x10" + value.bytes,
    BigInteger: lambda value: _int8(8, value),
    Integer: lambda value: _int4(4, value),
    String: lambda value: _bytes(value.encode()),
    LargeBinary: _bytes,
    Boolean: lambda value: b"\0\0\0\1\1" if value else b"\0\0\0\1\0",
    Float: lambda value: _float8(8, value),
}
