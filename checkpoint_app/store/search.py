"""Finding inspections by a piece of a name, number, phone or plate, newest first.

Every inspection is given terms: ASCII words made here from its fields (letters as hex, a prefix
that says which field). A search asks for terms only, so its cost does not grow with the number of
inspections, and no sorting is needed: the index gives row numbers from the newest down. A name is
found by any one or two neighbouring characters, which needs no phrase search and no tokenizer's
opinion of rare characters; a number by its beginning or its last four or six.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, text

from checkpoint_app.domain.inspection import RecordedInspection

_LONGEST_WORD = 24
_MOST_WORDS = 6
_LONGEST_NAME = 80
_LONGEST_QUERY = 200

# The index is kept in order a few pages at each save. Left to itself it does so in lumps, and every
# 64th traveller would wait a tenth of a second; its own merging is switched off (in the migration).
MERGE = "INSERT INTO inspection_terms(inspection_terms, rank) VALUES('merge', :pages)"
_MERGE_PAGES = 8


def put(connection: Connection, number: int, recorded: RecordedInspection) -> None:
    """Index an inspection, in place of its earlier version."""
    if connection.dialect.name != "sqlite":
        return  # a hub over PostgreSQL searches the columns themselves
    terms = _terms_of(recorded)
    connection.execute(
        text("INSERT OR REPLACE INTO inspection_terms(rowid, terms) VALUES(:number, :terms)"),
        {"number": number, "terms": " ".join(sorted(terms))},
    )
    connection.execute(text(MERGE), {"pages": _MERGE_PAGES})


def put_many(connection: Connection, several: Iterable[tuple[int, RecordedInspection]]) -> None:
    """Index many inspections that are new; the index is put in order once."""
    if connection.dialect.name != "sqlite":
        return
    rows = [(number, " ".join(sorted(_terms_of(recorded)))) for number, recorded in several]
    connection.exec_driver_sql("INSERT INTO inspection_terms(rowid, terms) VALUES(?, ?)", rows)
    connection.execute(text(MERGE), {"pages": _MERGE_PAGES * len(rows)})


def remove(connection: Connection, numbers: Iterable[int]) -> None:
    """Take inspections out of the index."""
    if connection.dialect.name != "sqlite":
        return
    for number in numbers:
        connection.execute(
            text("DELETE FROM inspection_terms WHERE rowid = :number"), {"number": number}
        )


def tidy(connection: Connection) -> None:
    """Let go of removed terms, which stand in the index until its parts are merged."""
    if connection.dialect.name == "sqlite":
        optimize = "INSERT INTO inspection_terms(inspection_terms) VALUES('optimize')"
        connection.execute(text(optimize))


def _terms_of(recorded: RecordedInspection) -> frozenset[str]:
    person = recorded.inspection.person
    plate = recorded.inspection.journey.plate
    return terms_of(person.name, person.id_number, person.phone, plate)


def terms_of(
    name: str | None, id_number: str | None, phone: str | None, plate: str | None
) -> frozenset[str]:
    """All terms under which one inspection is found."""
    return frozenset(
        (
            *_name_terms(name or ""),
            *_number_terms("i", id_number or ""),
            *_number_terms("p", phone or ""),
            *_plate_terms(plate or ""),
        )
    )


def query_of(asked: str) -> str | None:
    """The full-text query for what someone typed; None where nothing can be searched for."""
    words = [_wanted(word) for word in _folded(asked[:_LONGEST_QUERY]).split()[:_MOST_WORDS]]
    found = [word for word in words if word]
    return " AND ".join(found) if found else None


def _wanted(word: str) -> str:
    """One word of a query: as a name, or as the beginning or end of a number or plate."""
    as_name = " AND ".join(sorted(_asked_name(word)))
    compact = _compact(word)[:_LONGEST_WORD]
    as_number = [_term(field, compact) for field in "ipcez" if compact and compact.isascii()]
    if compact and not compact.isascii():
        as_number = [_term("c", compact)]
    choices = [f"({as_name})"] if as_name else []
    return f"({' OR '.join((*choices, *as_number))})" if choices or as_number else ""


def _name_terms(name: str) -> Iterable[str]:
    for run in _runs(_folded(name)[:_LONGEST_NAME]):
        if run.isascii():
            yield from (_term("w", run[:length]) for length in range(1, min(len(run), 12) + 1))
        else:
            yield from (_term("n", letter) for letter in run)
            yield from (_term("n", run[at : at + 2]) for at in range(len(run) - 1))


def _asked_name(word: str) -> Iterable[str]:
    for run in _runs(word):
        if run.isascii():
            yield _term("w", run[:12])
        elif len(run) == 1:
            yield _term("n", run)
        else:
            yield from (_term("n", run[at : at + 2]) for at in range(len(run) - 1))


def _number_terms(field: str, number: str) -> Iterable[str]:
    """Every beginning, and the last four and six ("e")."""
    compact = _compact(_folded(number))[:_LONGEST_WORD]
    yield from (_term(field, compact[:length]) for length in range(2, len(compact) + 1))
    yield from (_term("e", compact[-length:]) for length in (4, 6) if len(compact) > length)


def _plate_terms(plate: str) -> Iterable[str]:
    """Every beginning, also from the second and third character ("c"), and every end ("z")."""
    compact = _compact(_folded(plate))[:12]
    for start in (0, 1, 2):
        tail = compact[start:]
        yield from (_term("c", tail[:length]) for length in range(2, len(tail) + 1))
    yield from (_term("z", compact[-length:]) for length in range(3, len(compact) - 1))


def _term(field: str, letters: str) -> str:
    if letters.isascii() and letters.isalnum():
        return field + letters
    return field + "x" + "x".join(f"{ord(letter):x}" for letter in letters)


def _folded(typed: str) -> str:
    """Width, case and compatibility forms told alike; other writings of the dot dropped."""
    return unicodedata.normalize("NFKC", typed).casefold()


def _compact(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())


def _runs(folded: str) -> list[str]:
    """Runs of letters; marks, masking stars and dots in names only part them.

    A rare character unknown to this Python's Unicode tables still counts as a letter.
    """
    runs: list[str] = []
    before = ""
    for letter in folded:
        kind = _kind(letter)
        if kind and kind == before:
            runs[-1] += letter
        elif kind:
            runs.append(letter)
        before = kind
    return runs


def _kind(letter: str) -> str:
    if letter.isalnum() and letter.isascii():
        return "ascii"
    if unicodedata.category(letter)[0] in "LNMC" and letter.isprintable():
        return "other"
    return "other" if unicodedata.category(letter) in ("Cn", "Co") else ""
